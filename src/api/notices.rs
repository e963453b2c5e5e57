//! `/v1/cases/{caseId}/notices`, `/v1/plans/{planId}/notices` and what was sent of them: the letters that the law requires.

use std::str::FromStr;

use actix_web::{HttpResponse, get, post, web};
use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

use super::asker::{Asker, Recorded};
use super::body::ValidJson;
use super::etag::VersionRead;
use super::example;
use super::idempotency::IdempotencyKey;
use super::moment::{At, Moment};
use super::page::WholeAsOf;
use super::paper::PaperForm;
use super::path::{PathId, PathWord, WordInPath};
use super::problem::Problem;
use super::query::ValidQuery;
use crate::access::Ask;
use crate::documents;
use crate::record::{Action, CaseId, NoticeFormatId, NoticeId, NoticeKind, PlanId};
use crate::service::notices::{self, *};
use crate::service::{Error, Receipt};

/// The routes of this resource.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(compose_notice).service(send_notice).service(compose_plan_notice).service(send_plan_notice);
    cfg.service(list_sent_notices).service(show_sent_notice).service(send_notice_to_more);
    cfg.service(request_notice_format).service(provide_notice_format);
}

/// A notice of a case, in a path.
pub struct CaseNotice(NoticeKind);

/// A notice of a plan, in a path.
pub struct PlanNotice(NoticeKind);

macro_rules! notice_in_path {
    ($name:ident $kinds:ident $segment:literal) => {
        impl FromStr for $name {
            type Err = ();

            fn from_str(text: &str) -> Result<Self, ()> {
                NoticeKind::$kinds.into_iter().find(|kind| kind.as_str() == text).map($name).ok_or(())
            }
        }

        impl WordInPath for $name {
            const RESOURCE: &'static str = "notice";
            const SEGMENT: &'static str = $segment;

            fn words() -> Vec<&'static str> {
                NoticeKind::$kinds.into_iter().map(NoticeKind::as_str).collect()
            }
        }
    };
}

notice_in_path!(CaseNotice OF_A_CASE "caseNotice");
notice_in_path!(PlanNotice OF_A_PLAN "planNotice");

/// Which day the letter carries, and as of when.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Dated {
    /// The day the letter carries; today unless told. Its time limits are counted from here, and the authority's wording in force on
    /// it is used.
    dated: Option<NaiveDate>,
    /// Answer as at the end of this day (`2026-02-01`) or at this instant (`2026-02-01T09:30:00Z`).
    #[param(inline)]
    as_of: Option<Moment>,
}

impl Dated {
    fn moment(&self) -> Option<crate::service::AsOf> {
        self.as_of.map(|Moment(as_of)| as_of)
    }
}

/// Compose a notice of a case
///
/// The letter that must go to the family when the authority refuses to assess, makes no plan, serves a draft or sends the final plan,
/// with everything the law asks it to say: the decision and its reasons, what can be appealed to the Tribunal (Children and Families
/// Act 2014, s. 51(2)) and until which day, mediation and its adviser, help with disagreements, and information, advice and support
/// (SEND Regulations 2014, regs 5(3), 10(3), 14 and 32). Days are counted by the register of law, each with its steps. What the
/// authority itself must say, such as who the mediation adviser is, comes from `/v1/notice-wordings`; what it has not said is in
/// `missing`, with its provision. `recipients` are all who must receive the notice. Composing records and sends nothing. 404 while
/// there is no decision, draft or plan to tell of. As data, as a page or as a Word document: `Accept` chooses. For staff.
#[utoipa::path(tag = "notices", params(PathId<CaseId>, PathWord<CaseNotice>, Dated), responses(
    (status = 200, description = "The notice as it would be sent.", body = NoticeView,
     example = json!(example::composed_notice()))))]
#[get("/cases/{caseId}/notices/{caseNotice}")]
async fn compose_notice(
    asker: Asker,
    PathId(case): PathId<CaseId>,
    PathWord(CaseNotice(kind)): PathWord<CaseNotice>,
    ValidQuery(query): ValidQuery<Dated>,
    form: PaperForm,
) -> Result<HttpResponse, Problem> {
    let (dated, as_of) = (query.dated, query.moment());
    let notice = asker.read(Ask::ComposeNotices, move |tx| notices::compose(tx, case, kind, dated, as_of)).await?;
    form.answer(&notice, |notice| documents::letter(&notice.letter), kind.as_str())
}

/// Record that a notice of a case was sent
///
/// The letter as composed for the day it carries is kept as it was sent, and each recipient with the day and the means. Unless the
/// family is recorded as notified of the decision already, that is recorded with it: the day it was first sent to somebody of the
/// family. The time to appeal and the time to contact the mediation adviser then stand among the case's deadlines. A notice that
/// lacks what the law asks for is refused as `notice_incomplete`, with each missing item in `missing`. That another system sent a
/// notice, complete or not, can always be recorded with `sentElsewhere`; what it lacked comes back as a concern to acknowledge.
/// Nothing is posted or emailed by this call. For case workers and decision makers.
#[utoipa::path(tag = "notices", params(PathId<CaseId>, PathWord<CaseNotice>, IdempotencyKey, VersionRead), request_body = SendNotice,
    responses((status = 201, description = "Recorded; `id` is the notice.", body = Receipt,
     headers(("Location" = String, description = "The notice as it was sent.")), example = json!(example::receipt()))))]
#[post("/cases/{caseId}/notices/{caseNotice}/sending")]
async fn send_notice(
    asker: Asker,
    PathId(case): PathId<CaseId>,
    PathWord(CaseNotice(kind)): PathWord<CaseNotice>,
    key: IdempotencyKey,
    read: VersionRead,
    body: ValidJson<SendNotice>,
) -> Result<Recorded, Problem> {
    let sent = asker.record(Action::SendNotice, key, body, move |tx, body| notices::send(tx, case, kind, body, read.versions()));
    Ok(sent.await?.at(location))
}

/// Compose a notice of a plan
///
/// The letters of the life of a plan. `amendment` after a review, and `amendment_without_review`, hold the amendments proposed and at
/// least fifteen days to answer (SEND Regulations 2014, regs 22(2) and 28). `amended_plan` comes with the amended plan, whose contents
/// can be appealed as those of the first (reg. 22(3) and (5); Children and Families Act 2014, s. 51(3)); `amendment_declined` says that
/// the plan is not amended after all (reg. 22(4) and (5)), `maintain` that it stays as it is after a review (reg. 20(10) and (11)), and
/// both can be appealed (s. 51(2)(e)). `cease` says that it will end, after a review or otherwise, with the right of appeal (reg. 31).
/// Record first what the letter tells of: the decision at the review, the proposals, the amended plan, the decision to cease. It tells of
/// the last of them, and is 404 while there is none. In all else as a notice of a case. For staff.
#[utoipa::path(tag = "notices", params(PathId<PlanId>, PathWord<PlanNotice>, Dated), responses(
    (status = 200, description = "The notice as it would be sent.", body = NoticeView,
     example = json!(example::composed_notice()))))]
#[get("/plans/{planId}/notices/{planNotice}")]
async fn compose_plan_notice(
    asker: Asker,
    PathId(plan): PathId<PlanId>,
    PathWord(PlanNotice(kind)): PathWord<PlanNotice>,
    ValidQuery(query): ValidQuery<Dated>,
    form: PaperForm,
) -> Result<HttpResponse, Problem> {
    let (dated, as_of) = (query.dated, query.moment());
    let notice = asker.read(Ask::ComposeNotices, move |tx| notices::compose_of_plan(tx, plan, kind, dated, as_of)).await?;
    form.answer(&notice, |notice| documents::letter(&notice.letter), kind.as_str())
}

/// Record that a notice of a plan was sent
///
/// As for a notice of a case. The notice of proposed amendments begins the family's fifteen days and the authority's eight weeks to
/// send the amended plan (SEND Regulations 2014, reg. 22(2) and (3)), unless the proposals are recorded with days of their own; those
/// of the amended plan, of no amendment and of keeping the plan begin the time to appeal; that of ceasing keeps the plan in force until the time to
/// appeal is over (Children and Families Act 2014, s. 45(4)). For case workers and decision makers.
#[utoipa::path(tag = "notices", params(PathId<PlanId>, PathWord<PlanNotice>, IdempotencyKey, VersionRead), request_body = SendNotice,
    responses((status = 201, description = "Recorded; `id` is the notice.", body = Receipt,
     headers(("Location" = String, description = "The notice as it was sent.")), example = json!(example::receipt()))))]
#[post("/plans/{planId}/notices/{planNotice}/sending")]
async fn send_plan_notice(
    asker: Asker,
    PathId(plan): PathId<PlanId>,
    PathWord(PlanNotice(kind)): PathWord<PlanNotice>,
    key: IdempotencyKey,
    read: VersionRead,
    body: ValidJson<SendNotice>,
) -> Result<Recorded, Problem> {
    let sent =
        asker.record(Action::SendNotice, key, body, move |tx, body| notices::send_of_plan(tx, plan, kind, body, read.versions()));
    Ok(sent.await?.at(location))
}

fn location(receipt: &Receipt) -> String {
    let case = receipt.case.map(|case| case.to_string()).unwrap_or_default();
    format!("/v1/cases/{case}/sent-notices/{}", receipt.id)
}

/// List the notices that were sent
///
/// The notices of the case and of the plan it led to, in the order they were sent, without their letters. Staff see all of them; a
/// member of the family, and a setting, those that were sent to them.
#[utoipa::path(tag = "notices", params(PathId<CaseId>, At), responses(
    (status = 200, description = "The notices.", body = WholeAsOf<SentNoticeView>,
     example = json!(example::whole_as_of(example::sent_notice())))))]
#[get("/cases/{caseId}/sent-notices")]
async fn list_sent_notices(
    asker: Asker,
    PathId(case): PathId<CaseId>,
    ValidQuery(at): ValidQuery<At>,
) -> Result<web::Json<WholeAsOf<SentNoticeView>>, Problem> {
    let (known, _, data) = asker.read(Ask::SeeNotices, move |tx| notices::list(tx, case, at.moment())).await?;
    Ok(web::Json(WholeAsOf { data, known }))
}

/// Show a notice that was sent
///
/// The letter as it was sent, to whom and when, and in which other forms it was asked for. As data, as a page or as a Word document:
/// `Accept` chooses; a notice that was sent elsewhere has no letter here, and is shown as data alone. Staff see all of them; a member
/// of the family, and a setting, those that were sent to them.
#[utoipa::path(tag = "notices", params(PathId<CaseId>, PathId<NoticeId>, At), responses(
    (status = 200, description = "The notice as it was sent.", body = SentNoticeView,
     example = json!(example::sent_notice()))))]
#[get("/cases/{caseId}/sent-notices/{noticeId}")]
async fn show_sent_notice(
    asker: Asker,
    PathId(case): PathId<CaseId>,
    PathId(id): PathId<NoticeId>,
    ValidQuery(at): ValidQuery<At>,
    form: PaperForm,
) -> Result<HttpResponse, Problem> {
    let (_, _, notice) = asker.read(Ask::SeeNotices, move |tx| notices::show(tx, case, id, at.moment())).await?;
    let kind = notice.kind.as_str();
    match (form, notice.letter.clone()) {
        (PaperForm::Page | PaperForm::Document, None) => Err(Error::NotFound("letter").into()),
        (PaperForm::Page | PaperForm::Document, Some(letter)) => form.answer(&letter, documents::letter, kind),
        (PaperForm::Data, _) => Ok(HttpResponse::Ok().json(notice)),
    }
}

/// Record that a notice was sent to more recipients
///
/// For recipients who got it later than the family, such as the health body. For case workers and decision makers.
#[utoipa::path(tag = "notices", params(PathId<CaseId>, PathId<NoticeId>, IdempotencyKey), request_body = SendNoticeTo, responses(
    (status = 201, description = "Recorded; `id` is the notice.", body = Receipt, example = json!(example::receipt()))))]
#[post("/cases/{caseId}/sent-notices/{noticeId}/recipients")]
async fn send_notice_to_more(
    asker: Asker,
    PathId(case): PathId<CaseId>,
    PathId(notice): PathId<NoticeId>,
    key: IdempotencyKey,
    body: ValidJson<SendNoticeTo>,
) -> Result<Recorded, Problem> {
    asker.record(Action::SendNotice, key, body, move |tx, body| notices::send_to_more(tx, case, notice, body)).await
}

/// Ask for a notice in another form
///
/// That somebody needs a notice in easy read, another language, British Sign Language or another form to be able to read it, and by
/// when they were promised it. A member of the family asks for what was sent to them; staff record what they were asked. It moves no
/// time limit. For case workers and families.
#[utoipa::path(tag = "notices", params(PathId<CaseId>, PathId<NoticeId>, IdempotencyKey), request_body = RequestNoticeFormat,
    responses((status = 201, description = "Recorded; `id` is the request.", body = Receipt, example = json!(example::receipt()))))]
#[post("/cases/{caseId}/sent-notices/{noticeId}/formats")]
async fn request_notice_format(
    asker: Asker,
    PathId(case): PathId<CaseId>,
    PathId(notice): PathId<NoticeId>,
    key: IdempotencyKey,
    body: ValidJson<RequestNoticeFormat>,
) -> Result<Recorded, Problem> {
    asker.record(Action::RequestNoticeFormat, key, body, move |tx, body| notices::request_format(tx, case, notice, body)).await
}

/// Record that a notice was provided in another form
///
/// The day and the means by which whoever asked got the notice in the form they need. For case workers.
#[utoipa::path(tag = "notices", params(PathId<CaseId>, PathId<NoticeId>, PathId<NoticeFormatId>, IdempotencyKey),
    request_body = ProvideNoticeFormat, responses(
    (status = 201, description = "Recorded; `id` is the request.", body = Receipt, example = json!(example::receipt()))))]
#[post("/cases/{caseId}/sent-notices/{noticeId}/formats/{formatId}/provision")]
async fn provide_notice_format(
    asker: Asker,
    PathId(case): PathId<CaseId>,
    PathId(notice): PathId<NoticeId>,
    PathId(request): PathId<NoticeFormatId>,
    key: IdempotencyKey,
    body: ValidJson<ProvideNoticeFormat>,
) -> Result<Recorded, Problem> {
    asker
        .record(Action::ProvideNoticeFormat, key, body, move |tx, body| notices::provide_format(tx, case, notice, request, body))
        .await
}
