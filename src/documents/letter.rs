//! How is a notice laid out as a letter?

use chrono::NaiveDate;

use super::paper::{Block, Paper};
use crate::record::{Letter, Part, Reached};

/// The letter, for the page and for the document.
pub fn letter(letter: &Letter) -> Paper {
    let mut head: Vec<_> = if letter.head.is_empty() {
        vec![Block::Text(letter.authority.clone())]
    } else {
        letter.head.iter().cloned().map(Block::Text).collect()
    };
    head.extend(letter.head_contact.as_ref().map(reached));
    let mut about = vec![("Date".to_owned(), day(letter.dated)), ("Our reference".to_owned(), letter.reference.clone())];
    about.extend(letter.about.clone().map(|name| ("About".to_owned(), name)));
    let mut blocks = vec![Block::Terms(about)];
    letter.parts.iter().for_each(|part| blocks.extend(written(part)));
    blocks.extend(letter.closing.iter().cloned().map(Block::Text));
    Paper { title: letter.title.clone(), head, blocks }
}

fn written(part: &Part) -> Vec<Block> {
    let mut blocks = vec![Block::Heading(2, part.heading.clone())];
    blocks.extend(part.words.iter().cloned().map(Block::Text));
    if !part.dates.is_empty() {
        blocks.push(Block::Terms(part.dates.iter().map(|date| (date.what.clone(), weekday(date.on))).collect()));
    }
    blocks.extend(part.contact.as_ref().map(reached));
    if let Some(citation) = &part.citation {
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
