//! What does a plan say as a document, its needs, provision and outcomes side by side?

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use super::ids::{DraftId, PlanId};
use super::relationship::{Contact, RelationshipKind};
use crate::law::AdviceGiver;

/// A draft or final plan as a document, in the order of the national template.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PlanText {
    /// The draft it is; null for the final plan.
    pub draft: Option<DraftId>,
    /// The final plan it is; null for a draft.
    pub plan: Option<PlanId>,
    /// The authority whose plan it is.
    #[schema(example = "Havering")]
    pub authority: String,
    /// The case's human reference.
    #[schema(example = "2026/00042")]
    pub reference: String,
    /// The day a draft was served, or the final plan sent.
    pub on: Option<NaiveDate>,
    /// Whose plan it is: name, date of birth and what else is known, each with its label.
    pub person: Vec<PlanDetail>,
    /// Who holds parental responsibility. A member of the family is shown only themselves.
    pub parents: Vec<PlanParent>,
    /// A: views, interests and aspirations, a paragraph each.
    pub a: Vec<String>,
    /// How the needs of section B, the provision of F and the outcomes of E were put side by side.
    pub matched: Matched,
    /// B, F and E: a row for each need.
    pub rows: Vec<PlanRow>,
    /// C: health needs.
    pub c: Vec<String>,
    /// G: health provision.
    pub g: Vec<String>,
    /// D: social care needs.
    pub d: Vec<String>,
    /// H1: social care provision under the Act of 1970.
    pub h1: Vec<String>,
    /// H2: other social care provision.
    pub h2: Vec<String>,
    /// I: the setting or its type. Blank in a draft, unless the draft names one although it must not.
    pub i: Vec<String>,
    /// J: direct payments.
    pub j: Vec<String>,
    /// K: the advice obtained, as the plan lists it.
    pub k: Vec<String>,
    /// The advice asked for in the assessment, as the record has it.
    pub advice: Vec<PlanAdvice>,
    /// The officer who decided that there is a plan.
    pub officer: Option<String>,
}

/// One detail of whose plan it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PlanDetail {
    /// Its label.
    #[schema(example = "Date of birth")]
    pub label: String,
    /// What is known.
    #[schema(example = "14 March 2017")]
    pub value: String,
}

/// Somebody who holds parental responsibility.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PlanParent {
    /// Their name.
    #[schema(example = "Rana Example")]
    pub name: String,
    /// What they are to the child.
    pub kind: RelationshipKind,
    /// How they are reached: in the document that they read themselves, and null for everybody else, so that nobody learns from a
    /// plan where a parent lives.
    pub contact: Option<Contact>,
}

/// One need with the provision for it and the outcome sought.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PlanRow {
    /// The need, from section B.
    pub need: Vec<String>,
    /// The provision, from section F.
    pub provision: Vec<String>,
    /// The outcome, from section E.
    pub outcome: Vec<String>,
}

/// One piece of advice obtained.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PlanAdvice {
    /// Who was asked.
    pub giver: AdviceGiver,
    /// The day it was asked for.
    pub requested_on: Option<NaiveDate>,
    /// The day it came back; null: it has not.
    pub returned_on: Option<NaiveDate>,
}

/// How needs, provision and outcomes were put side by side: `numbers`, where every item of the three sections begins with a number
/// (`1.`, `2)`, `B1`); `order`, where the sections have as many items as one another, set apart by blank lines; `whole`, where
/// neither holds and each section stands whole in one row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Matched {
    /// By their numbers.
    Numbers,
    /// By their order.
    Order,
    /// Not at all.
    Whole,
}

/// The paragraphs of a section: what stands between blank lines.
pub fn paragraphs(text: &str) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    let mut open = false;
    for line in text.lines().map(str::trim) {
        match all.last_mut() {
            _ if line.is_empty() => open = false,
            Some(last) if open => {
                last.push('\n');
                last.push_str(line);
            }
            _ => {
                all.push(line.to_owned());
                open = true;
            }
        }
    }
    all
}

/// The needs, the provision and the outcomes of three sections, side by side.
pub fn side_by_side(needs: &str, provision: &str, outcomes: &str) -> (Matched, Vec<PlanRow>) {
    let sections = [needs, provision, outcomes];
    if let [Some(needs), Some(provision), Some(outcomes)] = sections.map(numbered) {
        let numbers: std::collections::BTreeSet<_> = needs.keys().chain(provision.keys()).chain(outcomes.keys()).collect();
        let of = |items: &BTreeMap<u32, Vec<String>>, number: &u32| items.get(number).cloned().unwrap_or_default();
        let row = |number: &u32| PlanRow {
            need: of(&needs, number),
            provision: of(&provision, number),
            outcome: of(&outcomes, number),
        };
        if !numbers.is_empty() {
            return (Matched::Numbers, numbers.into_iter().map(row).collect());
        }
    }
    let [needs, provision, outcomes] = sections.map(paragraphs);
    let count = needs.len();
    if count > 1 && [&provision, &outcomes].iter().all(|items| items.len() == count) {
        let row = |((need, provision), outcome): ((String, String), String)| PlanRow {
            need: vec![need],
            provision: vec![provision],
            outcome: vec![outcome],
        };
        return (Matched::Order, needs.into_iter().zip(provision).zip(outcomes).map(row).collect());
    }
    (Matched::Whole, vec![PlanRow { need: needs, provision, outcome: outcomes }])
}

/// The items of a section by their numbers; none where a paragraph before the first has no number. An empty section has no items.
fn numbered(text: &str) -> Option<BTreeMap<u32, Vec<String>>> {
    let mut items: BTreeMap<u32, Vec<String>> = BTreeMap::new();
    let mut last = None;
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        match number_of(line) {
            Some((number, words)) => {
                items.entry(number).or_default().push(words.to_owned());
                last = Some(number);
            }
            None => items.get_mut(&last?)?.push(line.to_owned()),
        }
    }
    Some(items)
}

/// The number that a line begins with, as `1.`, `1)`, `(1)`, `B1` or `B1:` have it, and what follows.
fn number_of(line: &str) -> Option<(u32, &str)> {
    let rest = line.trim_start_matches('(');
    let rest = rest.strip_prefix(['B', 'F', 'E']).unwrap_or(rest);
    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (number, after) = rest.split_at(digits);
    let words = after.trim_start_matches(['.', ')', ':']);
    // "2 hours a week" begins no item: a number is marked as one, or has a section's letter before it.
    let marked = words.len() < after.len() || rest.len() < line.len();
    if !marked || words.trim().is_empty() || (!words.starts_with(' ') && !words.starts_with('\t')) {
        return None;
    }
    Some((number.parse().ok()?, words.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(need: &str, provision: &str, outcome: &str) -> PlanRow {
        let cell = |text: &str| if text.is_empty() { Vec::new() } else { vec![text.to_owned()] };
        PlanRow { need: cell(need), provision: cell(provision), outcome: cell(outcome) }
    }

    #[test]
    fn items_with_numbers_meet_by_their_numbers() {
        let (matched, rows) =
            side_by_side("1. Speech.\n2. Reading.", "F2: Daily reading.\nF1: Therapy.", "(1) Speaks.\n(2) Reads.");
        assert_eq!(matched, Matched::Numbers);
        assert_eq!(rows, [row("Speech.", "Therapy.", "Speaks."), row("Reading.", "Daily reading.", "Reads.")]);
    }

    #[test]
    fn a_need_without_provision_stays_visible() {
        let (_, rows) = side_by_side("1. Speech.\n2. Reading.", "1. Therapy.", "1. Speaks.");
        assert_eq!(rows[1], row("Reading.", "", ""));
    }

    #[test]
    fn a_quantity_at_the_beginning_of_a_line_is_no_number_of_an_item() {
        let (matched, rows) = side_by_side("Speech.", "2 hours of therapy a week.", "Speaks.");
        assert_eq!((matched, rows), (Matched::Whole, vec![row("Speech.", "2 hours of therapy a week.", "Speaks.")]));
        assert_eq!(number_of("1.5 hours"), None);
    }

    #[test]
    fn as_many_items_as_one_another_meet_in_their_order() {
        let (matched, rows) = side_by_side("Speech.\n\nReading.", "Therapy.\n\nDaily reading.", "Speaks.\n\nReads.");
        assert_eq!(matched, Matched::Order);
        assert_eq!(rows, [row("Speech.", "Therapy.", "Speaks."), row("Reading.", "Daily reading.", "Reads.")]);
    }

    #[test]
    fn what_cannot_be_matched_stands_whole() {
        let (matched, rows) = side_by_side("Speech.\n\nReading.", "Therapy.", "");
        assert_eq!(matched, Matched::Whole);
        assert_eq!(
            rows,
            [PlanRow { need: vec!["Speech.".into(), "Reading.".into()], provision: vec!["Therapy.".into()], outcome: vec![] }]
        );
    }
}
