//! The calculator's form, which works without scripts: one row for each fact, and what is wrong beside what was typed.

use std::collections::BTreeSet;

use maud::{Markup, html};

use super::asked::{Asked, Fault, ROWS, Row, input, label};
use super::words;
use crate::law::{self, Attribute, FactKind};

/// What is wrong, at the top of the page, each leading to its field.
pub fn summary(faults: &[Fault]) -> Markup {
    html! {
        div.summary #answer role="alert" aria-labelledby="wrong" tabindex="-1" {
            h2 #wrong { "There is something to put right" }
            ul { @for fault in faults { li { a href={ "#" (fault.input) } { (fault.place) ": " (fault.words) } } } }
        }
    }
}

/// The form, with what was typed. A form without a row gets an empty one.
pub fn form(asked: &Asked, faults: &[Fault]) -> Markup {
    let empty = Row::default();
    let further = (asked.rows.is_empty() || asked.one_more) && asked.rows.len() < ROWS;
    let rows: Vec<&Row> = asked.rows.iter().chain(further.then_some(&empty)).collect();
    html! {
        form method="get" action="/law/calculator#answer" {
            p {
                "Nothing is stored, and no names are needed: what you type stands in the page’s address alone. Write days as \
                 5 January 2026, 5/1/2026 or 2026-01-05. To take a fact out, empty it."
            }
            @for (at, row) in rows.iter().enumerate() { (fieldset(at, row, at + 1 == rows.len() && asked.one_more, faults)) }
            p {
                button.second type="submit" name="add" value="row" formaction="/law/calculator#new" { "Add a row" }
            }
            p.hint { "Adding a row also shows what else a chosen fact can say, such as what was decided." }
            (dated("today", "Day to judge from (optional)", Some("Today, unless you say another."), &asked.today, faults))
            p { button type="submit" { "Work out the deadlines" } }
        }
    }
}

fn fieldset(at: usize, row: &Row, new: bool, faults: &[Fault]) -> Markup {
    html! {
        fieldset id=[new.then_some("new")] {
            legend { "Fact " (at + 1) }
            (kinds(&input("fact", at), row.kind(), faults))
            (dated(&input("on", at), label("on"), None, row.typed("on"), faults))
            @for attribute in row.attributes() { (asked_for(at, row, attribute, faults)) }
            @if row.kind().is_some() {
                details open[!row.typed("about").is_empty()] {
                    summary { "One of several of its kind" }
                    (text(&input("about", at), label("about"), Some(ABOUT), row.typed("about"), faults))
                }
            }
        }
    }
}

const ABOUT: &str =
    "Facts with the same label belong to the same thing: one request for advice, one draft, one review. For example A. No names.";

/// The field of an attribute: a list of its values, or a day.
fn asked_for(at: usize, row: &Row, attribute: Attribute, faults: &[Fault]) -> Markup {
    let field = attribute.field();
    let name = input(field, at);
    let needed = row.kind().is_some_and(|kind| kind.attributes().0.contains(&attribute));
    let label = format!("{}{}", label(field), if needed { "" } else { " (optional)" });
    let typed = row.typed(field);
    match words::choices(attribute) {
        None => dated(&name, &label, None, typed, faults),
        Some(choices) => framed(&name, &label, None, faults, |described, wrong| {
            html! {
                select id=(name) name=(name) aria-describedby=[described] aria-invalid=[wrong] {
                    option value="" { "–" }
                    @for (value, words) in &choices { option value=(value) selected[*value == typed] { (words::capital(words)) } }
                }
            }
        }),
    }
}

/// The kinds of fact, by the topic whose limits speak of them first.
fn kinds(name: &str, chosen: Option<FactKind>, faults: &[Fault]) -> Markup {
    let mut left: BTreeSet<FactKind> = FactKind::ALL.iter().copied().collect();
    let mut groups: Vec<(&str, Vec<FactKind>)> = Vec::new();
    for topic in &law::TOPICS {
        let rows = || topic.rules.iter();
        let spoken_of =
            rows().flat_map(|rule| [rule.starts_from, rule.met_by, rule.ended_by, rule.set_aside_by, rule.restored_by]);
        let of_topic: BTreeSet<FactKind> = spoken_of.flatten().map(|when| when.fact).filter(|kind| left.contains(kind)).collect();
        left.retain(|kind| !of_topic.contains(kind));
        groups.push((topic.title, of_topic.into_iter().collect()));
    }
    groups.push(("In any of these", left.into_iter().collect()));
    framed(name, label("fact"), None, faults, |described, wrong| {
        html! {
            select id=(name) name=(name) aria-describedby=[described] aria-invalid=[wrong] {
                option value="" { "–" }
                @for (title, kinds) in &groups {
                    optgroup label=(title) {
                        @for kind in kinds {
                            option value=(kind.name()) selected[chosen == Some(*kind)] { (words::capital(kind.words())) }
                        }
                    }
                }
            }
        }
    })
}

fn dated(name: &str, label: &str, hint: Option<&str>, typed: &str, faults: &[Fault]) -> Markup {
    framed(name, label, hint, faults, |described, wrong| {
        html! {
            input.day type="text" id=(name) name=(name) value=(typed) autocomplete="off" aria-describedby=[described] aria-invalid=[wrong];
        }
    })
}

fn text(name: &str, label: &str, hint: Option<&str>, typed: &str, faults: &[Fault]) -> Markup {
    framed(name, label, hint, faults, |described, wrong| {
        html! {
            input.short type="text" id=(name) name=(name) value=(typed) autocomplete="off" aria-describedby=[described] aria-invalid=[wrong];
        }
    })
}

/// A field with its label, its hint and what is wrong with it. The control is told the ids that describe it, and whether it
/// is wrong.
fn framed(
    name: &str,
    label: &str,
    hint: Option<&str>,
    faults: &[Fault],
    control: impl FnOnce(Option<String>, Option<&'static str>) -> Markup,
) -> Markup {
    let wrong: Vec<&str> = faults.iter().filter(|fault| fault.input == name).map(|fault| fault.words.as_str()).collect();
    let ids = [hint.map(|_| format!("{name}-hint")), (!wrong.is_empty()).then(|| format!("{name}-wrong"))];
    let described: Vec<String> = ids.into_iter().flatten().collect();
    let control = control((!described.is_empty()).then(|| described.join(" ")), (!wrong.is_empty()).then_some("true"));
    html! {
        div.field.wrong[!wrong.is_empty()] {
            label for=(name) { (label) }
            @if let Some(hint) = hint { p.hint id={ (name) "-hint" } { (hint) } }
            @if !wrong.is_empty() {
                p.fault id={ (name) "-wrong" } { strong { "To put right: " } (wrong.join(" ")) }
            }
            (control)
        }
    }
}
