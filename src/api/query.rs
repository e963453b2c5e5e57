//! What a query string must be: every parameter known, once, and as the contract publishes it.

use std::any::TypeId;
use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest, web};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};
use utoipa::IntoParams;
use utoipa::openapi::Required;
use utoipa::openapi::path::{Parameter, ParameterIn};

use super::body::{Schema, kept};
use super::limits::{ECHOED_NAME_CHARS, ERRORS_TOLD};
use super::problem::{Code, Problem};
use crate::service::FieldError;

/// A query string that keeps every rule its published parameters state.
///
/// `T` derives `Deserialize` and `IntoParams` with `#[serde(rename_all = "camelCase", deny_unknown_fields)]` and
/// `#[into_params(parameter_in = Query)]`. A parameter of a type with its own schema is marked `#[param(inline)]`.
/// A parameter that holds a list is repeated: `?stage=a&stage=b`.
///
/// # Errors
/// 400 with every broken rule; a pointer is `?` and the parameter's name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ValidQuery<T>(pub T);

impl<T: DeserializeOwned + IntoParams + 'static> FromRequest for ValidQuery<T> {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(checked(req.query_string()))
    }
}

/// The parameters of an operation that takes none.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct NoParameters {}

/// The query string of an operation that takes no parameters.
///
/// # Errors
/// 400 with every parameter that was sent.
pub fn must_be_empty(query: &str) -> Result<(), Problem> {
    checked::<NoParameters>(query).map(drop)
}

fn checked<T: DeserializeOwned + IntoParams + 'static>(query: &str) -> Result<ValidQuery<T>, Problem> {
    let invalid = |errors| Problem::of_fields(Code::InvalidParameters, errors);
    let parameters = published::<T>()?;
    let pairs = web::Query::<Vec<(String, String)>>::from_query(query).map_err(|_| Problem::new(Code::InvalidParameters))?;
    let (value, mut errors) = gathered(pairs.into_inner(), &parameters);
    let schema = kept(TypeId::of::<ValidQuery<T>>(), || Schema::new(object(&parameters)))?;
    errors.extend(schema.errors(&value).into_iter().map(|error| FieldError { pointer: parameter(&error.pointer), ..error }));
    errors.truncate(ERRORS_TOLD);
    if !errors.is_empty() {
        return Err(invalid(errors));
    }
    serde_json::from_value(value).map(ValidQuery).map_err(|_| {
        invalid(vec![FieldError::new("?", "invalid", "Holds a value that cannot be taken, although its shape is right.")])
    })
}

/// The name and schema of each parameter, and whether it is required.
fn published<T: IntoParams>() -> Result<Vec<(String, Value, bool)>, Problem> {
    let of_query = |parameter: &Parameter| parameter.parameter_in == ParameterIn::Query;
    T::into_params(|| Some(ParameterIn::Query))
        .into_iter()
        .filter(of_query)
        .map(|parameter| {
            let schema = serde_json::to_value(&parameter.schema).map_err(Problem::unexpected)?;
            Ok((parameter.name, schema, parameter.required == Required::True))
        })
        .collect()
}

fn object(parameters: &[(String, Value, bool)]) -> Value {
    let properties: Map<String, Value> = parameters.iter().map(|(name, schema, _)| (name.clone(), schema.clone())).collect();
    let required: Vec<&str> = parameters.iter().filter(|(.., required)| *required).map(|(name, ..)| name.as_str()).collect();
    json!({ "type": "object", "properties": properties, "required": required, "additionalProperties": false })
}

/// The parameters as one JSON object, each text taken for what its schema says it is.
fn gathered(pairs: Vec<(String, String)>, parameters: &[(String, Value, bool)]) -> (Value, Vec<FieldError>) {
    let mut object = Map::new();
    let mut errors = Vec::new();
    for (name, text) in pairs {
        if text.chars().any(char::is_control) {
            errors.push(FieldError::new(parameter(&name), "control_character", "Must hold no control characters."));
        }
        let schema = parameters.iter().find(|(known, ..)| *known == name).map_or(&Value::Null, |(_, schema, _)| schema);
        let list = types(schema).contains(&"array");
        match object.get_mut(&name) {
            None if list => {
                object.insert(name, Value::Array(vec![typed(text, &schema["items"])]));
            }
            None => {
                object.insert(name, typed(text, schema));
            }
            Some(Value::Array(items)) => items.push(typed(text, &schema["items"])),
            Some(_) => errors.push(FieldError::new(parameter(&name), "duplicate_key", "Must be sent once.")),
        }
    }
    (Value::Object(object), errors)
}

fn typed(text: String, schema: &Value) -> Value {
    let types = types(schema);
    let number = types.contains(&"integer").then(|| text.parse::<i64>().ok()).flatten().map(Value::from);
    let fraction = || types.contains(&"number").then(|| text.parse::<f64>().ok()).flatten().map(Value::from);
    let truth = || types.contains(&"boolean").then(|| text.parse::<bool>().ok()).flatten().map(Value::from);
    number.or_else(fraction).or_else(truth).unwrap_or(Value::String(text))
}

/// The JSON types a schema names, also through its alternatives.
fn types(schema: &Value) -> Vec<&str> {
    let mut found: Vec<&str> = match &schema["type"] {
        Value::String(one) => vec![one.as_str()],
        Value::Array(several) => several.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    for keyword in ["oneOf", "anyOf", "allOf"] {
        found.extend(schema[keyword].as_array().into_iter().flatten().flat_map(types));
    }
    found
}

/// `?name` from a name or from a JSON pointer into the gathered object.
fn parameter(pointer: &str) -> String {
    let name = pointer.trim_start_matches('/').split('/').next().unwrap_or_default();
    let short: String = name.chars().take(ECHOED_NAME_CHARS).collect();
    format!("?{}", short.replace("~1", "/").replace("~0", "~"))
}

#[cfg(test)]
mod tests {
    use actix_web::ResponseError;
    use chrono::NaiveDate;
    use utoipa::ToSchema;

    use crate::api::page::{Cursor, Limit};

    use super::*;

    #[derive(Debug, PartialEq, Deserialize, IntoParams)]
    #[serde(rename_all = "camelCase", deny_unknown_fields)]
    #[into_params(parameter_in = Query)]
    struct ListCases {
        #[param(inline)]
        stage: Option<Stage>,
        #[serde(default)]
        #[param(inline)]
        also: Vec<Stage>,
        due_before: Option<NaiveDate>,
        mine: Option<bool>,
        #[serde(default)]
        #[param(inline)]
        limit: Limit,
        #[param(inline)]
        cursor: Option<Cursor>,
    }

    #[derive(Debug, PartialEq, Deserialize, ToSchema)]
    #[serde(rename_all = "snake_case")]
    enum Stage {
        Requested,
        DraftPlan,
    }

    fn taken(query: &str) -> ListCases {
        checked(query).unwrap().0
    }

    fn told(query: &str) -> Vec<(String, &'static str)> {
        let problem = checked::<ListCases>(query).unwrap_err();
        assert_eq!((problem.status_code().as_u16(), problem.code()), (400, Code::InvalidParameters));
        assert!(problem.body().errors.iter().all(|error| !error.detail.contains("canary")));
        problem.body().errors.iter().map(|error| (error.pointer.clone(), error.code)).collect()
    }

    fn at(pointer: &str, code: &'static str) -> (String, &'static str) {
        (pointer.to_owned(), code)
    }

    #[test]
    fn what_is_not_sent_has_its_default() {
        let none = taken("");
        assert_eq!((none.limit.rows(), none.stage, none.also.len()), (25, None, 0));
    }

    #[test]
    fn every_parameter_is_taken_for_what_its_schema_says() {
        let all = taken("stage=draft_plan&also=requested&also=draft_plan&dueBefore=2024-02-29&mine=true&limit=200&cursor=YWJj");
        assert_eq!((all.stage, all.also), (Some(Stage::DraftPlan), vec![Stage::Requested, Stage::DraftPlan]));
        assert_eq!((all.due_before, all.mine, all.limit.rows()), (NaiveDate::from_ymd_opt(2024, 2, 29), Some(true), 200));
    }

    #[test]
    fn every_broken_rule_is_told_at_once() {
        let mut found =
            told("stage=canary&dueBefore=2025-02-29&mine=canary&limit=201&cursor=%3D&colour=canary&limit=3&also=x%00");
        found.sort();
        let expected = [
            at("?also", "control_character"),
            at("?also", "enum"),
            at("?colour", "unknown_field"),
            at("?cursor", "pattern"),
            at("?dueBefore", "format"),
            at("?limit", "duplicate_key"),
            at("?limit", "maximum"),
            at("?mine", "type"),
            at("?stage", "enum"),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn a_page_has_1_to_200_rows() {
        assert_eq!(taken("limit=1").limit.rows(), 1);
        assert_eq!(told("limit=0"), [at("?limit", "minimum")]);
        assert_eq!(told("limit=ten"), [at("?limit", "type")]);
        assert_eq!(told("limit="), [at("?limit", "type")]);
    }

    #[test]
    fn a_name_with_a_slash_is_told_as_it_was_sent() {
        assert_eq!(told("a%2Fb=1"), [at("?a/b", "unknown_field")]);
    }
}
