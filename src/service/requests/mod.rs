//! Somebody asks for an assessment: the request is received, whatever state it comes in, and its clock runs.

mod change;
mod telling;

pub use change::*;
pub use telling::RequestPerson;

use chrono::{Datelike, NaiveDate};
use serde::Deserialize;
use utoipa::ToSchema;

use super::children::IdentityInput;
use super::duplicates;
use super::recording::{Loaded, Receipt, Step, accept, append, not_future, open_case, open_child};
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
    /// A child's identity. A file is opened for them, unless their UPN and names are those of a child with an open case whom the
    /// caller sees: then the request joins that case.
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
    "reasons": "Support at SEN level has been reviewed three times without the progress expected.",
    "evidence": {
        "strengthsAndNeeds": "Amira builds with great skill and is hard to understand when she speaks.",
        "supportSoFar": "Two cycles of daily speech work in a small group since September 2024.", "supportYearlyCost": 5200,
        "childViews": "I want to talk with my friends.",
        "professionals": [{"name": "Sam Example", "role": "Speech and language therapist", "involvement": "Since May 2025"}],
        "consent": {"givenBy": "parent", "givenOn": "2025-12-18", "toShare": true}
    },
    "people": [{
        "kind": "parent", "parentalResponsibility": true, "livesWith": true, "receivesNotices": true,
        "contact": {"name": "Rana Example", "telephone": "01708 000000", "language": "Bengali", "interpreter": true}
    }]
}))]
pub struct SubmitRequest {
    /// The child or young person.
    pub child: AboutChild,
    /// Who asks. A school's token may say `school`, `post_16` or `early_years_provider`, a family's `parent` or `young_person`.
    pub requested_by: RequestedBy,
    /// The day the authority received it, for requests that arrived by letter, email or telephone. A school or a family asking
    /// through the API leaves it out: it is received today.
    pub received_on: Option<NaiveDate>,
    /// The setting the child attends. For a school's token it is the school itself.
    pub setting: Option<Organisation>,
    /// Why an assessment is asked for, in the requester's words.
    #[schema(max_length = 20_000)]
    pub reasons: Option<String>,
    /// Whether the child or young person is detained in youth accommodation: the same limits run under other regulations.
    #[serde(default)]
    pub detained: bool,
    /// What the requester tells of the child: support so far, views, consent.
    #[serde(default)]
    pub evidence: Evidence,
    /// The parents and carers. Where the request opens the child's file, each is recorded as a relationship; otherwise staff compare
    /// them with what is known.
    #[serde(default)]
    #[schema(max_items = 10)]
    pub people: Vec<RequestPerson>,
}

/// A request by somebody else for the assessment of a child whose case is open.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"requestedBy": "parent", "receivedOn": "2026-02-18", "reasons": "He is lost in class."}))]
pub struct JoinRequest {
    /// Who asks. A school's token may say `school`, `post_16` or `early_years_provider`, a family's `parent` or `young_person`.
    pub requested_by: RequestedBy,
    /// The day the authority received it. A school or a family asking through the API leaves it out: it is received today.
    pub received_on: Option<NaiveDate>,
    /// The setting the child attends. For a school's token it is the school itself.
    pub setting: Option<Organisation>,
    /// Why an assessment is asked for, in the requester's words.
    #[schema(max_length = 20_000)]
    pub reasons: Option<String>,
    /// Whether the child or young person is detained in youth accommodation.
    #[serde(default)]
    pub detained: bool,
    /// What the requester tells of the child: support so far, views, consent.
    #[serde(default)]
    pub evidence: Evidence,
    /// The parents and carers. Staff compare them with who is known.
    #[serde(default)]
    #[schema(max_items = 10)]
    pub people: Vec<RequestPerson>,
}

/// Receives a request: it opens a case, or joins the open case of a child the caller sees. The receipt speaks of the case.
///
/// # Errors
/// [`Error::Invalid`] for a field that breaks a rule, among them a child the caller may not know of.
pub fn submit(tx: &mut Tx<'_>, request: SubmitRequest) -> Result<Receipt, Error> {
    let SubmitRequest { child, requested_by, received_on, setting, reasons, detained, evidence, people } = request;
    let asked = JoinRequest { requested_by, received_on, setting, reasons, detained, evidence, people };
    let mut from = origin(tx, &asked)?;
    let as_young_person = from.requester.is_some() && requested_by == RequestedBy::YoungPerson;
    let (loaded, steps, possible_duplicates) = match &child {
        AboutChild::Known(known) => match open_child(tx, known.id) {
            Err(Error::NotFound(_)) => return Err(wrong("/child/id", "unknown_child", "Is no child that you can see.")),
            loaded => {
                if as_young_person {
                    must_be_young_person(tx, known.id, from.received_on)?;
                }
                (loaded?, Vec::new(), Vec::new())
            }
        },
        AboutChild::Identity(identity) => {
            let identity = identity.checked("/child", from.received_on)?;
            if as_young_person {
                telling::is_young_person(Some(&identity), from.received_on)?;
            }
            let alike = duplicates::find(tx, &identity)?;
            if let Some((loaded, case)) = same_child(tx, &alike)? {
                return join_open(tx, loaded, case, asked, from, Some(identity));
            }
            let (loaded, registered) = open_file(tx, identity, from.received_on);
            let mut steps = vec![registered];
            steps.extend(telling::relationships(tx, from.received_on, std::mem::take(&mut from.people)));
            (loaded, steps, alike.into_iter().map(|(child, _)| child).collect())
        }
    };
    match open_case_of(&loaded.file) {
        Some(case) => join_open(tx, loaded, case, asked, from, None),
        None => open_new(tx, loaded, steps, possible_duplicates, asked, from),
    }
}

/// Receives a request for the assessment that a case is about. The receipt's `id` is the request.
///
/// # Errors
/// [`Error::Refused`] when the case was over by then: such a request opens a case of its own.
pub fn join(tx: &mut Tx<'_>, case: CaseId, asked: &JoinRequest) -> Result<Receipt, Error> {
    let loaded = open_case(tx, case)?;
    let from = origin(tx, asked)?;
    if from.requester.is_some() && asked.requested_by == RequestedBy::YoungPerson {
        must_be_young_person(tx, loaded.file.child, from.received_on)?;
    }
    let step = joining(tx, case, asked.clone(), from);
    let request = step.event.0;
    super::recording::record(tx, loaded, Action::JoinRequest, case, request, vec![step], &[])
}

/// Joins an open case; how the requester named the child stays with their request.
fn join_open(
    tx: &mut Tx<'_>,
    loaded: Loaded,
    case: CaseId,
    asked: JoinRequest,
    from: Origin,
    named: Option<Identity>,
) -> Result<Receipt, Error> {
    let mut step = joining(tx, case, asked, from);
    step.detail.identity = named;
    super::recording::record(tx, loaded, Action::SubmitRequest, case, case.0, vec![step], &[])
}

fn joining(tx: &Tx<'_>, case: CaseId, asked: JoinRequest, from: Origin) -> Step {
    let Origin { received_on, setting, requester, people } = from;
    let fact = Fact::RequestJoined { case, by: asked.requested_by, setting, requester, detained: asked.detained };
    telling_of(Step::on(tx, received_on, fact), asked, people)
}

/// The entry of a request with what it tells beside the record.
fn telling_of(step: Step, asked: JoinRequest, people: Vec<PersonNamed>) -> Step {
    let mut step = step.words(asked.reasons);
    step.detail.evidence = Some(asked.evidence).filter(|evidence| !evidence.is_empty());
    step.detail.people = people;
    step
}

fn open_new(
    tx: &mut Tx<'_>,
    loaded: Loaded,
    mut steps: Vec<Step>,
    possible_duplicates: Vec<ChildId>,
    asked: JoinRequest,
    from: Origin,
) -> Result<Receipt, Error> {
    let case: CaseId = tx.new_id();
    let mut head = journal::lock_head(tx)?;
    let fact = Fact::RequestReceived {
        case,
        by: asked.requested_by,
        setting: from.setting,
        requester: from.requester,
        reference: head.next_reference(from.received_on.year()),
        possible_duplicates,
        detained: asked.detained,
    };
    steps.push(telling_of(Step::on(tx, from.received_on, fact), asked, from.people));
    let accepted = accept(tx.today(), &loaded, Action::SubmitRequest, case, &steps, &[])?;
    let mut receipt = append(tx, head, loaded, steps, &accepted, &[])?;
    receipt.id = case.0;
    receipt.case = Some(case);
    Ok(receipt)
}

/// The open case of the child whom an identity certainly names. Only a school or staff join a case so, and only that of a child whom
/// they see anyway: knowing a child's number and name opens nobody's file, and a parent who may not know where the child lives now
/// gets a case of their own, which staff compare.
fn same_child(tx: &mut Tx<'_>, alike: &[(ChildId, Likeness)]) -> Result<Option<(Loaded, CaseId)>, Error> {
    let same: Vec<_> = alike.iter().filter(|(_, likeness)| *likeness == Likeness::Same).collect();
    if same.is_empty() || tx.permit().acts_as(Role::Family) {
        return Ok(None);
    }
    tx.act_for_caller()?;
    for (child, _) in same {
        match open_child(tx, *child) {
            Ok(loaded) => {
                if let Some(case) = open_case_of(&loaded.file) {
                    return Ok(Some((loaded, case)));
                }
            }
            Err(Error::NotFound(_)) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(None)
}

/// The case a new request would join: the child's latest that is not over.
fn open_case_of(file: &File) -> Option<CaseId> {
    let cases = file.cases().filter_map(|id| Case::of(file, id));
    cases.filter(|case| !case.stage().is_closed()).last().map(|case| case.id)
}

/// Where a request comes from, once the token may say so.
struct Origin {
    received_on: NaiveDate,
    setting: Option<Organisation>,
    requester: Option<String>,
    people: Vec<PersonNamed>,
}

/// What a token of this kind may say about who asks and when.
fn origin(tx: &Tx<'_>, request: &JoinRequest) -> Result<Origin, Error> {
    use RequestedBy::{EarlyYearsProvider, Parent, Post16, School, YoungPerson};
    let permit = tx.permit();
    let caller = permit.caller();
    let received_on = not_future(tx, "/receivedOn", request.received_on.unwrap_or(tx.today()))?;
    let people = telling::people(&request.people)?;
    let (own_names, setting, requester): (&[RequestedBy], _, _) = if permit.acts_as(Role::School) {
        let Some(own) = &caller.organisation else { return Err(Error::NotPermitted(permit.ask().as_str())) };
        if request.setting.as_ref().is_some_and(|setting| setting != own) {
            return Err(wrong("/setting", "not_this_setting", "A school asks for its own pupils."));
        }
        (&[School, Post16, EarlyYearsProvider], Some(own.clone()), None)
    } else if permit.acts_as(Role::Family) {
        (&[Parent, YoungPerson], request.setting.clone(), Some(caller.subject.clone()))
    } else {
        return Ok(Origin { received_on, setting: request.setting.clone(), requester: None, people });
    };
    if !own_names.contains(&request.requested_by) {
        let words = "A school asks as school, post_16 or early_years_provider, a family as parent or young_person.";
        return Err(wrong("/requestedBy", "not_this_requester", words));
    }
    if received_on != tx.today() {
        return Err(wrong("/receivedOn", "received_today", "A request through the API is received today."));
    }
    Ok(Origin { received_on, setting, requester, people })
}

/// The same of a child who is known, by the date of birth on file.
fn must_be_young_person(tx: &mut Tx<'_>, child: ChildId, on: NaiveDate) -> Result<(), Error> {
    let stored = journal::of_child(tx, child, None, journal::Details::Identity)?;
    telling::is_young_person(super::identity::identity_of(&stored).as_ref(), on)
}

/// A new file for a child not named by id.
fn open_file(tx: &Tx<'_>, identity: Identity, received_on: NaiveDate) -> (Loaded, Step) {
    let mut registered = Step::on(tx, received_on, Fact::ChildRegistered {});
    registered.detail.identity = Some(identity);
    (Loaded::new(tx.new_id()), registered)
}
