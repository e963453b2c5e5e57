//! Who came, what did the panel advise and why, and what was decided?

use maud::{Markup, html};

use super::{called, day, heading, listed, name, pounds, quorum, row, words};
use crate::record::Limb;
use crate::service::panels::{CitedBy, ItemView, PanelView, PutRight};

pub(super) fn content(panel: &PanelView) -> Markup {
    html! {
        dl {
            @if let Some(on) = panel.meets_on { (row("Met on", day(on))) }
            @if let Some(count) = &panel.quorum { (row("Quorum", quorum(count))) }
            @if panel.yearly_cost > 0 { (row("Yearly cost asked", pounds(panel.yearly_cost))) }
            (row("Minutes", panel.closed_on.map_or_else(|| "not closed yet: they can still change".to_owned(), |on| format!("closed on {}", day(on)))))
        }
        h2 { "Attendance" }
        table {
            caption { "Who was there" }
            thead { tr { th scope="col" { "Name" } th scope="col" { "Speaks for" } th scope="col" { "There" } } }
            tbody {
                @for member in &panel.members {
                    tr {
                        th scope="row" { (called(member)) @if member.chair { " (chair)" } }
                        td { (member.agency.map_or("", words::agency)) }
                        td { (presence(member.present, member.apologies)) }
                    }
                }
            }
        }
        @if let Some(minutes) = &panel.minutes { h2 { "The meeting" } (paragraphs(minutes)) }
        @for (at, item) in panel.items.iter().enumerate() { (one(panel, at + 1, item)) }
        @if !panel.put_right.is_empty() { (put_right(&panel.put_right)) }
    }
}

fn presence(present: Option<bool>, apologies: bool) -> &'static str {
    match (present, apologies) {
        (Some(true), _) => "yes",
        (_, true) => "no, with apologies",
        (Some(false), false) => "no",
        (None, false) => "not recorded",
    }
}

fn one(panel: &PanelView, place: usize, item: &ItemView) -> Markup {
    let limbs = |limbs: &[Limb]| listed(limbs.iter().map(|limb| words::limb(*limb).to_owned()));
    html! {
        section.limit aria-labelledby=(format!("item-{place}")) {
            (heading(place, item))
            dl {
                @if let Some(question) = item.question { (row("Asked", words::question(question))) }
                @if !item.conflicts.is_empty() {
                    (row("Took no part", listed(item.conflicts.iter().map(|member| format!("{} (conflict of interest)", name(panel, member))))))
                }
                @if let Some(count) = item.quorum.as_ref().filter(|count| !count.met) { (row("Quorum", quorum(count))) }
                @if let Some(because) = &item.without_quorum_because { (row("Advised all the same", because)) }
                (row("Recommended", item.recommendation.map_or("nothing yet", words::recommendation)))
                @if !item.missing.is_empty() {
                    (row("Missing", listed(item.missing.iter().map(|missing| words::missing(*missing).to_owned()))))
                }
                @if let Some(reasons) = &item.reasons { (row("Reasons", paragraphs(reasons))) }
                @if !item.met.is_empty() { (row("Found met", limbs(&item.met))) }
                @if !item.not_met.is_empty() { (row("Found not met", limbs(&item.not_met))) }
                @for dissent in &item.dissent {
                    (row("Did not agree", format!("{}: {}", name(panel, &dissent.member), dissent.why.as_deref().unwrap_or("no reason is kept"))))
                }
                @if let Some(cost) = item.yearly_cost { (row("Yearly cost asked", pounds(cost.into()))) }
                @if !item.shares.is_empty() {
                    (row("Shares", listed(item.shares.iter().map(|(agency, percent)| format!("{} {percent}%", words::agency(*agency))))))
                }
                @if let Some(agreed) = item.health_agreed {
                    (row("Health body", if agreed { "agreed its share" } else { "has not agreed its share" }))
                }
                @if let Some(minutes) = &item.minutes { (row("Minuted", paragraphs(minutes))) }
                @if let Some(decision) = &item.decision { (decided(decision)) }
            }
        }
    }
}

fn decided(decision: &CitedBy) -> Markup {
    let on = decision.decided_on.map(|on| format!(", on {}", day(on))).unwrap_or_default();
    html! {
        (row("Officer’s decision", format!("{}{on}", words::outcome(decision.outcome))))
        @if decision.differs {
            (row("Differs from the advice", decision.differs_because.as_deref().unwrap_or("why is not kept")))
        }
    }
}

fn put_right(put_right: &[PutRight]) -> Markup {
    html! {
        h2 { "Put right" }
        ul {
            @for one in put_right {
                li {
                    (one.kind.replace('_', " ")) @if one.struck { " (struck)" } @else { " (corrected)" }
                    @if let Some(on) = one.on { ", " (day(on)) }
                    @if let Some(why) = &one.why { ": " (why) }
                }
            }
        }
    }
}

fn paragraphs(text: &str) -> Markup {
    html! { @for part in text.split('\n').filter(|part| !part.trim().is_empty()) { p { (part) } } }
}
