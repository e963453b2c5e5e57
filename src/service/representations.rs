//! What the family says to a draft: representations, settings it asks for, meetings with an officer.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::as_of::{AsOf, Known};
use super::cases::file_of;
use super::decisions::officer;
use super::plans::Sections;
use super::recording::{Receipt, Step, dated, not_future, open_case, record};
use super::{Error, wrong};
use crate::access::{Reach, Role};
use crate::db::Tx;
use crate::law::instruments::CFA_2014;
use crate::record::*;
use crate::store::journal::{self, Details};

/// Makes representations on a draft.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"on": "2026-05-01", "sections": {"b": "Please add that Amira tires in the afternoon.", "f": "An hour a week is too little."}, "complete": false}))]
pub struct MakeRepresentations {
    /// The draft they speak of; the last one served unless told.
    pub draft: Option<DraftId>,
    /// What the family says of each section.
    #[serde(default)]
    pub sections: Sections,
    /// What it says of the draft as a whole.
    #[schema(max_length = 20_000)]
    pub words: Option<String>,
    /// Where staff record them: whose words they are, by their id in the child's relationships. That person then reads them;
    /// left out, staff alone do. A family's own are its own.
    pub from: Option<RelationshipId>,
    /// Whether the family has nothing more to say: the final plan may then follow before the fifteen days are over.
    #[serde(default)]
    pub complete: bool,
    /// The day they were received; today unless told. A family's own are received today.
    pub on: Option<NaiveDate>,
}

/// Records what the family says to a draft.
pub fn make(tx: &mut Tx<'_>, case: CaseId, body: &MakeRepresentations) -> Result<Receipt, Error> {
    let loaded = open_case(tx, case)?;
    let on = received(tx, body.on)?;
    let drafts = loaded.case(case)?.drafts;
    let draft = match body.draft {
        Some(draft) if drafts.iter().any(|d| d.id == draft) => draft,
        Some(_) => return Err(wrong("/draft", "unknown_draft", "Is no draft plan of this case.")),
        None => {
            let served = drafts.iter().rfind(|d| d.served_on.is_none_or(|served| served <= on)).or(drafts.last());
            let words = "no draft plan stands that the family could answer".to_owned();
            served.ok_or(Refusal { code: "no_draft_to_answer", words, citation: None })?.id
        }
    };
    acts_in(tx, &loaded.file, CapacityFor::DraftPlan)?;
    let account = spoken_by(tx, &loaded.file, body.from)?;
    let letters = body.sections.by_letter();
    let words = body.words.clone().filter(|words| !words.trim().is_empty());
    let mut steps = Vec::new();
    if !letters.is_empty() || words.is_some() {
        let sections = letters.keys().cloned().collect();
        let made = Fact::RepresentationsMade { case, draft, sections, account: account.clone() };
        let mut step = Step::on(tx, on, made).words(words);
        step.detail.sections = letters;
        steps.push(step);
    }
    if body.complete {
        steps.push(Step::on(tx, on, Fact::RepresentationsComplete { case, draft, account }));
    }
    let Some(first) = steps.first() else {
        return Err(wrong(
            "",
            "nothing_to_record",
            "Say something of a section or of the whole, or that there is nothing more to say.",
        ));
    };
    let entry = first.event.0;
    record(tx, loaded, Action::MakeRepresentations, case, entry, steps, &[])
}

/// The account of whose words they are.
pub(super) fn spoken_by(tx: &Tx<'_>, file: &File, from: Option<RelationshipId>) -> Result<Option<String>, Error> {
    let Some(id) = from else { return Ok(account(tx)) };
    if tx.permit().acts_as(Role::Family) {
        return Err(wrong("/from", "not_for_others", "A family speaks for itself."));
    }
    let people = Related::all(file);
    let known = people.into_iter().find(|known| known.id == id);
    let known = known.ok_or_else(|| wrong("/from", "unknown_relationship", "Is nobody recorded around this child."))?;
    Ok(known.relationship.account)
}

/// Asks for a setting.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"setting": "urn:900002", "reasons": "Her sister goes there."}))]
pub struct RequestSetting {
    /// The setting the family asks for.
    pub setting: Organisation,
    /// Why, in the family's words.
    #[schema(max_length = 5000)]
    pub reasons: Option<String>,
    /// The day it was received; today unless told. A family's own is received today.
    pub on: Option<NaiveDate>,
}

/// Records that the family asks for a setting.
pub fn request_setting(tx: &mut Tx<'_>, case: CaseId, body: &RequestSetting) -> Result<Receipt, Error> {
    let loaded = open_case(tx, case)?;
    let on = received(tx, body.on)?;
    acts_in(tx, &loaded.file, CapacityFor::Setting)?;
    let asked = Fact::SettingRequested { case, setting: body.setting.clone(), account: account(tx) };
    let step = Step::on(tx, on, asked).words(body.reasons.clone());
    let entry = step.event.0;
    record(tx, loaded, Action::RequestSetting, case, entry, vec![step], &[])
}

/// Records a meeting with an officer.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"on": "2026-04-28", "words": "The family explained how Amira learns."}))]
pub struct MeetOfficer {
    /// The officer; the caller unless told.
    pub officer: Option<StaffId>,
    /// The day they met; today unless told.
    pub on: Option<NaiveDate>,
    /// What was said.
    #[schema(max_length = 20_000)]
    pub words: Option<String>,
}

/// Records that an officer met the family about the draft.
pub fn meet_officer(tx: &mut Tx<'_>, case: CaseId, body: &MeetOfficer) -> Result<Receipt, Error> {
    let officer = officer(tx, body.officer)?;
    let loaded = open_case(tx, case)?;
    let step = dated(tx, "/on", body.on, Fact::OfficerMet { case, officer })?.words(body.words.clone());
    let entry = step.event.0;
    record(tx, loaded, Action::RecordOfficerMeeting, case, entry, vec![step], &[])
}

/// That whoever speaks for themselves may act in such a matter: once an officer has confirmed that the rights are the young person's,
/// they act, or whoever makes that decision in their place. Until then nobody loses anything by the calendar.
pub(super) fn acts_in(tx: &Tx<'_>, file: &File, decision: CapacityFor) -> Result<(), Refusal> {
    let permit = tx.permit();
    if permit.caller().is(Role::Family)
        && permit.reach() != Reach::Authority
        && !may_act(file, &permit.caller().subject, decision, tx.today())
    {
        let words = "the rights are the young person's by now: they act for themselves, or whoever represents them".to_owned();
        let citation = Some(CFA_2014.at("83(2)").cite());
        return Err(Refusal { code: "young_person_acts", words, citation });
    }
    Ok(())
}

/// The decision that somebody of the family makes by an action, where it is one that passes to the young person with the rights.
pub(super) const fn decision_of(action: Action) -> Option<CapacityFor> {
    match action {
        Action::MakeRepresentations | Action::AnswerAmendments => Some(CapacityFor::DraftPlan),
        Action::RequestSetting => Some(CapacityFor::Setting),
        Action::AskMediation => Some(CapacityFor::Appeal),
        _ => None,
    }
}

/// The family member who speaks for themselves; none where staff record what was said.
fn account(tx: &Tx<'_>) -> Option<String> {
    let permit = tx.permit();
    permit.acts_as(Role::Family).then(|| permit.caller().subject.clone())
}

/// The day something was received: a family's own through the API, today.
pub(super) fn received(tx: &Tx<'_>, on: Option<NaiveDate>) -> Result<NaiveDate, Error> {
    let day = not_future(tx, "/on", on.unwrap_or(tx.today()))?;
    if tx.permit().acts_as(Role::Family) && day != tx.today() {
        return Err(wrong("/on", "received_today", "What a family says through the API is received today."));
    }
    Ok(day)
}

/// What the family said to a draft.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RepresentationView {
    /// The entry.
    pub id: EventId,
    /// The day it was received.
    pub made_on: Option<NaiveDate>,
    /// Whether the family member recorded it through the API, and not staff for them.
    pub by_account: bool,
    /// What it says of each section.
    pub sections: Sections,
    /// What it says of the draft as a whole.
    pub words: Option<String>,
}

/// A draft plan as it was served, and what the family said to it.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DraftPlanView {
    /// Its id.
    pub id: DraftId,
    /// The case.
    pub case: CaseId,
    /// The day it was served.
    pub served_on: Option<NaiveDate>,
    /// Why it was served. Null: not recorded.
    pub change: Option<DraftChange>,
    /// What it says.
    pub sections: Sections,
    /// What the family said to it, the earliest first: all of it for staff, their own for a family member, nothing for others.
    pub representations: Vec<RepresentationView>,
    /// What the answer was computed from.
    pub known: Known,
    /// The version of the child's file, as in the ETag.
    pub version: i32,
}

/// One draft plan, and what was said to it that the caller may read.
pub fn show_draft(tx: &mut Tx<'_>, case: CaseId, id: DraftId, as_of: Option<AsOf>) -> Result<DraftPlanView, Error> {
    let known = Known::at(tx, as_of)?;
    let stored = journal::of_case(tx, case, known.position, Details::All)?;
    let file = file_of(&stored)?;
    let shown = Case::of(&file, case).ok_or(Error::NotFound("case"))?;
    let draft = shown.drafts.iter().find(|draft| draft.id == id).ok_or(Error::NotFound("draft_plan"))?;
    let detail = |event| stored.iter().find(|s| s.entry.id == event).and_then(|s| s.detail.as_ref());
    let said = shown.response.representations.iter().filter(|said| said.draft == id && may_read(tx, said.account.as_deref()));
    let representations = said.map(|said| {
        let detail = detail(said.event);
        RepresentationView {
            id: said.event,
            made_on: said.made_on,
            by_account: said.account.is_some(),
            sections: detail.map(|d| Sections::from_letters(&d.sections)).unwrap_or_default(),
            words: detail.and_then(|d| d.words.clone()),
        }
    });
    Ok(DraftPlanView {
        id,
        case,
        served_on: draft.served_on,
        change: draft.change,
        sections: detail(draft.event).map(|d| Sections::from_letters(&d.sections)).unwrap_or_default(),
        representations: representations.collect(),
        known,
        version: file.version,
    })
}

/// Whether the caller may read what a family member said: staff all of it, a family member their own.
pub fn may_read(tx: &Tx<'_>, account: Option<&str>) -> bool {
    let permit = tx.permit();
    permit.reach() == Reach::Authority || (permit.acts_as(Role::Family) && account == Some(permit.caller().subject.as_str()))
}
