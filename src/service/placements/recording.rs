//! What is recorded of where children are taught: that it begins, on what terms, that it ends, and when they were out of it.

use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::db::Tx;
use crate::record::*;
use crate::service::entries::not_on_the_day_settled;
use crate::service::recording::{Acknowledge, Loaded, Receipt, Step, not_future, open_child, record_of_child_knowing};
use crate::service::{Error, FieldError, wrong};
use crate::store::placements;

/// Says where a child is taught.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({
    "child": "0190b0a0-0000-7000-8000-000000000004", "setting": "urn:900002", "from": "2026-04-13",
    "words": "The family moved to Hornchurch."
}))]
pub struct BeginPlacement {
    /// The child.
    pub child: ChildId,
    /// What kind of place it is; an ordinary one at a setting unless told.
    #[serde(default)]
    pub kind: PlacementKind,
    /// The setting, by its id in `/v1/settings`. Needed for a place at a setting, in a unit or in resourced provision; left out for
    /// elective home education and for no education at all; either way for the rest.
    pub setting: Option<Organisation>,
    /// The first day there; today unless told. It may lie ahead: the setting sees the child from that day.
    pub from: Option<NaiveDate>,
    /// The last day there, where it is known already.
    pub until: Option<NaiveDate>,
    /// `true`: the child goes there beside the setting they attend, which stays their main one. Otherwise they move: other placements
    /// end the day before.
    #[serde(default)]
    pub alongside: bool,
    /// On what terms, as far as that is known.
    pub terms: Option<PlacementTerms>,
    /// Why. For staff.
    #[schema(max_length = 5000)]
    pub words: Option<String>,
    /// Concerns accepted, with reasons.
    #[serde(default)]
    #[schema(max_items = 20)]
    pub acknowledge: Vec<Acknowledge>,
}

/// Says on what terms a child is there from a day on.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({
    "from": "2026-04-13", "terms": {"weeklyHours": 25, "partTime": {"weeklyHours": 12, "until": "2026-05-22"}, "fundingBand": "Band 4",
        "yearlyCost": 24000, "shares": {"education": 60, "health": 40}},
    "words": "Back to school by and by after the operation."
}))]
pub struct ChangeTerms {
    /// The first day on which they hold; today unless told. It may lie ahead.
    pub from: Option<NaiveDate>,
    /// All of them: what is left out is no longer so.
    pub terms: PlacementTerms,
    /// Why. For staff.
    #[schema(max_length = 5000)]
    pub words: Option<String>,
    /// Concerns accepted, with reasons.
    #[serde(default)]
    #[schema(max_items = 20)]
    pub acknowledge: Vec<Acknowledge>,
}

/// Says that it is over.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"lastDay": "2026-07-21", "words": "Year 6 ends."}))]
pub struct EndPlacement {
    /// The last day there; today unless told. It may lie ahead: the setting sees the child until that day is over.
    pub last_day: Option<NaiveDate>,
    /// Why. For staff.
    #[schema(max_length = 5000)]
    pub words: Option<String>,
}

/// Says that a child came back from alternative provision.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({
    "on": "2026-02-16", "setting": "urn:900001", "fullTime": true, "impact": "Comes to every lesson again; reads at the level of his year."
}))]
pub struct Reintegrate {
    /// The first day back; today unless told.
    pub on: Option<NaiveDate>,
    /// The setting they came back to.
    pub setting: Option<Organisation>,
    /// `true`: for the whole week, and the placement ends the day before. Otherwise it goes on beside.
    pub full_time: bool,
    /// What the placement did for the child. For staff.
    #[schema(max_length = 5000)]
    pub impact: Option<String>,
}

/// Says that a child was out of school.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"because": "suspension", "from": "2027-03-15", "to": "2027-03-17", "sessions": 5, "words": "Left the site twice."}))]
pub struct RecordDaysOut {
    /// Why.
    pub because: OutBecause,
    /// The first day.
    pub from: NaiveDate,
    /// The last day; it may lie ahead. Needed for an absence and for a suspension, left out for a permanent exclusion.
    pub to: Option<NaiveDate>,
    /// How many half days of school it comes to: two for each whole day.
    #[schema(minimum = 0, maximum = 400)]
    pub sessions: u16,
    /// The reason in words. For staff and the setting.
    #[schema(max_length = 5000)]
    pub words: Option<String>,
}

/// Records where a child is taught; where they move to it, that what they attended before is over.
pub fn begin(tx: &mut Tx<'_>, body: &BeginPlacement) -> Result<Receipt, Error> {
    let loaded = match open_child(tx, body.child) {
        Err(Error::NotFound(_)) => return Err(wrong("/child", "unknown_child", "Is no child that you can see.")),
        loaded => loaded?,
    };
    let from = body.from.unwrap_or(tx.today());
    let mut errors = Vec::new();
    let mut add = |at: &str, code, words: &str| errors.push(FieldError::new(at, code, words));
    match &body.setting {
        None if body.kind.needs_a_setting() => add("/setting", "setting_needed", "Is needed for a place of this kind."),
        Some(_) if body.kind.has_no_setting() => {
            add("/setting", "no_setting", "Is left out: such a child is taught at no setting.")
        }
        _ => {}
    }
    if body.until.is_some_and(|until| until < from) {
        add("/until", "ends_before_it_begins", "Is before the first day.");
    }
    if let Some(terms) = &body.terms {
        check(terms, from, &mut errors);
    }
    if !errors.is_empty() {
        return Err(Error::Invalid(errors));
    }
    let known = Schooling::all(&loaded.file);
    let mut steps = Vec::new();
    if !body.alongside {
        let same = |one: &Schooling| one.setting == body.setting && one.kind == body.kind;
        let rest = || known.iter().filter(|one| !one.alongside && !same(one));
        if body.until.is_none() && rest().any(|one| one.from > from) {
            let words = "Is needed: another placement is recorded that begins later.";
            return Err(wrong("/until", "until_needed", words));
        }
        let day_before = from.pred_opt().unwrap_or(from);
        for one in rest().filter(|one| one.from < from && one.until.is_none()) {
            steps.push(ended(tx, one.id, day_before));
        }
    }
    let placement: PlacementId = tx.new_id();
    let fact = Fact::PlacementBegan {
        placement,
        placement_kind: body.kind,
        setting: body.setting.clone(),
        from,
        alongside: body.alongside,
        terms: body.terms.clone().map(Box::new),
    };
    steps.push(Step::on(tx, from.min(tx.today()), fact).words(body.words.clone()));
    steps.extend(body.until.map(|until| ended(tx, placement, until)));
    record_of_child_knowing(tx, loaded, placement.0, steps, &body.acknowledge)
}

/// Records on what terms a child is there from a day on.
pub fn change_terms(tx: &mut Tx<'_>, placement: PlacementId, body: &ChangeTerms) -> Result<Receipt, Error> {
    let loaded = open(tx, placement)?;
    let from = body.from.unwrap_or(tx.today());
    let mut errors = Vec::new();
    check(&body.terms, from, &mut errors);
    if !errors.is_empty() {
        return Err(Error::Invalid(errors));
    }
    let fact = Fact::PlacementTermsChanged { placement, from, terms: Box::new(body.terms.clone()) };
    let step = Step::on(tx, from.min(tx.today()), fact).words(body.words.clone());
    record_of_child_knowing(tx, loaded, placement.0, vec![step], &body.acknowledge)
}

/// Records that a placement is over, or ends on another day than was settled.
pub fn end(tx: &mut Tx<'_>, placement: PlacementId, body: &EndPlacement) -> Result<Receipt, Error> {
    let loaded = open(tx, placement)?;
    let known = Schooling::all(&loaded.file).into_iter().find(|one| one.id == placement);
    let mut steps = not_on_the_day_settled(tx, &loaded.file, known.and_then(|one| one.until), placement.0);
    steps.push(ended(tx, placement, body.last_day.unwrap_or(tx.today())).words(body.words.clone()));
    record_of_child_knowing(tx, loaded, placement.0, steps, &[])
}

/// Records that a child came back from alternative provision.
pub fn reintegrate(tx: &mut Tx<'_>, placement: PlacementId, body: &Reintegrate) -> Result<Receipt, Error> {
    let loaded = open(tx, placement)?;
    let on = not_future(tx, "/on", body.on.unwrap_or(tx.today()))?;
    let fact = Fact::Reintegrated { placement, setting: body.setting.clone(), full_time: body.full_time };
    let mut steps = Vec::new();
    let known = Schooling::all(&loaded.file).into_iter().find(|one| one.id == placement);
    if body.full_time && known.is_some_and(|one| one.until.is_none()) {
        steps.push(ended(tx, placement, on.pred_opt().unwrap_or(on)));
    }
    steps.push(Step::on(tx, on, fact).words(body.impact.clone()));
    record_of_child_knowing(tx, loaded, placement.0, steps, &[])
}

/// Records that a child was out of school.
pub fn out(tx: &mut Tx<'_>, placement: PlacementId, body: &RecordDaysOut) -> Result<Receipt, Error> {
    let loaded = open(tx, placement)?;
    let from = not_future(tx, "/from", body.from)?;
    let for_good = body.because == OutBecause::PermanentExclusion;
    if for_good == body.to.is_some() {
        let words = "Is needed for an absence and for a suspension, and left out for a permanent exclusion.";
        return Err(wrong("/to", "to_needed", words));
    }
    // A school day has two sessions.
    let days = body.to.map_or(1, |to| (to - from).num_days() + 1);
    if body.to.is_some() && i64::from(body.sessions) > 2 * days {
        return Err(wrong("/sessions", "too_many_sessions", "Is more than two a day."));
    }
    let fact = Fact::DaysOut { placement, because: body.because, from, to: body.to, sessions: body.sessions };
    let step = Step::on(tx, from, fact).words(body.words.clone());
    let entry = step.event.0;
    record_of_child_knowing(tx, loaded, entry, vec![step], &[])
}

/// Opens the file of the child whose placement it is.
fn open(tx: &mut Tx<'_>, placement: PlacementId) -> Result<Loaded, Error> {
    let child = placements::child_of(tx, placement)?.ok_or(Error::NotFound("placement"))?;
    open_child(tx, child)
}

/// What cannot be in the terms of a placement from a day on.
fn check(terms: &PlacementTerms, from: NaiveDate, errors: &mut Vec<FieldError>) {
    let mut add = |at: &str, code, words: &str| errors.push(FieldError::new(at, code, words));
    if !shares_add_up(&terms.shares) {
        add("/terms/shares", "shares_not_100", "Must add up to 100.");
    }
    if terms.planned_end.is_some_and(|end| end < from) {
        add("/terms/plannedEnd", "ends_before_it_begins", "Is before the first day.");
    }
    if terms.part_time.as_ref().and_then(|part| part.until).is_some_and(|until| until < from) {
        add("/terms/partTime/until", "ends_before_it_begins", "Is before the first day.");
    }
}

/// What lies ahead is recorded today: that it was settled has happened.
fn ended(tx: &Tx<'_>, placement: PlacementId, last_day: NaiveDate) -> Step {
    Step::on(tx, last_day.min(tx.today()), Fact::PlacementEnded { placement, last_day })
}
