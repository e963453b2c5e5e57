//! A panel's agenda and its minutes as pages that print well. They say only what the caller may see through the API.

mod agenda;
mod minutes;
mod words;

use actix_web::HttpResponse;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, ContentType};
use chrono::NaiveDate;
use maud::{Markup, html};

use super::POLICY;
use super::frame::framed;
use crate::record::QuorumCount;
use crate::service::panels::{ItemView, MemberView, PanelView};

/// The agenda: each case in its turn, why it comes, what is asked, and the time the law leaves.
pub fn agenda(panel: &PanelView) -> HttpResponse {
    answered(panel, "Agenda", &agenda::content(panel))
}

/// The minutes: who came, what was advised and why, what was decided, what was put right since.
pub fn minutes(panel: &PanelView) -> HttpResponse {
    answered(panel, "Minutes", &minutes::content(panel))
}

fn answered(panel: &PanelView, name: &str, content: &Markup) -> HttpResponse {
    let foot = html! {
        p { "A panel recommends; an officer with the power to decide decides. Confidential: it names children." }
        p { "As known on " (day(panel.known.today)) ", entry " (panel.version) " of the meeting’s record." }
    };
    let content = html! {
        h1 { (name) ": " (panel.panel) }
        (content)
    };
    HttpResponse::Ok()
        .content_type(ContentType::html())
        .insert_header((CACHE_CONTROL, "no-store"))
        .insert_header((CONTENT_SECURITY_POLICY, POLICY))
        .body(framed(&format!("{name}: {}", panel.panel), "", &content, &foot).into_string())
}

fn day(day: NaiveDate) -> String {
    day.format("%A %-d %B %Y").to_string()
}

fn pounds(amount: u64) -> String {
    let digits = amount.to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    format!("£{grouped}")
}

/// A member's name, or the subject of their token where none was told.
fn name<'a>(panel: &'a PanelView, member: &'a str) -> &'a str {
    panel.members.iter().find(|known| known.member == member).map_or(member, called)
}

fn called(member: &MemberView) -> &str {
    member.name.as_deref().unwrap_or(&member.member)
}

/// The heading of an item: its place, its case, the child.
fn heading(place: usize, item: &ItemView) -> Markup {
    let child = [item.given_name.as_deref(), item.family_name.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(" ");
    html! {
        h2 id=(format!("item-{place}")) {
            (place) ". "
            @if !child.is_empty() { (child) ", " }
            "case " (item.reference.as_deref().unwrap_or("without a reference"))
        }
    }
}

fn listed(words: impl Iterator<Item = String>) -> String {
    words.collect::<Vec<_>>().join("; ")
}

/// Whether those there were enough, in a sentence. The rule is the authority's own, and says so.
fn quorum(count: &QuorumCount) -> String {
    let missing = listed(count.missing_agencies.iter().map(|agency| words::agency(*agency).to_owned()));
    let absent = if missing.is_empty() { String::new() } else { format!(", nobody from: {missing}") };
    let met = if count.met { "met" } else { "not met" };
    format!("{met}: {} of at least {} there{absent} (the authority’s own rule; the law sets none)", count.present, count.needed)
}

fn row(term: &str, says: impl maud::Render) -> Markup {
    html! { dt { (term) } dd { (says) } }
}
