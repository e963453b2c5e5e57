//! Is the whole contract complete, and true of itself?

use serde_json::{Map, Value};
use utoipa::openapi::OpenApi;

use super::body::Schema;
use super::{contract, openapi};

fn document() -> Value {
    serde_json::from_str(&contract().unwrap()).unwrap()
}

#[test]
fn the_contract_owes_its_readers_nothing() {
    let document: OpenApi = serde_json::from_value(document()).unwrap();
    let missing = openapi::incomplete(&document);
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

/// Each media type of the document, with where it stands.
fn contents(document: &Value) -> Vec<(String, &Value)> {
    let mut found = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let of_body = operation["requestBody"]["content"].as_object().into_iter().flatten();
            found.extend(of_body.map(|(_, content)| (format!("{method} {path}: body"), content)));
            for (status, response) in operation["responses"].as_object().unwrap() {
                let of_response = response["content"].as_object().into_iter().flatten();
                found.extend(of_response.map(|(_, content)| (format!("{method} {path}: {status}"), content)));
            }
        }
    }
    found
}

#[test]
fn every_example_keeps_the_schema_it_is_shown_with() {
    let document = document();
    let components = document["components"]["schemas"].as_object().unwrap();
    let mut wrong = Vec::new();
    let mut told = 0;
    for (place, content) in contents(&document) {
        let Some(name) = content["schema"]["$ref"].as_str().and_then(|r| r.rsplit('/').next()) else { continue };
        let schema = Schema::of_components(name, components.clone()).unwrap();
        let own = &components[name];
        let examples = [&content["example"], &own["example"]].into_iter().chain(own["examples"].as_array().into_iter().flatten());
        for example in examples.filter(|example| !example.is_null()) {
            told += 1;
            wrong.extend(schema.errors(example).into_iter().map(|error| format!("{place}: {} {}", error.pointer, error.detail)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(told > 60, "{told} examples");
}

/// Texts in a schema that nothing bounds.
fn unbounded(at: &str, schema: &Value, components: &Map<String, Value>, found: &mut Vec<String>) {
    let bounded = ["maxLength", "format", "enum", "const", "pattern"].iter().any(|bound| schema.get(bound).is_some());
    let text = schema["type"] == "string" || schema["type"].as_array().is_some_and(|types| types.contains(&"string".into()));
    if text && !bounded {
        found.push(at.to_owned());
    }
    if let Some(name) = schema["$ref"].as_str().and_then(|reference| reference.rsplit('/').next()) {
        unbounded(&format!("{at}>{name}"), &components[name], components, found);
    }
    for (name, property) in schema["properties"].as_object().into_iter().flatten() {
        unbounded(&format!("{at}/{name}"), property, components, found);
    }
    for part in ["oneOf", "anyOf", "allOf"] {
        for schema in schema[part].as_array().into_iter().flatten() {
            unbounded(at, schema, components, found);
        }
    }
    for (part, step) in [("items", "[]"), ("additionalProperties", "/*")] {
        if schema[part].is_object() {
            unbounded(&format!("{at}{step}"), &schema[part], components, found);
        }
    }
}

#[test]
fn every_text_that_can_be_sent_has_a_bound() {
    let document = document();
    let components = document["components"]["schemas"].as_object().unwrap();
    let mut found = Vec::new();
    for (place, content) in contents(&document).into_iter().filter(|(place, _)| place.ends_with(": body")) {
        unbounded(&place, &content["schema"], components, &mut found);
    }
    for (path, item) in document["paths"].as_object().unwrap() {
        for operation in item.as_object().unwrap().values() {
            // A tag that cannot be ours is passed over, never refused (RFC 9110 §13.1.2): the head's own bound is its bound.
            let passed_over = |parameter: &&Value| parameter["name"] == "If-None-Match";
            for parameter in operation["parameters"].as_array().into_iter().flatten().filter(|p| !passed_over(p)) {
                unbounded(&format!("{path} ?{}", parameter["name"]), &parameter["schema"], components, &mut found);
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}
