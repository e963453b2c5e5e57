//! What JSON is read: no key twice, no deeper than the limit, no control characters.

use std::cell::RefCell;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use crate::api::limits::{ECHOED_NAME_CHARS, JSON_DEPTH};
use crate::service::FieldError;

/// The text is not JSON, or stands too deep.
#[derive(Debug, PartialEq, Eq)]
pub enum Malformed {
    /// Where reading stopped.
    Syntax {
        /// Counted from 1.
        line: usize,
        /// In bytes.
        column: usize,
    },
    /// Objects and arrays stand deeper in one another than [`JSON_DEPTH`].
    TooDeep,
}

/// Reads one JSON value, and lists every key that stands twice and every text with a control character.
pub fn read(bytes: &[u8]) -> Result<(Value, Vec<FieldError>), Malformed> {
    let notes = Notes::default();
    let mut source = serde_json::Deserializer::from_slice(bytes);
    let read = Node { notes: &notes, pointer: String::new(), depth: 0 }.deserialize(&mut source);
    match read.and_then(|value| source.end().map(|()| value)) {
        Ok(value) => Ok((value, notes.errors.into_inner())),
        Err(_) if *notes.too_deep.borrow() => Err(Malformed::TooDeep),
        Err(error) => Err(Malformed::Syntax { line: error.line(), column: error.column() }),
    }
}

/// One step further into a JSON pointer (RFC 6901); a client's very long name is cut.
pub fn step(pointer: &str, name: &str) -> String {
    let short: String = name.chars().take(ECHOED_NAME_CHARS).collect();
    format!("{pointer}/{}", short.replace('~', "~0").replace('/', "~1"))
}

/// The integer that a number without a fraction is: `1.0` and `1` are one number in JSON.
fn whole(value: f64) -> Option<i64> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    // Inside these bounds the conversion is exact.
    (value.fract() == 0.0 && value.abs() < EXACT).then_some(value as i64)
}

#[derive(Default)]
struct Notes {
    errors: RefCell<Vec<FieldError>>,
    too_deep: RefCell<bool>,
}

impl Notes {
    fn add(&self, pointer: &str, code: &'static str, detail: &str) {
        self.errors.borrow_mut().push(FieldError::new(pointer, code, detail));
    }
}

struct Node<'n> {
    notes: &'n Notes,
    pointer: String,
    depth: usize,
}

impl Node<'_> {
    fn child(&self, name: &str) -> Self {
        Node { notes: self.notes, pointer: step(&self.pointer, name), depth: self.depth + 1 }
    }

    fn text(&self, text: &str) {
        if text.chars().any(|c| c.is_control() && !matches!(c, '\t' | '\n' | '\r')) {
            self.notes.add(&self.pointer, "control_character", "Must hold no control characters other than tab and new line.");
        }
    }

    fn open<E: Error>(&self) -> Result<(), E> {
        if self.depth < JSON_DEPTH {
            return Ok(());
        }
        self.notes.too_deep.replace(true);
        Err(E::custom("too deep"))
    }
}

impl<'de> DeserializeSeed<'de> for Node<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, source: D) -> Result<Value, D::Error> {
        source.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Node<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(whole(value).map_or_else(|| Number::from_f64(value).map_or(Value::Null, Value::Number), Value::from))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        self.text(value);
        Ok(value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        self.open()?;
        let mut array = Vec::new();
        while let Some(item) = items.next_element_seed(self.child(&array.len().to_string()))? {
            array.push(item);
        }
        Ok(Value::Array(array))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        self.open()?;
        let mut object = Map::new();
        while let Some(key) = entries.next_key::<String>()? {
            let child = self.child(&key);
            child.text(&key);
            if object.contains_key(&key) {
                self.notes.add(&child.pointer, "duplicate_key", "Stands twice in its object.");
            }
            let value = entries.next_value_seed(child)?;
            object.insert(key, value);
        }
        Ok(Value::Object(object))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn told(text: &str) -> Vec<(String, &'static str)> {
        read(text.as_bytes()).unwrap().1.into_iter().map(|error| (error.pointer, error.code)).collect()
    }

    fn nested(depth: usize) -> String {
        format!("{}{}", "[".repeat(depth), "]".repeat(depth))
    }

    #[test]
    fn plain_json_is_read_as_it_stands() {
        let text = r#"{"a": [1, -2, 0.5, true, null, "x\ty\n"], "b": {}}"#;
        assert_eq!(read(text.as_bytes()), Ok((json!({"a": [1, -2, 0.5, true, null, "x\ty\n"], "b": {}}), vec![])));
    }

    #[test]
    fn a_number_without_a_fraction_is_an_integer_however_it_is_written() {
        assert_eq!(read(b"[1.0, -2e1, -0.0, 1.5]").unwrap().0, json!([1, -20, 0, 1.5]));
        assert!(read(b"1e300").unwrap().0.is_f64());
    }

    #[test]
    fn every_key_that_stands_twice_is_told_wherever_it_stands() {
        let text = r#"{"a": 1, "a": 2, "b": [{"c/d": 1, "c/d": 2}]}"#;
        assert_eq!(told(text), [("/a".to_owned(), "duplicate_key"), ("/b/0/c~1d".to_owned(), "duplicate_key")]);
    }

    #[test]
    fn nul_and_other_control_characters_are_told_in_texts_and_in_names() {
        assert_eq!(
            told(r#"{"a": "x\u0000", "b": ["\u009f"]}"#),
            [("/a".into(), "control_character"), ("/b/0".into(), "control_character")]
        );
        assert_eq!(told(r#"{"\u0007": 1}"#)[0].1, "control_character");
    }

    #[test]
    fn thirty_two_deep_is_read_and_thirty_three_is_not() {
        assert!(read(nested(32).as_bytes()).is_ok());
        assert_eq!(read(nested(33).as_bytes()), Err(Malformed::TooDeep));
        assert_eq!(read("[".repeat(100_000).as_bytes()), Err(Malformed::TooDeep));
    }

    #[test]
    fn what_is_not_json_is_told_by_its_place() {
        assert_eq!(read(b"{\"a\": 1,\n \"b\" 2}"), Err(Malformed::Syntax { line: 2, column: 6 }));
        for text in [&b""[..], b"{} {}", b"\xff", br#""\ud800""#, b"NaN", b"1e999", b"{\"a\":\"\n\"}"] {
            assert!(matches!(read(text), Err(Malformed::Syntax { .. })), "{text:?}");
        }
    }

    #[test]
    fn a_clients_long_name_is_cut_in_the_answer() {
        assert_eq!(step("", &"x".repeat(1000)).len(), 65);
    }
}
