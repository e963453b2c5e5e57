//! What can a recorded fact say, under each of its names?

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What a fact says under one of its names: a word, a day or an id as text, a yes or no, a number, several texts, or parts with
/// names of their own, such as a placement; null where it says nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
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
}

/// What a fact says, by name.
pub type FactValues = BTreeMap<String, FactValue>;
