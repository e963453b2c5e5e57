//! What does a notice say, part by part, as it was composed and as it is kept once sent?

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{NoticeItem, NoticeKind, Reached};
use crate::law::Citation;

/// The content of a notice. The page and the document say the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Letter {
    /// Which notice.
    pub kind: NoticeKind,
    /// Its title.
    #[schema(example = "Our decision not to carry out an EHC needs assessment")]
    pub title: String,
    /// The authority that writes.
    #[schema(example = "Havering")]
    pub authority: String,
    /// The authority's own head, a paragraph each.
    pub head: Vec<String>,
    /// How the authority is reached, as its head has it.
    pub head_contact: Option<Reached>,
    /// The day the letter carries. Its time limits are counted from here.
    pub dated: NaiveDate,
    /// The case's human reference.
    #[schema(example = "2026/00042")]
    pub reference: String,
    /// The name of the child or young person it is about; null when erased.
    pub about: Option<String>,
    /// What it says, in order.
    pub parts: Vec<Part>,
    /// The authority's closing words, a paragraph each.
    pub closing: Vec<String>,
}

/// One part of a letter: an item that the law asks for, or that helps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = LetterPart)]
pub struct Part {
    /// Which item.
    pub item: NoticeItem,
    /// Its heading.
    #[schema(example = "Your right to appeal")]
    pub heading: String,
    /// What it says, a paragraph each.
    pub words: Vec<String>,
    /// The days it tells.
    pub dates: Vec<LetterDate>,
    /// Who is reached, and how.
    pub contact: Option<Reached>,
    /// The provision that asks for it; null for what only helps.
    pub citation: Option<Citation>,
}

/// A day that a letter tells, as the register of law counts it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LetterDate {
    /// What the day is.
    #[schema(example = "The last day on which the Tribunal can receive your appeal")]
    pub what: String,
    /// The rule, as `/v1/law/rules` has it.
    #[schema(example = "AP-1")]
    pub rule: String,
    /// The day.
    #[schema(example = "2026-04-16")]
    pub on: NaiveDate,
    /// The steps that led to it.
    pub because: Vec<Reason>,
}

/// One step of the way to a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = LetterReason)]
pub struct Reason {
    /// The step in plain words, with its arithmetic.
    pub words: String,
    /// On what authority.
    pub citation: Citation,
}
