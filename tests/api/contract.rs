//! Is the committed contract the one this program keeps, and is it whole: words, examples and errors for every operation?

use std::collections::BTreeSet;

use jsonschema::Validator;
use serde_json::{Value, json};

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/openapi/openapi.json");

fn document() -> Value {
    serde_json::from_str(&ehc_casework::api::contract().unwrap()).unwrap()
}

/// An operation with its method and path.
struct Operation<'a> {
    name: String,
    path: &'a str,
    method: &'a str,
    it: &'a Value,
}

impl Operation<'_> {
    fn takes(&self, place: &str, name: Option<&str>) -> bool {
        let parameters = self.it["parameters"].as_array().into_iter().flatten();
        parameters.filter(|p| p["in"] == place).any(|p| name.is_none_or(|name| p["name"] == name))
    }

    fn needs_a_token(&self) -> bool {
        self.it["security"] != json!([{}]) && self.it["security"] != json!([])
    }
}

fn operations(document: &Value) -> Vec<Operation<'_>> {
    let mut all = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, it) in item.as_object().unwrap() {
            all.push(Operation { name: format!("{method} {path}"), path, method, it });
        }
    }
    assert!(all.len() > 40, "the contract has lost its operations");
    all
}

/// What a reference leads to; the value itself when it is none.
fn resolved<'a>(document: &'a Value, value: &'a Value) -> &'a Value {
    match value["$ref"].as_str() {
        Some(reference) => document.pointer(reference.strip_prefix('#').unwrap()).unwrap(),
        None => value,
    }
}

fn validator(document: &Value, schema: &Value) -> Validator {
    let schema = json!({"allOf": [schema], "components": document["components"]});
    jsonschema::options().should_validate_formats(true).should_ignore_unknown_formats(true).build(&schema).unwrap()
}

/// The examples of a content: its own, its named ones, or its schema's.
fn examples(document: &Value, content: &Value) -> Vec<Value> {
    let schema = resolved(document, &content["schema"]);
    let named = content["examples"].as_object().into_iter().flatten().map(|(_, named)| named["value"].clone());
    let own = [content.get("example"), schema.get("example")].into_iter().flatten().cloned();
    let of_schema = schema["examples"].as_array().into_iter().flatten().cloned();
    own.chain(named).chain(of_schema).collect()
}

#[test]
fn the_committed_file_is_what_this_program_says() {
    let committed = std::fs::read_to_string(FILE).unwrap();
    let current = ehc_casework::api::contract().unwrap();
    assert!(committed == current, "openapi/openapi.json is not what the code says; run: ehc openapi > openapi/openapi.json");
}

#[test]
fn it_is_openapi_3_1_with_a_title_a_licence_and_a_description() {
    let document = document();
    assert_eq!(document["openapi"], "3.1.0");
    assert_eq!(document["info"]["license"]["identifier"], "MIT");
    assert!(!document["info"]["description"].as_str().unwrap().is_empty());
}

#[test]
fn nothing_is_missing_from_it() {
    let (_, collected) = {
        use utoipa_actix_web::AppExt;
        actix_web::App::new().into_utoipa_app().configure(ehc_casework::api::routes).split_for_parts()
    };
    let missing = ehc_casework::api::openapi::incomplete(&ehc_casework::api::openapi::document(collected));
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn every_operation_has_a_summary_a_description_a_tag_and_an_id_of_its_own() {
    let document = document();
    let tags: BTreeSet<&str> = document["tags"].as_array().unwrap().iter().map(|tag| tag["name"].as_str().unwrap()).collect();
    let mut ids = BTreeSet::new();
    for operation in operations(&document) {
        let name = &operation.name;
        let text = |member: &str| operation.it[member].as_str().unwrap_or_default().trim().to_owned();
        assert!(text("summary").len() > 5, "{name}: summary");
        assert!(text("description").len() > 40, "{name}: description");
        assert!(ids.insert(text("operationId")) && !text("operationId").is_empty(), "{name}: operationId");
        let own = operation.it["tags"].as_array().unwrap();
        assert!(own.len() == 1 && tags.contains(own[0].as_str().unwrap()), "{name}: tag");
    }
}

#[test]
fn only_the_law_and_the_health_of_the_server_are_open_to_everybody() {
    let document = document();
    for operation in operations(&document) {
        let open = operation.path.starts_with("/v1/law/") || operation.path.starts_with("/health/");
        assert_eq!(operation.needs_a_token(), !open, "{}", operation.name);
    }
}

#[test]
fn every_operation_names_the_errors_that_can_come_back() {
    let document = document();
    for operation in operations(&document) {
        let responses = operation.it["responses"].as_object().unwrap();
        assert!(responses.keys().any(|status| status.starts_with('2')), "{}: no success", operation.name);
        let (key, version) = (operation.takes("header", Some("Idempotency-Key")), operation.takes("header", Some("If-Match")));
        let body = operation.it.get("requestBody").is_some();
        let mut expected = vec!["500"];
        if operation.needs_a_token() {
            expected.extend(["400", "401", "403", "503"]);
        }
        if operation.path.contains('{') {
            expected.push("404");
        }
        if body {
            expected.extend(["400", "413", "415", "422"]);
        }
        if key {
            expected.extend(["400", "409", "422"]);
        }
        if version {
            expected.extend(["412", "428"]);
        }
        if operation.takes("header", Some("If-None-Match")) {
            expected.push("304");
        }
        for status in expected {
            assert!(responses.contains_key(status), "{}: {status}", operation.name);
        }
        for (status, response) in responses.iter().filter(|(status, _)| status.as_str() >= "400") {
            let content = resolved(&document, response)["content"].as_object().unwrap();
            let kinds: Vec<&String> = content.keys().collect();
            assert_eq!(kinds, ["application/problem+json"], "{} {status}", operation.name);
            assert_eq!(content["application/problem+json"]["schema"]["$ref"], "#/components/schemas/Problem");
        }
    }
}

#[test]
fn whatever_creates_takes_a_key() {
    let document = document();
    for operation in operations(&document).iter().filter(|o| o.method == "post" && o.needs_a_token()) {
        // A search only looks for something, and what is only composed is not kept.
        let creates = !["/search", "-preview"].iter().any(|end| operation.path.ends_with(end));
        assert_eq!(operation.takes("header", Some("Idempotency-Key")), creates, "{}", operation.name);
    }
}

#[test]
fn every_example_of_a_body_or_an_answer_keeps_its_own_schema() {
    let document = document();
    let mut checked = 0;
    let mut check = |name: &str, content: &Value| {
        let validator = validator(&document, &content["schema"]);
        let examples = examples(&document, content);
        assert!(!examples.is_empty(), "{name}: no example");
        for example in examples {
            let wrong: Vec<String> = validator.iter_errors(&example).map(|e| format!("{} {e}", e.instance_path())).collect();
            assert!(wrong.is_empty(), "{name}: {wrong:?}");
            checked += 1;
        }
    };
    for operation in operations(&document) {
        for (_, content) in operation.it["requestBody"]["content"].as_object().into_iter().flatten() {
            check(&operation.name, content);
        }
        for (status, response) in operation.it["responses"].as_object().unwrap() {
            let contents = resolved(&document, response)["content"].as_object().into_iter().flatten();
            contents.for_each(|(_, content)| check(&format!("{} {status}", operation.name), content));
        }
    }
    assert!(checked > 100, "only {checked} examples");
}

#[test]
fn every_object_that_is_sent_refuses_unknown_fields() {
    let document = document();
    let schemas = document["components"]["schemas"].as_object().unwrap();
    let mut open = Vec::new();
    let mut seen = BTreeSet::new();
    let mut ahead: Vec<&Value> =
        operations(&document).iter().map(|o| &o.it["requestBody"]).filter(|body| !body.is_null()).collect();
    while let Some(part) = ahead.pop() {
        match part {
            Value::Object(object) => {
                if let Some(name) = part["$ref"].as_str().and_then(|r| r.strip_prefix("#/components/schemas/"))
                    && seen.insert(name)
                {
                    ahead.push(&schemas[name]);
                    if schemas[name].get("properties").is_some() && schemas[name]["additionalProperties"] != json!(false) {
                        open.push(name);
                    }
                }
                ahead.extend(object.values());
            }
            Value::Array(items) => ahead.extend(items),
            _ => {}
        }
    }
    assert!(open.is_empty(), "unknown fields pass in {open:?}");
    assert!(seen.len() > 20, "only {seen:?}");
}

#[test]
fn no_field_is_without_a_type() {
    let document = document();
    let mut loose = Vec::new();
    let mut ahead = vec![("".to_owned(), &document["components"]["schemas"])];
    while let Some((at, part)) = ahead.pop() {
        let fields = part["properties"].as_object().into_iter().flatten();
        for (name, field) in fields {
            let open = field["type"] == "object" && ["properties", "additionalProperties"].iter().all(|key| field[key].is_null());
            let typed = ["type", "$ref", "oneOf", "allOf", "enum"].iter().any(|key| !field[key].is_null());
            let number = field["type"].as_str().is_some_and(|kind| kind == "integer" || kind == "number");
            if open || !typed || (number && field["format"].is_null()) {
                loose.push(format!("{at}/{name}"));
            }
        }
        if let Some(object) = part.as_object() {
            ahead.extend(object.iter().map(|(name, part)| (format!("{at}/{name}"), part)));
        }
    }
    assert!(loose.is_empty(), "{loose:?}");
}

#[test]
fn what_an_answer_may_leave_out_is_never_null() {
    let document = document();
    let schemas = document["components"]["schemas"].as_object().unwrap();
    let bodies: String = operations(&document).iter().map(|operation| operation.it["requestBody"].to_string()).collect();
    let null = |field: &Value| {
        let kinds = field["type"].as_array().is_some_and(|kinds| kinds.contains(&json!("null")));
        kinds || field["oneOf"].as_array().is_some_and(|shapes| shapes.iter().any(|shape| shape["type"] == "null"))
    };
    let mut unclear = Vec::new();
    let mut nullable = 0;
    for (name, schema) in schemas.iter().filter(|(_, schema)| schema["additionalProperties"] != json!(false)) {
        assert!(!bodies.contains(&format!("/{name}\"")), "{name} is sent, and open");
        for (field, _) in schema["properties"].as_object().into_iter().flatten().filter(|(_, of)| null(of)) {
            nullable += 1;
            if !schema["required"].as_array().is_some_and(|required| required.contains(&json!(field))) {
                unclear.push(format!("{name}.{field}"));
            }
        }
    }
    assert!(unclear.is_empty(), "{unclear:?}");
    assert!(nullable > 30, "only {nullable} fields that may be null");
}
