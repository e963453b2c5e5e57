//! The rows of the register as a page: each topic in one look, then each limit with everything known of it.

use maud::{Markup, html};

use super::words;
use crate::law::{self, FactView, Rule, RuleView, Topic};

/// How to read what follows: what an exception does, and what the marks say.
pub fn reading() -> Markup {
    let all = law::rules().count();
    let unverified = law::rules().filter(|rule| !RuleView::from(*rule).verified).count();
    html! {
        ul {
            li { "An " a href="#exceptions" { "exception" } " excuses a missed limit. It never moves the date." }
            li { "Weekends, bank holidays and school holidays count, unless the limit speaks of working days: see " a href="#counting" { "how time is counted" } "." }
            li {
                "Of " (all) " rows, " (unverified) " carry the mark " (not_verified()) ": we did not read the provision itself or a source \
                 that quotes it, and the row says what remains to be checked. Read the official text before you rely on one."
            }
            li { "Several rows share a name where what is due differs with what happened, or where the law changed." }
        }
    }
}

/// The way to each part of the page.
pub fn contents() -> Markup {
    html! {
        nav.contents aria-labelledby="contents" {
            h2 #contents { "On this page" }
            ul {
                li { a href="#calculator" { "Work out deadlines" } }
                @for topic in &law::TOPICS { li { a href={ "#" (topic.name) } { (topic.title) } } }
                li { a href="#exceptions" { "What excuses a missed limit" } }
                li { a href="#counting" { "How time is counted" } }
            }
        }
    }
}

/// The mark of what was not read when it was entered.
pub fn not_verified() -> Markup {
    html! { strong.tag.caution { "Not verified" } }
}

/// A topic: its limits in one look, then one by one.
pub fn topic(topic: &Topic) -> Markup {
    let rows: Vec<_> = topic.rules.iter().enumerate().map(|(at, rule)| (anchor(topic, at), rule, RuleView::from(rule))).collect();
    html! {
        section aria-labelledby=(topic.name) {
            h2 #(topic.name) { (topic.title) }
            table {
                caption { (topic.title) ": the limits in one look" }
                thead { tr { th scope="col" { "Limit" } th scope="col" { "What must be done" } th scope="col" { "Within" } } }
                tbody {
                    @for (anchor, rule, view) in &rows {
                        tr {
                            th.keep scope="row" { a href={ "#" (anchor) } { (view.id) } }
                            td { (words::capital(rule.actor.words())) ": " (view.duty) @if !view.verified { " " (not_verified()) } }
                            td.keep { (words::length(view.length, view.unit)) }
                        }
                    }
                }
            }
            @for (anchor, rule, view) in &rows { (limit(anchor, rule, view)) }
        }
    }
}

/// Where a row stands on the page: at its id, and at its id and a number where it is not the first of that id.
fn anchor(topic: &Topic, at: usize) -> String {
    let Some((before, [rule, ..])) = topic.rules.split_at_checked(at) else { return String::new() };
    match before.iter().filter(|other| other.id == rule.id).count() {
        0 => rule.id.to_owned(),
        earlier => format!("{}-row-{}", rule.id, earlier + 1),
    }
}

fn limit(anchor: &str, rule: &Rule, view: &RuleView) -> Markup {
    html! {
        article.limit aria-labelledby=(anchor) {
            h3 #(anchor) { span.id { (view.id) } " " (words::capital(view.duty)) }
            @if !view.verified { p { (not_verified()) } }
            dl {
                dt { "Within" } dd { (words::length(view.length, view.unit)) }
                dt { "Kind of limit" } dd { (words::nature(rule.nature)) }
                dt { "Starts when" } dd { (facts(&view.starts_from)) }
                dt { "Who must act" } dd { (words::capital(rule.actor.words())) }
                dt { "Met when" } dd { (facts(&view.met_by)) }
                dt { "Excused by" } dd { (excuses(&view.exceptions)) }
                dt { "Provision" } dd { (words::cited(&view.citation)) }
                dt { "Strength" } dd { (words::strength(view.strength)) }
                dt { "In force" } dd { "From " (words::in_force(view.in_force_from, view.in_force_to, view.governs)) }
                dt { "Verified" } dd { @if view.verified { "Yes" } @else { "No" } }
                dt { "Notes" } dd { (view.note) }
            }
        }
    }
}

fn facts(facts: &[FactView]) -> Markup {
    html! {
        @if let [one] = facts { (words::capital(&words::fact(one))) }
        @else { ul { @for one in facts { li { (words::capital(&words::fact(one))) } } } }
    }
}

fn excuses(paragraphs: &[&str]) -> Markup {
    html! {
        @if paragraphs.is_empty() { "Nothing" }
        @for (at, paragraph) in paragraphs.iter().enumerate() {
            @if at > 0 { ", " }
            a href={ "#" (paragraph) } { (paragraph) }
        }
    }
}
