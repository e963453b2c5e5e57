//! What the limits refer to: every exception and what it excuses, and every way of counting with its authority.

use maud::{Markup, html};

use super::rules::not_verified;
use super::words;
use crate::law::{self, ExceptionView, counting};

/// Every exception.
pub fn exceptions() -> Markup {
    html! {
        section aria-labelledby="exceptions" {
            h2 #exceptions { "What excuses a missed limit" }
            p {
                "An exception excuses missing the day where it made keeping it impractical. The day stays what it was, and what was \
                 missed is still to be done as soon as practicable. Each exception excuses the limits named beside it and no other."
            }
            table.exceptions {
                caption { "Every exception, what it takes, and which limits it excuses" }
                thead { tr { th scope="col" { "Exception" } th scope="col" { "What it takes" } th scope="col" { "Excuses" } } }
                tbody { @for exception in law::exceptions() { (row(&exception.into())) } }
            }
        }
    }
}

fn row(exception: &ExceptionView) -> Markup {
    html! {
        tr #(exception.paragraph) {
            th.keep scope="row" { (exception.paragraph) }
            td {
                p { (words::capital(exception.words)) "." @if !exception.verified { " " (not_verified()) } }
                p { (words::cited(&exception.citation)) }
                p { "In force from " (words::in_force(exception.in_force_from, exception.in_force_to, exception.governs)) "." }
                p { (exception.note) }
            }
            td {
                @for (at, rule) in exception.excuses.iter().enumerate() {
                    @if at > 0 { ", " }
                    a href={ "#" (rule) } { (rule) }
                }
            }
        }
    }
}

/// Every way of counting.
pub fn counting() -> Markup {
    html! {
        section aria-labelledby="counting" {
            h2 #counting { "How time is counted" }
            p {
                "Each way of counting has a name, which the notes above quote. Where no authority says so in terms it is our reading, \
                 and named so. Bank holidays are those of England and Wales, as "
                a href="https://www.gov.uk/bank-holidays" { "published by the government" }
                " to " (law::BANK_HOLIDAYS_PUBLISHED_TO) "."
            }
            table {
                caption { "The ways of counting, with their authority" }
                thead { tr { th scope="col" { "Name" } th scope="col" { "How" } th scope="col" { "Authority" } } }
                tbody {
                    @for way in counting::WAYS {
                        tr #(way.id) {
                            th.keep scope="row" { (way.id) }
                            td { (words::capital(way.words)) "." }
                            td { (words::cited(&way.cite())) }
                        }
                    }
                }
            }
        }
    }
}
