//! Transport to school at the authority's cost: arranged, ended, listed.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::entries::not_on_the_day_settled;
use super::recording::{Receipt, Step, open_child, record_of_child};
use super::{Error, FieldError, wrong};
use crate::db::Tx;
use crate::record::*;
use crate::store::journal::{self, Details};

/// Says what transport was arranged.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({
    "means": "shared_vehicle", "from": "2026-09-02", "until": "2027-07-21", "yearlyCost": 7200, "words": "With an escort."
}))]
pub struct ArrangeTransport {
    /// By what means.
    pub means: TransportMeans,
    /// The first day; today unless told. It may lie ahead.
    pub from: Option<NaiveDate>,
    /// The last day, where it is known already.
    pub until: Option<NaiveDate>,
    /// What it costs, in whole pounds a year.
    #[schema(maximum = 10_000_000)]
    pub yearly_cost: u32,
    /// The percentage of the cost that each agency bears, adding up to 100. Empty: the authority's education service bears it all.
    #[serde(default)]
    #[schema(value_type = BTreeMap<Agency, u8>)]
    pub shares: Shares,
    /// More about it. For staff.
    #[schema(max_length = 5000)]
    pub words: Option<String>,
}

/// Says that it is over.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"lastDay": "2027-07-21", "words": "Travels alone now."}))]
pub struct EndTransport {
    /// The last day; today unless told. It may lie ahead.
    pub last_day: Option<NaiveDate>,
    /// Why. For staff.
    #[schema(max_length = 5000)]
    pub words: Option<String>,
}

/// Transport to school.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Transport)]
pub struct TransportView {
    /// Its id.
    pub id: TransportId,
    /// By what means.
    pub means: TransportMeans,
    /// The first day.
    pub from: NaiveDate,
    /// The last day. Null: none is known.
    pub until: Option<NaiveDate>,
    /// What it costs, in whole pounds a year.
    pub yearly_cost: u32,
    /// The percentage of the cost that each agency bears. Empty: the authority's education service bears it all.
    #[schema(value_type = BTreeMap<Agency, u8>)]
    pub shares: Shares,
    /// More about it; null when nothing was said or it was erased.
    pub words: Option<String>,
}

/// The transport of a child, by its first day, also what is over.
pub fn list(tx: &mut Tx<'_>, child: ChildId) -> Result<Vec<TransportView>, Error> {
    let stored = journal::of_child(tx, child, None, Details::All)?;
    if stored.is_empty() {
        return Err(Error::NotFound("child"));
    }
    let file = File::fold(child, stored.iter().map(|s| &s.entry));
    let words = |event| stored.iter().find(|s| s.entry.id == event)?.detail.as_ref()?.words.clone();
    let view = |one: Transport| TransportView {
        id: one.id,
        means: one.means,
        from: one.from,
        until: one.until,
        yearly_cost: one.yearly_cost,
        shares: one.shares,
        words: words(one.event),
    };
    Ok(Transport::all(&file).into_iter().filter(|one| !is_sealed(&file, one.event)).map(view).collect())
}

/// Records that transport was arranged.
pub fn arrange(tx: &mut Tx<'_>, child: ChildId, body: &ArrangeTransport) -> Result<Receipt, Error> {
    let loaded = open_child(tx, child)?;
    let from = body.from.unwrap_or(tx.today());
    let mut errors = Vec::new();
    if !shares_add_up(&body.shares) {
        errors.push(FieldError::new("/shares", "shares_not_100", "Must add up to 100."));
    }
    if body.until.is_some_and(|until| until < from) {
        errors.push(FieldError::new("/until", "ends_before_it_begins", "Is before the first day."));
    }
    if !errors.is_empty() {
        return Err(Error::Invalid(errors));
    }
    let transport: TransportId = tx.new_id();
    let (means, yearly_cost, shares) = (body.means, body.yearly_cost, body.shares.clone());
    let fact = Fact::TransportArranged { transport, means, from, yearly_cost, shares };
    let mut steps = vec![Step::on(tx, from.min(tx.today()), fact).words(body.words.clone())];
    steps.extend(body.until.map(|until| ended(tx, transport, until)));
    record_of_child(tx, loaded, transport.0, steps)
}

/// Records that transport is over, or ends on another day than was settled.
pub fn end(tx: &mut Tx<'_>, child: ChildId, transport: TransportId, body: &EndTransport) -> Result<Receipt, Error> {
    let loaded = open_child(tx, child)?;
    let known = Transport::all(&loaded.file).into_iter().find(|one| one.id == transport).ok_or(Error::NotFound("transport"))?;
    let last_day = body.last_day.unwrap_or(tx.today());
    if last_day < known.from {
        return Err(wrong("/lastDay", "ends_before_it_begins", "Is before the first day."));
    }
    let mut steps = not_on_the_day_settled(tx, &loaded.file, known.until, transport.0);
    steps.push(ended(tx, transport, last_day).words(body.words.clone()));
    record_of_child(tx, loaded, transport.0, steps)
}

/// What lies ahead is recorded today: that it was settled has happened.
fn ended(tx: &Tx<'_>, transport: TransportId, last_day: NaiveDate) -> Step {
    Step::on(tx, last_day.min(tx.today()), Fact::TransportEnded { transport, last_day })
}
