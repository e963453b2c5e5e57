//! What the contract says beyond what each operation says of itself: who may ask, and every error that can come back.

mod answers;
mod complete;

pub use complete::incomplete;

use std::collections::BTreeMap;

use actix_web::http::StatusCode;
use serde_json::Value;
use utoipa::openapi::example::ExampleBuilder;
use utoipa::openapi::header::{Header, HeaderBuilder};
use utoipa::openapi::info::{InfoBuilder, LicenseBuilder};
use utoipa::openapi::path::{Operation, Parameter, ParameterBuilder, ParameterIn, PathItem};
use utoipa::openapi::response::{Response, ResponseBuilder};
use utoipa::openapi::schema::{ArrayItems, ObjectBuilder, Schema, Type};
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme};
use utoipa::openapi::server::ServerBuilder;
use utoipa::openapi::tag::TagBuilder;
use utoipa::openapi::{Components, Content, ContentBuilder, OpenApi, OpenApiVersion, Ref, RefOr, Required};
use utoipa::{PartialSchema, ToSchema};

use super::auth::AUTHORITY_HEADER;
use super::paper::add_forms;
use super::problem::{CODES, Code, PROBLEM_JSON, Problem, ProblemBody};
use crate::service::FieldError;

/// The security scheme's name.
const TOKEN: &str = "token";

/// What the operations are about, in the order a case meets them; an operation carries one of these names.
pub const TAGS: &[(&str, &str)] = &[
    ("law", "The duties, their deadlines and the provisions that set them. No token needed."),
    ("me", "Who the token says you are, and what you may do."),
    ("requests", "Asking for an assessment."),
    ("cases", "One request and what it led to, from the request to the final plan."),
    ("worklists", "What is due, at risk or waiting for somebody, who has how much of it, and who covers for whom."),
    ("decisions", "Whether to assess, whether to make a plan, and telling the family: an officer decides."),
    ("advice", "What is asked of schools, psychologists, health and social care for an assessment."),
    ("panels", "Meetings that recommend."),
    ("plans", "Draft plans, the final plan, and plans in force."),
    ("documents", "Files of a case: forms, advice, papers, drafts and letters as they came or went, each in its versions."),
    ("notices", "The letters the law requires: what each must say, to whom each was sent, and in which other forms."),
    (
        "contact",
        "Calls, letters, emails and meetings around a case, messages, and reminders. Each says who may read it: a contact by its visibility, a \
         message by whom it was sent to; a reminder is for staff. Nothing is posted or emailed from here.",
    ),
    ("reviews", "The review of a plan: its meeting, the report, the decision."),
    ("disputes", "Mediation, and appeals to the Tribunal."),
    ("children", "The children and young people themselves."),
    (
        "placements",
        "Where children are really taught, on what terms and at whose cost; alternative provision, and children to keep an eye on.",
    ),
    ("directory", "Settings, staff and teams."),
    ("concerns", "What was recorded although the law says otherwise."),
    ("statistics", "Timeliness as the Department publishes it."),
    ("events", "What changed, in order, for systems that keep in step."),
    ("audit", "Who saw whose data."),
    ("operations", "Whether the server is well. No token needed."),
];

/// How the parameter that chooses an authority is named among the components.
const AUTHORITY: &str = "Authority";

/// How the schemas of lists of something are named, those that come in pages first.
const LISTS: [&str; 5] = ["Page_", "PageAsOf_", "Changes_", "Whole_", "WholeAsOf_"];

const ABOUT: &str = "Education, Health and Care (EHC) needs assessments and plans in England: cases move through their statutory \
stages, every deadline is computed from the law that sets it, and everything recorded stands for good.\n\n\
A *request* asks the local authority to assess what a child or young person with special educational needs requires. It opens a *case*: \
the authority decides whether to make an *assessment*, asks for *advice* (from the school, a psychologist, health, social care …), decides \
whether to make a *plan*, serves a *draft plan* on the family, and sends the *final plan*, which names a *setting*: a school, college or nursery. \
The plan is *reviewed* every year. A *duty* is what the law asks of somebody, its date a *deadline*; an *exception* excuses a deadline that was \
missed. The law's clocks stop on the day the family was *notified* or the plan was *sent*, not on the day it was decided.\n\n\
Calls record what has happened outside: nothing is posted or emailed by them. What may be recorded next in a case, and why not the rest, \
is in its `allowedActions`. Days are London days (`2026-02-01`), instants are UTC. In an answer, a field that may be null is always there.\n\n\
Errors are problems (RFC 9457) with a stable `code`, explained at `/problems`. POSTs that record something take an `Idempotency-Key`. \
Changes that depend on what was read take its `ETag` in `If-Match`. Lists come a page at a time: `nextCursor` goes back as `cursor`. \
What can be recorded but departs from the law comes back as `unlawful_unless_acknowledged`; \
the same request with `acknowledge` is accepted.";

/// The whole contract: what was collected from the handlers, and what holds for all of them.
pub fn document(mut collected: OpenApi) -> OpenApi {
    collected.openapi = OpenApiVersion::Version31;
    collected.info = InfoBuilder::new()
        .title("EHC Casework")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some(ABOUT))
        .license(Some(LicenseBuilder::new().name("MIT").identifier(Some("MIT")).build()))
        .build();
    collected.servers =
        Some(vec![ServerBuilder::new().url("/").description(Some("The server this document came from.")).build()]);
    let components = collected.components.get_or_insert_with(Components::default);
    add_problems(components);
    name_rows(components);
    components.parameters.insert(AUTHORITY.to_owned(), RefOr::T(authority()));
    let token = HttpBuilder::new()
        .scheme(HttpAuthScheme::Bearer)
        .bearer_format("JWT")
        .description(Some("A token of the authority's identity provider, signed with an asymmetric key."));
    components.security_schemes.insert(TOKEN.to_owned(), RefOr::T(SecurityScheme::Http(token.build())));
    for item in collected.paths.paths.values_mut() {
        for (method, operation) in operations(item) {
            complement(method, operation);
        }
    }
    let used = |tag: &str| {
        let of = |operation: &Operation| operation.tags.iter().flatten().any(|used| used == tag);
        collected.paths.paths.values().any(|item| each(item).iter().any(|(_, operation)| of(operation)))
    };
    let tags = TAGS.iter().filter(|(name, _)| used(name));
    collected.tags = Some(tags.map(|(name, words)| TagBuilder::new().name(*name).description(Some(*words)).build()).collect());
    answers::require_nullable(&mut collected);
    collected
}

/// The contract as the file holds it: the same text for the same program, ending with a new line.
///
/// # Errors
/// When an example cannot be written as JSON.
pub fn text(document: &OpenApi) -> Result<String, serde_json::Error> {
    Ok(document.to_pretty_json()? + "\n")
}

/// A list's rows are written out in place by its generic type; refers to their own schema instead.
fn name_rows(components: &mut Components) {
    let mut rows = Vec::new();
    for (name, schema) in &mut components.schemas {
        let row = LISTS.iter().find_map(|list| name.strip_prefix(list));
        let (Some(row), RefOr::T(Schema::Object(list))) = (row, schema) else { continue };
        let Some(RefOr::T(Schema::Array(data))) = list.properties.get_mut("data") else { continue };
        if let ArrayItems::RefOrSchema(item) = &mut data.items
            && matches!(**item, RefOr::T(_))
        {
            let own = std::mem::replace(&mut **item, RefOr::Ref(Ref::from_schema_name(row)));
            rows.push((row.to_owned(), own));
        }
    }
    for (name, schema) in rows {
        components.schemas.entry(name).or_insert(schema);
    }
}

fn add_problems(components: &mut Components) {
    let mut schemas = Vec::new();
    ProblemBody::schemas(&mut schemas);
    schemas.push((ProblemBody::name().into_owned(), ProblemBody::schema()));
    components.schemas.extend(schemas);
    let mut by_status: BTreeMap<StatusCode, Vec<Code>> = BTreeMap::new();
    for code in CODES {
        by_status.entry(code.status()).or_default().push(*code);
    }
    for (status, codes) in by_status {
        components.responses.insert(response_name(status), RefOr::T(problem_response(&codes)));
    }
}

fn response_name(status: StatusCode) -> String {
    let words: String = status.canonical_reason().unwrap_or("Error").split([' ', '-']).collect();
    format!("Problem{}{words}", status.as_u16())
}

fn problem_response(codes: &[Code]) -> Response {
    let titles: Vec<&str> = codes.iter().map(|code| code.title()).collect();
    let examples = codes.iter().map(|code| {
        let example = ExampleBuilder::new().summary(code.title()).value(Some(example(*code)));
        (code.as_str(), RefOr::T(example.build()))
    });
    let content = ContentBuilder::new().schema(Some(Ref::from_schema_name(ProblemBody::name()))).examples_from_iter(examples);
    let mut response = ResponseBuilder::new().description(titles.join(". ") + ".").content(PROBLEM_JSON, content.build()).build();
    let mut add = |name: &str, header: Header| response.headers.insert(name.to_owned(), RefOr::T(header));
    add("X-Request-Id", request_id());
    if codes.contains(&Code::Unauthenticated) {
        add("WWW-Authenticate", header(Type::String, "How to say who is asking."));
    }
    if codes.contains(&Code::Unavailable) {
        add("Retry-After", header(Type::Integer, "Seconds to wait before trying again."));
    }
    response
}

/// A problem with this code, as the contract shows it.
pub fn example(code: Code) -> Value {
    let error = match code {
        Code::InvalidParameters => Some(FieldError::new("?limit", "maximum", "Must be 200 or less.")),
        Code::InvalidHeader => {
            Some(FieldError::new("If-Match", "format", "Must be the ETag that was read, in its double quotes."))
        }
        Code::InvalidFields => Some(FieldError::new("/receivedOn", "format", "Must be a day that exists, as YYYY-MM-DD.")),
        _ => None,
    };
    let problem = match error {
        Some(error) => Problem::of_fields(code, vec![error]),
        None => Problem::new(code),
    };
    let mut body = serde_json::to_value(problem.body()).unwrap_or_default();
    body["instance"] = "urn:uuid:01890a5d-ac96-774b-bcce-b302099a8057".into();
    body
}

/// Whose authority's records a request is about, for a token that names several.
fn authority() -> Parameter {
    ParameterBuilder::new()
        .name(AUTHORITY_HEADER)
        .parameter_in(ParameterIn::Header)
        .required(Required::False)
        .description(Some("Which of the token's authorities this request acts in, by the Department's code; needed when the token names several."))
        .schema(Some(ObjectBuilder::new().schema_type(Type::String).pattern(Some("^[0-9]{3}$"))))
        .build()
}

fn header(kind: Type, words: &str) -> Header {
    HeaderBuilder::new().schema(Some(ObjectBuilder::new().schema_type(kind))).description(Some(words)).build()
}

fn request_id() -> Header {
    header(Type::String, "The id of this request: the one that was sent, or a new one.")
}

/// Adds to an operation who may ask, the errors that can come back, and the headers its answers carry.
fn complement(method: &str, operation: &mut Operation) {
    add_forms(operation);
    let secured = operation.security.is_none();
    if secured {
        operation.security = Some(vec![SecurityRequirement::new(TOKEN, Vec::<String>::new())]);
        let authority = RefOr::Ref(Ref::new(format!("#/components/parameters/{AUTHORITY}")));
        operation.parameters.get_or_insert_default().push(authority);
    }
    let takes = |place: ParameterIn, name: Option<&str>| {
        let fits = |parameter: &Parameter| parameter.parameter_in == place && name.is_none_or(|name| parameter.name == name);
        operation.parameters.iter().flatten().any(|parameter| matches!(parameter, RefOr::T(parameter) if fits(parameter)))
    };
    let body = operation.request_body.is_some();
    let key = takes(ParameterIn::Header, Some("Idempotency-Key"));
    let version = takes(ParameterIn::Header, Some("If-Match"));
    let conditional = takes(ParameterIn::Header, Some("If-None-Match"));
    let can_come = [
        (400, true),
        (401, secured),
        (403, secured),
        (404, takes(ParameterIn::Path, None)),
        (409, secured && method != "get"),
        (412, version),
        (413, body),
        (415, body),
        (422, body || key),
        (428, version),
        (500, true),
        (503, secured),
    ];
    let responses = &mut operation.responses.responses;
    for (status, _) in can_come.into_iter().filter(|(_, can)| *can) {
        if let Ok(status) = StatusCode::from_u16(status) {
            let problem = RefOr::Ref(Ref::from_response_name(response_name(status)));
            responses.entry(status.as_str().to_owned()).or_insert(problem);
        }
    }
    if conditional {
        let unchanged = ResponseBuilder::new().description("Nothing has changed since.").build();
        responses.entry("304".to_owned()).or_insert(RefOr::T(unchanged));
    }
    for (status, response) in responses.iter_mut() {
        let RefOr::T(response) = response else { continue };
        let page = response.content.values().any(is_page);
        let mut add = |name: &str, header: Header| {
            response.headers.entry(name.to_owned()).or_insert(RefOr::T(header));
        };
        add("X-Request-Id", request_id());
        if page {
            add("Link", header(Type::String, "`rel=\"next\"`: the next page; absent on the last."));
        }
        if conditional && (status == "200" || status == "304") {
            add("ETag", header(Type::String, "The version that was read, for `If-Match` and `If-None-Match`."));
        }
        if key && status.starts_with('2') {
            add("Idempotent-Replayed", header(Type::Boolean, "`true` when this answers a repetition."));
        }
    }
}

fn is_page(content: &RefOr<Content>) -> bool {
    let RefOr::T(Content { schema: Some(RefOr::Ref(reference)), .. }) = content else { return false };
    reference.ref_location.rsplit('/').next().is_some_and(|name| LISTS[..2].iter().any(|list| name.starts_with(list)))
}

fn operations(item: &mut PathItem) -> Vec<(&'static str, &mut Operation)> {
    let all = [
        ("get", item.get.as_mut()),
        ("post", item.post.as_mut()),
        ("put", item.put.as_mut()),
        ("patch", item.patch.as_mut()),
        ("delete", item.delete.as_mut()),
    ];
    all.into_iter().filter_map(|(method, operation)| Some((method, operation?))).collect()
}

fn each(item: &PathItem) -> Vec<(&'static str, &Operation)> {
    let all = [("get", &item.get), ("post", &item.post), ("put", &item.put), ("patch", &item.patch), ("delete", &item.delete)];
    all.into_iter().filter_map(|(method, operation)| Some((method, operation.as_ref()?))).collect()
}

/// Whether a content has an example, its own or its schema's.
fn has_example(content: &RefOr<Content>, components: &Components) -> bool {
    let RefOr::T(content) = content else { return true };
    if content.example.is_some() || !content.examples.is_empty() {
        return true;
    }
    let of = |schema: &Schema| match schema {
        Schema::Object(object) => object.example.is_some() || !object.examples.is_empty(),
        Schema::Array(array) => array.example.is_some() || !array.examples.is_empty(),
        _ => false,
    };
    match &content.schema {
        Some(RefOr::T(schema)) => of(schema),
        Some(RefOr::Ref(reference)) => {
            let name = reference.ref_location.rsplit('/').next().unwrap_or_default();
            matches!(components.schemas.get(name), Some(RefOr::T(schema)) if of(schema))
        }
        None => true,
    }
}
