//! HTTP. The only module that speaks actix and utoipa: parse, call, shape.

pub mod auth; // who is asking
pub mod problem; // what an error looks like
pub mod request_id; // which request this is
pub mod access_log; // one line for each request
pub mod headers; // what every answer forbids and which origins may read it
pub mod limits; // how much of anything one request may hold
pub mod unmatched; // what is said at a path, by a method or with parameters nobody answers
pub mod body; // a JSON body, checked against its published schema
pub mod query; // a query string, checked against its published parameters
pub mod paper; // in which form a letter or a plan was asked for
pub mod path; // the ids in a path
pub mod form; // a file that is sent, with what is said of it
pub mod download; // a file that is given out
pub mod page; // lists that come a page at a time
pub mod changes; // lists that a system keeps in step with
pub mod etag; // which version was read
pub mod idempotency; // which request is a repetition
pub mod moment; // which moment a question is about
pub mod asker; // how a request becomes an answer
pub mod openapi; // the contract
pub mod docs; // the contract, for people
pub mod app; // how an app is put together

mod example; // what the contract's examples show

// The resources, each by the name it has in `service`.
pub mod law;
pub mod me;
pub mod requests;
pub mod request_forms;
pub mod responsibility;
pub mod reassessment;
pub mod cases;
pub mod worklist;
pub mod reallocations;
pub mod covers;
pub mod progress;
pub mod entries;
pub mod decisions;
pub mod advice;
pub mod advice_queue;
pub mod referrals;
pub mod exceptions;
pub mod delays;
pub mod contacts;
pub mod messages;
pub mod reminders;
pub mod panels;
pub mod plans;
pub mod representations;
pub mod family_views;
pub mod consultations;
pub mod notices;
pub mod notice_wordings;
pub mod documents;
pub mod plan_documents;
pub mod amendments;
pub mod versions;
pub mod cessation;
pub mod provision;
pub mod reviews;
pub mod review_requests;
pub mod review_lists;
pub mod terms;
pub mod appeals;
pub mod children;
mod concerns;
pub mod readers;
pub mod relationships;
pub mod phase_transfers;
pub mod placements;
pub mod alternative_provision;
pub mod oversight;
pub mod flags;
pub mod transport;
pub mod direct_payments;
pub mod rights;
pub mod year_groups;
pub mod deaths;
pub mod sealing;
pub mod directory;
pub mod closures;
pub mod capacity;
pub mod statistics;
pub mod commitments;
pub mod audit;
pub mod health;

use utoipa_actix_web::service_config::ServiceConfig;
use utoipa_actix_web::{AppExt, scope};

pub use request_id::RequestId;

/// Every route of the API. The server gives them `web::Data` of `Db`, `Verifier` and `dyn Authorities`.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.configure(health::routes);
    let v1 = [
        law::routes,
        me::routes,
        requests::routes,
        request_forms::routes,
        responsibility::routes,
        reassessment::routes,
        cases::routes,
        worklist::routes,
        reallocations::routes,
        covers::routes,
        progress::routes,
        entries::routes,
        decisions::routes,
        advice::routes,
        advice_queue::routes,
        referrals::routes,
        exceptions::routes,
        delays::routes,
        contacts::routes,
        messages::routes,
        reminders::routes,
        panels::routes,
        plans::routes,
        representations::routes,
        family_views::routes,
        consultations::routes,
        notices::routes,
        notice_wordings::routes,
        documents::routes,
        plan_documents::routes,
        amendments::routes,
        versions::routes,
        cessation::routes,
        provision::routes,
        reviews::routes,
        review_requests::routes,
        review_lists::routes,
        terms::routes,
        appeals::routes,
        children::routes,
        concerns::routes,
        readers::routes,
        relationships::routes,
        placements::routes,
        phase_transfers::routes,
        year_groups::routes,
        alternative_provision::routes,
        oversight::routes,
        flags::routes,
        transport::routes,
        direct_payments::routes,
        rights::routes,
        deaths::routes,
        sealing::routes,
        directory::routes,
        closures::routes,
        capacity::routes,
        statistics::routes,
        commitments::routes,
        audit::routes,
    ];
    cfg.service(scope("/v1").configure(|cfg| v1.iter().for_each(|routes| routes(cfg))));
}

/// The contract as it is committed and served.
///
/// # Errors
/// When it cannot be written as JSON.
pub fn contract() -> Result<String, serde_json::Error> {
    let (_, collected) = actix_web::App::new().into_utoipa_app().configure(routes).split_for_parts();
    openapi::text(&openapi::document(collected))
}

#[cfg(test)]
mod tests;
