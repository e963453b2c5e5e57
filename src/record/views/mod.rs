//! What the facts add up to, as the rows that queries read. Pure: the same facts give the same rows.

mod advice;
mod child;
mod citing;
mod commitment;
mod concern;
mod duty;
mod meeting;
mod oversight;
mod placement;
mod provision;
mod referral;
mod review;
mod transfer;
mod visible;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::Serialize;
use serde_json::value::RawValue;
use uuid::Uuid;

use duty::DutyRows;
use visible::Grants;

pub use child::{rows_after, rows_of_file};
pub use duty::{Outlook, next_due};
pub use meeting::rows_of_meeting;
pub use visible::may_see_on;

/// Changes whenever the rows that the same facts give change, other than by the law register; a server that finds rows of another
/// version makes them again before it answers.
pub const VIEWS_VERSION: i32 = 9;

/// A table that queries read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum View {
    /// Each child and their identity.
    Children,
    /// Each case.
    Cases,
    /// Each duty of each case.
    Duties,
    /// Each duty that is somebody's open work.
    Worklist,
    /// Each request for advice.
    Advice,
    /// Each concern of each case.
    Concerns,
    /// Each plan.
    Plans,
    /// Each review whose meeting was held.
    Reviews,
    /// Each referral of a child to a service.
    Referrals,
    /// Each place where a child is taught.
    Placements,
    /// Each piece of provision that was arranged under a plan.
    Provision,
    /// Each time in which one was not delivered.
    Shortfalls,
    /// Each change of phase that was settled.
    Transfers,
    /// Why the authority keeps an eye on a child.
    Oversight,
    /// Each agency's part of each yearly cost.
    Commitments,
    /// Each meeting of a panel.
    Meetings,
    /// Each item of an agenda.
    Items,
    /// Each decision that cites an item.
    Citing,
    /// Who may see which child.
    Visible,
}

impl View {
    /// Every view.
    pub const ALL: [View; 19] = [
        View::Children,
        View::Cases,
        View::Duties,
        View::Worklist,
        View::Advice,
        View::Concerns,
        View::Plans,
        View::Reviews,
        View::Referrals,
        View::Placements,
        View::Provision,
        View::Shortfalls,
        View::Transfers,
        View::Oversight,
        View::Commitments,
        View::Meetings,
        View::Items,
        View::Citing,
        View::Visible,
    ];

    /// Whether its rows follow from the law register, and so hold the version they were computed with.
    pub fn follows_the_register(self) -> bool {
        matches!(self, View::Cases | View::Duties | View::Worklist | View::Advice)
    }

    /// The columns that tell its rows apart, beside the authority and the positions.
    pub fn key(self) -> &'static [&'static str] {
        match self {
            View::Children => &["child"],
            View::Cases => &["case_id"],
            View::Duties | View::Worklist => &["case_id", "rule", "about", "starts_on", "due_on"],
            View::Advice => &["case_id", "advice"],
            View::Concerns => &["about", "concern"],
            View::Plans => &["plan"],
            View::Reviews => &["review"],
            View::Referrals => &["referral"],
            View::Placements => &["placement"],
            View::Provision => &["provision"],
            View::Shortfalls => &["shortfall"],
            View::Transfers => &["transfer"],
            View::Oversight => &["child", "reason", "about", "from_on"],
            View::Commitments => &["about", "agency", "from_on"],
            View::Meetings => &["meeting"],
            View::Items | View::Citing => &["item"],
            View::Visible => &["child", "grantee", "reason"],
        }
    }
}

/// One row, without authority and positions: the text of its JSON, which is made and compared faster than an object, and of the
/// part that tells it from the view's others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The columns of [`View::key`], as a JSON object.
    pub key: String,
    /// Every column, as a JSON object.
    pub text: String,
}

impl Row {
    fn of(view: View, row: impl Serialize) -> Self {
        Self::written(view, &serde_json::to_string(&row).unwrap_or_default())
    }

    fn written(view: View, text: &str) -> Self {
        let columns: BTreeMap<&str, &RawValue> = serde_json::from_str(text).unwrap_or_default();
        let key: BTreeMap<_, _> = view.key().iter().filter_map(|column| columns.get_key_value(*column)).collect();
        Self { key: serde_json::to_string(&key).unwrap_or_default(), text: text.to_owned() }
    }
}

/// The rows that the same facts give, no two of one view with the same key. The many grants and duties are kept as they were
/// computed; what changes is written out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rows {
    written: BTreeSet<(View, String)>,
    grants: Grants,
    duties: BTreeMap<Uuid, Arc<DutyRows>>,
}

/// What changes between two states: rows that no longer hold, and rows that hold from now on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Change {
    /// Rows that no longer hold.
    pub closed: Vec<(View, Row)>,
    /// Rows that hold from now on.
    pub opened: Vec<(View, Row)>,
}

impl Rows {
    fn add(&mut self, view: View, row: impl Serialize) {
        self.written.insert((view, serde_json::to_string(&row).unwrap_or_default()));
    }

    /// Every row with its view.
    pub fn iter(&self) -> impl Iterator<Item = (View, Row)> {
        let duties = self.duties.values().flat_map(|of_case| of_case.iter());
        let grants = self.grants.rows().map(|row| (View::Visible, Row::of(View::Visible, row)));
        self.written.iter().map(|(view, text)| (*view, Row::written(*view, text))).chain(grants).chain(duties)
    }

    /// What must change for these rows to become `after`.
    pub fn changed_to(&self, after: &Rows) -> Change {
        Change { closed: self.not_in(after), opened: after.not_in(self) }
    }

    /// The rows that do not stand the same in `other`.
    fn not_in(&self, other: &Rows) -> Vec<(View, Row)> {
        let written = self.written.difference(&other.written).map(|(view, text)| (*view, Row::written(*view, text)));
        let grants = self.grants.not_in(&other.grants).map(|row| (View::Visible, Row::of(View::Visible, row)));
        let none = Arc::default();
        let duties = self.duties.iter().flat_map(|(case, rows)| rows.not_in(other.duties.get(case).unwrap_or(&none)));
        written.chain(grants).chain(duties).collect()
    }
}

/// A unit variant's name, as the API writes it.
fn text(value: impl Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
}
