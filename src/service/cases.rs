//! Cases: what stands, what happened, what is due, and what this caller may do next.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::as_of::{AsOf, Known};
use super::recording::{Receipt, open_case, record};
use super::requests::{dated, entry_id};
use super::{Error, must_match};
use crate::access::{self, Ask, Reach, Role};
use crate::db::Tx;
use crate::law::{self, AdviceGiver};
use crate::record::*;
use crate::store::journal::{self, Details, Stored};
use crate::store::{cases, duties};

/// A decision, and when the family was notified of it.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DecisionView<O: ToSchema> {
    /// What was decided.
    pub outcome: O,
    /// The officer who decided.
    pub officer: StaffId,
    /// The panel item it cites, if one.
    pub panel_item: Option<ItemId>,
    /// The day it was decided.
    pub decided_on: Option<NaiveDate>,
    /// The day the family was notified; the law's clocks stop here. Null: not yet.
    pub notified_on: Option<NaiveDate>,
}

/// One request for advice.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AdviceView {
    /// Its id.
    pub id: AdviceId,
    /// Who was asked.
    pub giver: AdviceGiver,
    /// Their organisation.
    pub organisation: Option<Organisation>,
    /// The day it was asked for.
    pub requested_on: Option<NaiveDate>,
    /// The day the body received the request: its six weeks run from here.
    pub received_on: Option<NaiveDate>,
    /// The day the advice came back. Null: awaited.
    pub returned_on: Option<NaiveDate>,
}

/// An exception claimed. It excuses a limit that was missed; it never moves one.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ClaimedException)]
pub struct ExceptionView {
    /// The paragraph, as the register of law names it.
    #[schema(example = "X10.4c")]
    pub paragraph: String,
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
}

/// A draft plan that was served.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DraftView {
    /// Its id.
    pub id: DraftId,
    /// The day it was served; the family's fifteen days begin here.
    pub served_on: Option<NaiveDate>,
}

/// The final plan that was sent.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct FinalPlanView {
    /// The plan, which lives on at `/v1/plans/{planId}`.
    pub plan: PlanId,
    /// The day it was sent.
    pub sent_on: Option<NaiveDate>,
    /// What its section I names.
    pub placement: Placement,
}

/// Something the caller might do to the case, and whether they may today.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AllowedAction {
    /// The action.
    pub action: Action,
    /// Whether it can be recorded today.
    pub allowed: bool,
    /// Why not: the name of what stands in the way.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<&'static str>,
    /// Why not, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// What would have to be acknowledged if it were recorded today.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub concerns: Vec<Concern>,
}

/// The next date in a case.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct NextDue {
    /// The rule, as `/v1/law/rules` has it.
    #[schema(example = "D-6W")]
    pub rule: String,
    /// The day.
    pub on: NaiveDate,
}

/// A case.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CaseView {
    /// Its id.
    pub id: CaseId,
    /// The human reference.
    #[schema(example = "2026/00042")]
    pub reference: String,
    /// The child's id.
    pub child: ChildId,
    /// Who the child is; null when erased.
    pub identity: Option<Identity>,
    /// Where it stands, derived from its facts.
    pub stage: Stage,
    /// Who asked.
    pub requested_by: RequestedBy,
    /// The day the request was received.
    pub received_on: Option<NaiveDate>,
    /// The setting the child attends.
    pub setting: Option<Organisation>,
    /// The case worker. Null: not allocated.
    pub case_worker: Option<StaffId>,
    /// Files that may be the same child's, for staff.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub possible_duplicates: Vec<ChildId>,
    /// Whether to assess.
    pub assessment_decision: Option<DecisionView<AssessmentOutcome>>,
    /// The advice asked for.
    pub advice: Vec<AdviceView>,
    /// The exceptions claimed.
    pub exceptions: Vec<ExceptionView>,
    /// Whether to make a plan.
    pub plan_decision: Option<DecisionView<PlanOutcome>>,
    /// The drafts served.
    pub draft_plans: Vec<DraftView>,
    /// The final plan.
    pub final_plan: Option<FinalPlanView>,
    /// The day the request was withdrawn.
    pub withdrawn_on: Option<NaiveDate>,
    /// The earliest date not yet met.
    pub next_due: Option<NextDue>,
    /// The concerns that stand, each with its provision. For staff.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub concerns: Vec<Concern>,
    /// What this caller may do next, and why not the rest. Empty when looking at the past.
    pub allowed_actions: Vec<AllowedAction>,
    /// What the answer was computed from.
    pub known: Known,
    /// The version of the child's file, as in the ETag.
    pub version: i32,
}

/// One case.
pub fn show(tx: &mut Tx<'_>, id: CaseId, as_of: Option<AsOf>) -> Result<CaseView, Error> {
    let known = Known::at(tx, as_of)?;
    let stored = journal::of_case(tx, id, known.position, Details::Identity)?;
    let identity = identity_of(&stored);
    let file = file_of(&stored)?;
    let case = Case::of(&file, id).ok_or(Error::NotFound("case"))?;
    let staff = tx.permit().reach() == Reach::Authority;
    let (_, duties) = crate::record::duties(&file, id);
    let next = next_due(&duties);
    Ok(CaseView {
        id,
        child: case.child,
        identity,
        stage: case.stage(),
        requested_by: case.requested_by,
        received_on: case.received_on,
        case_worker: case.case_worker,
        assessment_decision: case.assessment.as_ref().map(decision),
        advice: case.advice.iter().map(advice).collect(),
        exceptions: case
            .exceptions
            .iter()
            .map(|e| ExceptionView { paragraph: e.paragraph.clone(), from: e.from, to: e.to })
            .collect(),
        plan_decision: case.plan_decision.as_ref().map(decision),
        draft_plans: case.drafts.iter().map(|d| DraftView { id: d.id, served_on: d.served_on }).collect(),
        withdrawn_on: case.withdrawn.flatten(),
        next_due: next.map(|d| NextDue { rule: d.rule.id.to_owned(), on: d.due_on }),
        concerns: if staff {
            findings(&file).into_iter().filter(|(about, _)| *about == id.0).map(|(_, concern)| concern).collect()
        } else {
            Vec::new()
        },
        allowed_actions: if as_of.is_none() { allowed_actions(tx, &file, id) } else { Vec::new() },
        possible_duplicates: if staff { case.possible_duplicates } else { Vec::new() },
        reference: case.reference,
        setting: case.setting,
        final_plan: case.final_plan.map(|p| FinalPlanView { plan: p.plan, sent_on: p.sent_on, placement: p.placement }),
        known,
        version: file.version,
    })
}

fn decision<O: Copy + ToSchema>(decision: &Decision<O>) -> DecisionView<O> {
    DecisionView {
        outcome: decision.outcome,
        officer: decision.officer,
        panel_item: decision.item,
        decided_on: decision.decided_on,
        notified_on: decision.notified_on,
    }
}

fn advice(advice: &Advice) -> AdviceView {
    AdviceView {
        id: advice.id,
        giver: advice.giver,
        organisation: advice.organisation.clone(),
        requested_on: advice.requested_on,
        received_on: advice.received_on,
        returned_on: advice.returned_on,
    }
}

/// What the policy lets the caller do, crossed with what the record has room for.
fn allowed_actions(tx: &Tx<'_>, file: &File, case: CaseId) -> Vec<AllowedAction> {
    let caller = tx.permit().caller();
    Action::ON_A_CASE
        .into_iter()
        .filter(|action| access::permit(caller, Ask::Record(*action)).is_ok())
        .map(|action| match may(action, file, case, tx.today()) {
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
    let child = stored.first().and_then(|s| s.entry.child).ok_or(Error::NotFound("case"))?;
    Ok(File::fold(child, stored.iter().map(|s| &s.entry)))
}

/// The identity that stands: the last one set, unless that was struck.
pub fn identity_of(stored: &[Stored]) -> Option<Identity> {
    let (_, standing) = crate::record::standing(stored.iter().map(|s| &s.entry));
    let event = standing.iter().rev().find(|s| matches!(s.fact, Fact::ChildRegistered {} | Fact::IdentityChanged {}))?.event;
    stored.iter().find(|s| s.entry.id == event)?.detail.as_ref()?.identity.clone()
}

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
    /// The facts, as the journal keeps them.
    #[schema(value_type = Object)]
    pub facts: Value,
    /// What was written with it. For staff.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
    /// Why it was recorded although it departed from the law, by concern. For staff.
    #[serde(skip_serializing_if = "std::collections::BTreeMap::is_empty")]
    pub acknowledged: std::collections::BTreeMap<String, String>,
    /// Whether it still stands; false when it was struck, or corrected by a later entry.
    pub stands: bool,
}

/// What happened in a case, in the order it was recorded.
pub fn timeline(tx: &mut Tx<'_>, id: CaseId, as_of: Option<AsOf>) -> Result<(Known, Vec<TimelineEntry>), Error> {
    let known = Known::at(tx, as_of)?;
    let stored = journal::of_case(tx, id, known.position, Details::All)?;
    let file = file_of(&stored)?;
    Case::of(&file, id).ok_or(Error::NotFound("case"))?;
    let staff = tx.permit().reach() == Reach::Authority;
    let plan = file.plans().find(|(_, case)| *case == id).map(|(plan, _)| plan);
    let of_this_case = |fact: &Fact| match fact.subject() {
        Subject::Case(case) => case == id,
        Subject::Plan(of) => Some(of) == plan,
        _ => false,
    };
    let corrected: Vec<_> = stored.iter().filter_map(|s| s.entry.body.fact.corrects()).collect();
    let original = |of: EventId| stored.iter().find(|s| s.entry.id == of).is_some_and(|s| of_this_case(&s.entry.body.fact));
    let struck = |of: EventId| file.find(of).is_none();
    let entries = stored
        .iter()
        .filter(|s| match s.entry.body.fact.corrects() {
            Some(of) => original(of),
            None => of_this_case(&s.entry.body.fact),
        })
        // What was struck may be another child's: it is hidden from all but staff.
        .filter(|s| staff || !struck(s.entry.body.fact.corrects().unwrap_or(s.entry.id)))
        .map(|s| timeline_entry(s, staff, !corrected.contains(&s.entry.id)))
        .collect();
    Ok((known, entries))
}

fn timeline_entry(stored: &Stored, staff: bool, stands: bool) -> TimelineEntry {
    let entry = &stored.entry;
    let mut facts = serde_json::to_value(&entry.body.fact).unwrap_or_default();
    if let Some(object) = facts.as_object_mut() {
        object.remove("kind");
        if !staff {
            object.remove("possibleDuplicates");
            object.remove("requester");
        }
    }
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
        acknowledged: detail.map(|d| d.acknowledged.clone()).unwrap_or_default(),
        stands,
    }
}

/// The duties of a case, the earliest due first.
pub fn deadlines(tx: &mut Tx<'_>, id: CaseId, as_of: Option<AsOf>) -> Result<(Known, Vec<Value>), Error> {
    let known = Known::at(tx, as_of)?;
    let deadlines = duties::of_case(tx, id, known.position, known.today)?.ok_or(Error::NotFound("case"))?;
    Ok((known, deadlines))
}

/// A line of the list of cases.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CaseLine {
    /// Its id.
    pub id: CaseId,
    /// The human reference.
    pub reference: String,
    /// The child's id.
    pub child: ChildId,
    /// The child's given name; null when erased.
    pub given_name: Option<String>,
    /// The child's family name; null when erased.
    pub family_name: Option<String>,
    /// Where it stands.
    pub stage: Stage,
    /// The day the request was received.
    pub received_on: Option<NaiveDate>,
    /// The setting the child attends.
    pub setting: Option<String>,
    /// The case worker. Null: not allocated.
    pub case_worker: Option<StaffId>,
    /// The earliest date not yet met.
    pub next_due: Option<NextDue>,
    /// Whether that date has passed.
    pub overdue: bool,
    /// Whether the child may have another file; for staff.
    pub possible_duplicate: bool,
}

/// Whether a case's next date has passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DueState {
    /// It has not.
    Running,
    /// It has.
    Overdue,
}

/// What the list is narrowed to. Filters combine.
#[derive(Debug, Clone, Default)]
pub struct CaseFilter {
    /// Only at these stages.
    pub stages: Vec<Stage>,
    /// Only of this case worker.
    pub case_worker: Option<StaffId>,
    /// Only without a case worker.
    pub unallocated: bool,
    /// Only of children at this setting.
    pub school: Option<String>,
    /// Only with a date before this day.
    pub due_before: Option<NaiveDate>,
    /// Only running, or only overdue.
    pub state: Option<DueState>,
}

/// Cases by their next date, those without one last; then by id, so that the order is total.
pub fn list(
    tx: &mut Tx<'_>,
    filter: &CaseFilter,
    after: Option<(Option<NaiveDate>, CaseId)>,
    limit: i64,
    as_of: Option<AsOf>,
) -> Result<(Known, Vec<CaseLine>), Error> {
    let known = Known::at(tx, as_of)?;
    let staff = tx.permit().reach() == Reach::Authority;
    let filter = cases::Filter {
        stages: filter.stages.iter().map(|stage| stage.as_str().to_owned()).collect(),
        case_worker: filter.case_worker,
        unallocated: filter.unallocated,
        school: filter.school.clone(),
        due_before: filter.due_before,
        overdue: filter.state.map(|state| state == DueState::Overdue),
    };
    let rows = cases::list(tx, &filter, known.position, known.today, after, limit)?;
    let lines = rows
        .into_iter()
        .map(|row| CaseLine {
            id: row.id,
            reference: row.reference,
            child: row.child,
            given_name: row.identity.as_ref().map(|i| i.given_name.clone()),
            family_name: row.identity.map(|i| i.family_name),
            stage: row.stage,
            received_on: row.received_on,
            setting: row.setting,
            case_worker: row.case_worker,
            overdue: row.next_due.as_ref().is_some_and(|(_, on)| *on < known.today),
            next_due: row.next_due.map(|(rule, on)| NextDue { rule, on }),
            possible_duplicate: staff && row.possible_duplicate,
        })
        .collect();
    Ok((known, lines))
}

/// Gives the case to a case worker.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"caseWorker": "0190b0a0-0000-7000-8000-000000000001"}))]
pub struct AllocateCase {
    /// The case worker, from `/v1/staff`.
    pub case_worker: StaffId,
    /// The day; today unless told.
    pub on: Option<NaiveDate>,
}

/// Allocates a case.
pub fn allocate(tx: &mut Tx<'_>, id: CaseId, body: &AllocateCase) -> Result<Receipt, Error> {
    let loaded = open_case(tx, id)?;
    super::directory::must_be_staff(tx, "/caseWorker", body.case_worker)?;
    let fact = Fact::CaseAllocated { case: id, case_worker: body.case_worker };
    let step = dated(tx, "/on", body.on, fact)?;
    let entry = entry_id(&step);
    record(tx, loaded, Action::AllocateCase, id, entry, vec![step], &[])
}

/// Withdraws the request.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"reasons": "The family is moving abroad."}))]
pub struct WithdrawRequest {
    /// The day; today unless told.
    pub on: Option<NaiveDate>,
    /// Why, in the family's words.
    #[schema(max_length = 5000)]
    pub reasons: Option<String>,
}

/// Records that the request was withdrawn. A family may withdraw only a request of its own.
pub fn withdraw(tx: &mut Tx<'_>, id: CaseId, body: &WithdrawRequest, read: &[u64]) -> Result<Receipt, Error> {
    let loaded = open_case(tx, id)?;
    must_match(&loaded.file, read)?;
    let permit = tx.permit();
    let own = loaded.case(id)?.requester.as_ref() == Some(&permit.caller().subject);
    if permit.acts_as(Role::Family) && !own {
        return Err(Error::NotPermitted("withdraw_request"));
    }
    let step = dated(tx, "/on", body.on, Fact::RequestWithdrawn { case: id })?.words(body.reasons.clone());
    let entry = entry_id(&step);
    record(tx, loaded, Action::WithdrawRequest, id, entry, vec![step], &[])
}

/// Claims an exception.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"paragraph": "X10.4d", "from": "2026-03-02", "to": "2026-04-06", "evidence": "Letter from the family of 20 February."}))]
pub struct ClaimException {
    /// The paragraph, as the register of law names it; `/v1/law/rules` lists which excuse what.
    #[schema(max_length = 20)]
    pub paragraph: String,
    /// First day of what made the limit impractical to meet.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
    /// The day it was claimed; today unless told.
    pub on: Option<NaiveDate>,
    /// What shows it.
    #[schema(min_length = 1, max_length = 5000)]
    pub evidence: String,
}

/// Records that an exception is claimed.
pub fn claim_exception(tx: &mut Tx<'_>, id: CaseId, body: &ClaimException) -> Result<Receipt, Error> {
    let loaded = open_case(tx, id)?;
    if !law::exceptions().any(|exception| exception.paragraph == body.paragraph) {
        let words = "Is no paragraph of the register; /v1/law/rules lists each rule's exceptions.";
        return Err(Error::Invalid(vec![super::FieldError::new("/paragraph", "unknown_exception", words)]));
    }
    let fact = Fact::ExceptionClaimed { case: id, paragraph: body.paragraph.clone(), from: body.from, to: body.to };
    let step = dated(tx, "/on", body.on, fact)?.words(Some(body.evidence.clone()));
    let entry = entry_id(&step);
    record(tx, loaded, Action::ClaimException, id, entry, vec![step], &[])
}
