//! Which errors the API can answer: one row each, with its status, its title and what to do about it.

use std::borrow::Cow;

use actix_web::http::StatusCode;
use serde::{Serialize, Serializer};
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{ObjectBuilder, Schema, Type};
use utoipa::{PartialSchema, ToSchema};

macro_rules! codes {
    ($($variant:ident $code:literal $status:literal $title:literal $advice:literal;)*) => {
        /// The stable name of an error; part of the API, never reused for another meaning.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $(#[doc = $title] $variant,)*
        }

        /// Every error the API can answer, by status.
        pub const CODES: &[Code] = &[$(Code::$variant,)*];

        impl Code {
            /// The name in the answer and in `/problems/{code}`.
            pub const fn as_str(self) -> &'static str {
                match self { $(Code::$variant => $code,)* }
            }

            /// What happened, the same words each time.
            pub const fn title(self) -> &'static str {
                match self { $(Code::$variant => $title,)* }
            }

            /// What whoever gets this answer can do.
            pub const fn advice(self) -> &'static str {
                match self { $(Code::$variant => $advice,)* }
            }

            const fn number(self) -> u16 {
                match self { $(Code::$variant => $status,)* }
            }
        }
    };
}

codes! {
    MalformedRequest    "malformed_request"            400 "The request cannot be read"                      "Check the request line, the headers and the encoding of what is sent.";
    MalformedJson       "malformed_json"               400 "The body is not JSON"                            "Send one JSON value in UTF-8, no key twice in an object, nested no deeper than 32.";
    InvalidParameters   "invalid_parameters"           400 "The query has parameters that break a rule"      "Correct every parameter listed in errors; a cursor is sent back exactly as it was received.";
    InvalidHeader       "invalid_header"               400 "A header breaks a rule"                          "Correct every header listed in errors.";
    KeyRequired         "idempotency_key_required"     400 "An Idempotency-Key is needed"                    "Send Idempotency-Key with a new random value, and the same value when repeating this request.";
    Unauthenticated     "unauthenticated"              401 "Who is asking is not known"                      "Send a valid, unexpired token as Authorization: Bearer.";
    NotPermitted        "not_permitted"                403 "You may not do this"                             "Ask somebody whose role allows it; a case lists what you may do in allowedActions.";
    NotFound            "not_found"                    404 "There is no such thing, or it is not yours to see" "Check the id, and that the token acts for the right authority and organisation.";
    NoSuchPath          "no_such_path"                 404 "There is nothing at this path"                   "Check the path against /openapi.json.";
    MethodNotAllowed    "method_not_allowed"           405 "This path does not answer this method"           "Use one of the methods in the Allow header.";
    Refused             "refused"                      409 "What stands on the record leaves no room for it" "Read detail and reason; if the record is wrong, correct the record first.";
    Unlawful            "unlawful_unless_acknowledged" 409 "This can be recorded, but it departs from the law" "If it happened, send the same request with acknowledge: [{concern, reason}] for each of concerns.";
    KeyInFlight         "request_in_progress"          409 "The first request with this key is not finished" "Wait a moment, then repeat the request with the same Idempotency-Key.";
    FileUnscanned       "file_not_scanned_yet"         409 "The file has not been scanned for viruses yet" "Try again after the seconds in Retry-After; scan in the document says when it can be read.";
    FileInfected        "file_infected"                409 "A virus was found in the file"               "Ask whoever sent it for another; this file is never given out.";
    Stale               "changed_since_read"           412 "It has changed since it was read"                "Read it again, see whether the change still makes sense, and send the new ETag in If-Match.";
    BodyTooLarge        "body_too_large"               413 "The body is too large"                           "Send at most 1 MiB of JSON, or a file no longer than detail says.";
    UnsupportedMedia    "unsupported_media_type"       415 "The body is not of a type read here"             "Send the Content-Type that the contract names, without Content-Encoding.";
    InvalidFields       "invalid_fields"               422 "The body has fields that break a rule"           "Correct every field listed in errors; each pointer is a JSON pointer into the body.";
    KeyReused           "idempotency_key_reused"       422 "This Idempotency-Key belongs to another request" "Use a new key for a new request.";
    ConditionRequired   "precondition_required"        428 "The version that was read is needed"             "Read it, and send its ETag in If-Match.";
    Unexpected          "unexpected"                   500 "Something went wrong here"                       "Try again once; then report the instance, which names this request in our log.";
    Unavailable         "unavailable"                  503 "No answer is possible just now"                  "Try again after the seconds in Retry-After.";
}

impl Code {
    /// The HTTP status.
    pub fn status(self) -> StatusCode {
        StatusCode::from_u16(self.number()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// Where this server explains the error to people.
    pub fn page(self) -> String {
        format!("/problems/{}", self.as_str())
    }

    /// The code with this name.
    pub fn named(name: &str) -> Option<Code> {
        CODES.iter().copied().find(|code| code.as_str() == name)
    }

    /// The code for what the framework itself answers with a status; a status nothing here emits counts as its class.
    pub fn of_status(status: StatusCode) -> Code {
        match status.as_u16() {
            401 => Code::Unauthenticated,
            403 => Code::NotPermitted,
            404 => Code::NoSuchPath,
            405 => Code::MethodNotAllowed,
            413 => Code::BodyTooLarge,
            415 => Code::UnsupportedMedia,
            503 => Code::Unavailable,
            400..=499 => Code::MalformedRequest,
            _ => Code::Unexpected,
        }
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl PartialSchema for Code {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .description(Some("The stable name of the error; `/problems/{code}` explains it."))
            .enum_values(Some(CODES.iter().map(|code| code.as_str())))
            .into()
    }
}

impl ToSchema for Code {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("ProblemCode")
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_code_is_named_once_in_lower_snake_and_found_by_its_name() {
        let names: BTreeSet<_> = CODES.iter().map(|code| code.as_str()).collect();
        assert_eq!(names.len(), CODES.len());
        for code in CODES {
            assert!(code.as_str().bytes().all(|b| b.is_ascii_lowercase() || b == b'_'), "{}", code.as_str());
            assert_eq!(Code::named(code.as_str()), Some(*code));
        }
        assert_eq!(Code::named("teapot"), None);
    }

    #[test]
    fn every_code_is_an_error_with_words_for_people() {
        for code in CODES {
            let status = code.status();
            assert_eq!(status.as_u16(), code.number());
            assert!(status.is_client_error() || status.is_server_error());
            assert!(code.title().len() > 10 && code.advice().ends_with('.'));
        }
        assert!(CODES.windows(2).all(|pair| pair[0].status() <= pair[1].status()), "rows stand by status");
    }

    #[test]
    fn a_status_of_the_framework_keeps_its_class() {
        for status in (400..=599).filter_map(|number| StatusCode::from_u16(number).ok()) {
            assert_eq!(Code::of_status(status).status().is_client_error(), status.is_client_error());
        }
    }
}
