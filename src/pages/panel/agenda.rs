//! What is before the panel, in the order it is taken?

use maud::{Markup, html};

use super::{called, day, heading, listed, name, pounds, row, words};
use crate::service::panels::{DutyView, ItemView, PanelView};

pub(super) fn content(panel: &PanelView) -> Markup {
    html! {
        dl {
            @if let Some(on) = panel.meets_on { (row("Meets on", day(on))) }
            @if let Some(on) = panel.next_usually_on { (row("Next meeting", format!("usually {}", day(on)))) }
            @if panel.yearly_cost > 0 { (row("Yearly cost asked", pounds(panel.yearly_cost))) }
            @if let Some(rule) = &panel.quorum_rule {
                (row("Quorum", format!(
                    "{} members{} (the authority’s own rule)",
                    rule.members,
                    if rule.agencies.is_empty() { String::new() } else {
                        format!(", among them {}", listed(rule.agencies.iter().map(|a| words::agency(*a).to_owned())))
                    }
                )))
            }
        }
        h2 { "Members" }
        table {
            caption { "Who sits on the panel" }
            thead { tr { th scope="col" { "Name" } th scope="col" { "Speaks for" } } }
            tbody {
                @for member in &panel.members {
                    tr {
                        th scope="row" { (called(member)) @if member.chair { " (chair)" } }
                        td { (member.agency.map_or("", words::agency)) }
                    }
                }
            }
        }
        @if panel.items.is_empty() { p { "Nothing is on the agenda." } }
        @for (at, item) in panel.items.iter().enumerate() { (one(panel, at + 1, item)) }
    }
}

fn one(panel: &PanelView, place: usize, item: &ItemView) -> Markup {
    html! {
        section.limit aria-labelledby=(format!("item-{place}")) {
            (heading(place, item))
            dl {
                @if let Some(at) = item.starts_at { (row("Time", String::from(at))) }
                @if let Some(question) = item.question { (row("Asked", words::question(question))) }
                @if !item.why.is_empty() { (row("Comes because of", listed(item.why.iter().map(|why| words::why(*why).to_owned())))) }
                @if let Some(words) = &item.words { (row("In words", words)) }
                @if let Some(cost) = item.yearly_cost { (row("Yearly cost asked", pounds(cost.into()))) }
                (row("Papers", item.papers.to_string()))
                @if !item.conflicts.is_empty() {
                    (row("Conflicts of interest", listed(item.conflicts.iter().map(|member| name(panel, member).to_owned()))))
                }
            }
            @if !item.duties.is_empty() { (duties(place, &item.duties)) }
        }
    }
}

fn duties(place: usize, duties: &[DutyView]) -> Markup {
    html! {
        @if duties.iter().any(|duty| duty.missed_if_deferred) {
            p.note { strong { "Deferring this case to the next usual meeting would miss a legal time limit." } }
        }
        table {
            caption { "Time limits that run in the case of item " (place) }
            thead { tr { th scope="col" { "Rule" } th scope="col" { "Asks for" } th scope="col" { "Due on" } th scope="col" { "If deferred" } } }
            tbody {
                @for duty in duties {
                    tr {
                        th scope="row" { (duty.rule) }
                        td { (duty.duty) }
                        td { (day(duty.due_on)) }
                        td { @if duty.missed_if_deferred { strong { "missed" } } @else { "–" } }
                    }
                }
            }
        }
    }
}
