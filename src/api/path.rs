//! Which thing a path names: an id that cannot be an id names nothing.

use std::future::{Ready, ready};
use std::str::FromStr;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use utoipa::openapi::Required;
use utoipa::openapi::path::{Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::{KnownFormat, ObjectBuilder, SchemaFormat, Type};
use utoipa::{IntoParams, PartialSchema};
use uuid::Uuid;

use super::problem::Problem;
use crate::record::{
    AdviceId, AmendmentId, CaseId, ChildId, ConsultationId, ContactId, CoverId, DelayLetterId, DirectPaymentsId, DocumentId,
    DraftId, EventId, FormId, ItemId, MeetingId, MessageId, NoticeFormatId, NoticeId, Organisation, PlacementId, PlanId,
    ProvisionId, ReferralId, RelationshipId, ReminderId, ReviewId, ReviewRequestId, ShortfallId, StaffId, TeamId, TransportId,
    VersionId,
};
use crate::service::Error;

/// An id that stands in a path.
pub trait InPath: From<Uuid> {
    /// The resource it names, in lower_snake, as `service::Error::NotFound` has it.
    const RESOURCE: &'static str;
    /// The segment it stands at, as the path's template has it: `caseId` in `/v1/cases/{caseId}`.
    const SEGMENT: &'static str;
}

macro_rules! in_path {
    ($($id:ident $resource:literal $segment:literal;)*) => {$(
        impl InPath for $id {
            const RESOURCE: &'static str = $resource;
            const SEGMENT: &'static str = $segment;
        }
    )*};
}

in_path! {
    AdviceId   "advice_request"  "adviceId";
    AppealEntry "appeal"        "appealId";
    AmendmentId "amendment"      "amendmentId";
    CaseId     "case"            "caseId";
    FormId     "request_form"    "formId";
    ChildId    "child"           "childId";
    ConsultationId "consultation" "consultationId";
    DocumentId "document"        "documentId";
    CoverId    "cover"           "coverId";
    ContactId  "contact"         "contactId";
    DelayLetterId "delay_letter" "letterId";
    DirectPaymentsId "direct_payments" "paymentsId";
    DraftId    "draft_plan"      "draftId";
    EventId    "exception"       "exceptionId";
    ItemId     "agenda_item"     "itemId";
    NoticeFormatId "notice_format" "formatId";
    NoticeId   "notice"          "noticeId";
    MessageId  "message"         "messageId";
    MeetingId  "panel"           "panelId";
    PaperEntry "paper"           "paperId";
    PlacementId "placement"      "placementId";
    PlanId     "plan"            "planId";
    ProvisionId "provision"      "provisionId";
    ReferralId "referral" "referralId";
    RelationshipId "relationship" "relationshipId";
    ReminderId "reminder"        "reminderId";
    ReviewId   "review"          "reviewId";
    ReviewRequestId "review_request" "requestId";
    ShortfallId "shortfall"      "shortfallId";
    StaffId    "member_of_staff" "staffId";
    TeamId     "team"            "teamId";
    VersionId  "plan_version"    "versionId";
    TransportId "transport"      "transportId";
}

/// An entry among the papers of a panel's item, in a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PaperEntry(pub EventId);

impl From<Uuid> for PaperEntry {
    fn from(id: Uuid) -> Self {
        Self(EventId(id))
    }
}

/// The entry that recorded an appeal, in a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AppealEntry(pub EventId);

impl From<Uuid> for AppealEntry {
    fn from(id: Uuid) -> Self {
        Self(EventId(id))
    }
}

/// The id in the path, or 404 in that resource's name when the text cannot be one.
///
/// Written among an operation's `params`, it documents the segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PathId<T>(pub T);

impl<T: InPath> FromRequest for PathId<T> {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(match req.match_info().get(T::SEGMENT) {
            Some(text) => match Uuid::try_parse(text) {
                Ok(id) => Ok(PathId(id.into())),
                Err(_) => Err(Error::NotFound(T::RESOURCE).into()),
            },
            None => Err(Problem::unexpected(format_args!("the path has no segment {}", T::SEGMENT))),
        })
    }
}

impl<T: InPath> IntoParams for PathId<T> {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let uuid = ObjectBuilder::new().schema_type(Type::String).format(Some(SchemaFormat::KnownFormat(KnownFormat::Uuid)));
        vec![
            ParameterBuilder::new()
                .name(T::SEGMENT)
                .parameter_in(ParameterIn::Path)
                .required(Required::True)
                .description(Some(format!("The id of the {}.", T::RESOURCE.replace('_', " "))))
                .schema(Some(uuid))
                .example(Some("01890a5d-ac96-774b-bcce-b302099a8057".into()))
                .build(),
        ]
    }
}

/// The setting in the path by its public identifier, or 404 when the text cannot be one.
///
/// Written among an operation's `params`, it documents the segment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PathSetting(pub Organisation);

/// The segment a setting stands at.
const SETTING: &str = "settingId";

impl FromRequest for PathSetting {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let setting = req.match_info().get(SETTING).and_then(|text| text.parse().ok());
        ready(setting.map(PathSetting).ok_or_else(|| Error::NotFound("setting").into()))
    }
}

impl IntoParams for PathSetting {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        vec![
            ParameterBuilder::new()
                .name(SETTING)
                .parameter_in(ParameterIn::Path)
                .required(Required::True)
                .description(Some("The public identifier of the setting, as `/v1/settings` has it."))
                .schema(Some(Organisation::schema()))
                .example(Some("urn:900001".into()))
                .build(),
        ]
    }
}

/// A word that stands in a path: one of a few.
pub trait WordInPath: FromStr + 'static {
    /// The resource it names, in lower_snake, as `service::Error::NotFound` has it.
    const RESOURCE: &'static str;
    /// The segment it stands at, as the path's template has it.
    const SEGMENT: &'static str;
    /// The words it can be.
    fn words() -> Vec<&'static str>;
}

/// The word in the path, or 404 in that resource's name when it is none of them.
///
/// Written among an operation's `params`, it documents the segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PathWord<T>(pub T);

impl<T: WordInPath> FromRequest for PathWord<T> {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(match req.match_info().get(T::SEGMENT).map(str::parse) {
            Some(Ok(word)) => Ok(PathWord(word)),
            Some(Err(_)) => Err(Error::NotFound(T::RESOURCE).into()),
            None => Err(Problem::unexpected(format_args!("the path has no segment {}", T::SEGMENT))),
        })
    }
}

impl<T: WordInPath> IntoParams for PathWord<T> {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let words = T::words();
        let example = words.first().copied().unwrap_or_default();
        let schema = ObjectBuilder::new().schema_type(Type::String).enum_values(Some(words));
        vec![
            ParameterBuilder::new()
                .name(T::SEGMENT)
                .parameter_in(ParameterIn::Path)
                .required(Required::True)
                .description(Some(format!("Which {}.", T::RESOURCE.replace('_', " "))))
                .schema(Some(schema))
                .example(Some(example.into()))
                .build(),
        ]
    }
}

#[cfg(test)]
mod tests {
    use actix_web::ResponseError;
    use actix_web::test::TestRequest;

    use super::*;

    async fn taken(segment: &'static str, text: &'static str) -> Result<PathId<CaseId>, Problem> {
        PathId::extract(&TestRequest::default().param(segment, text).to_http_request()).await
    }

    #[actix_web::test]
    async fn an_id_is_taken_from_its_segment() {
        let text = "01890a5d-ac96-774b-bcce-b302099a8057";
        assert_eq!(taken("caseId", text).await.unwrap(), PathId(CaseId(text.parse().unwrap())));
    }

    #[actix_web::test]
    async fn what_cannot_be_an_id_names_nothing_and_is_not_repeated() {
        let problem = taken("caseId", "canary").await.unwrap_err();
        assert_eq!(problem.status_code(), 404);
        assert_eq!(problem.body().detail, "There is no such case, or it is not yours to see.");
    }

    #[actix_web::test]
    async fn a_template_without_the_segment_is_our_fault() {
        assert_eq!(taken("planId", "x").await.unwrap_err().status_code(), 500);
    }
}
