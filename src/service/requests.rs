//! Somebody asks for an assessment: the request is received, whatever state it comes in, and its clock runs.

use chrono::{Datelike, NaiveDate};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::children::{IdentityInput, find_duplicates};
use super::plans::wrong;
use super::recording::{Acknowledge, Loaded, Receipt, Step, accept, append, not_future, open_child};
use super::{Error, FieldError};
use crate::access::Role;
use crate::db::Tx;
use crate::record::*;
use crate::store::journal;

/// Whom a request is about: a child already known here, or their identity.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(untagged)]
pub enum AboutChild {
    /// A child already known here, by id.
    Known(KnownChild),
    /// A child's identity; a file is opened for them.
    Identity(Box<IdentityInput>),
}

/// A child already known here.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct KnownChild {
    /// The child's id.
    pub id: ChildId,
}

/// A request for an EHC needs assessment.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({
    "child": {"givenName": "Amira", "familyName": "Example", "bornOn": "2017-03-14", "sex": "F", "needs": ["SLCN"]},
    "requestedBy": "school",
    "reasons": "Support at SEN level has been reviewed three times without the progress expected."
}))]
pub struct SubmitRequest {
    /// The child or young person.
    pub child: AboutChild,
    /// Who asks. A school's token may say `school` or `post_16`, a family's `parent` or `young_person`.
    pub requested_by: RequestedBy,
    /// The day the authority received it, for requests that arrived by letter, email or telephone. A school or a family asking
    /// through the API leaves it out: it is received today.
    pub received_on: Option<NaiveDate>,
    /// The setting the child attends. For a school's token it is the school itself.
    pub setting: Option<Organisation>,
    /// Why an assessment is asked for, in the requester's words.
    #[schema(max_length = 20_000)]
    pub reasons: Option<String>,
}

/// Receives a request.
///
/// # Errors
/// [`Error::Invalid`] for a field that breaks a rule, among them a child the caller may not know of.
pub fn submit(tx: &mut Tx<'_>, request: SubmitRequest) -> Result<Receipt, Error> {
    let from = check_requester(tx, &request)?;
    let (loaded, mut steps, possible_duplicates) = match &request.child {
        AboutChild::Known(known) => match open_child(tx, known.id) {
            Err(Error::NotFound(_)) => return Err(wrong("/child/id", "unknown_child", "Is no child that you can see.")),
            loaded => (loaded?, Vec::new(), Vec::new()),
        },
        AboutChild::Identity(identity) => open_file(tx, identity, from.received_on)?,
    };
    let case: CaseId = tx.new_id();
    let mut head = journal::lock_head(tx)?;
    let fact = Fact::RequestReceived {
        case,
        by: request.requested_by,
        setting: from.setting,
        requester: from.requester,
        reference: head.next_reference(from.received_on.year()),
        possible_duplicates,
    };
    steps.push(Step::on(tx, from.received_on, fact).words(request.reasons));
    let accepted = accept(tx.today(), &loaded, Action::SubmitRequest, case, &steps, &[])?;
    let mut receipt = append(tx, head, loaded, steps, &accepted, &Vec::<Acknowledge>::new())?;
    receipt.id = case.0;
    receipt.case = Some(case);
    Ok(receipt)
}

struct From {
    received_on: NaiveDate,
    setting: Option<Organisation>,
    requester: Option<String>,
}

/// What a token of this kind may say about who asks and when.
fn check_requester(tx: &Tx<'_>, request: &SubmitRequest) -> Result<From, Error> {
    let caller = tx.permit().caller();
    let received_on = request.received_on.unwrap_or(tx.today());
    not_future(tx, "/receivedOn", received_on)?;
    let wrong = |pointer: &str, code, words: &str| Err(Error::Invalid(vec![FieldError::new(pointer, code, words)]));
    let permit = tx.permit();
    match () {
        () if permit.acts_as(Role::School) => {
            if !matches!(request.requested_by, RequestedBy::School | RequestedBy::Post16) {
                return wrong("/requestedBy", "not_this_requester", "A school asks as school or post_16.");
            }
            if request.received_on.is_some_and(|day| day != tx.today()) {
                return wrong("/receivedOn", "received_today", "A request through the API is received today.");
            }
            let Some(own) = caller.organisation.clone() else {
                return Err(Error::NotPermitted("submit_request"));
            };
            if request.setting.as_ref().is_some_and(|setting| *setting != own) {
                return wrong("/setting", "not_this_setting", "A school asks for its own pupils.");
            }
            Ok(From { received_on, setting: Some(own), requester: None })
        }
        () if permit.acts_as(Role::Family) => {
            if !matches!(request.requested_by, RequestedBy::Parent | RequestedBy::YoungPerson) {
                return wrong("/requestedBy", "not_this_requester", "A family asks as parent or young_person.");
            }
            if request.received_on.is_some_and(|day| day != tx.today()) {
                return wrong("/receivedOn", "received_today", "A request through the API is received today.");
            }
            Ok(From { received_on, setting: request.setting.clone(), requester: Some(caller.subject.clone()) })
        }
        () => Ok(From { received_on, setting: request.setting.clone(), requester: None }),
    }
}

/// A file for a child not named by id: a new one, with a note of files that may be the same child's.
fn open_file(
    tx: &mut Tx<'_>,
    identity: &IdentityInput,
    received_on: NaiveDate,
) -> Result<(Loaded, Vec<Step>, Vec<ChildId>), Error> {
    let identity = identity.checked("/child", received_on)?;
    tx.act_for_authority()?;
    let duplicates = find_duplicates(tx, &identity)?;
    let loaded = Loaded::new(tx.new_id());
    let mut step = Step::on(tx, received_on, Fact::ChildRegistered {});
    step.detail.identity = Some(identity);
    Ok((loaded, vec![step], duplicates))
}

/// A step of a case that is only a fact and a day.
pub fn dated(tx: &Tx<'_>, pointer: &str, day: Option<NaiveDate>, fact: Fact) -> Result<Step, Error> {
    let day = not_future(tx, pointer, day.unwrap_or(tx.today()))?;
    Ok(Step::on(tx, day, fact))
}

/// An id that belongs to nothing in particular, for receipts that speak of an entry.
pub fn entry_id(step: &Step) -> Uuid {
    step.event.0
}
