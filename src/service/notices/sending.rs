//! A notice is sent: complete if it is ours, and with it the family counts as notified; as it was, if another system sent it.

use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::ToSchema;

use super::composing::{Composed, composed};
use crate::db::Tx;
use crate::record::*;
use crate::service::recording::{Acknowledge, Loaded, Receipt, Step, not_future, open_case, record};
use crate::service::{Error, FieldError, must_match, plans, wrong};
use crate::store::journal::{self, Details};

/// One recipient to whom the notice was sent.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = SendNoticeRecipient)]
pub struct SendTo {
    /// Who.
    pub recipient: RecipientKind,
    /// Which of the people around the child.
    pub relationship: Option<RelationshipId>,
    /// Which body.
    pub organisation: Option<Organisation>,
    /// By what means.
    pub means: Means,
    /// The day it was sent; today unless told.
    pub sent_on: Option<NaiveDate>,
}

/// Records that a notice was sent.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({
    "dated": "2026-02-16",
    "recipients": [
        {"recipient": "family", "means": "post", "sentOn": "2026-02-16"},
        {"recipient": "health_body", "organisation": "ods:RF4", "means": "email", "sentOn": "2026-02-17"}
    ]
}))]
pub struct SendNotice {
    /// The day the letter carries; today unless told. Its time limits are counted from here.
    pub dated: Option<NaiveDate>,
    /// To whom it was sent, somebody of the family among them.
    #[schema(min_items = 1, max_items = 30)]
    pub recipients: Vec<SendTo>,
    /// Whether another system sent it. Then its letter is not composed here, and `missing` says what it lacked.
    #[serde(default)]
    pub sent_elsewhere: bool,
    /// What a notice that was sent elsewhere lacked of what the law asks for.
    #[serde(default)]
    #[schema(max_items = 16)]
    pub missing: Vec<NoticeItem>,
    /// What a notice that was sent elsewhere said, or where it is kept.
    #[schema(max_length = 50_000)]
    pub words: Option<String>,
    /// Concerns accepted, with reasons.
    #[serde(default)]
    #[schema(max_items = 20)]
    pub acknowledge: Vec<Acknowledge>,
}

/// Records that a notice was sent to more recipients.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"recipients": [{"recipient": "social_care", "means": "email", "sentOn": "2026-02-18"}]}))]
pub struct SendNoticeTo {
    /// To whom.
    #[schema(min_items = 1, max_items = 30)]
    pub recipients: Vec<SendTo>,
}

/// Records that a notice of a case was sent.
///
/// # Errors
/// [`Error::Lacking`] when it is ours and lacks what the law asks for; [`Error::NotFound`] while there is nothing it could tell of.
pub fn send(tx: &mut Tx<'_>, case: CaseId, kind: NoticeKind, body: &SendNotice, read: &[u64]) -> Result<Receipt, Error> {
    let loaded = open_case(tx, case)?;
    send_from(tx, loaded, case, kind, body, read)
}

/// Records that a notice of a plan was sent.
///
/// # Errors
/// As [`send`].
pub fn send_of_plan(tx: &mut Tx<'_>, plan: PlanId, kind: NoticeKind, body: &SendNotice, read: &[u64]) -> Result<Receipt, Error> {
    let (loaded, case) = plans::open_plan(tx, plan)?;
    send_from(tx, loaded, case, kind, body, read)
}

/// Records that a notice was sent to more recipients.
pub fn send_to_more(tx: &mut Tx<'_>, case: CaseId, notice: NoticeId, body: &SendNoticeTo) -> Result<Receipt, Error> {
    let loaded = open_case(tx, case)?;
    let of_case = loaded.case(case)?;
    if !of_case.notices.iter().any(|known| known.id == notice) {
        return Err(Error::NotFound("notice"));
    }
    let sent_on = days(tx, &body.recipients)?;
    known_people(&loaded, &body.recipients)?;
    let steps = body.recipients.iter().zip(sent_on).map(|(to, on)| sent_to(tx, &of_case, notice, to, on)).collect();
    record(tx, loaded, Action::SendNotice, case, notice.0, steps, &[])
}

fn send_from(
    tx: &mut Tx<'_>,
    loaded: Loaded,
    case: CaseId,
    kind: NoticeKind,
    body: &SendNotice,
    read: &[u64],
) -> Result<Receipt, Error> {
    must_match(&loaded.file, read)?;
    let of_case = loaded.case(case)?;
    let dated = not_future(tx, "/dated", body.dated.unwrap_or(tx.today()))?;
    let sent_on = days(tx, &body.recipients)?;
    let to_family = body.recipients.iter().zip(&sent_on).filter(|(to, _)| to.recipient == RecipientKind::Family);
    let Some(first) = to_family.map(|(_, on)| *on).min() else {
        let words = "Names nobody of the family: the notice is theirs before it is anybody else's.";
        return Err(wrong("/recipients", "nobody_of_the_family", words));
    };
    known_people(&loaded, &body.recipients)?;
    elsewhere_only(kind, body)?;
    let stored = journal::of_child(tx, loaded.file.child, None, Details::All)?;
    let Composed { letter, missing, told, .. } = composed(tx, &stored, &loaded.file, &of_case, kind, dated)?;
    if !body.sent_elsewhere && !missing.is_empty() {
        return Err(Error::Lacking(missing));
    }

    let notice: NoticeId = tx.new_id();
    let mut steps = Vec::new();
    let notification = match notification(&loaded.file, case, kind, told) {
        Notified::By(entry) => Some(entry),
        Notified::NotYet(fact) => {
            let step = Step::on(tx, first, fact);
            let entry = step.event;
            steps.push(step);
            Some(entry)
        }
        Notified::Nothing => None,
    };
    let Told { draft, plan, review, amendment, .. } = told;
    let (elsewhere, missing) = (body.sent_elsewhere, body.missing.clone());
    let notice_kind = kind;
    let fact =
        Fact::NoticeSent { case, notice, notice_kind, dated, draft, plan, review, amendment, notification, elsewhere, missing };
    let mut step = Step::on(tx, first, fact).words(body.words.clone());
    step.detail.letter = (!elsewhere).then_some(letter);
    steps.push(step);
    steps.extend(body.recipients.iter().zip(sent_on).map(|(to, on)| sent_to(tx, &of_case, notice, to, on)));
    record(tx, loaded, Action::SendNotice, case, notice.0, steps, &body.acknowledge)
}

fn sent_to(tx: &Tx<'_>, case: &Case, notice: NoticeId, to: &SendTo, on: NaiveDate) -> Step {
    let of_family = to.recipient == RecipientKind::Family && to.relationship.is_none();
    let fact = Fact::NoticeSentTo {
        case: case.id,
        notice,
        recipient: to.recipient,
        relationship: to.relationship,
        organisation: to.organisation.clone(),
        account: case.requests.family_account().filter(|_| of_family),
        means: to.means,
    };
    Step::on(tx, on, fact)
}

/// The days on which the notice was sent, none of them in the future.
fn days(tx: &Tx<'_>, recipients: &[SendTo]) -> Result<Vec<NaiveDate>, Error> {
    let day = |(at, to): (usize, &SendTo)| not_future(tx, &format!("/recipients/{at}/sentOn"), to.sent_on.unwrap_or(tx.today()));
    recipients.iter().enumerate().map(day).collect()
}

fn known_people(loaded: &Loaded, recipients: &[SendTo]) -> Result<(), Error> {
    let people = Related::all(&loaded.file);
    let unknown = recipients
        .iter()
        .enumerate()
        .filter(|(_, to)| to.relationship.is_some_and(|relationship| !people.iter().any(|person| person.id == relationship)));
    let words = "Is nobody of the people around the child; /v1/children/{childId}/relationships lists them.";
    let errors: Vec<_> =
        unknown.map(|(at, _)| FieldError::new(format!("/recipients/{at}/relationship"), "unknown_relationship", words)).collect();
    if errors.is_empty() { Ok(()) } else { Err(Error::Invalid(errors)) }
}

/// What can be said only of a notice that another system sent.
fn elsewhere_only(kind: NoticeKind, body: &SendNotice) -> Result<(), Error> {
    let mut errors = Vec::new();
    if !body.sent_elsewhere {
        let words = "Is said only of a notice that was sent elsewhere; this one is looked at here.";
        let said = [("/missing", !body.missing.is_empty()), ("/words", body.words.is_some())];
        errors.extend(said.iter().filter(|(_, said)| *said).map(|(at, _)| FieldError::new(*at, "sent_from_here", words)));
    }
    for (at, item) in body.missing.iter().enumerate() {
        if !required(kind).iter().any(|(needed, _)| needed == item) {
            let words = "Is nothing that a notice of this kind must have.";
            errors.push(FieldError::new(format!("/missing/{at}"), "not_required", words));
        }
    }
    if errors.is_empty() { Ok(()) } else { Err(Error::Invalid(errors)) }
}

/// Whether the family is recorded as notified of what the notice tells.
enum Notified {
    /// By an entry that stands.
    By(EventId),
    /// Not yet: by this fact, together with the notice.
    NotYet(Fact),
    /// There is nothing to notify beyond the notice itself.
    Nothing,
}

fn notification(file: &File, case: CaseId, kind: NoticeKind, told: Told) -> Notified {
    let stands = |is: &dyn Fn(&Standing) -> bool| file.of_case(case).find(|s| is(s)).map(|s| s.event);
    let (found, fact) = match (kind, told.plan, told.review) {
        // To serve a draft, to send a plan, to propose amendments and to say that there will be none is to notify.
        (
            NoticeKind::DraftPlan
            | NoticeKind::FinalPlan
            | NoticeKind::AmendmentWithoutReview
            | NoticeKind::AmendedPlan
            | NoticeKind::AmendmentDeclined,
            ..,
        ) => return Notified::By(told.event),
        (NoticeKind::RefusalToAssess, ..) => {
            let tells = |s: &Standing| {
                matches!(s.fact, Fact::AssessmentDecisionNotified { .. })
                    && !tells_of_reversal(s, Refused::RefusalToAssess, file.of_case(case))
            };
            (stands(&tells), Fact::AssessmentDecisionNotified { case })
        }
        (NoticeKind::NoPlan, ..) => {
            let tells = |s: &Standing| {
                matches!(s.fact, Fact::PlanDecisionNotified { .. }) && !tells_of_reversal(s, Refused::NoPlan, file.of_case(case))
            };
            (stands(&tells), Fact::PlanDecisionNotified { case })
        }
        (NoticeKind::Cease, Some(plan), None) => {
            let tells = |s: &Standing| matches!(s.fact, Fact::CessationNotified { plan: of } if of == plan);
            (stands(&tells), Fact::CessationNotified { plan })
        }
        (NoticeKind::Amendment | NoticeKind::Maintain | NoticeKind::Cease, Some(plan), Some(review)) => {
            let tells = |s: &Standing| matches!(s.fact, Fact::ReviewDecisionNotified { review: of, .. } if of == review);
            (stands(&tells), Fact::ReviewDecisionNotified { plan, review })
        }
        (NoticeKind::Amendment | NoticeKind::Maintain | NoticeKind::Cease, ..) => return Notified::Nothing,
    };
    found.map_or(Notified::NotYet(fact), Notified::By)
}
