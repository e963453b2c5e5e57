//! Consultations: which settings are asked whether they can meet the need, and what each answers.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::as_of::{AsOf, Known};
use super::cases::file_of;
use super::recording::{Loaded, Receipt, Step, dated, not_future, open_case, record};
use super::{Error, FieldError, wrong};
use crate::access::{Reach, Role};
use crate::db::Tx;
use crate::record::codes::AuthorityCode;
use crate::record::*;
use crate::store::journal::{self, Details};

/// A setting to consult.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ConsultedSetting {
    /// The setting.
    pub setting: Organisation,
    /// The other authority that maintains it, by the Department's code, where one does: it is consulted too.
    pub other_authority: Option<AuthorityCode>,
}

/// Consults settings on the draft.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"sentOn": "2026-04-20", "settings": [{"setting": "urn:900001"}, {"setting": "urn:900003", "otherAuthority": "309"}]}))]
pub struct ConsultSettings {
    /// The settings, each once.
    #[schema(min_items = 1, max_items = 50)]
    pub settings: Vec<ConsultedSetting>,
    /// The day the consultations were sent; today unless told.
    pub sent_on: Option<NaiveDate>,
}

/// Records that settings were consulted, each by an entry of its own.
pub fn consult(tx: &mut Tx<'_>, case: CaseId, body: &ConsultSettings) -> Result<Receipt, Error> {
    let loaded = open_case(tx, case)?;
    let day = not_future(tx, "/sentOn", body.sent_on.unwrap_or(tx.today()))?;
    let mut seen = BTreeSet::new();
    let twice: Vec<_> = (0..body.settings.len()).filter(|place| !seen.insert(&body.settings[*place].setting)).collect();
    if !twice.is_empty() {
        let error = |place| FieldError::new(format!("/settings/{place}/setting"), "named_twice", "Is named twice.");
        return Err(Error::Invalid(twice.into_iter().map(error).collect()));
    }
    let mut first = None;
    let mut steps = Vec::new();
    for one in &body.settings {
        let consultation: ConsultationId = tx.new_id();
        first.get_or_insert(consultation);
        let (setting, other_authority) = (one.setting.clone(), one.other_authority.clone());
        steps.push(Step::on(tx, day, Fact::ConsultationSent { case, consultation, setting, other_authority, transfer: None }));
    }
    let Some(first) = first else {
        return Err(wrong("/settings", "nothing_to_record", "Name the settings that were consulted."));
    };
    record(tx, loaded, Action::ConsultSettings, case, first.0, steps, &[])
}

/// Says what became of a consultation.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"answer": "conditional", "answeredOn": "2026-05-01", "yearlyCost": 18500, "words": "With a teaching assistant for twenty hours a week."}))]
pub struct AnswerConsultation {
    /// The day the setting received it, if that is to be recorded: its fifteen days run from there.
    pub received_on: Option<NaiveDate>,
    /// What the setting answered, if it did.
    pub answer: Option<ConsultationAnswer>,
    /// The day it answered; today unless told.
    pub answered_on: Option<NaiveDate>,
    /// What a place would cost, in whole pounds a year: with the answer.
    #[schema(maximum = 10_000_000)]
    pub yearly_cost: Option<u32>,
    /// The reasons or the conditions. A school gives them with every answer but `can_meet_need`.
    #[schema(max_length = 20_000)]
    pub words: Option<String>,
}

/// Records that a setting received a consultation, or what it answered. A school speaks of its own alone.
pub fn answer(tx: &mut Tx<'_>, case: CaseId, consultation: ConsultationId, body: &AnswerConsultation) -> Result<Receipt, Error> {
    let loaded = find(tx, case, consultation)?;
    let mut steps = Vec::new();
    if let Some(day) = body.received_on {
        let day = not_future(tx, "/receivedOn", day)?;
        steps.push(Step::on(tx, day, Fact::ConsultationReceived { case, consultation }));
    }
    if let Some(answer) = body.answer {
        let needs_words = tx.permit().acts_as(Role::School) && answer != ConsultationAnswer::CanMeetNeed;
        if needs_words && body.words.as_deref().is_none_or(|words| words.trim().is_empty()) {
            return Err(wrong("/words", "required", "Is needed from a school: the conditions, or the reasons why not."));
        }
        let fact = Fact::ConsultationAnswered { case, consultation, answer, yearly_cost: body.yearly_cost };
        let answered = dated(tx, "/answeredOn", body.answered_on, fact)?;
        steps.push(answered.words(body.words.clone()));
    }
    if body.answer.is_none() && body.yearly_cost.is_some() {
        return Err(wrong("/yearlyCost", "no_answer", "Is given with the answer."));
    }
    if steps.is_empty() {
        return Err(wrong("", "nothing_to_record", "Say on which day it was received, or what was answered, or both."));
    }
    record(tx, loaded, Action::AnswerConsultation, case, consultation.0, steps, &[])
}

/// Takes a consultation back.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"on": "2026-05-06", "reasons": "The family no longer asks for it."}))]
pub struct WithdrawConsultation {
    /// The day; today unless told.
    pub on: Option<NaiveDate>,
    /// Why.
    #[schema(max_length = 5000)]
    pub reasons: Option<String>,
}

/// Records that the authority took a consultation back.
pub fn withdraw(
    tx: &mut Tx<'_>,
    case: CaseId,
    consultation: ConsultationId,
    body: &WithdrawConsultation,
) -> Result<Receipt, Error> {
    let loaded = find(tx, case, consultation)?;
    let step = dated(tx, "/on", body.on, Fact::ConsultationWithdrawn { case, consultation })?.words(body.reasons.clone());
    record(tx, loaded, Action::WithdrawConsultation, case, consultation.0, vec![step], &[])
}

fn find(tx: &mut Tx<'_>, case: CaseId, consultation: ConsultationId) -> Result<Loaded, Error> {
    let loaded = open_case(tx, case)?;
    let known = loaded.case(case)?.consultations.into_iter().find(|one| one.id == consultation);
    known.filter(|one| concerns_caller(tx, one)).map(|_| loaded).ok_or(Error::NotFound("consultation"))
}

/// Whether the caller may know of a consultation: staff of all, a setting of its own.
pub fn concerns_caller(tx: &Tx<'_>, one: &Consultation) -> bool {
    let permit = tx.permit();
    permit.reach() == Reach::Authority
        || (permit.acts_as(Role::School) && permit.caller().organisation.as_ref() == Some(&one.setting))
}

/// A consultation of a setting.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ConsultationView {
    /// Its id.
    pub id: ConsultationId,
    /// The setting.
    pub setting: Organisation,
    /// The other authority that maintains it, where one does.
    pub other_authority: Option<AuthorityCode>,
    /// The change of phase it is about, by its id in `/v1/phase-transfers`. Null: the draft plan.
    pub transfer: Option<TransferId>,
    /// The day it was sent.
    pub sent_on: Option<NaiveDate>,
    /// The day the setting received it; its fifteen days run from here (SEND Code of Practice, 9.83).
    pub received_on: Option<NaiveDate>,
    /// What it answered. Null: nothing, which stops no decision.
    pub answer: Option<ConsultationAnswer>,
    /// The day it answered.
    pub answered_on: Option<NaiveDate>,
    /// What a place would cost, in whole pounds a year, as it answered. Null: it did not say.
    pub yearly_cost: Option<u32>,
    /// The reasons or the conditions.
    pub words: Option<String>,
    /// Whether the authority took it back.
    pub withdrawn: bool,
    /// The day it did.
    pub withdrawn_on: Option<NaiveDate>,
}

/// The consultations of a case that the caller may know of, by the day they were sent.
pub fn list(tx: &mut Tx<'_>, case: CaseId, as_of: Option<AsOf>) -> Result<(Known, Vec<ConsultationView>), Error> {
    let known = Known::at(tx, as_of)?;
    let stored = journal::of_case(tx, case, known.position, Details::All)?;
    let shown = Case::of(&file_of(&stored)?, case).ok_or(Error::NotFound("case"))?;
    let words = |event| stored.iter().find(|s| Some(s.entry.id) == event)?.detail.as_ref()?.words.clone();
    let told = shown.consultations.into_iter().filter(|one| concerns_caller(tx, one)).map(|one| ConsultationView {
        id: one.id,
        transfer: one.transfer,
        sent_on: one.sent_on,
        received_on: one.received_on,
        answer: one.answer.map(|(answer, _)| answer),
        answered_on: one.answer.and_then(|(_, on)| on),
        yearly_cost: one.yearly_cost,
        words: words(one.answer_event),
        withdrawn: one.withdrawn.is_some(),
        withdrawn_on: one.withdrawn.flatten(),
        setting: one.setting,
        other_authority: one.other_authority,
    });
    Ok((known, told.collect()))
}

/// Records the health body's agreement.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"healthBody": "ods:QMF", "agreedOn": "2026-05-11", "words": "Occupational therapy, six sessions a term."}))]
pub struct AgreeHealthProvision {
    /// The body that commissions the provision.
    pub health_body: Organisation,
    /// The day it agreed; today unless told.
    pub agreed_on: Option<NaiveDate>,
    /// What it agreed.
    #[schema(max_length = 20_000)]
    pub words: Option<String>,
}

/// Records that the health body agreed the provision that section G is to name.
pub fn agree_health_provision(tx: &mut Tx<'_>, case: CaseId, body: &AgreeHealthProvision) -> Result<Receipt, Error> {
    let loaded = open_case(tx, case)?;
    let fact = Fact::HealthProvisionAgreed { case, health_body: body.health_body.clone() };
    let step = dated(tx, "/agreedOn", body.agreed_on, fact)?.words(body.words.clone());
    let entry = step.event.0;
    record(tx, loaded, Action::RecordHealthAgreement, case, entry, vec![step], &[])
}
