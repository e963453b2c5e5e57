//! Cases: what stands, what happened, what is due, and what this caller may do next.

mod advice;
mod change;
mod exception;
mod list;
mod timeline;
mod view;

pub use advice::{AdviceView, JudgementView};
pub(super) use advice::{judgement_shown, shown as advice_shown};
pub use change::*;
pub use exception::{DelayLetterView, ExceptionView};
pub use list::*;
pub(super) use timeline::timeline_entry;
pub use timeline::*;
pub use view::*;

use chrono::NaiveDate;
use serde_json::Value;

use super::Error;
use super::as_of::{AsOf, Known};
use super::identity::{self, identity_of, is_staff, known_and_now};
use super::representations::{acts_in, decision_of, may_read};
use super::rights;
use crate::access::{self, Ask, Role};
use crate::db::Tx;
use crate::record::*;
use crate::service::delays::reads;
use crate::service::notices::Reader;
use crate::store::journal::{self, Details, Stored};
use crate::store::{cases, children, duties};

/// One case.
pub fn show(tx: &mut Tx<'_>, id: CaseId, as_of: Option<AsOf>) -> Result<CaseView, Error> {
    let known = Known::at(tx, as_of)?;
    let stored = journal::of_case(tx, id, None, Details::Shown)?;
    let child = child_of(&stored)?;
    let (stored, now) = known_and_now(stored, child, known.position);
    let identity = identity::shown(tx, identity_of(&stored), address_hidden(&Related::all(&now)));
    let file = file_of(&stored)?;
    let case = Case::of(&file, id).ok_or(Error::NotFound("case"))?;
    let staff = is_staff(tx);
    let family = tx.permit().acts_as(Role::Family);
    // The family reads the reasons once it was notified: until then they are the authority's own.
    let written =
        |event, notified: Option<NaiveDate>| detail_of(&stored, event).filter(|_| staff || (family && notified.is_some()));
    let gaps = if staff { gaps_of(&file, &case, identity.as_ref(), &stored) } else { Vec::new() };
    let next_due = match known.position {
        // Then as now, what was due is what the register of the time said.
        Some(position) => cases::next_due_at(tx, id, position)?.map(|(rule, on)| NextDue { rule, on }),
        None => next_due(&crate::record::duties(&file, id).1).map(|d| NextDue { rule: d.rule.id.to_owned(), on: d.due_on }),
    };
    // What was found alike before an adoption, of this child or of the other, would lead back to it.
    let mut possible_duplicates =
        if staff && !is_sealed(&now, case.event) { case.possible_duplicates.clone() } else { Vec::new() };
    if !possible_duplicates.is_empty() {
        let position = stored.iter().find(|s| s.entry.id == case.event).map_or(0, |s| s.entry.position);
        let sealed = children::sealed_since(tx, &possible_duplicates, position)?;
        possible_duplicates.retain(|child| !sealed.contains(child));
    }
    let own = |account: &Option<String>| may_read(tx, account.as_deref());
    let reader = Reader::of(tx, &now);
    Ok(CaseView {
        id,
        child: case.child,
        child_died_on: case.died.flatten(),
        rights_to_confirm: if staff { rights::to_confirm(&file, identity.as_ref(), known.today) } else { None },
        identity,
        stage: case.stage(),
        requested_by: case.requested_by,
        received_on: case.received_on,
        requests: case.requests.iter().map(|r| request(r, said(&stored, r.event).filter(|_| staff || asked_it(tx, r)))).collect(),
        gaps,
        flags: if staff { flags(&file, &case) } else { Vec::new() },
        case_worker: case.case_worker,
        assessment_decision: case.assessment.as_ref().map(|d| decision(d, written(d.event, d.notified_on))),
        advice: case.advice.iter().map(|a| advice_shown(a, tx.permit().reads_as(), &|event| name_in(&stored, event))).collect(),
        exceptions: exception::exceptions(&file, &case),
        delay_letters: case
            .delay_letters
            .iter()
            .map(|letter| {
                exception::delay_letter(letter, detail_of(&stored, letter.event).filter(|_| reads(tx, &reader, letter)))
            })
            .collect(),
        plan_decision: case.plan_decision.as_ref().map(|d| decision(d, written(d.event, d.notified_on))),
        reversals: case.reversals.iter().map(reversal).collect(),
        appeals: if staff || tx.permit().acts_as(Role::Family) {
            Appeal::all(file.of_case(case.id)).iter().map(appeal).collect()
        } else {
            Vec::new()
        },
        draft_plans: case.drafts.iter().map(|d| draft(d, &case.response)).collect(),
        representations: case.response.representations.iter().filter(|s| own(&s.account)).map(representation).collect(),
        setting_requests: case
            .response
            .settings
            .iter()
            .filter(|s| own(&s.account))
            .map(|s| setting_request(s, &case.drafts))
            .collect(),
        officer_meetings: if staff || tx.permit().acts_as(Role::Family) {
            case.response.meetings.iter().map(|m| OfficerMeetingView { officer: m.officer, met_on: m.met_on }).collect()
        } else {
            Vec::new()
        },
        withdrawn_on: case.withdrawn.flatten(),
        responsibility_ended: case.responsibility_ended.map(|end| ResponsibilityEndView {
            why: end.why,
            forwarded_to: end.forwarded_to,
            on: end.on,
        }),
        next_due,
        concerns: if staff {
            findings(&file).into_iter().filter(|(about, _)| *about == id.0).map(|(_, concern)| concern).collect()
        } else {
            Vec::new()
        },
        allowed_actions: if as_of.is_none() { allowed_actions(tx, &file, id) } else { Vec::new() },
        possible_duplicates,
        reference: case.reference,
        setting: case.setting,
        final_plan: case.final_plan.map(|p| FinalPlanView { plan: p.plan, sent_on: p.sent_on, placement: p.placement }),
        known,
        version: file.version,
    })
}

/// Whether a request is the caller's own: the setting's, or the family member's.
fn asked_it(tx: &Tx<'_>, request: &Request) -> bool {
    use RequestedBy::{EarlyYearsProvider, Post16, School};
    let permit = tx.permit();
    let caller = permit.caller();
    let of_setting = matches!(request.by, School | Post16 | EarlyYearsProvider);
    (permit.acts_as(Role::Family) && request.requester.as_ref() == Some(&caller.subject))
        || (permit.acts_as(Role::School) && of_setting && request.setting.is_some() && request.setting == caller.organisation)
}

/// What a request says of itself, beside the record.
fn said(stored: &[Stored], request: EventId) -> Option<&Detail> {
    stored.iter().find(|s| s.entry.id == request)?.detail.as_ref()
}

fn gaps_of(file: &File, case: &Case, identity: Option<&Identity>, stored: &[Stored]) -> Vec<Gap> {
    let reasons = |r: &Request| said(stored, r.event).and_then(|detail| detail.words.as_deref()).unwrap_or_default();
    let has_reasons = case.requests.iter().any(|request| !reasons(request).trim().is_empty());
    // A family that asked through the API has an account it is reached under; anybody else who gets notices is recorded.
    let by_account = case.requests.iter().any(|request| request.requester.is_some());
    let has_contact = by_account || Related::all(file).iter().any(|person| person.relationship.receives_notices);
    gaps(case, identity, has_reasons, has_contact)
}

/// What the policy lets the caller do, crossed with what the record has room for.
fn allowed_actions(tx: &Tx<'_>, file: &File, case: CaseId) -> Vec<AllowedAction> {
    let caller = tx.permit().caller();
    let acts = |action| decision_of(action).map_or(Ok(()), |decision| acts_in(tx, file, decision));
    Action::ON_A_CASE
        .iter()
        .copied()
        .filter(|action| access::permit(caller, Ask::Record(*action)).is_ok())
        .map(|action| match acts(action).and_then(|()| offered(action, file, case, tx.today())) {
            Ok(offer) => AllowedAction { action, allowed: true, code: None, reason: None, concerns: offer.concerns().to_vec() },
            Err(refusal) => AllowedAction {
                action,
                allowed: false,
                code: Some(refusal.code),
                reason: Some(refusal.words),
                concerns: Vec::new(),
            },
        })
        .collect()
}

/// The file that entries add up to; none when there are none, or none in the caller's scope.
pub fn file_of(stored: &[Stored]) -> Result<File, Error> {
    let child = child_of(stored)?;
    Ok(File::fold(child, stored.iter().map(|s| &s.entry)))
}

fn child_of(stored: &[Stored]) -> Result<ChildId, Error> {
    stored.first().and_then(|s| s.entry.child).ok_or(Error::NotFound("case"))
}

/// What stands beside the record for an entry, where it was read.
pub(super) fn detail_of(stored: &[Stored], event: EventId) -> Option<&Detail> {
    stored.iter().find(|s| s.entry.id == event)?.detail.as_ref()
}

/// The professional an entry names, as last put right.
fn name_in(stored: &[Stored], event: EventId) -> Option<String> {
    detail_of(stored, event)?.name.clone()
}

/// The duties of a case, the earliest due first.
pub fn deadlines(tx: &mut Tx<'_>, id: CaseId, as_of: Option<AsOf>) -> Result<(Known, Vec<Value>), Error> {
    let known = Known::at(tx, as_of)?;
    let deadlines = duties::of_case(tx, id, known.position, known.today)?.ok_or(Error::NotFound("case"))?;
    Ok((known, deadlines))
}
