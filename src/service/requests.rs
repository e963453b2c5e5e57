//! Somebody asks for an assessment: the request is received, whatever state it comes in, and its clock runs.

use chrono::{Datelike, NaiveDate};
use serde::Deserialize;
use utoipa::ToSchema;

use super::children::{IdentityInput, find_duplicates};
use super::recording::{Loaded, Receipt, Step, accept, append, not_future, open_child};
use super::{Error, wrong};
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
    let from = origin(tx, &request)?;
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
    let mut receipt = append(tx, head, loaded, steps, &accepted, &[])?;
    receipt.id = case.0;
    receipt.case = Some(case);
    Ok(receipt)
}

/// Where a request comes from, once the token may say so.
struct Origin {
    received_on: NaiveDate,
    setting: Option<Organisation>,
    requester: Option<String>,
}

/// What a token of this kind may say about who asks and when.
fn origin(tx: &Tx<'_>, request: &SubmitRequest) -> Result<Origin, Error> {
    use RequestedBy::{Parent, Post16, School, YoungPerson};
    let permit = tx.permit();
    let caller = permit.caller();
    let received_on = not_future(tx, "/receivedOn", request.received_on.unwrap_or(tx.today()))?;
    let (own_names, setting, requester) = if permit.acts_as(Role::School) {
        let Some(own) = &caller.organisation else { return Err(Error::NotPermitted("submit_request")) };
        if request.setting.as_ref().is_some_and(|setting| setting != own) {
            return Err(wrong("/setting", "not_this_setting", "A school asks for its own pupils."));
        }
        ([School, Post16], Some(own.clone()), None)
    } else if permit.acts_as(Role::Family) {
        ([Parent, YoungPerson], request.setting.clone(), Some(caller.subject.clone()))
    } else {
        return Ok(Origin { received_on, setting: request.setting.clone(), requester: None });
    };
    if !own_names.contains(&request.requested_by) {
        let words = "A school asks as school or post_16, a family as parent or young_person.";
        return Err(wrong("/requestedBy", "not_this_requester", words));
    }
    if received_on != tx.today() {
        return Err(wrong("/receivedOn", "received_today", "A request through the API is received today."));
    }
    Ok(Origin { received_on, setting, requester })
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
