//! What the facts add up to, as the rows that queries read. Pure: the same facts give the same rows.

mod child;
mod concern;
mod duty;
mod meeting;
mod visible;

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Map, Value};

pub use child::rows_of_file;
pub use duty::next_due;
pub use meeting::rows_of_meeting;

/// Changes whenever the rows that the same facts give change, other than by the law register; a server that finds rows of another
/// version makes them again before it answers.
pub const VIEWS_VERSION: i32 = 2;

/// A table that queries read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum View {
    /// Each child and their identity.
    Children,
    /// Each case.
    Cases,
    /// Each duty of each case.
    Duties,
    /// Each concern of each case.
    Concerns,
    /// Each plan.
    Plans,
    /// Each meeting of a panel.
    Meetings,
    /// Each item of an agenda.
    Items,
    /// Who may see which child.
    Visible,
}

impl View {
    /// Every view.
    pub const ALL: [View; 8] =
        [View::Children, View::Cases, View::Duties, View::Concerns, View::Plans, View::Meetings, View::Items, View::Visible];

    /// Whether its rows follow from the law register, and so hold the version they were computed with.
    pub fn follows_the_register(self) -> bool {
        matches!(self, View::Cases | View::Duties)
    }

    /// The columns that tell its rows apart, beside the authority and the positions.
    pub fn key(self) -> &'static [&'static str] {
        match self {
            View::Children => &["child"],
            View::Cases => &["case_id"],
            View::Duties => &["case_id", "rule", "about", "starts_on", "due_on"],
            View::Concerns => &["case_id", "concern"],
            View::Plans => &["plan"],
            View::Meetings => &["meeting"],
            View::Items => &["item"],
            View::Visible => &["child", "grantee", "reason"],
        }
    }
}

/// One row, without authority and positions.
pub type Row = Map<String, Value>;

/// Rows by view and key.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rows(BTreeMap<(View, Vec<String>), Row>);

/// What changes between two states: rows that no longer hold, by key, and rows that hold from now on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Change {
    /// Keys of rows that no longer hold.
    pub closed: Vec<(View, Row)>,
    /// Rows that hold from now on.
    pub opened: Vec<(View, Row)>,
}

impl Rows {
    fn add(&mut self, view: View, row: impl Serialize) {
        let Ok(Value::Object(row)) = serde_json::to_value(row) else { return };
        self.0.insert((view, key_of(view, &row)), row);
    }

    /// The row with the same key.
    fn like(&self, view: View, row: impl Serialize) -> Option<&Row> {
        let Ok(Value::Object(row)) = serde_json::to_value(row) else { return None };
        self.0.get(&(view, key_of(view, &row)))
    }

    /// Every row with its view.
    pub fn iter(&self) -> impl Iterator<Item = (View, &Row)> {
        self.0.iter().map(|((view, _), row)| (*view, row))
    }

    /// What must change for these rows to become `after`.
    pub fn changed_to(&self, after: &Rows) -> Change {
        let mut change = Change::default();
        for (key, row) in &self.0 {
            if after.0.get(key) != Some(row) {
                let columns = key.0.key().iter().filter_map(|c| row.get_key_value(*c)).map(|(k, v)| (k.clone(), v.clone()));
                change.closed.push((key.0, columns.collect()));
            }
        }
        for (key, row) in &after.0 {
            if self.0.get(key) != Some(row) {
                change.opened.push((key.0, row.clone()));
            }
        }
        change
    }
}

fn key_of(view: View, row: &Row) -> Vec<String> {
    view.key().iter().map(|column| row.get(*column).map(Value::to_string).unwrap_or_default()).collect()
}

/// A unit variant's name, as the API writes it.
fn text(value: impl Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
}
