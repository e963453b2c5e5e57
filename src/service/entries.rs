//! Putting the record right: an entry is corrected or struck by a new one; nothing is ever changed.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::recording::{Acknowledge, Receipt, Step, not_future, open_case, open_child, record, record_of_child};
use super::wrong;
use super::{Error, FactValue, FactValues, must_match};
use crate::db::Tx;
use crate::record::*;

/// Corrects an entry.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"of": "0190b0a0-0000-7000-8000-000000000003", "occurredOn": "2026-01-03", "why": "The letter was stamped on Saturday 3 January."}))]
pub struct CorrectEntry {
    /// The entry, from the case's timeline.
    pub of: EventId,
    /// When it really happened, if that was wrong.
    pub occurred_on: Option<NaiveDate>,
    /// The facts that were wrong, by the names the timeline shows, with what they should be.
    #[serde(default)]
    pub set: BTreeMap<String, FactValue>,
    /// Why it is corrected.
    #[schema(min_length = 1, max_length = 2000)]
    pub why: String,
    /// Concerns accepted, with reasons.
    #[serde(default)]
    #[schema(max_items = 20)]
    pub acknowledge: Vec<Acknowledge>,
}

/// Strikes an entry.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"of": "0190b0a0-0000-7000-8000-000000000003", "why": "Recorded in the wrong child's case."}))]
pub struct StrikeEntry {
    /// The entry: `id` in the case's timeline, or in `/v1/events` for what is about the child as a whole. The id of a thing it recorded, such
    /// as a request for advice, is another. Of what is about the child, a placement, a referral or transport can be named by its own id.
    pub of: EventId,
    /// Why it should never have been made.
    #[schema(min_length = 1, max_length = 2000)]
    pub why: String,
    /// Concerns accepted, with reasons.
    #[serde(default)]
    #[schema(max_items = 20)]
    pub acknowledge: Vec<Acknowledge>,
}

/// Facts that tie entries together; a correction cannot change what an entry is about.
const TIES: [&str; 28] = [
    "kind",
    "case",
    "request",
    "child",
    "advice",
    "claim",
    "draft",
    "consultation",
    "plan",
    "review",
    "amendment",
    "provision",
    "shortfall",
    "item",
    "reference",
    "requester",
    "account",
    "possibleDuplicates",
    "notice",
    "noticeKind",
    "notification",
    "elsewhere",
    "document",
    "file",
    "sha256",
    "bytes",
    "mediaType",
    "payments",
];

/// Corrects an entry of a case, from today on; what was known before stays known as it was.
pub fn correct(tx: &mut Tx<'_>, case: CaseId, body: &CorrectEntry, read: &[u64]) -> Result<Receipt, Error> {
    let loaded = open_case(tx, case)?;
    must_match(&loaded.file, read)?;
    let original = standing_in_case(&loaded.file, case, body.of)?;
    let occurred_on = match body.occurred_on {
        Some(day) => Some(not_future(tx, "/occurredOn", day)?),
        None => original.occurred.on,
    };
    if body.occurred_on.is_none() && body.set.is_empty() {
        return Err(wrong("", "nothing_to_correct", "Say what was wrong: the day, or a fact."));
    }
    let fact = corrected(&original.fact, &body.set)?;
    let fact = Fact::Corrected { of: body.of, occurred_on, fact: Box::new(fact) };
    add(tx, loaded, case, Action::CorrectEntry, fact, &body.why, &body.acknowledge)
}

/// Strikes an entry of a case.
pub fn strike(tx: &mut Tx<'_>, case: CaseId, body: &StrikeEntry, read: &[u64]) -> Result<Receipt, Error> {
    let loaded = open_case(tx, case)?;
    must_match(&loaded.file, read)?;
    standing_in_case(&loaded.file, case, body.of)?;
    let fact = Fact::Struck { of: body.of };
    add(tx, loaded, case, Action::StrikeEntry, fact, &body.why, &body.acknowledge)
}

/// Strikes an entry about a child as a whole, which belongs to no case, or all that was said of a thing. Who the child is, is set anew
/// instead, and an adoption stays.
pub fn strike_of_child(tx: &mut Tx<'_>, child: ChildId, body: &StrikeEntry, read: &[u64]) -> Result<Receipt, Error> {
    let loaded = open_child(tx, child)?;
    must_match(&loaded.file, read)?;
    let seal = Seal::of(&loaded.file);
    let meant = |standing: &Standing| {
        let identity = matches!(
            standing.fact,
            Fact::ChildRegistered {} | Fact::IdentityChanged {} | Fact::ToldApart { .. } | Fact::IdentitySealed {}
        );
        let of_child = standing.fact.subject() == Subject::Child && !identity;
        let named = standing.event == body.of || standing.fact.thing() == Some(body.of.0);
        of_child && named && !seal.as_ref().is_some_and(|seal| seal.covers(standing))
    };
    let steps = struck(tx, &loaded.file, meant, &body.why);
    let Some(first) = steps.first() else {
        return Err(wrong("/of", "unknown_entry", "Is no entry about this child that stands and can be struck."));
    };
    let entry = first.event.0;
    record_of_child(tx, loaded, entry, steps)
}

/// Strikes each entry that is meant.
pub fn struck(tx: &Tx<'_>, file: &File, meant: impl Fn(&Standing) -> bool, why: &str) -> Vec<Step> {
    let meant = file.standing().iter().filter(|standing| meant(standing));
    meant.map(|standing| Step::on(tx, tx.today(), Fact::Struck { of: standing.event }).words(Some(why.to_owned()))).collect()
}

/// Strikes the end that was settled for a thing and lies ahead, so that another can take its place.
pub fn not_on_the_day_settled(tx: &Tx<'_>, file: &File, settled: Option<NaiveDate>, thing: Uuid) -> Vec<Step> {
    let ahead = settled.is_some_and(|last_day| last_day >= tx.today());
    let ends = |fact: &Fact| matches!(fact, Fact::PlacementEnded { .. } | Fact::TransportEnded { .. });
    struck(tx, file, |one| ahead && ends(&one.fact) && one.fact.thing() == Some(thing), "The end is settled anew.")
}

fn add(
    tx: &mut Tx<'_>,
    loaded: super::recording::Loaded,
    case: CaseId,
    action: Action,
    fact: Fact,
    why: &str,
    acknowledge: &[Acknowledge],
) -> Result<Receipt, Error> {
    let step = Step::on(tx, tx.today(), fact).words(Some(why.to_owned()));
    let entry = step.event.0;
    record(tx, loaded, action, case, entry, vec![step], acknowledge)
}

fn standing_in_case(file: &File, case: CaseId, of: EventId) -> Result<&Standing, Error> {
    file.of_case(case)
        .find(|s| s.event == of)
        .ok_or_else(|| wrong("/of", "unknown_entry", "Is no entry of this case that stands."))
}

/// The fact with what was wrong, or was left out, as it should be.
pub(super) fn corrected(original: &Fact, set: &FactValues) -> Result<Fact, Error> {
    let value = serde_json::to_value(original).unwrap_or_default();
    let with = |changes: &mut dyn Iterator<Item = (&String, &FactValue)>| {
        let mut value = value.clone();
        if let Some(object) = value.as_object_mut() {
            object.extend(changes.map(|(name, new)| (name.clone(), serde_json::to_value(new).unwrap_or_default())));
        }
        serde_json::from_value::<Fact>(value)
    };
    let mut errors = Vec::new();
    for change in set {
        let (name, _) = change;
        let at = format!("/set/{}", name.replace('~', "~0").replace('/', "~1"));
        if TIES.contains(&name.as_str()) {
            let words = "Ties the entry to what it is about; strike the entry and record it where it belongs.";
            errors.push(super::FieldError::new(at, "not_correctable", words));
        } else if with(&mut std::iter::once(change)).is_err() {
            let (code, words) = match value.get(name) {
                Some(_) => ("invalid", "Is a value that such a fact cannot have; the timeline shows its shape."),
                None => ("unknown_field", "Is no fact of this entry."),
            };
            errors.push(super::FieldError::new(at, code, words));
        }
    }
    if !errors.is_empty() {
        return Err(Error::Invalid(errors));
    }
    with(&mut set.iter()).map_err(|_| wrong("/set", "invalid", "Holds values that such a fact cannot have together."))
}
