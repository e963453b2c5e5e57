//! What does a letter about a delay say on a day, given the case, the law and what the case worker gives as the reason?

use chrono::NaiveDate;

use super::{DelayItem, DelayLetterText, DelayPart, words};
use crate::law::{Actor, Citation, Deadline, DeadlineState};
use crate::record::advice::Advice;
use crate::record::notice::{LetterDate, Reached, Reason, Wording, WordingKind};
use crate::record::plan_text::paragraphs;

/// What a letter about a delay is composed from.
#[derive(Debug, Clone)]
pub struct DelayGround<'a> {
    /// The day the letter carries.
    pub dated: NaiveDate,
    /// The case's human reference.
    pub reference: &'a str,
    /// The authority's name.
    pub authority: &'a str,
    /// The child's given name and family name, unless erased.
    pub child: Option<(&'a str, &'a str)>,
    /// The case's duties as they stand on the day the letter carries.
    pub deadlines: &'a [Deadline],
    /// Why, in the case worker's words.
    pub why: &'a str,
    /// What is awaited, in the case worker's words.
    pub awaited: &'a str,
    /// From whom, in the case worker's words.
    pub awaited_from: Option<&'a str>,
    /// The advice awaited, if it is advice.
    pub advice: Option<&'a Advice>,
    /// By when the family can expect it.
    pub expected_by: NaiveDate,
    /// The name of the case's case worker.
    pub case_worker: Option<&'a str>,
    /// The authority's wordings in force on the day, one of each kind at most.
    pub wordings: &'a [Wording],
}

/// The letter, and the wordings that would tell the family where to turn and that the authority has not set.
pub fn compose_delay_letter(ground: &DelayGround<'_>) -> (DelayLetterText, Vec<WordingKind>) {
    let mut parts = vec![ground.late(), ground.why(), ground.awaited(), part(DelayItem::Rights, words::RIGHTS, words::rights())];
    parts.push(part(DelayItem::WhereToTurn, words::TURN, vec![words::case_worker(ground.case_worker)]));
    let mut missing = Vec::new();
    let head = ground.wording(WordingKind::LetterHead);
    if !head.is_some_and(|head| head.reached.is_of_use()) {
        missing.push(WordingKind::LetterHead);
    }
    for (kind, heading) in
        [(WordingKind::InformationAdviceSupport, words::SUPPORT), (WordingKind::DisagreementResolution, words::DISAGREEMENT)]
    {
        match ground.wording(kind).filter(|wording| wording.reached.is_of_use()) {
            Some(wording) => parts.push(DelayPart {
                contact: Some(wording.reached.clone()),
                ..part(DelayItem::WhereToTurn, heading, paragraphs_of(wording))
            }),
            None => missing.push(kind),
        }
    }
    let letter = DelayLetterText {
        title: words::TITLE.to_owned(),
        authority: ground.authority.to_owned(),
        head: head.map(paragraphs_of).unwrap_or_default(),
        head_contact: head.map(|head| head.reached.clone()).filter(|reached: &Reached| !reached.is_empty()),
        dated: ground.dated,
        reference: ground.reference.to_owned(),
        about: ground.child.map(|(given, family)| format!("{given} {family}")),
        expected_by: ground.expected_by,
        parts,
        closing: ground.wording(WordingKind::Closing).map(paragraphs_of).unwrap_or_default(),
    };
    (letter, missing)
}

impl DelayGround<'_> {
    /// The limits of the authority's own that have passed without an excuse, and that of the advice awaited; or else those it will miss.
    fn late(&self) -> DelayPart {
        let about_advice =
            |deadline: &&Deadline| self.advice.is_some_and(|advice| deadline.about.as_deref() == Some(&*advice.id.to_string()));
        let passed = || self.deadlines.iter().filter(|deadline| deadline.state == DeadlineState::Overdue);
        let ours: Vec<_> = passed().filter(|deadline| deadline.actor == Actor::LocalAuthority).collect();
        let theirs: Vec<_> = passed().filter(|deadline| deadline.actor == Actor::AdviceGiver).filter(about_advice).collect();
        let ahead = |deadline: &&Deadline| {
            deadline.state == DeadlineState::Running
                && deadline.actor == Actor::LocalAuthority
                && deadline.due_on < self.expected_by
        };
        let ahead: Vec<_> = self.deadlines.iter().filter(ahead).collect();

        let mut told: Vec<_> = ours.iter().map(|late| words::ours_is_late(late.duty, late.due_on)).collect();
        told.extend(theirs.iter().map(|late| words::advice_is_late(late.due_on)));
        if told.is_empty() {
            told.push(words::nothing_late());
        }
        told.extend(ahead.iter().map(|late| words::ours_will_be_late(late.duty, late.due_on)));
        let spoken_of: Vec<_> = ours.into_iter().chain(theirs).chain(ahead).collect();
        let mut part = part(DelayItem::WhatIsLate, words::LATE, told);
        part.citation = spoken_of.first().map(|deadline| deadline.citation.clone());
        part.dates = spoken_of.into_iter().map(date).collect();
        part
    }

    fn why(&self) -> DelayPart {
        part(DelayItem::Why, words::WHY, paragraphs(self.why))
    }

    fn awaited(&self) -> DelayPart {
        let mut told = paragraphs(self.awaited);
        let asked_on = self.advice.and_then(|advice| advice.requested_on);
        let from = self.awaited_from.or(self.advice.map(|advice| words::giver(advice.giver)));
        told.extend(from.map(|from| words::awaited_from(from, asked_on)));
        told.push(words::expected_by(self.expected_by));
        part(DelayItem::Awaited, words::AWAITED, told)
    }

    fn wording(&self, kind: WordingKind) -> Option<&Wording> {
        self.wordings.iter().find(|wording| wording.kind == kind)
    }
}

fn part(item: DelayItem, heading: &str, words: Vec<String>) -> DelayPart {
    DelayPart { item, heading: heading.to_owned(), words, dates: Vec::new(), contact: None, citation: None::<Citation> }
}

fn date(deadline: &Deadline) -> LetterDate {
    LetterDate {
        what: format!("The last day to {}", deadline.duty),
        rule: deadline.rule.to_owned(),
        on: deadline.due_on,
        because: deadline
            .because
            .iter()
            .map(|step| Reason { words: step.words.clone(), citation: step.citation.clone() })
            .collect(),
    }
}

fn paragraphs_of(wording: &Wording) -> Vec<String> {
    wording.words.as_deref().map(paragraphs).unwrap_or_default()
}
