//! `/v1/worklist` and `/v1/workloads`: what is due, for whom it waits, and who has how much of it.

use actix_web::{get, web};
use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

use super::asker::Asker;
use super::example;
use super::moment::Moment;
use super::page::{Cursor, Limit, Page, PageAsOf};
use super::problem::Problem;
use super::query::ValidQuery;
use crate::access::Ask;
use crate::record::codes::NeedType;
use crate::record::{Action, Awaited, Organisation, StaffId, Stage, TeamId};
use crate::service::worklist::{self, *};
use crate::service::workloads::{self, Workloads};

/// The routes of this resource.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(show_worklist).service(show_workloads);
}

/// Which lines, in which part of the list, as of when.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ShowWorklist {
    /// Only of cases at this stage; repeated, at any of these.
    #[serde(default)]
    #[param(inline)]
    stage: Vec<Stage>,
    /// Only the list of this case worker, by their id in `/v1/staff`: their own cases and those of whom they cover for.
    #[param(inline)]
    case_worker: Option<StaffId>,
    /// `true`: only of cases that no case worker has.
    #[serde(default)]
    unallocated: bool,
    /// Only of cases that this team's case workers have, by its id in `/v1/teams`.
    #[param(inline)]
    team: Option<TeamId>,
    /// Only of children who attend this setting, by its id in `/v1/settings`.
    #[param(inline)]
    school: Option<Organisation>,
    /// Only of children with this primary need: the first of their `needs`.
    #[param(inline)]
    need: Option<NeedType>,
    /// Only what is due on this day or later.
    due_from: Option<NaiveDate>,
    /// Only what is due on this day or earlier.
    due_to: Option<NaiveDate>,
    /// `true`: only what is overdue; `false`: only what is not. What is due today is not overdue, and what an exception excuses is not.
    overdue: Option<bool>,
    /// `true`: only what can still be met and is likely to be missed; `false`: only the rest.
    at_risk: Option<bool>,
    /// Only what waits for these; repeated, for any of them.
    #[serde(default)]
    #[param(inline)]
    waiting_on: Vec<Awaited>,
    /// Answer as at the end of this day (`2026-02-01`) or at this instant (`2026-02-01T09:30:00Z`). Who covers for whom is judged as it
    /// is agreed now, for that day.
    #[param(inline)]
    as_of: Option<Moment>,
    /// Rows of a page.
    #[serde(default)]
    #[param(inline)]
    limit: Limit,
    /// Where the page begins: `nextCursor` of the page before.
    #[param(inline)]
    cursor: Option<Cursor>,
}

/// Show the worklist
///
/// One line for each open duty, what is due first at the top: the child and the case, what must be done by when, whether it is
/// overdue or at risk and why, for whom it waits, and the step that moves it on. A case worker gets their own list with those of the
/// colleagues they cover for (`coveringFor`), unless they ask for a case worker's, a team's, or for what is unallocated; managers and
/// decision makers get the whole authority's. Filters combine. A line keeps its place while it stands, so that a cursor neither
/// repeats nor leaves out a line when others are met or added. The reviews of plans are among the lines; what somebody may do and
/// need not, such as appeal, is not. For case workers, decision makers and managers.
#[utoipa::path(tag = "worklists", params(ShowWorklist), responses(
    (status = 200, description = "A page of open duties.", body = PageAsOf<WorklistLine>,
     example = json!(example::page_as_of(example::worklist_line())))))]
#[get("/worklist")]
async fn show_worklist(asker: Asker, ValidQuery(query): ValidQuery<ShowWorklist>) -> Result<PageAsOf<WorklistLine>, Problem> {
    let filter = WorklistFilter {
        stages: query.stage,
        case_worker: query.case_worker,
        unallocated: query.unallocated,
        team: query.team,
        school: query.school.map(|setting| setting.as_str().to_owned()),
        need: query.need,
        due_from: query.due_from,
        due_to: query.due_to,
        overdue: query.overdue,
        at_risk: query.at_risk,
        waiting_on: query.waiting_on,
    };
    let limit = query.limit;
    let after = query.cursor.map(|cursor| cursor.key("worklist")).transpose()?;
    let as_of = query.as_of.map(|Moment(as_of)| as_of);
    let (known, rows) = asker
        .read(Ask::SeeWorklists, move |tx| worklist::list(tx, &filter, after, limit.rows_to_read(), as_of, recorded_at))
        .await?;
    Ok(Page::of("worklist", limit, rows, WorklistLine::key).known(known))
}

/// How and where a step is recorded; none for what no duty waits for.
fn recorded_at(step: &Step<'_>) -> Option<(&'static str, String)> {
    let Step { action, case, about, plan, review } = step;
    let of_case = |rest: &str| Some(format!("/v1/cases/{case}/{rest}"));
    let of_review = |rest: &str| Some(format!("/v1/plans/{}/reviews/{}/{rest}", (*plan)?, (*review)?));
    let href = match action {
        Action::DecideAssessment => of_case("assessment-decision"),
        Action::NotifyAssessmentDecision => of_case("assessment-decision/notification"),
        Action::RequestAdvice => of_case("advice-requests"),
        Action::RecordAdvice => of_case(&format!("advice-requests/{about}/progress")),
        Action::DecidePlan => of_case("plan-decision"),
        Action::NotifyPlanDecision => of_case("plan-decision/notification"),
        Action::ServeDraftPlan => of_case("draft-plans"),
        Action::MakeRepresentations => of_case("representations"),
        Action::AnswerConsultation => of_case(&format!("consultations/{about}/answer")),
        Action::SendFinalPlan => of_case("final-plan"),
        Action::HoldReviewMeeting => plan.map(|plan| format!("/v1/plans/{plan}/reviews")),
        Action::SendReviewInvitations => of_review("invitations"),
        Action::SendReviewPapers => of_review("papers"),
        Action::SendReviewReport => of_review("report"),
        Action::DecideReview => of_review("decision"),
        Action::NotifyReviewDecision => of_review("notification"),
        Action::ProposeAmendments => plan.map(|plan| format!("/v1/plans/{plan}/amendments")),
        Action::AmendPlan => plan.map(|plan| format!("/v1/plans/{plan}/versions")),
        _ => None,
    };
    href.map(|href| ("POST", href))
}

/// Which team's, as of when.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ShowWorkloads {
    /// Only this team's case workers, by its id in `/v1/teams`.
    #[param(inline)]
    team: Option<TeamId>,
    /// Answer as at the end of this day (`2026-02-01`) or at this instant (`2026-02-01T09:30:00Z`). Teams are as they are now.
    #[param(inline)]
    as_of: Option<Moment>,
}

/// Show workloads
///
/// How many cases each case worker has, with how many of them something is overdue, at risk, or due within seven days; the same for
/// each team, and for the cases nobody has yet. Give cases to somebody else with `POST /v1/reallocations`. For case workers, decision
/// makers and managers.
#[utoipa::path(tag = "worklists", params(ShowWorkloads), responses(
    (status = 200, description = "Who has how much.", body = Workloads, example = json!(example::workloads()))))]
#[get("/workloads")]
async fn show_workloads(asker: Asker, ValidQuery(query): ValidQuery<ShowWorkloads>) -> Result<web::Json<Workloads>, Problem> {
    let ShowWorkloads { team, as_of } = query;
    let as_of = as_of.map(|Moment(as_of)| as_of);
    Ok(web::Json(asker.read(Ask::SeeWorklists, move |tx| workloads::show(tx, team, as_of)).await?))
}
