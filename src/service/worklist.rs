//! The worklist: each open duty with whom it waits for, what puts it at risk, and the step that moves it on.

use chrono::NaiveDate;
use serde::de::value::StrDeserializer;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::as_of::{AsOf, Known};
use super::directory::own_staff_id;
use super::{Cause, Error};
use crate::access::{self, Ask, Role};
use crate::db::Tx;
use crate::law::counting::days_left;
use crate::law::{AdviceGiver, Citation, DeadlineState};
use crate::record::codes::NeedType;
use crate::record::*;
use crate::store::cases::Narrow;
use crate::store::worklist::{self, Filter, Key, Line};

/// Whom a duty waits for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = AwaitedParty)]
pub struct AwaitedView {
    /// Who.
    pub who: Awaited,
    /// For an advice giver: which kind of service.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub service: Option<AdviceGiver>,
    /// For an advice giver: the speciality, where one was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub specialism: Option<Specialism>,
    /// For an advice giver or a setting: the organisation, where it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub organisation: Option<Organisation>,
    /// For a panel: its meeting, at `/v1/panels/{panelId}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub panel: Option<MeetingId>,
    /// For a panel: the day it meets.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub meets_on: Option<NaiveDate>,
}

/// Why a duty is likely to be missed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Risk)]
pub struct RiskView {
    /// The reason.
    pub reason: RiskReason,
    /// The reason in words.
    #[schema(example = "Advice that was asked for is overdue.")]
    pub words: &'static str,
    /// Since when. Null: since the panel's agenda has it.
    pub since: Option<NaiveDate>,
    /// The provision behind it. Null: the threshold is this system's own.
    pub citation: Option<Citation>,
}

/// The step that would meet a duty, or comes next on the way to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Act {
    /// The action, as in a case's `allowedActions`.
    pub action: Action,
    /// How it is sent.
    #[schema(example = "POST")]
    pub method: &'static str,
    /// Where to.
    #[schema(example = "/v1/cases/0190b0a0-0000-7000-8000-000000000002/assessment-decision")]
    pub href: String,
    /// Whether it is the caller's to record. Whether the case has room for it today is in its `allowedActions`.
    pub allowed: bool,
}

/// What a step is about: enough to say where it is recorded.
#[derive(Debug, Clone, Copy)]
pub struct Step<'a> {
    /// The action.
    pub action: Action,
    /// The case.
    pub case: CaseId,
    /// The piece of advice, the consultation or the draft that the duty is about.
    pub about: &'a str,
    /// The plan the case led to.
    pub plan: Option<PlanId>,
    /// The review under way.
    pub review: Option<ReviewId>,
}

/// One open duty.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct WorklistLine {
    /// The child's id.
    pub child: ChildId,
    /// The child's given name; null when erased.
    pub given_name: Option<String>,
    /// The child's family name; null when erased.
    pub family_name: Option<String>,
    /// The setting the child attends.
    pub setting: Option<String>,
    /// The case.
    pub case: CaseId,
    /// Its human reference.
    #[schema(example = "2026/00042")]
    pub reference: String,
    /// Where it stands.
    pub stage: Stage,
    /// The case worker. Null: not allocated.
    pub case_worker: Option<StaffId>,
    /// Whose list it is on, where somebody else covers for them and it is shown as part of theirs.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub covering_for: Option<StaffId>,
    /// The rule of the register it follows.
    #[schema(example = "D-6W")]
    pub rule: String,
    /// What must be done.
    #[schema(example = "decide whether to assess, and tell the family")]
    pub duty: String,
    /// The provision.
    pub citation: Citation,
    /// The last day to do it.
    pub due_on: NaiveDate,
    /// Days left: 0 on the last day itself, fewer once it is over.
    #[schema(example = 12)]
    pub days_left: i64,
    /// How it stands: `running`, `overdue`, or `excused` when the day has passed and an exception covers it.
    pub state: DeadlineState,
    /// Whom it waits for.
    pub awaited: AwaitedView,
    /// Whether it can still be met and is likely to be missed.
    pub at_risk: bool,
    /// Why it is likely to be missed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub risks: Vec<RiskView>,
    /// The step that moves it on. Null: nothing here records one, or one looks at the past.
    pub act: Option<Act>,
    #[serde(skip)]
    key: LineKey,
}

/// What tells a line from every other, in the order of the list: its place does not move while it stands.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct LineKey(NaiveDate, CaseId, String, String, NaiveDate);

impl WorklistLine {
    /// Its place in the list.
    pub fn key(&self) -> LineKey {
        self.key.clone()
    }
}

/// What the list is narrowed to. Filters combine.
#[derive(Debug, Clone, Default)]
pub struct WorklistFilter {
    /// Only at these stages.
    pub stages: Vec<Stage>,
    /// Only of this case worker's list.
    pub case_worker: Option<StaffId>,
    /// Only in cases that no case worker has.
    pub unallocated: bool,
    /// Only in this team's cases.
    pub team: Option<TeamId>,
    /// Only of children at this setting.
    pub school: Option<String>,
    /// Only of children with this primary need.
    pub need: Option<NeedType>,
    /// Only due on this day or later.
    pub due_from: Option<NaiveDate>,
    /// Only due on this day or earlier.
    pub due_to: Option<NaiveDate>,
    /// Only overdue, or only not.
    pub overdue: Option<bool>,
    /// Only at risk, or only not.
    pub at_risk: Option<bool>,
    /// Only waiting for these.
    pub waiting_on: Vec<Awaited>,
}

/// Open duties by the day they are due, after one; `link` says how and where a step is recorded.
///
/// # Errors
/// [`Error::Invalid`] when a case worker whom the directory does not know asks for their own list.
pub fn list(
    tx: &mut Tx<'_>,
    filter: &WorklistFilter,
    after: Option<LineKey>,
    limit: i64,
    as_of: Option<AsOf>,
    link: impl Fn(&Step<'_>) -> Option<(&'static str, String)>,
) -> Result<(Known, Vec<WorklistLine>), Error> {
    let known = Known::at(tx, as_of)?;
    let case_worker = whose(tx, filter)?;
    let narrowed = Filter {
        cases: Narrow {
            stages: filter.stages.iter().map(|stage| stage.as_str().to_owned()).collect(),
            case_worker,
            unallocated: filter.unallocated,
            school: filter.school.clone(),
        },
        team: filter.team,
        need: filter.need.map(|need| need.code().to_owned()),
        due_from: filter.due_from,
        due_to: filter.due_to,
        overdue: filter.overdue,
        at_risk: filter.at_risk,
        awaits: filter.waiting_on.iter().map(|who| who.as_str().to_owned()).collect(),
    };
    let after = after.map(|LineKey(due_on, case, rule, about, starts_on)| Key { due_on, case, rule, about, starts_on });
    let caller = tx.permit().caller().clone();
    let act = |step: Step<'_>| {
        let (method, href) = link(&step).filter(|_| as_of.is_none())?;
        let allowed = access::permit(&caller, Ask::Record(step.action)).is_ok();
        Some(Act { action: step.action, method, href, allowed })
    };
    let rows = worklist::list(tx, &narrowed, known.position, known.today, after, limit)?;
    let lines = rows.into_iter().map(|row| line(row, known.today, case_worker, &act)).collect::<Result<_, _>>()?;
    Ok((known, lines))
}

/// Whose list is asked for: a case worker's own, unless they ask for somebody's, a team's, or for what nobody has.
fn whose(tx: &mut Tx<'_>, filter: &WorklistFilter) -> Result<Option<StaffId>, Error> {
    let caller = tx.permit().caller();
    let sees_all = caller.is(Role::Manager) || caller.is(Role::DecisionMaker);
    if filter.case_worker.is_some() || filter.team.is_some() || filter.unallocated || sees_all {
        return Ok(filter.case_worker);
    }
    own_staff_id(tx, "?caseWorker").map(Some)
}

/// What a line shows of the duty as the law module wrote it out.
#[derive(Deserialize)]
struct Told {
    duty: String,
    citation: Citation,
}

fn line(
    row: Line,
    today: NaiveDate,
    list_of: Option<StaffId>,
    act: &impl Fn(Step<'_>) -> Option<Act>,
) -> Result<WorklistLine, Error> {
    fn read<T: for<'de> Deserialize<'de>>(text: &str, what: &str) -> Result<T, Error> {
        serde_json::from_str(text).map_err(|_| Error::Unexpected(Cause::new(format_args!("{what} of no known shape"))))
    }
    fn word<T: for<'de> Deserialize<'de>>(text: &str, what: &str) -> Result<T, Error> {
        T::deserialize(StrDeserializer::<serde::de::value::Error>::new(text))
            .map_err(|_| Error::Unexpected(Cause::new(format_args!("{what} of no known name"))))
    }
    let Told { duty, citation } = read(&row.deadline, "a deadline")?;
    let Outlook { service, specialism, organisation, act: next, review, risks } = read(&row.outlook, "an outlook")?;
    let who: Awaited = word(&row.awaits, "one who is awaited")?;
    let key = row.key();
    let step = |action| {
        let (about, plan) = (key.about.as_str(), row.plan.map(PlanId));
        act(Step { action, case: key.case, about, plan, review })
    };
    let told = |risk: &Risk| risk_view(risk.reason, Some(risk.from));
    let mut why: Vec<_> = risks.iter().filter(|risk| row.at_risk && risk.from <= today).map(told).collect();
    if row.at_risk && row.panel_too_late {
        why.push(risk_view(RiskReason::PanelTooLate, None));
    }
    let case_worker = row.case_worker.map(StaffId);
    let identity = row.identity();
    // With a panel or whoever decides after it, no organisation is waited for.
    let elsewhere = matches!(who, Awaited::Panel | Awaited::DecisionMaker);
    let meeting = row.meeting.filter(|_| who == Awaited::Panel);
    Ok(WorklistLine {
        child: ChildId(row.child),
        given_name: identity.as_ref().map(|identity| identity.given_name.clone()),
        family_name: identity.map(|identity| identity.family_name),
        setting: row.setting.clone(),
        case: key.case,
        reference: row.reference.clone(),
        stage: word(&row.stage, "a stage")?,
        case_worker,
        covering_for: case_worker.filter(|_| list_of.is_some() && case_worker != list_of),
        rule: key.rule.clone(),
        duty,
        citation,
        due_on: key.due_on,
        days_left: days_left(today, key.due_on),
        state: word(&row.state, "a state")?,
        awaited: AwaitedView {
            who,
            service: service.filter(|_| !elsewhere),
            specialism: specialism.filter(|_| !elsewhere),
            organisation: organisation.filter(|_| !elsewhere),
            panel: meeting.map(MeetingId),
            meets_on: meeting.and(row.meets_on),
        },
        at_risk: row.at_risk,
        risks: why,
        act: next.and_then(step),
        key: LineKey(key.due_on, key.case, key.rule, key.about, key.starts_on),
    })
}

fn risk_view(reason: RiskReason, since: Option<NaiveDate>) -> RiskView {
    RiskView { reason, words: reason.words(), since, citation: reason.source() }
}
