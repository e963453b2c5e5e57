//! What becomes of a request: it is withdrawn, or it was a notification and an officer says what that amounts to.

use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::access::Role;
use crate::db::Tx;
use crate::record::*;
use crate::service::decisions::officer;
use crate::service::recording::{Receipt, dated, open_case, record};
use crate::service::{Error, must_match, wrong};

/// Withdraws a request.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"reasons": "The family is moving abroad."}))]
pub struct WithdrawRequest {
    /// Which request of the case, by its id in `requests`. Left out where only one can be meant: the only one still alive, or the
    /// caller's own.
    pub request: Option<EventId>,
    /// The day; today unless told.
    pub on: Option<NaiveDate>,
    /// Why, in the requester's words.
    #[schema(max_length = 5000)]
    pub reasons: Option<String>,
}

/// Records that a request was withdrawn. A family or a school may withdraw only a request of its own.
///
/// # Errors
/// [`Error::Invalid`] when the request meant is not one the caller may withdraw, or more than one could be meant.
pub fn withdraw(tx: &mut Tx<'_>, id: CaseId, body: &WithdrawRequest, read: &[u64]) -> Result<Receipt, Error> {
    let loaded = open_case(tx, id)?;
    must_match(&loaded.file, read)?;
    let case = loaded.case(id)?;
    let request = meant(tx, &case, body.request)?;
    let step = dated(tx, "/on", body.on, Fact::RequestWithdrawn { case: id, request: Some(request) })?;
    let step = step.words(body.reasons.clone());
    let entry = step.event.0;
    record(tx, loaded, Action::WithdrawRequest, id, entry, vec![step], &[])
}

/// The request that is meant: the one named, or the only one that can be. One withdrawn already is left for the record to refuse.
fn meant(tx: &Tx<'_>, case: &Case, named: Option<EventId>) -> Result<EventId, Error> {
    let mine: Vec<_> = case.requests.iter().filter(|request| is_own(tx, request)).collect();
    if let Some(named) = named {
        let found = mine.iter().find(|request| request.event == named).map(|request| request.event);
        return found.ok_or_else(|| wrong("/request", "not_your_request", "Is no request of this case that you may withdraw."));
    }
    let alive: Vec<_> = mine.iter().copied().filter(|request| request.is_alive()).collect();
    match (alive.as_slice(), mine.as_slice()) {
        ([only], _) | ([], [.., only]) => Ok(only.event),
        ([], []) => Err(wrong("/request", "not_your_request", "No request of this case is yours to withdraw.")),
        _ => Err(wrong("/request", "which_request", "Say which: more than one request of this case is alive.")),
    }
}

fn is_own(tx: &Tx<'_>, request: &Request) -> bool {
    use RequestedBy::{EarlyYearsProvider, Post16, School};
    let permit = tx.permit();
    if permit.acts_as(Role::Family) {
        request.requester.as_ref() == Some(&permit.caller().subject)
    } else if permit.acts_as(Role::School) {
        let by_a_setting = matches!(request.by, School | Post16 | EarlyYearsProvider);
        by_a_setting && request.setting.is_some() && request.setting == permit.caller().organisation
    } else {
        true
    }
}

/// Says what a health body's notification amounts to.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({
    "request": "0190b0a0-0000-7000-8000-000000000003", "effect": "brought_to_attention",
    "reasons": "The paediatrician asks us to consider an assessment."
}))]
pub struct RecordNotificationEffect {
    /// The notification, by its id in the case's `requests`.
    pub request: EventId,
    /// What it amounts to.
    pub effect: NotificationEffect,
    /// Why the officer reads it so.
    #[schema(min_length = 1, max_length = 5000)]
    pub reasons: String,
    /// The officer; the caller unless told.
    pub officer: Option<StaffId>,
    /// The day; today unless told.
    pub on: Option<NaiveDate>,
}

/// Records what a notification amounts to.
pub fn record_notification_effect(tx: &mut Tx<'_>, case: CaseId, body: &RecordNotificationEffect) -> Result<Receipt, Error> {
    let loaded = open_case(tx, case)?;
    let officer = officer(tx, body.officer)?;
    let fact = Fact::NotificationEffectRecorded { case, request: body.request, effect: body.effect, officer };
    let step = dated(tx, "/on", body.on, fact)?.words(Some(body.reasons.clone()));
    let entry = step.event.0;
    record(tx, loaded, Action::RecordNotificationEffect, case, entry, vec![step], &[])
}
