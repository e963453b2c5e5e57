//! What can a recorded fact say, under each of its names?

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{ArrayBuilder, ObjectBuilder, OneOfBuilder, Schema, Type};
use utoipa::{PartialSchema, ToSchema};

/// The most characters of one text.
const CHARS: usize = 1000;

/// What a fact says under one of its names; null where it says nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum FactValue {
    /// It says nothing.
    Nothing,
    /// Yes or no.
    Is(bool),
    /// How many.
    Number(i64),
    /// A word, a day, an id.
    Text(String),
    /// Several words or ids.
    Several(Vec<String>),
    /// Parts with names of their own.
    Parts(BTreeMap<String, String>),
    /// Numbers with names of their own.
    Numbers(BTreeMap<String, i64>),
}

/// What a fact says, by name.
pub type FactValues = BTreeMap<String, FactValue>;

impl PartialSchema for FactValue {
    fn schema() -> RefOr<Schema> {
        let text = || ObjectBuilder::new().schema_type(Type::String).max_length(Some(CHARS));
        OneOfBuilder::new()
            .item(ObjectBuilder::new().schema_type(Type::Null))
            .item(ObjectBuilder::new().schema_type(Type::Boolean))
            .item(i64::schema())
            .item(text().description(Some("A word, a day, an id.")))
            .item(ArrayBuilder::new().items(text()).max_items(Some(CHARS)).description(Some("Several words or ids.")))
            .item(
                ObjectBuilder::new()
                    .additional_properties(Some(text()))
                    .description(Some("Parts with names of their own, such as a placement.")),
            )
            .item(
                ObjectBuilder::new()
                    .additional_properties(Some(i64::schema()))
                    .description(Some("Numbers with names of their own, such as agencies' shares.")),
            )
            .description(Some("What a fact says under one of its names; null where it says nothing."))
            .into()
    }
}

impl ToSchema for FactValue {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("FactValue")
    }
}
