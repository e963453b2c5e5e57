//! A case as it is shown: what stands, what is due next, what the caller may do.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use super::{AdviceView, DelayLetterView, ExceptionView};
use crate::law::{Matter, Order};
use crate::record::codes::AuthorityCode;
use crate::record::*;
use crate::service::as_of::Known;

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
    /// The reasons. For staff, and for the family once it was notified.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub reasons: Option<String>,
    /// What support the child gets where it was refused, from whom, by when. For staff, and for the family once it
    /// was notified.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub way_forward: Vec<WayForward>,
}

/// A refusal that was reversed; the decision beside it stays what it was.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ReversalView {
    /// Which refusal.
    pub about: Refused,
    /// What reversed it.
    pub by: ReversedBy,
    /// The day it was reversed.
    pub on: Option<NaiveDate>,
    /// The day the family was notified that there will be an assessment, or a plan, after all. Null: not yet.
    pub notified_on: Option<NaiveDate>,
}

/// An appeal that the Tribunal registered.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AppealView {
    /// Its id, for `/v1/cases/{caseId}/appeals/{appealId}`.
    pub id: EventId,
    /// Which decision is appealed.
    pub about: Matter,
    /// The day the Tribunal registered it.
    pub registered_on: Option<NaiveDate>,
    /// How it ended. Null: it is open.
    pub outcome: Option<AppealOutcome>,
    /// What the Tribunal ordered.
    pub order: Option<Order>,
    /// The day it ended.
    pub ended_on: Option<NaiveDate>,
    /// The day by which the Tribunal directed its order to be done, where it set one.
    pub comply_by: Option<NaiveDate>,
}

/// A draft plan that was served.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DraftView {
    /// Its id.
    pub id: DraftId,
    /// The day it was served.
    pub served_on: Option<NaiveDate>,
    /// Why it was served. Null: not recorded.
    pub change: Option<DraftChange>,
    /// The last of the at least fifteen days that the family has from the day of service. Null: the family asked for this draft,
    /// and the time of the one before goes on.
    pub time_ends_on: Option<NaiveDate>,
    /// The day the family said that it has nothing more to say on it. Null: it has not.
    pub complete_on: Option<NaiveDate>,
}

/// A setting the family asks for.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SettingRequestView {
    /// The setting.
    pub setting: Organisation,
    /// The day the request was received.
    pub requested_on: Option<NaiveDate>,
    /// Whether it came after the family's fifteen days; it is considered all the same.
    pub late: bool,
}

/// A meeting of the family with an officer.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct OfficerMeetingView {
    /// The officer.
    pub officer: StaffId,
    /// The day they met.
    pub met_on: Option<NaiveDate>,
}

/// Representations on a draft; the draft shows what they say.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RepresentationLine {
    /// The entry.
    pub id: EventId,
    /// The draft.
    pub draft: DraftId,
    /// The letters of the sections they speak of.
    pub sections: Vec<String>,
    /// The day they were received.
    pub made_on: Option<NaiveDate>,
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
    #[schema(nullable = false, example = "no_draft_to_finalise")]
    pub code: Option<&'static str>,
    /// Why not, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
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

/// One request in a case.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = RequestInCase)]
pub struct RequestView {
    /// Its id: what a withdrawal names.
    pub id: EventId,
    /// Who asked.
    pub requested_by: RequestedBy,
    /// The day it was received.
    pub received_on: Option<NaiveDate>,
    /// The setting the child attends, as this request has it.
    pub setting: Option<Organisation>,
    /// Whether the child or young person is detained in youth accommodation.
    pub detained: bool,
    /// For a health notification: what it amounts to. Null: not recorded yet, and until then its clock runs.
    pub effect: Option<NotificationEffect>,
    /// Why they asked, in their words. For staff, and for whoever asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub reasons: Option<String>,
    /// What they told of the child with it. For staff, and for whoever asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub evidence: Option<Evidence>,
    /// The people around the child as this request named them, where they are not recorded as relationships. For staff, and for
    /// whoever asked.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub people: Vec<PersonNamed>,
    /// The child as this request named them, where it joined a case without naming the child by id. For staff, and for whoever asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub child_named: Option<Identity>,
    /// Whether it was withdrawn.
    pub withdrawn: bool,
    /// The day it was withdrawn.
    pub withdrawn_on: Option<NaiveDate>,
}

/// That the authority is not, or no longer, responsible.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = EndOfResponsibility)]
pub struct ResponsibilityEndView {
    /// Why.
    pub why: WhyNotResponsible,
    /// The authority the papers were forwarded to, by the Department's code.
    pub forwarded_to: Option<AuthorityCode>,
    /// The day.
    pub on: Option<NaiveDate>,
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
    /// The day the child died: nothing more is sent. Null: nothing of the kind is recorded.
    pub child_died_on: Option<NaiveDate>,
    /// Since when an officer is to confirm who holds the rights: the day after compulsory school age. For staff, until it is done.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub rights_to_confirm: Option<NaiveDate>,
    /// Where it stands, derived from its facts.
    pub stage: Stage,
    /// Who asked first. Null: the plan was taken over, and its assessment is not on record.
    pub requested_by: Option<RequestedBy>,
    /// The day the first request was received: the clock runs from it, also when that request was withdrawn while another is alive.
    /// Null: unknown, or nobody asked for anything.
    pub received_on: Option<NaiveDate>,
    /// Everybody's requests, by the day they were received.
    pub requests: Vec<RequestView>,
    /// The setting the child attends.
    pub setting: Option<Organisation>,
    /// The case worker. Null: not allocated.
    pub case_worker: Option<StaffId>,
    /// What the requests leave out that has to be found out; it stops no clock. For staff.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub gaps: Vec<Gap>,
    /// What an officer should know before deciding: that the child has a plan, so that the request is offered as one for a
    /// reassessment, or was assessed lately. For staff.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub flags: Vec<Flag>,
    /// Files that may be the same child's, for staff.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub possible_duplicates: Vec<ChildId>,
    /// Whether to assess.
    pub assessment_decision: Option<DecisionView<AssessmentOutcome>>,
    /// The advice asked for, and the existing advice taken up.
    pub advice: Vec<AdviceView>,
    /// The exceptions claimed.
    pub exceptions: Vec<ExceptionView>,
    /// The letters that told the family of a delay. They excuse nothing.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub delay_letters: Vec<DelayLetterView>,
    /// Whether to make a plan.
    pub plan_decision: Option<DecisionView<PlanOutcome>>,
    /// The refusals that were reversed, the earliest first.
    pub reversals: Vec<ReversalView>,
    /// The appeals that the Tribunal registered, the earliest first. For staff and the family.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub appeals: Vec<AppealView>,
    /// The drafts served.
    pub draft_plans: Vec<DraftView>,
    /// What the family said to the drafts: all of it for staff, their own for a family member, nothing for others.
    pub representations: Vec<RepresentationLine>,
    /// The settings the family asks for, likewise.
    pub setting_requests: Vec<SettingRequestView>,
    /// The family's meetings with an officer. For staff and the family.
    pub officer_meetings: Vec<OfficerMeetingView>,
    /// The final plan.
    pub final_plan: Option<FinalPlanView>,
    /// The day the last request was withdrawn, once none is alive.
    pub withdrawn_on: Option<NaiveDate>,
    /// That the authority is not, or no longer, responsible.
    pub responsibility_ended: Option<ResponsibilityEndView>,
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

pub(super) fn decision<O: Copy + ToSchema>(decision: &Decision<O>, written: Option<&Detail>) -> DecisionView<O> {
    DecisionView {
        outcome: decision.outcome,
        officer: decision.officer,
        panel_item: decision.item,
        decided_on: decision.decided_on,
        notified_on: decision.notified_on,
        reasons: written.and_then(|detail| detail.words.clone()),
        way_forward: written.map(|detail| detail.way_forward.clone()).unwrap_or_default(),
    }
}

pub(super) fn reversal(reversal: &Reversal) -> ReversalView {
    ReversalView { about: reversal.about, by: reversal.by, on: reversal.on, notified_on: reversal.notified_on }
}

pub(super) fn appeal(appeal: &Appeal) -> AppealView {
    AppealView {
        id: appeal.event,
        about: appeal.about,
        registered_on: appeal.registered_on,
        outcome: appeal.end.map(|end| end.outcome),
        order: appeal.end.and_then(|end| end.order),
        ended_on: appeal.end.and_then(|end| end.on),
        comply_by: appeal.end.and_then(|end| end.comply_by),
    }
}

pub(super) fn request(request: &Request, said: Option<&Detail>) -> RequestView {
    RequestView {
        id: request.event,
        requested_by: request.by,
        received_on: request.received_on,
        setting: request.setting.clone(),
        detained: request.detained,
        effect: request.effect,
        reasons: said.and_then(|detail| detail.words.clone()),
        evidence: said.and_then(|detail| detail.evidence.clone()),
        people: said.map(|detail| detail.people.clone()).unwrap_or_default(),
        child_named: said.and_then(|detail| detail.identity.clone()),
        withdrawn: request.withdrawn.is_some(),
        withdrawn_on: request.withdrawn.and_then(|withdrawal| withdrawal.on),
    }
}

pub(super) fn draft(draft: &Draft, response: &Response) -> DraftView {
    DraftView {
        id: draft.id,
        served_on: draft.served_on,
        change: draft.change,
        time_ends_on: draft.served_on.filter(|_| draft.begins_time()).and_then(last_day),
        complete_on: response.complete.iter().find(|word| word.draft == draft.id).and_then(|word| word.on),
    }
}

pub(super) fn representation(said: &Representation) -> RepresentationLine {
    RepresentationLine { id: said.event, draft: said.draft, sections: said.sections.clone(), made_on: said.made_on }
}

pub(super) fn setting_request(asked: &SettingRequest, drafts: &[Draft]) -> SettingRequestView {
    SettingRequestView {
        setting: asked.setting.clone(),
        requested_on: asked.requested_on,
        late: is_late(drafts, asked.requested_on),
    }
}
