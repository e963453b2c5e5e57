//! Which fields of an answer are always there? Those that may be null: what may be absent is never null.

use std::collections::BTreeSet;

use serde_json::Value;
use utoipa::openapi::schema::{Schema, SchemaType, Type};
use utoipa::openapi::{OpenApi, RefOr};

const SCHEMAS: &str = "#/components/schemas/";

/// Requires, in every schema that only answers use, the fields that may be null: an answer writes them always. Types that
/// bodies use are left as they are, for there a field that may be null may also be left out.
pub(super) fn require_nullable(document: &mut OpenApi) {
    let whole = serde_json::to_value(&*document).unwrap_or_default();
    let sent = sent(&whole);
    let Some(components) = &mut document.components else { return };
    for (name, schema) in &mut components.schemas {
        let RefOr::T(Schema::Object(object)) = schema else { continue };
        if sent.contains(name.as_str()) {
            continue;
        }
        let fields = object.properties.iter().filter(|(_, field)| nullable(field)).map(|(name, _)| name.clone());
        let missing: Vec<String> = fields.filter(|name| !object.required.contains(name)).collect();
        object.required.extend(missing);
    }
}

/// The names of the schemas that bodies and parameters use, directly or not.
fn sent(whole: &Value) -> BTreeSet<&str> {
    let operations = whole["paths"].as_object().into_iter().flat_map(|paths| paths.values()).filter_map(Value::as_object);
    let mut ahead: Vec<&Value> = operations
        .flat_map(|item| item.values())
        .flat_map(|operation| [operation.get("requestBody"), operation.get("parameters")])
        .flatten()
        .collect();
    let mut found = BTreeSet::new();
    while let Some(part) = ahead.pop() {
        match part {
            Value::Object(object) => {
                if let Some(name) = object.get("$ref").and_then(Value::as_str).and_then(|to| to.strip_prefix(SCHEMAS))
                    && found.insert(name)
                {
                    ahead.push(&whole["components"]["schemas"][name]);
                }
                ahead.extend(object.values());
            }
            Value::Array(items) => ahead.extend(items),
            _ => {}
        }
    }
    found
}

fn nullable(field: &RefOr<Schema>) -> bool {
    let null = |kind: &SchemaType| match kind {
        SchemaType::Type(kind) => *kind == Type::Null,
        SchemaType::Array(kinds) => kinds.contains(&Type::Null),
        SchemaType::AnyValue => false,
    };
    match field {
        RefOr::T(Schema::Object(object)) => null(&object.schema_type),
        RefOr::T(Schema::Array(array)) => null(&array.schema_type),
        RefOr::T(Schema::OneOf(one)) => one.items.iter().any(nullable),
        RefOr::T(Schema::AnyOf(any)) => any.items.iter().any(nullable),
        _ => false,
    }
}
