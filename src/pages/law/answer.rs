//! What the calculator answers: each deadline in one look, then each with the steps that led to its day.

use chrono::NaiveDate;
use maud::{Markup, html};

use super::rules::not_verified;
use super::words;
use crate::law::{self, Deadline, DeadlineState, Nature};

/// How many deadlines, in words.
pub fn count(deadlines: usize) -> String {
    match deadlines {
        0 => "No deadline".into(),
        1 => "1 deadline".into(),
        n => format!("{n} deadlines"),
    }
}

/// The answer as it stands on a day.
pub fn answer(deadlines: &[Deadline], today: NaiveDate) -> Markup {
    html! {
        section #answer aria-labelledby="deadlines" tabindex="-1" {
            h2 #deadlines { (count(deadlines.len())) }
            @if deadlines.is_empty() {
                p { "Nothing in the register follows from what you told." }
            } @else {
                table {
                    caption { "The deadlines as they stand on " (words::weekday(today)) }
                    thead { tr { th scope="col" { "What must be done" } th scope="col" { "Day" } th scope="col" { "State" } } }
                    tbody {
                        @for (at, deadline) in deadlines.iter().enumerate() {
                            tr {
                                th scope="row" { a href={ "#deadline" (at + 1) } { (words::capital(deadline.duty)) } }
                                td.keep { (what_the_day_is(deadline)) " " (words::weekday(deadline.due_on)) }
                                td.keep { (state(deadline)) }
                            }
                        }
                    }
                }
                @for (at, deadline) in deadlines.iter().enumerate() { (explained(at, deadline)) }
            }
        }
    }
}

fn state(deadline: &Deadline) -> Markup {
    let tone = match deadline.state {
        DeadlineState::Overdue | DeadlineState::Late | DeadlineState::CutShort => "tag bad",
        DeadlineState::Met => "tag good",
        DeadlineState::Running | DeadlineState::Excused | DeadlineState::FellAway => "tag",
    };
    html! { strong class=(tone) { (words::state(deadline.state)) } }
}

/// What the day is to whoever must act.
fn what_the_day_is(deadline: &Deadline) -> &'static str {
    match law::rule(deadline.rule).map(|rule| rule.nature) {
        Some(Nature::Right) => "Until",
        Some(Nature::Window) => "In full to",
        Some(Nature::NotBefore) => "Not before",
        Some(Nature::Duty) | None => "By",
    }
}

fn explained(at: usize, deadline: &Deadline) -> Markup {
    let anchor = format!("deadline{}", at + 1);
    html! {
        article.limit aria-labelledby=(anchor) {
            h3 #(anchor) {
                (words::capital(deadline.duty))
                @if let Some(about) = &deadline.about { " (" (about) ")" }
            }
            p.due { (what_the_day_is(deadline)) " " strong { (words::weekday(deadline.due_on)) } " " (state(deadline)) }
            @if deadline.unverified { p { (not_verified()) " The provision was not read when the rule was entered." } }
            h4 { "Why this day" }
            ol {
                @for step in &deadline.because { li { (step.words) " " span.source { (words::cited(&step.citation)) } } }
            }
            @if let Some(tolerance) = &deadline.tolerance {
                p.note { strong { "Others read it so: " } (words::weekday(tolerance.on)) ". " (tolerance.note) }
            }
            dl {
                dt { "Who must act" } dd { (words::capital(deadline.actor.words())) }
                @if let Some(met) = deadline.met_on { dt { "Done on" } dd { (words::weekday(met)) } }
                @if !deadline.excused_by.is_empty() {
                    dt { "Excused by" }
                    dd { @for paragraph in &deadline.excused_by { a href={ "/law#" (paragraph) } { (paragraph) } " " } }
                }
                dt { "Provision" } dd { (words::cited(&deadline.citation)) }
                dt { "Strength" } dd { (words::strength(deadline.strength)) }
                dt { "In the register" } dd { a href={ "/law#" (deadline.rule) } { (deadline.rule) } }
            }
        }
    }
}
