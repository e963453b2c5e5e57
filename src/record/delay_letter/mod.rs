//! What does a letter about a delay say: what is late and since when, why, what is awaited, which rights stay, and where to turn?

mod compose;
mod words;

pub use compose::{DelayGround, compose_delay_letter};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::ids::RelationshipId;
use super::notice::{LetterDate, Means, Reached};
use crate::law::Citation;

/// One part of a letter about a delay.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DelayItem {
    /// Which duties are late, and since when.
    WhatIsLate,
    /// Why.
    Why,
    /// What is awaited, from whom, and by when.
    Awaited,
    /// That being late takes no right away.
    Rights,
    /// Where to turn.
    WhereToTurn,
}

/// The content of a letter about a delay. The page and the document say the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DelayLetterText {
    /// Its title.
    #[schema(example = "Why we are late, and what happens next")]
    pub title: String,
    /// The authority that writes.
    #[schema(example = "Havering")]
    pub authority: String,
    /// The authority's own head, a paragraph each.
    pub head: Vec<String>,
    /// How the authority is reached, as its head has it.
    pub head_contact: Option<Reached>,
    /// The day the letter carries.
    pub dated: NaiveDate,
    /// The case's human reference.
    #[schema(example = "2026/00042")]
    pub reference: String,
    /// The name of the child or young person it is about; null when erased.
    pub about: Option<String>,
    /// The day by which the family can expect what is late. It moves no limit.
    pub expected_by: NaiveDate,
    /// What it says, in order.
    pub parts: Vec<DelayPart>,
    /// The authority's closing words, a paragraph each.
    pub closing: Vec<String>,
}

/// One part of a letter about a delay, as it is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = DelayLetterPart)]
pub struct DelayPart {
    /// Which part.
    pub item: DelayItem,
    /// Its heading.
    #[schema(example = "What is late")]
    pub heading: String,
    /// What it says, a paragraph each.
    pub words: Vec<String>,
    /// The limits that passed, as the register of law counts them.
    pub dates: Vec<LetterDate>,
    /// Who is reached, and how.
    pub contact: Option<Reached>,
    /// The provision it speaks of.
    pub citation: Option<Citation>,
}

/// To whom a letter about a delay was sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DelayRecipient {
    /// Which of the people around the child.
    pub relationship: Option<RelationshipId>,
    /// The account of a family member who is known only by it.
    pub account: Option<String>,
    /// By what means.
    pub means: Means,
    /// The day.
    pub on: NaiveDate,
}
