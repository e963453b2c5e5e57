//! A request that a setting has begun: it is the setting's, so whoever works there can finish it.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::children::IdentityInput;
use super::recording::Receipt;
use super::requests::{AboutChild, KnownChild, RequestPerson, SubmitRequest, submit as submit_request};
use super::{Cause, Error, FieldError};
use crate::db::Tx;
use crate::record::codes::{Ethnicity, NeedType, Postcode, Sex, Uln, Upn, UpnUnknownReason};
use crate::record::{ChildId, Evidence, FormId, RequestedBy};
use crate::store::request_forms::{self, FormRow};

/// The child as far as the form says: one the setting sees already, by `id`, or who they are.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct FormChild {
    /// A child the setting sees already. The rest is then left out.
    pub id: Option<ChildId>,
    /// Given name.
    #[schema(example = "Amira", max_length = 100)]
    pub given_name: Option<String>,
    /// Family name.
    #[schema(example = "Example", max_length = 100)]
    pub family_name: Option<String>,
    /// Date of birth.
    pub born_on: Option<NaiveDate>,
    /// Sex, as the national return records it.
    pub sex: Option<Sex>,
    /// Ethnicity, by the Department's code.
    #[schema(value_type = Option<Ethnicity>)]
    pub ethnicity: Option<String>,
    /// Unique pupil number.
    #[schema(value_type = Option<Upn>)]
    pub upn: Option<String>,
    /// Unique learner number.
    #[schema(value_type = Option<Uln>)]
    pub uln: Option<String>,
    /// Why there is neither a UPN nor a ULN.
    pub upn_unknown: Option<UpnUnknownReason>,
    /// Home postcode.
    #[schema(value_type = Option<Postcode>)]
    pub postcode: Option<String>,
    /// Needs, the primary one first.
    #[schema(max_items = 10)]
    pub needs: Vec<NeedType>,
}

/// What a form holds so far. Anything may be missing until it is submitted.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
#[schema(example = json!({"child": {"givenName": "Amira", "familyName": "Example"}, "requestedBy": "school"}))]
pub struct RequestForm {
    /// The child.
    pub child: FormChild,
    /// As what the setting asks: `school`, `post_16` or `early_years_provider`.
    pub requested_by: Option<RequestedBy>,
    /// Why an assessment is asked for.
    #[schema(max_length = 20_000)]
    pub reasons: Option<String>,
    /// Whether the child or young person is detained in youth accommodation.
    pub detained: bool,
    /// What the setting tells of the child: support so far, views, consent.
    pub evidence: Evidence,
    /// The parents and carers.
    #[schema(max_items = 10)]
    pub people: Vec<RequestPerson>,
}

/// A form as it is kept.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RequestFormView {
    /// Its id.
    pub id: FormId,
    /// How often it was written: what `If-Match` compares.
    pub version: i32,
    /// When it was written last.
    pub changed_at: DateTime<Utc>,
    /// What it holds so far.
    pub form: RequestForm,
}

/// A form that was kept. Holds nothing of what it says.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct FormKept {
    /// Its id.
    pub id: FormId,
    /// Its version.
    pub version: i32,
}

/// Nothing more is said when a form is sent: it says everything.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({}))]
pub struct SubmitForm {}

/// How many forms a list shows.
const SHOWN: i64 = 200;

/// The forms the caller's setting has begun, the one written last first.
pub fn list(tx: &mut Tx<'_>) -> Result<Vec<RequestFormView>, Error> {
    request_forms::list(tx, SHOWN)?.into_iter().map(view).collect()
}

/// One of them.
pub fn show(tx: &mut Tx<'_>, id: FormId) -> Result<RequestFormView, Error> {
    view(found(tx, id, false)?)
}

/// Begins a form.
pub fn begin(tx: &mut Tx<'_>, body: &RequestForm) -> Result<FormKept, Error> {
    let permit = tx.permit();
    let Some(own) = permit.caller().organisation.clone() else {
        return Err(Error::NotPermitted(permit.ask().as_str()));
    };
    let id: Uuid = tx.new_id();
    request_forms::add(tx, id, own.as_str(), &text(body)?)?;
    Ok(FormKept { id: FormId(id), version: 1 })
}

/// Writes a form anew.
pub fn replace(tx: &mut Tx<'_>, id: FormId, body: &RequestForm, read: &[u64]) -> Result<FormKept, Error> {
    let row = found(tx, id, true)?;
    if !read.contains(&u64::try_from(row.version).unwrap_or_default()) {
        return Err(Error::Stale);
    }
    request_forms::replace(tx, id.0, &text(body)?)?;
    Ok(FormKept { id, version: row.version + 1 })
}

/// Throws a form away.
pub fn discard(tx: &mut Tx<'_>, id: FormId) -> Result<(), Error> {
    if request_forms::remove(tx, id.0)? { Ok(()) } else { Err(Error::NotFound("request_form")) }
}

/// Makes the request and removes the form, together or not at all.
///
/// # Errors
/// [`Error::Invalid`] with everything a request cannot do without, and whatever [`submit_request`] says.
pub fn submit(tx: &mut Tx<'_>, id: FormId) -> Result<Receipt, Error> {
    let form = view(found(tx, id, true)?)?.form;
    let request = complete(form)?;
    request_forms::remove(tx, id.0)?;
    submit_request(tx, request)
}

fn complete(form: RequestForm) -> Result<SubmitRequest, Error> {
    let RequestForm { child, requested_by, reasons, detained, evidence, people } = form;
    let FormChild { id, given_name, family_name, born_on, sex, ethnicity, upn, uln, upn_unknown, postcode, needs } = child;
    let mut missing = Vec::new();
    let mut lacks = |pointer: &str| missing.push(FieldError::new(pointer, "required", "Is needed to send the form."));
    let said = |name: Option<String>| name.filter(|name| !name.trim().is_empty());
    let (given_name, family_name) = (said(given_name), said(family_name));
    if id.is_none() && given_name.is_none() {
        lacks("/child/givenName");
    }
    if id.is_none() && family_name.is_none() {
        lacks("/child/familyName");
    }
    if requested_by.is_none() {
        lacks("/requestedBy");
    }
    let (Some(requested_by), true) = (requested_by, missing.is_empty()) else { return Err(Error::Invalid(missing)) };
    let child = match id {
        Some(id) => AboutChild::Known(KnownChild { id }),
        None => AboutChild::Identity(Box::new(IdentityInput {
            given_name: given_name.unwrap_or_default(),
            family_name: family_name.unwrap_or_default(),
            born_on,
            sex,
            ethnicity,
            upn,
            uln,
            upn_unknown,
            postcode,
            needs,
        })),
    };
    Ok(SubmitRequest { child, requested_by, received_on: None, setting: None, reasons, detained, evidence, people })
}

fn found(tx: &mut Tx<'_>, id: FormId, to_change: bool) -> Result<FormRow, Error> {
    request_forms::find(tx, id.0, to_change)?.ok_or(Error::NotFound("request_form"))
}

fn view(row: FormRow) -> Result<RequestFormView, Error> {
    let form = serde_json::from_str(&row.content).map_err(|error| Error::Unexpected(Cause::new(error)))?;
    Ok(RequestFormView { id: FormId(row.id), version: row.version, changed_at: row.changed_at, form })
}

fn text(form: &RequestForm) -> Result<String, Error> {
    serde_json::to_string(form).map_err(|error| Error::Unexpected(Cause::new(error)))
}
