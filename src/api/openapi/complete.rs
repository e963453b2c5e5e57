//! What the contract still owes its readers.

use std::collections::BTreeSet;

use serde_json::Value;
use utoipa::openapi::path::Operation;
use utoipa::openapi::response::Response;
use utoipa::openapi::{Components, OpenApi, RefOr};

use super::{TAGS, each, has_example};
use crate::api::body::Schema;

/// Everything missing: operations without summary, description, known tag, own id or examples; parameters without a
/// description; references to nothing; schemas that cannot be checked. Empty when the contract is complete.
pub fn incomplete(document: &OpenApi) -> Vec<String> {
    let nothing = Components::default();
    let components = document.components.as_ref().unwrap_or(&nothing);
    let mut missing = Vec::new();
    let mut ids = BTreeSet::new();
    for (path, item) in &document.paths.paths {
        for (method, operation) in each(item) {
            let mut lacks = |what: String| missing.push(format!("{method} {path}: {what}"));
            if !ids.insert(operation.operation_id.clone()) {
                lacks("an operationId of its own".into());
            }
            of_operation(operation, components, &mut lacks);
        }
    }
    let whole = serde_json::to_value(document).unwrap_or_default();
    dangling(&whole, &whole, &mut missing);
    let schemas = whole["components"]["schemas"].as_object().cloned().unwrap_or_default();
    for name in schemas.keys() {
        if let Err(why) = Schema::of_components(name, schemas.clone()) {
            missing.push(format!("schema {name}: {why}"));
        }
    }
    missing
}

fn of_operation(operation: &Operation, components: &Components, lacks: &mut impl FnMut(String)) {
    let blank = |text: &Option<String>| text.as_deref().unwrap_or_default().trim().is_empty();
    if blank(&operation.summary) {
        lacks("summary".into());
    }
    if blank(&operation.description) {
        lacks("description".into());
    }
    let tags = operation.tags.as_deref().unwrap_or_default();
    if tags.is_empty() || tags.iter().any(|tag| TAGS.iter().all(|(known, _)| known != tag)) {
        lacks("one of the known tags".into());
    }
    for parameter in operation.parameters.iter().flatten() {
        if let RefOr::T(parameter) = parameter {
            if blank(&parameter.description) {
                lacks(format!("description of {}", parameter.name));
            }
            if let Some(RefOr::Ref(reference)) = &parameter.schema {
                lacks(format!("inline schema of {} instead of {}", parameter.name, reference.ref_location));
            }
        }
    }
    if let Some(RefOr::T(body)) = &operation.request_body
        && body.content.values().any(|content| !has_example(content, components))
    {
        lacks("example of the request's body".into());
    }
    let mut succeeds = false;
    for (status, response) in &operation.responses.responses {
        if status.starts_with('2') {
            succeeds = true;
            if let RefOr::T(Response { content, .. }) = response
                && content.values().any(|content| !has_example(content, components))
            {
                lacks(format!("example of the {status} answer"));
            }
        }
    }
    if !succeeds {
        lacks("answer of success".into());
    }
    if !operation.responses.responses.keys().any(|status| status.starts_with('4')) {
        lacks("answer to a request that is wrong".into());
    }
}

/// References that lead to nothing in the document.
fn dangling(part: &Value, whole: &Value, missing: &mut Vec<String>) {
    match part {
        Value::Object(object) => {
            if let Some(reference) = object.get("$ref").and_then(Value::as_str)
                && reference.strip_prefix('#').and_then(|pointer| whole.pointer(pointer)).is_none()
            {
                missing.push(format!("what {reference} refers to"));
            }
            object.values().for_each(|part| dangling(part, whole, missing));
        }
        Value::Array(items) => items.iter().for_each(|part| dangling(part, whole, missing)),
        _ => {}
    }
}
