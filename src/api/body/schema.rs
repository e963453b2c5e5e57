//! What breaks a published schema, all at once, each in words that never repeat a value.

use chrono::NaiveDate;
use jsonschema::error::{TypeKind, ValidationErrorKind as Kind};
use jsonschema::{Draft, JsonType, ValidationError, Validator};
use serde_json::{Map, Value, json};

use super::identifier;
use super::json::step;
use crate::api::limits::ERRORS_TOLD;
use crate::service::FieldError;

/// A schema made ready for checking. Building one costs milliseconds: build once and keep it.
pub struct Schema(Validator);

impl Schema {
    /// The schema named `root` among OpenAPI components.
    ///
    /// # Errors
    /// When a component refers to one that is not among them, or is no schema: the program's fault, in words.
    pub fn of_components(root: &str, components: Map<String, Value>) -> Result<Self, String> {
        Self::new(json!({ "$ref": format!("#/components/schemas/{root}"), "components": { "schemas": components } }))
    }

    /// A schema that stands by itself.
    ///
    /// # Errors
    /// When it is no schema: the program's fault, in words.
    pub fn new(mut schema: Value) -> Result<Self, String> {
        bound_integers(&mut schema);
        identifier::known_to(jsonschema::options())
            .with_draft(Draft::Draft202012)
            .should_validate_formats(true)
            .should_ignore_unknown_formats(true)
            .with_format("date", is_day)
            .build(&schema)
            .map(Self)
            .map_err(|error| error.to_string())
    }

    /// Everything that breaks the schema, in the order of its pointers.
    pub fn errors(&self, value: &Value) -> Vec<FieldError> {
        let mut found: Vec<Found> = Vec::new();
        for error in self.0.iter_errors(value).take(ERRORS_TOLD) {
            explain(&error, &mut found);
        }
        let mut errors: Vec<FieldError> = found.into_iter().map(Found::told).collect();
        errors.sort_by(|a, b| (&a.pointer, a.code).cmp(&(&b.pointer, b.code)));
        errors.dedup();
        // A format says what is wrong; that its pattern does not fit either adds nothing.
        let told: Vec<String> = errors.iter().filter(|e| e.code != "pattern").map(|e| e.pointer.clone()).collect();
        errors.retain(|error| error.code != "pattern" || !told.contains(&error.pointer));
        errors
    }
}

/// A day as YYYY-MM-DD. There was no year 0, and PostgreSQL knows none.
fn is_day(text: &str) -> bool {
    let shaped = text.len() == 10
        && text.bytes().enumerate().all(|(at, byte)| if matches!(at, 4 | 7) { byte == b'-' } else { byte.is_ascii_digit() });
    shaped && !text.starts_with("0000") && text.parse::<NaiveDate>().is_ok()
}

/// `format: int32` and `int64` bound a number, although JSON Schema itself takes a format of numbers for a remark.
fn bound_integers(schema: &mut Value) {
    match schema {
        Value::Object(object) => {
            let bounds = match object.get("format").and_then(Value::as_str) {
                Some("int32") => Some((json!(i32::MIN), json!(i32::MAX))),
                Some("int64") => Some((json!(i64::MIN), json!(i64::MAX))),
                _ => None,
            };
            if let Some((least, most)) = bounds {
                object.entry("minimum").or_insert(least);
                object.entry("maximum").or_insert(most);
            }
            object.values_mut().for_each(bound_integers);
        }
        Value::Array(items) => items.iter_mut().for_each(bound_integers),
        _ => {}
    }
}

/// One broken rule before it is put into words.
struct Found {
    pointer: String,
    code: &'static str,
    detail: String,
    /// The permitted values, for `enum`.
    options: Vec<Value>,
}

impl Found {
    fn told(self) -> FieldError {
        let detail = match self.options.as_slice() {
            [] => self.detail,
            options => format!("Must be {}.", either(options.iter().map(word))),
        };
        FieldError::new(self.pointer, self.code, detail)
    }
}

fn word(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn either(words: impl Iterator<Item = String>) -> String {
    let words: Vec<String> = words.collect();
    match words.as_slice() {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}

fn explain(error: &ValidationError<'_>, out: &mut Vec<Found>) {
    let pointer = error.instance_path().as_str();
    let mut add = |pointer: String, code, detail: String| out.push(Found { pointer, code, detail, options: Vec::new() });
    let mut here = |code, detail: String| add(pointer.to_owned(), code, detail);
    match error.kind() {
        Kind::Required { property } => add(step(pointer, &word(property)), "required", "Is required.".into()),
        Kind::AdditionalProperties { unexpected } | Kind::UnevaluatedProperties { unexpected } => {
            for name in unexpected {
                add(step(pointer, name), "unknown_field", "Is not a field of this object.".into());
            }
        }
        Kind::Type { kind } => here("type", format!("Must be {}.", either(types(kind).into_iter().map(type_word)))),
        Kind::Format { format } => match error.instance().as_str().and_then(|text| identifier::broken_rule(format, text)) {
            Some(rule) => here(rule.code(), rule.words().to_owned()),
            None => here("format", format_words(format)),
        },
        Kind::Pattern { pattern } => here("pattern", format!("Must match {pattern}.")),
        Kind::MinLength { limit } => here("too_short", format!("Must be at least {limit} characters long.")),
        Kind::MaxLength { limit } => here("too_long", format!("Must be at most {limit} characters long.")),
        Kind::MinItems { limit } => here("too_few", format!("Must have at least {limit} items.")),
        Kind::MaxItems { limit } => here("too_many", format!("Must have at most {limit} items.")),
        Kind::MinProperties { limit } => here("too_few", format!("Must have at least {limit} fields.")),
        Kind::MaxProperties { limit } => here("too_many", format!("Must have at most {limit} fields.")),
        Kind::Minimum { limit } => here("minimum", format!("Must be {limit} or more.")),
        Kind::Maximum { limit } => here("maximum", format!("Must be {limit} or less.")),
        Kind::ExclusiveMinimum { limit } => here("minimum", format!("Must be more than {limit}.")),
        Kind::ExclusiveMaximum { limit } => here("maximum", format!("Must be less than {limit}.")),
        Kind::MultipleOf { multiple_of } => here("multiple_of", format!("Must be a multiple of {multiple_of}.")),
        Kind::UniqueItems => here("repeated_item", "Must not hold the same item twice.".into()),
        Kind::Enum { options } => {
            let options = options.as_array().cloned().unwrap_or_default();
            out.push(Found { pointer: pointer.to_owned(), code: "enum", detail: String::new(), options });
        }
        Kind::Constant { expected_value } => {
            let options = vec![expected_value.as_ref().clone()];
            out.push(Found { pointer: pointer.to_owned(), code: "enum", detail: String::new(), options });
        }
        Kind::OneOfNotValid { context } | Kind::AnyOf { context } => alternatives(pointer, context, out),
        Kind::OneOfMultipleValid { .. } => here("ambiguous", "Fits more than one of the permitted shapes.".into()),
        _ => here("invalid", "Does not fit the published schema.".into()),
    }
}

/// None of several shapes fits: tells what the intended one lacks, where that can be known.
fn alternatives(pointer: &str, context: &[Vec<ValidationError<'static>>], out: &mut Vec<Found>) {
    let other_type = |errors: &[ValidationError<'_>]| {
        errors.iter().any(|error| matches!(error.kind(), Kind::Type { .. }) && error.instance_path().as_str() == pointer)
    };
    let only_null = |errors: &[ValidationError<'_>]| {
        errors.iter().any(|error| matches!(error.kind(), Kind::Type { kind } if types(kind) == [JsonType::Null]))
    };
    let mut meant: Vec<&Vec<ValidationError<'static>>> = context.iter().filter(|errors| !other_type(errors)).collect();
    if meant.is_empty() {
        meant = context.iter().filter(|errors| !only_null(errors)).take(1).collect();
    }
    let mut shapes: Vec<Vec<Found>> = meant
        .into_iter()
        .map(|errors| {
            let mut found = Vec::new();
            errors.iter().for_each(|error| explain(error, &mut found));
            found
        })
        .collect();
    if shapes.iter().any(|found| names_its_shape(found)) {
        shapes.retain(|found| names_its_shape(found));
    }
    let Some((first, others)) = shapes.split_first() else {
        out.push(Found {
            pointer: pointer.to_owned(),
            code: "invalid",
            detail: "Does not fit the published schema.".into(),
            options: vec![],
        });
        return;
    };
    let same = |a: &Found, b: &Found| a.pointer == b.pointer && a.code == b.code;
    let shared: Vec<Found> = first
        .iter()
        .filter(|found| others.iter().all(|other| other.iter().any(|theirs| same(found, theirs))))
        .map(|found| Found {
            pointer: found.pointer.clone(),
            code: found.code,
            detail: found.detail.clone(),
            options: shapes
                .iter()
                .flatten()
                .filter(|theirs| same(found, theirs))
                .flat_map(|theirs| theirs.options.clone())
                .collect(),
        })
        .collect();
    if !shared.is_empty() {
        out.extend(shared);
    } else if let Some(nearest) = shapes.into_iter().min_by_key(|found| (unknown_fields(found), found.len())) {
        out.extend(nearest);
    }
}

/// A field that a shape does not know says more against it than one that is missing.
fn unknown_fields(found: &[Found]) -> usize {
    found.iter().filter(|found| found.code == "unknown_field").count()
}

/// Whether the value says which shape it means to have: none of the fixed words of the shape is broken.
fn names_its_shape(found: &[Found]) -> bool {
    found.iter().all(|found| found.options.len() != 1)
}

fn types(kind: &TypeKind) -> Vec<JsonType> {
    match kind {
        TypeKind::Single(only) => vec![*only],
        TypeKind::Multiple(several) => several.iter().collect(),
    }
}

fn type_word(kind: JsonType) -> String {
    match kind {
        JsonType::Array => "an array",
        JsonType::Boolean => "true or false",
        JsonType::Integer => "a whole number",
        JsonType::Null => "null",
        JsonType::Number => "a number",
        JsonType::Object => "an object",
        JsonType::String => "a string",
    }
    .to_owned()
}

fn format_words(format: &str) -> String {
    match format {
        "date" => "Must be a day that exists, as YYYY-MM-DD.".into(),
        "date-time" => "Must be an instant as 2026-01-05T09:30:00Z.".into(),
        "uuid" => "Must be a UUID.".into(),
        other => format!("Must be a valid {other}."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(schema: Value, value: Value) -> Vec<(String, &'static str)> {
        Schema::new(schema).unwrap().errors(&value).into_iter().map(|error| (error.pointer, error.code)).collect()
    }

    fn one(schema: Value, value: Value) -> (String, &'static str) {
        let told = told(schema, value);
        assert_eq!(told.len(), 1, "{told:?}");
        told.into_iter().next().unwrap()
    }

    #[test]
    fn each_rule_has_its_code() {
        for (schema, value, code) in [
            (json!({"type": "string"}), json!(1), "type"),
            (json!({"type": ["string", "null"]}), json!(1), "type"),
            (json!({"format": "date"}), json!("2025-02-29"), "format"),
            (json!({"format": "date-time"}), json!("2025-02-28"), "format"),
            (json!({"format": "uuid"}), json!("x"), "format"),
            (json!({"pattern": "^a$"}), json!("b"), "pattern"),
            (json!({"minLength": 2}), json!("b"), "too_short"),
            (json!({"maxLength": 2}), json!("bbb"), "too_long"),
            (json!({"minItems": 1}), json!([]), "too_few"),
            (json!({"maxItems": 1}), json!([1, 2]), "too_many"),
            (json!({"uniqueItems": true}), json!([1, 1]), "repeated_item"),
            (json!({"minimum": 1}), json!(0), "minimum"),
            (json!({"exclusiveMaximum": 1}), json!(1), "maximum"),
            (json!({"multipleOf": 2}), json!(1), "multiple_of"),
            (json!({"enum": ["a", "b"]}), json!("c"), "enum"),
            (json!({"const": "a"}), json!("c"), "enum"),
            (json!({"not": {}}), json!("c"), "invalid"),
            (json!({"type": "integer", "format": "int32"}), json!(3_000_000_000_i64), "maximum"),
            (json!({"type": "integer", "format": "int64"}), json!(1e30), "maximum"),
        ] {
            assert_eq!(one(schema.clone(), value), (String::new(), code), "{schema}");
        }
    }

    #[test]
    fn a_day_is_ten_characters_that_name_one_that_exists() {
        let wrong = |text: &str| !told(json!({"format": "date"}), json!(text)).is_empty();
        assert!(["2024-02-29", "0001-01-01", "9999-12-31"].into_iter().all(|text| !wrong(text)));
        for text in [
            "2025-02-29",
            "0000-01-01",
            "2026-1-01",
            "+2026-1-01",
            "2026-01-5",
            "2026/01/05",
            "2026-01-05T",
            "\u{663}026-01-5",
            "",
        ] {
            assert!(wrong(text), "{text}");
        }
    }

    #[test]
    fn an_identifier_is_told_by_the_rule_it_breaks_and_not_by_its_pattern_as_well() {
        let upn = |text: &str| told(json!({"format": "upn", "pattern": "^[A-Z][0-9]{12}$"}), json!(text));
        assert_eq!(upn("H311400125001"), []);
        assert_eq!(upn("A311400125001"), [(String::new(), "upn_check_letter")]);
        assert_eq!(upn("A3114"), [(String::new(), "upn_length")]);
        assert_eq!(told(json!({"format": "uln"}), json!("1000000009")), [(String::new(), "uln_check_digit")]);
        assert_eq!(told(json!({"format": "postcode"}), json!("NOT A CODE")), [(String::new(), "postcode_format")]);
    }

    #[test]
    fn everything_is_told_at_once_by_pointer() {
        let schema = json!({
            "type": "object", "additionalProperties": false, "required": ["a", "b"],
            "properties": {"a": {"type": "string"}, "b": {"type": "string"}, "c": {"items": {"maxLength": 1}}}
        });
        let found = told(schema, json!({"a": 1, "c": ["x", "yy"], "d/e": 1, "f": 2}));
        let expected =
            [("/a", "type"), ("/b", "required"), ("/c/1", "too_long"), ("/d~1e", "unknown_field"), ("/f", "unknown_field")];
        assert_eq!(found, expected.map(|(pointer, code)| (pointer.to_owned(), code)));
    }

    #[test]
    fn words_never_repeat_a_value() {
        let schema =
            json!({"items": {"oneOf": [{"type": "null"}, {"type": "string", "maxLength": 2, "pattern": "^a", "enum": ["a"]}]}});
        let errors = Schema::new(schema).unwrap().errors(&json!(["canary", "canary@example.org", {"canary": 1}, 31415]));
        assert!(errors.len() >= 4);
        assert!(errors.iter().all(|error| !error.detail.contains("canary") && !error.detail.contains("31415")), "{errors:?}");
    }

    #[test]
    fn something_nullable_is_told_as_if_it_were_not() {
        let schema = json!({"oneOf": [{"type": "null"}, {"type": "object", "required": ["a"]}]});
        assert_eq!(one(schema.clone(), json!({})), ("/a".to_owned(), "required"));
        let wrong = Schema::new(schema).unwrap().errors(&json!("x"));
        assert_eq!((wrong[0].code, wrong[0].detail.as_str()), ("type", "Must be an object."));
    }

    fn tagged() -> Value {
        let shape = |tag: &str, field: &str| {
            json!({
                "type": "object", "required": ["kind", field], "additionalProperties": false,
                "properties": {"kind": {"type": "string", "enum": [tag]}, field: {"type": "string"}}
            })
        };
        json!({"oneOf": [shape("named", "urn"), shape("typed", "type")]})
    }

    #[test]
    fn of_several_shapes_the_one_that_was_meant_is_told() {
        assert_eq!(told(tagged(), json!({"kind": "typed"})), [("/type".to_owned(), "required")]);
        assert_eq!(told(tagged(), json!({"kind": "named", "urn": 1})), [("/urn".to_owned(), "type")]);
        assert_eq!(told(tagged(), json!({"urn": "1"})), [("/kind".to_owned(), "required")]);
    }

    #[test]
    fn of_shapes_without_a_name_the_one_that_knows_the_fields_is_told() {
        let shape = |fields: &[&str]| {
            let properties: Map<String, Value> = fields.iter().map(|field| ((*field).to_owned(), json!({}))).collect();
            json!({"type": "object", "required": fields, "additionalProperties": false, "properties": properties})
        };
        let schema = json!({"oneOf": [shape(&["id"]), shape(&["givenName", "familyName", "bornOn"])]});
        let expected = [("/bornOn".to_owned(), "required"), ("/familyName".to_owned(), "required")];
        assert_eq!(told(schema, json!({"givenName": "x"})), expected);
    }

    #[test]
    fn an_unknown_shape_is_told_with_all_that_are_known() {
        let errors = Schema::new(tagged()).unwrap().errors(&json!({"kind": "other", "urn": "1"}));
        assert_eq!(errors, [FieldError::new("/kind", "enum", "Must be named or typed.")]);
    }

    #[test]
    fn a_reference_to_nothing_is_the_programs_fault() {
        assert!(Schema::of_components("A", Map::new()).is_err());
    }
}
