//! A draft or final plan as a document: whose it is, what it says with needs beside provision, and on what advice it rests.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::Error;
use super::as_of::{AsOf, Known};
use super::cases::file_of;
use super::identity::identity_of;
use super::plans::placement_in_words;
use super::relationships::contact_of;
use super::versions::Read;
use crate::access::Role;
use crate::db::Tx;
use crate::record::*;
use crate::store::directory;
use crate::store::journal::{self, Details, Stored};

/// A version of a plan as a document; the one in force unless told.
pub fn of_plan(tx: &mut Tx<'_>, plan: PlanId, version: Option<VersionId>, as_of: Option<AsOf>) -> Result<PlanText, Error> {
    let Read { plan, file, case, stored, known } = Read::of(tx, plan, as_of)?;
    let case = case.ok_or(Error::NotFound("plan"))?;
    let versions = &plan.versions;
    let shown = match version {
        Some(id) => versions.iter().find(|version| version.id == id).ok_or(Error::NotFound("plan_version"))?,
        None => versions.last().ok_or(Error::NotFound("plan"))?,
    };
    let mut text = text(tx, &stored, &file, &case, (shown.event, known.today))?;
    text.plan = Some(plan.id);
    text.on = shown.sent_on;
    if text.i.is_empty() {
        text.i = placement_in_words(tx, &shown.placement)?.into_iter().collect();
    }
    Ok(text)
}

/// A draft plan as a document.
pub fn of_draft(tx: &mut Tx<'_>, case: CaseId, draft: DraftId, as_of: Option<AsOf>) -> Result<PlanText, Error> {
    let known = Known::at(tx, as_of)?;
    let stored = journal::of_case(tx, case, known.position, Details::All)?;
    let file = file_of(&stored)?;
    let case = Case::of(&file, case).ok_or(Error::NotFound("case"))?;
    let served = case.drafts.iter().find(|served| served.id == draft).ok_or(Error::NotFound("draft_plan"))?;
    let mut text = text(tx, &stored, &file, &case, (served.event, known.today))?;
    text.draft = Some(draft);
    text.on = served.served_on;
    Ok(text)
}

fn text(
    tx: &mut Tx<'_>,
    stored: &[Stored],
    file: &File,
    case: &Case,
    (event, today): (EventId, NaiveDate),
) -> Result<PlanText, Error> {
    let none = BTreeMap::new();
    let detail = stored.iter().find(|s| s.entry.id == event).and_then(|s| s.detail.as_ref());
    let sections = detail.map_or(&none, |detail| &detail.sections);
    let of = |letter: &str| sections.get(letter).map(String::as_str).unwrap_or_default();
    let (matched, rows) = side_by_side(of("B"), of("F"), of("E"));
    let advice = case
        .advice
        .iter()
        .map(|a| PlanAdvice { giver: a.giver, requested_on: a.requested_on, returned_on: a.returned_on() })
        .collect();
    let officer = match &case.plan_decision {
        Some(decision) => directory::staff_name(tx, decision.officer)?,
        None => None,
    };
    Ok(PlanText {
        draft: None,
        plan: None,
        authority: directory::authority(tx)?.map(|authority| authority.name).unwrap_or_default(),
        reference: case.reference.clone(),
        on: None,
        person: person(tx, stored, case)?,
        parents: parents(tx, stored, file, today),
        a: paragraphs(of("A")),
        matched,
        rows,
        c: paragraphs(of("C")),
        g: paragraphs(of("G")),
        d: paragraphs(of("D")),
        h1: paragraphs(of("H1")),
        h2: paragraphs(of("H2")),
        i: paragraphs(of("I")),
        j: paragraphs(of("J")),
        k: paragraphs(of("K")),
        advice,
        officer,
    })
}

/// Who holds parental responsibility, each by name. How somebody is reached stands only in the document they read themselves: it goes
/// to settings and to both parents, and one may not learn from it where the other lives.
fn parents(tx: &Tx<'_>, stored: &[Stored], file: &File, today: NaiveDate) -> Vec<PlanParent> {
    let family = tx.permit().acts_as(Role::Family);
    let own = |person: &Related| family && person.is_of(&tx.permit().caller().subject);
    let now = |person: &Related| person.relationship.from <= today && person.until().is_none_or(|until| until > today);
    let restricted = |person: &Related| person.relationship.court_restriction.is_some_and(CourtRestriction::ends_access);
    Related::all(file)
        .into_iter()
        .filter(|person| person.relationship.parental_responsibility && now(person) && !restricted(person))
        .filter(|person| !family || own(person))
        .filter_map(|person| {
            let contact = contact_of(&person, stored)?;
            Some(PlanParent {
                name: contact.name.clone(),
                kind: person.relationship.kind,
                contact: own(&person).then(|| contact.clone()),
            })
        })
        .collect()
}

/// Whose plan it is. Where they live is left out: the document goes to settings and to both parents.
fn person(tx: &mut Tx<'_>, stored: &[Stored], case: &Case) -> Result<Vec<PlanDetail>, Error> {
    let mut details = Vec::new();
    let mut add = |label: &str, value: String| details.push(PlanDetail { label: label.to_owned(), value });
    if let Some(identity) = identity_of(stored) {
        add("Name", format!("{} {}", identity.given_name, identity.family_name));
        identity.born_on.iter().for_each(|born| add("Date of birth", born.format("%-d %B %Y").to_string()));
        identity.sex.iter().for_each(|sex| add("Sex", sex.label().to_owned()));
        identity.ethnicity.iter().for_each(|ethnicity| add("Ethnicity", ethnicity.label().to_owned()));
        let needs: Vec<_> = identity.needs.iter().map(|need| need.label()).collect();
        if !needs.is_empty() {
            add("Types of need", needs.join("; "));
        }
    }
    if let Some(setting) = &case.setting {
        let name = directory::setting_name(tx, setting.as_str())?;
        add("Attends", name.unwrap_or_else(|| setting.as_str().to_owned()));
    }
    Ok(details)
}
