//! What happened in a case, entry by entry.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::{child_of, file_of};
use crate::access::Reach;
use crate::db::Tx;
use crate::record::*;
use crate::service::as_of::{AsOf, Known};
use crate::service::consultations::concerns_caller;
use crate::service::documents;
use crate::service::identity::known_and_now;
use crate::service::representations::may_read;
use crate::service::reviews::may_read as may_read_review;
use crate::service::{Error, FactValue, FactValues};
use crate::store::children;
use crate::store::journal::{self, Details, Stored};

/// One entry of a case's timeline.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct TimelineEntry {
    /// The entry's id, which corrections name.
    pub id: EventId,
    /// Its place in the authority's journal.
    pub position: i64,
    /// What kind of thing happened.
    #[schema(example = "assessment_decided")]
    pub kind: &'static str,
    /// When it happened. Null: unknown.
    pub occurred_on: Option<NaiveDate>,
    /// When it was recorded.
    pub recorded_at: DateTime<Utc>,
    /// The role of whoever recorded it.
    pub capacity: String,
    /// What the entry says, by name: for `assessment_decided` the `case`, the `outcome`, the `officer` and the panel's `item`. Which
    /// names there are depends on `kind`; a correction says which entry it puts right in `of`, and the rest as it should have been.
    pub facts: BTreeMap<String, FactValue>,
    /// What was written with it. For staff.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub words: Option<String>,
    /// The professional it names: who writes advice, or signed it off. For staff.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub name: Option<String>,
    /// Why it was recorded although it departed from the law, by concern. For staff.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub acknowledged: BTreeMap<String, String>,
    /// Whether it still stands; false when it was struck, or corrected by a later entry.
    pub stands: bool,
}

/// What happened in a case, in the order it was recorded.
pub fn timeline(tx: &mut Tx<'_>, id: CaseId, as_of: Option<AsOf>) -> Result<(Known, Vec<TimelineEntry>), Error> {
    let known = Known::at(tx, as_of)?;
    let stored = journal::of_case(tx, id, None, Details::All)?;
    let child = child_of(&stored)?;
    let (stored, now) = known_and_now(stored, child, known.position);
    let file = file_of(&stored)?;
    let case = Case::of(&file, id).ok_or(Error::NotFound("case"))?;
    let staff = tx.permit().reach() == Reach::Authority;
    let of_this_case = file.about_case(id);
    // Files that were found alike before an adoption, of this child or of the other, would lead back to it.
    let alike: Vec<_> = stored.iter().flat_map(|s| found_alike(&s.entry.body.fact)).copied().collect();
    let first = stored.iter().find(|s| !found_alike(&s.entry.body.fact).is_empty()).map_or(0, |s| s.entry.position);
    let sealed = if alike.is_empty() || !staff { Vec::new() } else { children::sealed_since(tx, &alike, first)? };
    let corrected: Vec<_> = stored.iter().filter_map(|s| s.entry.body.fact.corrects()).collect();
    let original = |of: EventId| stored.iter().find(|s| s.entry.id == of).is_some_and(|s| of_this_case(&s.entry.body.fact));
    let entry = |of: EventId| stored.iter().find(|s| s.entry.id == of).map(|s| &s.entry.body.fact);
    // Who may see is judged now: also what was struck since.
    let struck = |of: EventId| now.find(of).is_none();
    let entries = stored
        .iter()
        .filter(|s| match s.entry.body.fact.corrects() {
            Some(of) => original(of),
            None => of_this_case(&s.entry.body.fact),
        })
        // What was struck may be another child's: it is hidden from all but staff.
        .filter(|s| staff || !struck(s.entry.body.fact.corrects().unwrap_or(s.entry.id)))
        .filter(|s| is_for(tx, &case, s.entry.body.fact.corrects().and_then(&entry).unwrap_or(&s.entry.body.fact)))
        .map(|s| {
            let mut told = timeline_entry(s, staff, !corrected.contains(&s.entry.id));
            if is_sealed(&now, s.entry.body.fact.corrects().unwrap_or(s.entry.id)) {
                OF_OTHERS.iter().for_each(|name| drop(told.facts.remove(*name)));
            } else if let Some(FactValue::Several(alike)) = told.facts.get_mut("possibleDuplicates") {
                alike.retain(|id| !sealed.iter().any(|child| child.0.to_string() == *id));
            }
            told
        })
        .collect();
    Ok((known, entries))
}

/// Facts that speak of other people: for staff, and of nobody before an adoption.
const OF_OTHERS: [&str; 4] = ["possibleDuplicates", "requester", "account", "relationship"];

fn found_alike(fact: &Fact) -> &[ChildId] {
    match fact {
        Fact::RequestReceived { possible_duplicates, .. } => possible_duplicates,
        Fact::Corrected { fact, .. } => found_alike(fact),
        _ => &[],
    }
}

/// Whether an entry is for the caller: what a relative said, what another setting was asked and what staff
/// found of a piece of advice is not everybody's.
fn is_for(tx: &Tx<'_>, case: &Case, fact: &Fact) -> bool {
    match fact {
        Fact::RepresentationsMade { account, .. }
        | Fact::RepresentationsComplete { account, .. }
        | Fact::SettingRequested { account, .. }
        | Fact::ViewsGiven { account, .. }
        | Fact::MediationAsked { account, .. }
        | Fact::AmendmentRepresentationsMade { account, .. } => may_read(tx, account.as_deref()),
        Fact::AdviceJudged { visibility, .. } => tx.permit().reads_as().is_some_and(|reader| visibility.seen_by(reader)),

        Fact::DocumentFiled { .. } => documents::concerns_caller(tx, fact),
        Fact::ReviewViewsGiven { account, organisation, .. } | Fact::ReviewRequested { account, organisation, .. } => {
            may_read_review(tx, account.as_deref(), organisation.as_ref())
        }
        _ => {
            let Some(id) = consulted_in(fact) else { return true };
            let known = case.consultations.iter().find(|one| one.id == id);
            known.map_or(tx.permit().reach() == Reach::Authority, |one| concerns_caller(tx, one))
        }
    }
}

pub(in crate::service) fn timeline_entry(stored: &Stored, staff: bool, stands: bool) -> TimelineEntry {
    let entry = &stored.entry;
    let facts = facts(&entry.body.fact, staff);
    let detail = stored.detail.as_ref().filter(|_| staff);
    TimelineEntry {
        id: entry.id,
        position: entry.position,
        kind: entry.body.fact.kind(),
        occurred_on: entry.occurred.on,
        recorded_at: entry.recorded_at,
        capacity: entry.by.capacity.clone(),
        facts,
        words: detail.and_then(|d| d.words.clone()),
        name: detail.and_then(|d| d.name.clone()),
        acknowledged: detail.map(|d| d.acknowledged.clone()).unwrap_or_default(),
        stands,
    }
}

/// What a fact says, without what only staff know. A correction says what the corrected fact says.
fn facts(fact: &Fact, staff: bool) -> FactValues {
    let mut told = serde_json::to_value(fact).unwrap_or_default();
    if let Some(facts) = told.as_object_mut() {
        if let Some(Value::Object(mut corrected)) = facts.remove("fact") {
            facts.append(&mut corrected);
        }
        facts.remove("kind");
        if !staff {
            OF_OTHERS.iter().for_each(|name| drop(facts.remove(*name)));
        }
    }
    serde_json::from_value(told).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(requester: Option<&str>) -> Fact {
        Fact::RequestReceived {
            case: CaseId(uuid::Uuid::nil()),
            by: RequestedBy::Parent,
            setting: None,
            requester: requester.map(str::to_owned),
            reference: "2026/00042".to_owned(),
            possible_duplicates: vec![ChildId(uuid::Uuid::nil())],
            detained: false,
        }
    }

    fn names(fact: &Fact, staff: bool) -> Vec<String> {
        facts(fact, staff).into_keys().collect()
    }

    #[test]
    fn a_correction_says_what_should_have_stood_beside_what_it_puts_right() {
        let (of, fact) = (EventId(uuid::Uuid::max()), Box::new(request(None)));
        let corrected = Fact::Corrected { of, occurred_on: None, fact };
        let told = facts(&corrected, true);
        assert_eq!(told["of"], FactValue::Text(of.0.to_string()));
        assert_eq!(told["by"], FactValue::Text("parent".to_owned()));
        assert!(!told.contains_key("kind"));
    }

    #[test]
    fn neither_an_entry_nor_its_correction_tells_outsiders_of_other_children() {
        let entry = request(Some("somebody"));
        let corrected = Fact::Corrected { of: EventId(uuid::Uuid::nil()), occurred_on: None, fact: Box::new(entry.clone()) };
        for fact in [entry, corrected] {
            assert!(names(&fact, true).contains(&"possibleDuplicates".to_owned()));
            for hidden in ["possibleDuplicates", "requester"] {
                assert!(!names(&fact, false).contains(&hidden.to_owned()), "{hidden}");
            }
        }
    }

    #[test]
    fn a_placement_keeps_its_parts() {
        let placement = Placement::Setting { setting: "urn:100000".parse().unwrap() };
        let sent = Fact::FinalPlanSent {
            case: CaseId(uuid::Uuid::nil()),
            plan: PlanId(uuid::Uuid::nil()),
            placement,
            health_provision: None,
        };
        let parts = [("names", "setting"), ("setting", "urn:100000")].map(|(name, says)| (name.to_owned(), says.to_owned()));
        assert_eq!(facts(&sent, false)["placement"], FactValue::Parts(parts.into()));
    }
}
