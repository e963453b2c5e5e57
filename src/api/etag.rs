//! Which version was read: tags that answer 304, and that guard a change against what happened in between.

use std::fmt;
use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::http::header::{self, EntityTag, Header, HeaderValue, IfMatch, IfNoneMatch};
use actix_web::{FromRequest, HttpRequest, HttpResponse, HttpResponseBuilder};
use chrono::NaiveDate;
use sha2::{Digest, Sha256};
use utoipa::IntoParams;
use utoipa::openapi::Required;
use utoipa::openapi::path::{Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::{ObjectBuilder, Type};

use super::problem::{Code, Problem};
use crate::access::Caller;
use crate::service::{Error, FieldError};

/// A strong tag: `"v17"`, or `"v17.2026-01-05.9f2c61aa"` where the answer also changes with the day and the reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Etag {
    version: i32,
    day: Option<NaiveDate>,
    scope: Option<String>,
}

impl Etag {
    /// The tag of a version.
    pub fn of(version: i32) -> Self {
        Self { version, day: None, scope: None }
    }

    /// The tag of what this caller is shown on this London day: duties and permitted actions change with both.
    pub fn shown(version: i32, day: NaiveDate, caller: &Caller) -> Self {
        let mut sum = Sha256::new();
        for role in &caller.roles {
            sum.update(role.as_str());
            sum.update([0]);
        }
        sum.update(&caller.subject);
        sum.update([0]);
        sum.update(caller.organisation.as_ref().map_or("", |organisation| organisation.as_str()));
        let scope = hex::encode(&sum.finalize()[..4]);
        Self { version, day: Some(day), scope: Some(scope) }
    }

    /// 200 with the tag, or 304 when `If-None-Match` names it; `body` is only called for the former.
    pub fn answer(&self, req: &HttpRequest, body: impl FnOnce(&mut HttpResponseBuilder) -> HttpResponse) -> HttpResponse {
        let mut response = if self.was_read(req) { HttpResponse::NotModified() } else { HttpResponse::Ok() };
        response.insert_header((header::ETAG, self.to_string()));
        if self.was_read(req) { response.finish() } else { body(&mut response) }
    }

    /// Whether `If-None-Match` names this tag or is `*`.
    fn was_read(&self, req: &HttpRequest) -> bool {
        let own = EntityTag::new_strong(self.opaque());
        match req.headers().contains_key(header::IF_NONE_MATCH).then(|| IfNoneMatch::parse(req)) {
            Some(Ok(IfNoneMatch::Any)) => true,
            Some(Ok(IfNoneMatch::Items(tags))) => tags.iter().any(|tag| tag.weak_eq(&own)),
            _ => false,
        }
    }

    /// The header's value.
    pub fn header(&self) -> Option<HeaderValue> {
        HeaderValue::try_from(self.to_string()).ok()
    }

    fn opaque(&self) -> String {
        let mut tag = format!("v{}", self.version);
        if let Some(day) = self.day {
            tag.push_str(&format!(".{day}"));
        }
        if let Some(scope) = &self.scope {
            tag.push_str(&format!(".{scope}"));
        }
        tag
    }
}

impl fmt::Display for Etag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{}\"", self.opaque())
    }
}

/// The versions that `If-Match` accepts. Only the version counts: another day or reader does not make a change stale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VersionRead(Vec<u64>);

impl VersionRead {
    /// The versions, as the use case compares them inside its transaction.
    pub fn versions(&self) -> &[u64] {
        &self.0
    }

    /// Whether the change may go on from the version that stands now.
    ///
    /// # Errors
    /// [`Error::Stale`] when another version was read.
    pub fn must_be(&self, current: u64) -> Result<(), Error> {
        if self.0.contains(&current) { Ok(()) } else { Err(Error::Stale) }
    }

    fn read(req: &HttpRequest) -> Result<Self, Problem> {
        if !req.headers().contains_key(header::IF_MATCH) {
            return Err(Error::PreconditionRequired.into());
        }
        match IfMatch::parse(req) {
            // `*` says that something was read, not which version.
            Ok(IfMatch::Any) => Err(Error::PreconditionRequired.into()),
            Ok(IfMatch::Items(tags)) if !tags.is_empty() => {
                // Strong comparison: a weak tag matches nothing, nor does one that was never ours.
                Ok(Self(tags.iter().filter(|tag| !tag.weak).filter_map(|tag| version(tag.tag())).collect()))
            }
            _ => {
                let error = FieldError::new("If-Match", "format", "Must be the ETag that was read, in its double quotes.");
                Err(Problem::of_fields(Code::InvalidHeader, vec![error]))
            }
        }
    }
}

/// The version in a tag of ours.
fn version(tag: &str) -> Option<u64> {
    let digits = tag.strip_prefix('v')?.split('.').next()?;
    if digits.bytes().all(|b| b.is_ascii_digit()) { digits.parse().ok() } else { None }
}

impl FromRequest for VersionRead {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Self::read(req))
    }
}

impl IntoParams for VersionRead {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        vec![
            ParameterBuilder::new()
                .name("If-Match")
                .parameter_in(ParameterIn::Header)
                .required(Required::True)
                .description(Some(
                    "The `ETag` that was read. The change is refused with 412 when it is no longer the version that stands.",
                ))
                .schema(Some(
                    ObjectBuilder::new().schema_type(Type::String).max_length(Some(200)).pattern(Some("^\"[!#-+--~]+\"$")),
                ))
                .example(Some("\"v17\"".into()))
                .build(),
        ]
    }
}

/// Documents `If-None-Match` on an operation that answers with an [`Etag`].
pub struct Conditional;

impl IntoParams for Conditional {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        vec![
            ParameterBuilder::new()
                .name("If-None-Match")
                .parameter_in(ParameterIn::Header)
                .required(Required::False)
                .description(Some("An `ETag` from before: the answer is 304 without a body when nothing has changed since."))
                .schema(Some(ObjectBuilder::new().schema_type(Type::String)))
                .example(Some("\"v17.2026-01-05.9f2c61aa\"".into()))
                .build(),
        ]
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use actix_web::test::TestRequest;
    use uuid::Uuid;

    use crate::access::{AuthorityId, Role};

    use super::*;

    fn caller(roles: &[Role], organisation: Option<&str>) -> Caller {
        Caller {
            subject: "issuer|1".into(),
            roles: roles.iter().copied().collect::<BTreeSet<_>>(),
            authority: AuthorityId(1),
            organisation: organisation.map(|text| text.parse().unwrap()),
            request_id: Uuid::nil(),
        }
    }

    fn tag() -> Etag {
        Etag::shown(17, NaiveDate::from_ymd_opt(2026, 1, 5).unwrap(), &caller(&[Role::School], Some("urn:100000")))
    }

    fn asked(header: &'static str, value: &str) -> HttpRequest {
        TestRequest::default().insert_header((header, value)).to_http_request()
    }

    #[test]
    fn a_tag_names_its_version_day_and_scope() {
        let text = tag().to_string();
        assert!(text.starts_with("\"v17.2026-01-05.") && text.len() == 25, "{text}");
        assert_eq!(Etag::of(17).to_string(), "\"v17\"");
    }

    #[test]
    fn another_version_day_role_or_organisation_has_another_tag() {
        let day = |d| NaiveDate::from_ymd_opt(2026, 1, d).unwrap();
        let school = caller(&[Role::School], Some("urn:100000"));
        let others = [
            Etag::shown(18, day(5), &school),
            Etag::shown(17, day(6), &school),
            Etag::shown(17, day(5), &caller(&[Role::School], Some("urn:100001"))),
            Etag::shown(17, day(5), &caller(&[Role::School, Role::AdviceGiver], Some("urn:100000"))),
            Etag::shown(17, day(5), &caller(&[Role::School], None)),
        ];
        assert!(others.iter().all(|other| *other != tag()));
        assert_eq!(Etag::shown(17, day(5), &school), tag());
    }

    #[test]
    fn what_was_read_before_is_not_sent_again() {
        let answered = |value: &str| {
            let response = tag().answer(&asked("if-none-match", value), |response| response.body("words"));
            assert_eq!(response.headers().get("etag").unwrap().to_str().unwrap(), tag().to_string());
            response.status().as_u16()
        };
        let own = tag().to_string();
        for same in [own.clone(), format!("W/{own}"), format!("\"x\", {own}"), "*".into()] {
            assert_eq!(answered(&same), 304, "{same}");
        }
        for other in ["\"v17\"", "\"v18.2026-01-05.00000000\"", "v17", ""] {
            assert_eq!(answered(other), 200, "{other}");
        }
        assert_eq!(tag().answer(&TestRequest::default().to_http_request(), |response| response.finish()).status(), 200);
    }

    #[test]
    fn a_change_needs_the_version_alone_to_be_the_one_that_stands() {
        let read = |value: &str| VersionRead::read(&asked("if-match", value)).unwrap();
        for value in ["\"v17\"".to_owned(), "\"v17.2020-01-01.00000000\"".into(), tag().to_string(), "\"v16\", \"v17\"".into()] {
            assert!(read(&value).must_be(17).is_ok(), "{value}");
        }
        for value in ["\"v16\"", "\"v170\"", "\"v1.7\"", "W/\"v17\"", "\"17\"", "\"v+17\"", "\"x\""] {
            assert!(matches!(read(value).must_be(17), Err(Error::Stale)), "{value}");
        }
    }

    #[test]
    fn a_change_without_a_version_is_refused() {
        let code = |req: &HttpRequest| VersionRead::read(req).unwrap_err().code();
        assert_eq!(code(&TestRequest::default().to_http_request()), Code::ConditionRequired);
        assert_eq!(code(&asked("if-match", "*")), Code::ConditionRequired);
        assert_eq!(code(&asked("if-match", "v17")), Code::InvalidHeader);
        assert_eq!(code(&asked("if-match", "")), Code::InvalidHeader);
    }
}
