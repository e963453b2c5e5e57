//! How is a notice, or a letter about a delay, laid out as a letter?

use chrono::NaiveDate;

use super::paper::{Block, Paper};
use crate::law::Citation;
use crate::record::{DelayLetterText, DelayPart, Letter, LetterDate, Part, Reached};

/// What stands above the parts of a letter, whichever it is.
struct Top<'a> {
    title: &'a str,
    authority: &'a str,
    head: &'a [String],
    head_contact: Option<&'a Reached>,
    dated: NaiveDate,
    reference: &'a str,
    about: Option<&'a str>,
}

/// One part of a letter, whichever it is.
struct Section<'a> {
    heading: &'a str,
    words: &'a [String],
    dates: &'a [LetterDate],
    contact: Option<&'a Reached>,
    citation: Option<&'a Citation>,
}

impl<'a> From<&'a Part> for Section<'a> {
    fn from(part: &'a Part) -> Self {
        let Part { heading, words, dates, contact, citation, .. } = part;
        Self { heading, words, dates, contact: contact.as_ref(), citation: citation.as_ref() }
    }
}

impl<'a> From<&'a DelayPart> for Section<'a> {
    fn from(part: &'a DelayPart) -> Self {
        let DelayPart { heading, words, dates, contact, citation, .. } = part;
        Self { heading, words, dates, contact: contact.as_ref(), citation: citation.as_ref() }
    }
}

/// The notice, for the page and for the document.
pub fn letter(letter: &Letter) -> Paper {
    let top = Top {
        title: &letter.title,
        authority: &letter.authority,
        head: &letter.head,
        head_contact: letter.head_contact.as_ref(),
        dated: letter.dated,
        reference: &letter.reference,
        about: letter.about.as_deref(),
    };
    laid_out(&top, letter.parts.iter().map(Section::from), &letter.closing)
}

/// The letter about a delay, for the page and for the document.
pub fn delay_letter(letter: &DelayLetterText) -> Paper {
    let top = Top {
        title: &letter.title,
        authority: &letter.authority,
        head: &letter.head,
        head_contact: letter.head_contact.as_ref(),
        dated: letter.dated,
        reference: &letter.reference,
        about: letter.about.as_deref(),
    };
    laid_out(&top, letter.parts.iter().map(Section::from), &letter.closing)
}

fn laid_out<'a>(top: &Top<'_>, sections: impl Iterator<Item = Section<'a>>, closing: &[String]) -> Paper {
    let mut head: Vec<_> = if top.head.is_empty() {
        vec![Block::Text(top.authority.to_owned())]
    } else {
        top.head.iter().cloned().map(Block::Text).collect()
    };
    head.extend(top.head_contact.map(reached));
    let mut about = vec![("Date".to_owned(), day(top.dated)), ("Our reference".to_owned(), top.reference.to_owned())];
    about.extend(top.about.map(|name| ("About".to_owned(), name.to_owned())));
    let mut blocks = vec![Block::Terms(about)];
    sections.for_each(|section| blocks.extend(written(&section)));
    blocks.extend(closing.iter().cloned().map(Block::Text));
    Paper { title: top.title.to_owned(), head, blocks }
}

fn written(section: &Section<'_>) -> Vec<Block> {
    let mut blocks = vec![Block::Heading(2, section.heading.to_owned())];
    blocks.extend(section.words.iter().cloned().map(Block::Text));
    if !section.dates.is_empty() {
        blocks.push(Block::Terms(section.dates.iter().map(|date| (date.what.clone(), weekday(date.on))).collect()));
    }
    blocks.extend(section.contact.map(reached));
    if let Some(citation) = section.citation {
        blocks.push(Block::Text(format!("({})", citation.text)));
    }
    blocks
}

fn reached(reached: &Reached) -> Block {
    let fields = [
        ("Name", &reached.name),
        ("Telephone", &reached.telephone),
        ("Email", &reached.email),
        ("Website", &reached.website),
        ("Address", &reached.address),
    ];
    let terms = fields.into_iter().filter_map(|(term, said)| Some((term.to_owned(), said.clone()?)));
    Block::Terms(terms.collect())
}

/// A day as a letter writes it.
pub(super) fn day(on: NaiveDate) -> String {
    on.format("%-d %B %Y").to_string()
}

fn weekday(on: NaiveDate) -> String {
    on.format("%A %-d %B %Y").to_string()
}
