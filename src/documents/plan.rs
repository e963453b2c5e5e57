//! How is a plan laid out? In the order of the national template: the person, their views, needs beside provision and outcomes,
//! health, social care, the setting, direct payments, advice, and who signs.

use super::letter::day;
use super::paper::{Block, Paper, Table};
use crate::law::AdviceGiver;
use crate::record::{PlanParent, PlanText};

/// The plan, for the page and for the document.
pub fn plan(text: &PlanText) -> Paper {
    let draft = text.plan.is_none();
    let title = if draft { "Draft education, health and care plan" } else { "Education, health and care plan" };
    let served = if draft { "Served on" } else { "Sent on" };
    let mut about = vec![("Our reference".to_owned(), text.reference.clone())];
    about.extend(text.on.map(|on| (served.to_owned(), day(on))));
    about.extend(text.person.iter().map(|detail| (detail.label.clone(), detail.value.clone())));

    let mut blocks = vec![Block::Heading(2, "Personal details".into()), Block::Terms(about)];
    if !text.parents.is_empty() {
        blocks.push(Block::Heading(3, "Parents and carers".into()));
        blocks.push(Block::Terms(text.parents.iter().flat_map(parent).collect()));
    }
    section(&mut blocks, "Section A: views, interests and aspirations", &text.a);
    blocks.push(Block::Heading(2, "Sections B, F and E: needs, provision and outcomes".into()));
    blocks.push(table(
        "Each special educational need with the provision for it and the outcome sought",
        &["B: special educational need", "F: special educational provision", "E: outcome"],
        text.rows.iter().map(|row| vec![row.need.clone(), row.provision.clone(), row.outcome.clone()]).collect(),
    ));
    blocks.push(Block::Heading(2, "Sections C and G: health".into()));
    blocks.push(table(
        "Health needs with the provision for them",
        &["C: health needs", "G: health provision"],
        vec![vec![text.c.clone(), text.g.clone()]],
    ));
    blocks.push(Block::Heading(2, "Sections D, H1 and H2: social care".into()));
    blocks.push(table(
        "Social care needs with the provision for them",
        &["D: social care needs", "H1: provision under section 2 of the Act of 1970", "H2: other provision"],
        vec![vec![text.d.clone(), text.h1.clone(), text.h2.clone()]],
    ));
    blocks.push(Block::Heading(2, "Section I: school, college or other setting".into()));
    match text.i.is_empty() {
        true if draft => blocks.push(Block::Text("Left blank in a draft.".into())),
        true => blocks.push(Block::Text("None is named.".into())),
        false => blocks.extend(text.i.iter().cloned().map(Block::Text)),
    }
    section(&mut blocks, "Section J: direct payments", &text.j);
    blocks.push(Block::Heading(2, "Section K: advice and information".into()));
    blocks.extend(text.k.iter().cloned().map(Block::Text));
    if !text.advice.is_empty() {
        let on = |day_of: Option<_>| vec![day_of.map_or_else(|| "–".to_owned(), day)];
        let rows = text
            .advice
            .iter()
            .map(|advice| vec![vec![giver(advice.giver).to_owned()], on(advice.requested_on), on(advice.returned_on)]);
        blocks.push(table("The advice obtained for the assessment", &["From", "Asked for on", "Received on"], rows.collect()));
    }
    blocks.push(Block::Heading(2, "Signed for the authority".into()));
    let mut signed = vec![("Authority".to_owned(), text.authority.clone())];
    signed.extend(text.officer.clone().map(|officer| ("Officer".to_owned(), officer)));
    blocks.push(Block::Terms(signed));
    Paper { title: title.into(), head: vec![Block::Text(text.authority.clone())], blocks }
}

fn parent(parent: &PlanParent) -> impl Iterator<Item = (String, String)> {
    let reached = parent.contact.iter().flat_map(|contact| {
        let address = contact.address.iter().cloned().chain(contact.postcode.iter().map(|code| code.as_str().to_owned()));
        let address = address.collect::<Vec<_>>().join(", ");
        [("Email", contact.email.clone()), ("Telephone", contact.telephone.clone()), ("Address", Some(address))]
    });
    let reached = reached.filter_map(|(label, value)| Some((label.to_owned(), value.filter(|value| !value.is_empty())?)));
    std::iter::once((parent.kind.words().to_owned(), parent.name.clone())).chain(reached)
}

fn section(blocks: &mut Vec<Block>, heading: &str, words: &[String]) {
    blocks.push(Block::Heading(2, heading.to_owned()));
    if words.is_empty() {
        blocks.push(Block::Text("None.".into()));
    }
    blocks.extend(words.iter().cloned().map(Block::Text));
}

fn table(caption: &str, head: &[&str], rows: Vec<Vec<Vec<String>>>) -> Block {
    Block::Table(Table { caption: caption.to_owned(), head: head.iter().map(|&one| one.to_owned()).collect(), rows })
}

const fn giver(giver: AdviceGiver) -> &'static str {
    match giver {
        AdviceGiver::Family => "The family",
        AdviceGiver::Education => "The school or other setting",
        AdviceGiver::Health => "Health",
        AdviceGiver::Psychology => "Educational psychologist",
        AdviceGiver::SocialCare => "Social care",
        AdviceGiver::Adulthood => "On preparing for adulthood",
        AdviceGiver::VisionImpairment => "Specialist teacher for vision impairment",
        AdviceGiver::HearingImpairment => "Specialist teacher for hearing impairment",
        AdviceGiver::MultiSensoryImpairment => "Specialist teacher for multi-sensory impairment",
        AdviceGiver::Other => "Another adviser",
        AdviceGiver::Private => "A private adviser",
    }
}
