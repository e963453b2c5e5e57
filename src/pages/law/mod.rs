//! `/law` and `/law/calculator`: the register for people, and the days that follow from what happened.

mod answer;
mod appendix;
mod asked;
mod form;
mod rules;
mod words;

use actix_web::{Error, HttpRequest, HttpResponse, get, web};
use maud::{Markup, html};

use super::answered;
use super::frame::framed;
use crate::clock::Clock;
use crate::law;
use asked::Asked;

/// The register: every limit, every exception, every way of counting.
#[get("/law")]
pub async fn register() -> HttpResponse {
    let content = html! {
        h1 { "Time limits for EHC needs assessments and plans" }
        p.lead {
            "What the law of England asks of whom, and by when, for children and young people with special educational needs \
             or disabilities: every time limit that EHC Casework computes, with the provision that sets it."
        }
        (rules::reading())
        (rules::contents())
        section aria-labelledby="calculator" {
            h2 #calculator { "Work out deadlines" }
            (form::form(&Asked::default(), &[]))
        }
        @for topic in &law::TOPICS { (rules::topic(topic)) }
        (appendix::exceptions())
        (appendix::counting())
    };
    answered(framed("Time limits for EHC needs assessments and plans", "/law", &content, &foot()))
}

/// The calculator. What was typed stands in the address, so that an answer can be kept and shared.
#[get("/law/calculator")]
pub async fn calculator(req: HttpRequest, clock: web::Data<Clock>) -> Result<HttpResponse, Error> {
    let pairs = web::Query::<Vec<(String, String)>>::from_query(req.query_string())?.into_inner();
    let asked = Asked::read(pairs);
    let name = "Work out deadlines";
    let (title, told, faults) = match asked.facts(clock.today()) {
        _ if !asked.wants_an_answer => (name.to_owned(), html! {}, Vec::new()),
        Ok((facts, today)) => {
            let deadlines = law::deadlines(&facts, today);
            (format!("{} – {name}", answer::count(deadlines.len())), answer::answer(&deadlines, today), Vec::new())
        }
        Err(faults) => (format!("Error – {name}"), form::summary(&faults), faults),
    };
    let content = html! {
        h1 { (name) }
        (told)
        section aria-labelledby="facts" {
            h2 #facts { @if asked.wants_an_answer { "What you told" } @else { "Tell what happened" } }
            (form::form(&asked, &faults))
        }
    };
    Ok(answered(framed(&title, "/law/calculator", &content, &foot())))
}

fn foot() -> Markup {
    html! {
        p { "Register of law, version " strong { (law::REGISTER_VERSION) } ". As data: " a href="/docs/#/law" { "the API under “law”" } "." }
        p {
            "These pages tell the law in our own words and are no legal advice. The official text behind each link is what counts. \
             Bank holidays are known to the end of " (law::BANK_HOLIDAYS_PUBLISHED_TO) "; later ones are the usual days."
        }
    }
}
