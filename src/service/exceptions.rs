//! Exceptions: what is claimed, whether its terms are met, whom it was told, and that it is relied on no more.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::as_of::{AsOf, Known};
use super::cases::file_of;
use super::recording::{Acknowledge, Loaded, Receipt, Step, dated, not_future, open_case, record};
use super::{Error, FieldError, wrong};
use crate::access::Reach;
use crate::db::Tx;
use crate::law::{self, Citation};
use crate::record::*;
use crate::store::closures;
use crate::store::journal::{self, Details, Stored};

/// Claims an exception.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"paragraph": "X13.3d", "from": "2026-03-02", "to": "2026-04-06", "evidence": "Letter from the family of 20 February."}))]
pub struct ClaimException {
    /// The paragraph, as `/v1/law/exceptions` names it with what it takes and what it excuses.
    #[schema(max_length = 20)]
    pub paragraph: String,
    /// First day of what made the limit impractical to meet. For a closure it is taken from the calendar of `setting`, unless told.
    pub from: Option<NaiveDate>,
    /// Last day. For a closure it is taken from the calendar of `setting`, unless told.
    pub to: Option<NaiveDate>,
    /// For a closure: the setting that was closed.
    pub setting: Option<Organisation>,
    /// For a closure: the day the setting was asked for advice, where no request on record shows it.
    pub asked_on: Option<NaiveDate>,
    /// For X8.2: the advice it made late; every advice unless told.
    pub advice: Option<AdviceId>,
    /// The day it was claimed; today unless told.
    pub on: Option<NaiveDate>,
    /// The day the family was told, if they were already.
    pub told_on: Option<NaiveDate>,
    /// What shows it.
    #[schema(min_length = 1, max_length = 5000)]
    pub evidence: String,
    /// Concerns accepted, with reasons.
    #[serde(default)]
    #[schema(max_items = 20)]
    pub acknowledge: Vec<Acknowledge>,
}

/// That an exception was claimed, and what the claim comes to.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Claimed {
    /// What was recorded; its `id` is the claim's.
    #[serde(flatten)]
    pub receipt: Receipt,
    /// Whether its terms are met for any duty that runs.
    pub terms_met: bool,
    /// Why, in words.
    #[schema(example = "Its terms are met: it excuses D-20W.")]
    pub why: String,
}

/// What a claim does for one duty.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ClaimedDuty {
    /// The duty's rule, as `/v1/law/rules` has it.
    #[schema(example = "D-20W")]
    pub rule: &'static str,
    /// The request for advice the duty is about, if it is about one.
    pub about: Option<String>,
    /// The day it is due. The claim does not move it.
    pub due_on: NaiveDate,
    /// Whether the terms are met for it.
    pub terms_met: bool,
    /// Why not; empty when they are.
    #[schema(example = "the setting was closed for 27 days on end, and it takes 28")]
    pub why: String,
}

/// A claim of an exception, and what it comes to.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ExceptionClaim)]
pub struct ClaimView {
    /// Its id.
    pub id: EventId,
    /// The paragraph.
    #[schema(example = "X13.3d")]
    pub paragraph: String,
    /// What it takes, in plain words.
    pub takes: &'static str,
    /// The provision.
    pub citation: Citation,
    /// First day of what made the limit impractical to meet.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
    /// The setting that was closed.
    pub setting: Option<Organisation>,
    /// The advice it is about.
    pub advice: Option<AdviceId>,
    /// The day it was claimed.
    pub claimed_on: Option<NaiveDate>,
    /// The day the family was told. Null: not told, or nobody knows when.
    pub told_on: Option<NaiveDate>,
    /// The day the claim was withdrawn. Null: it stands, or nobody knows when.
    pub withdrawn_on: Option<NaiveDate>,
    /// Whether it stands; a claim that was withdrawn excuses nothing, whatever its terms.
    pub stands: bool,
    /// Whether its terms are met for any duty that runs.
    pub terms_met: bool,
    /// Why, in words.
    #[schema(example = "Its terms are met: it excuses D-20W.")]
    pub why: String,
    /// Each duty that runs and that the paragraph can excuse.
    pub duties: Vec<ClaimedDuty>,
    /// What shows it. For staff.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub evidence: Option<String>,
}

/// Records that an exception is claimed, whether or not its terms are met: it is what the authority claims.
///
/// # Errors
/// [`Error::Invalid`] for what is no exception, for days that neither the claim nor the setting's calendar gives, and for a claim
/// without evidence; [`Error::Unacknowledged`] where the terms are not met.
pub fn claim(tx: &mut Tx<'_>, id: CaseId, body: &ClaimException) -> Result<Claimed, Error> {
    let loaded = open_case(tx, id)?;
    let case = loaded.case(id)?;
    let Some(exception) = law::exception(&body.paragraph) else { return Err(no_exception()) };
    if body.evidence.trim().is_empty() {
        return Err(wrong("/evidence", "required", "Say what shows it: an exception is claimed with evidence."));
    }
    let (from, to) = days(tx, &case, exception, body)?;
    let fact = Fact::ExceptionClaimed {
        case: id,
        paragraph: body.paragraph.clone(),
        from,
        to,
        setting: body.setting.clone(),
        advice: body.advice,
        asked_on: body.asked_on.map(|day| not_future(tx, "/askedOn", day)).transpose()?,
    };
    let step = dated(tx, "/on", body.on, fact)?.words(Some(body.evidence.clone()));
    let claim = step.event;
    let mut steps = vec![step];
    if let Some(day) = body.told_on {
        let day = not_future(tx, "/toldOn", day)?;
        steps.push(Step::on(tx, day, Fact::ExceptionTold { case: id, claim }));
    }
    let terms = terms_of(&loaded, id, claim, &steps);
    let receipt = record(tx, loaded, Action::ClaimException, id, claim.0, steps, &body.acknowledge)?;
    Ok(Claimed { receipt, terms_met: terms.are_met(), why: terms.words() })
}

/// What the claim comes to once the steps stand.
fn terms_of(loaded: &Loaded, id: CaseId, claim: EventId, steps: &[Step]) -> Terms {
    let proposed = steps.iter().map(|s| Proposal { event: s.event, occurred: s.occurred, fact: s.fact.clone() }.standing());
    let after = loaded.file.with(proposed);
    let case = Case::of(&after, id);
    let claimed = case.as_ref().and_then(|case| Some((case, case.exceptions.iter().find(|e| e.event == claim)?)));
    claimed.map_or(Terms::NeverAsked, |(case, claim)| claim.terms(&case.advice, &facts(&after, id)))
}

/// The first and last day of what a claim relies on: its own, or those of the setting's calendar.
fn days(
    tx: &mut Tx<'_>,
    case: &Case,
    exception: &law::Exception,
    body: &ClaimException,
) -> Result<(NaiveDate, NaiveDate), Error> {
    if let (Some(from), Some(to)) = (body.from, body.to) {
        return Ok((from, to));
    }
    let Some(setting) = body.setting.as_ref().filter(|_| exception.terms.are_of_a_closure()) else {
        let missing = [("/from", body.from), ("/to", body.to)].into_iter().filter(|(_, day)| day.is_none());
        let words = "Is needed: only a closure claimed with its `setting` takes its days from a calendar.";
        return Err(Error::Invalid(missing.map(|(at, _)| FieldError::new(at, "required", words)).collect()));
    };
    let closures: Vec<_> = closures::of_setting(tx, setting.as_str())?.into_iter().map(|c| (c.from_on, c.to_on)).collect();
    let asked: Vec<_> = body.asked_on.map_or_else(|| asked_of_setting(&case.advice, Some(setting)), |day| vec![day]);
    let since = case.received_on.unwrap_or(NaiveDate::MIN);
    let within = closures.iter().filter(|(_, to)| *to >= since);
    // The closure around which the setting was asked; otherwise the longest since the request.
    let counts = closures.iter().find(|closure| counting_day(**closure, &asked).is_some());
    counts.or_else(|| within.max_by_key(|(from, to)| *to - *from)).copied().ok_or_else(|| {
        wrong(
            "/setting",
            "no_closure_in_calendar",
            "Has no closure since the request in its calendar; record it there, or give the days.",
        )
    })
}

/// What is said of a paragraph that is none: most often somebody looks for an excuse that there is not.
fn no_exception() -> Error {
    let words = "Is no exception of the Regulations; /v1/law/exceptions lists them. A shortage of staff, the dates of a panel and \
                 late health advice are no exceptions: record a letter about the delay instead (POST \
                 /v1/cases/{caseId}/delay-letters).";
    wrong("/paragraph", "unknown_exception", words)
}

/// Says that the family was told of an exception.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"on": "2026-03-04"}))]
pub struct TellException {
    /// The day; today unless told.
    pub on: Option<NaiveDate>,
    /// What the family was told.
    #[schema(max_length = 5000)]
    pub words: Option<String>,
}

/// Records that the family was told.
pub fn tell(tx: &mut Tx<'_>, id: CaseId, claim: EventId, body: &TellException) -> Result<Receipt, Error> {
    let loaded = open_claim(tx, id, claim)?;
    let step = dated(tx, "/on", body.on, Fact::ExceptionTold { case: id, claim })?.words(body.words.clone());
    record(tx, loaded, Action::TellException, id, claim.0, vec![step], &[])
}

/// Withdraws the claim of an exception.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"reason": "The family was back after three weeks."}))]
pub struct WithdrawException {
    /// Why it is relied on no more.
    #[schema(min_length = 1, max_length = 5000)]
    pub reason: String,
    /// The day; today unless told.
    pub on: Option<NaiveDate>,
}

/// Records that the claim is withdrawn: from now on it excuses nothing.
pub fn withdraw(tx: &mut Tx<'_>, id: CaseId, claim: EventId, body: &WithdrawException) -> Result<Receipt, Error> {
    let loaded = open_claim(tx, id, claim)?;
    let step = dated(tx, "/on", body.on, Fact::ExceptionWithdrawn { case: id, claim })?.words(Some(body.reason.clone()));
    record(tx, loaded, Action::WithdrawException, id, claim.0, vec![step], &[])
}

fn open_claim(tx: &mut Tx<'_>, id: CaseId, claim: EventId) -> Result<Loaded, Error> {
    let loaded = open_case(tx, id)?;
    if loaded.case(id)?.exceptions.iter().any(|e| e.event == claim) { Ok(loaded) } else { Err(Error::NotFound("exception")) }
}

/// The claims of a case, by the day they were made, withdrawn ones among them.
pub fn list(tx: &mut Tx<'_>, id: CaseId, as_of: Option<AsOf>) -> Result<(Known, Vec<ClaimView>), Error> {
    let known = Known::at(tx, as_of)?;
    let stored = journal::of_case(tx, id, known.position, Details::All)?;
    let file = file_of(&stored)?;
    let case = Case::of(&file, id).ok_or(Error::NotFound("case"))?;
    let facts = facts(&file, id);
    let staff = tx.permit().reach() == Reach::Authority;
    let shown = |claim: &Exception| {
        let evidence = stored.iter().find(|s| s.entry.id == claim.event).filter(|_| staff).and_then(evidence);
        shown(claim, &claim.terms(&case.advice, &facts), evidence)
    };
    Ok((known, case.exceptions.iter().filter_map(shown).collect()))
}

fn evidence(stored: &Stored) -> Option<String> {
    stored.detail.as_ref()?.words.clone()
}

fn shown(claim: &Exception, terms: &Terms, evidence: Option<String>) -> Option<ClaimView> {
    let exception = law::exception(&claim.paragraph)?;
    let duties = match terms {
        Terms::NeverAsked => Vec::new(),
        Terms::ForDuties(verdicts) => verdicts.iter().map(duty).collect(),
    };
    Some(ClaimView {
        id: claim.event,
        paragraph: claim.paragraph.clone(),
        takes: exception.terms.words(),
        citation: exception.source.cite(),
        from: claim.from,
        to: claim.to,
        setting: claim.setting.clone(),
        advice: claim.advice,
        claimed_on: claim.claimed_on,
        told_on: claim.told.flatten(),
        withdrawn_on: claim.withdrawn.flatten(),
        stands: claim.withdrawn.is_none(),
        terms_met: terms.are_met(),
        why: terms.words(),
        duties,
        evidence,
    })
}

fn duty(verdict: &law::Verdict) -> ClaimedDuty {
    ClaimedDuty {
        rule: verdict.rule.id,
        about: verdict.about.clone(),
        due_on: verdict.due_on,
        terms_met: verdict.shortfall.is_none(),
        why: verdict.shortfall.map(law::Shortfall::words).unwrap_or_default(),
    }
}
