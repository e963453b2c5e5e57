//! A letter about a delay was sent: to whom, by what means, and as it was composed here or elsewhere.

use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::ToSchema;

use super::composing::composed;
use crate::db::Tx;
use crate::record::*;
use crate::service::recording::{Receipt, dated, not_future, open_case, record};
use crate::service::{Error, FieldError, wrong};
use crate::store::journal::{self, Details};

/// Somebody to whom the letter was sent.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = SendDelayLetterTo)]
pub struct SendDelayTo {
    /// Which of the people around the child; left out for a family of whom nobody is recorded.
    pub relationship: Option<RelationshipId>,
    /// By what means.
    pub means: Means,
    /// The day it was sent; that of the letter unless told.
    pub sent_on: Option<NaiveDate>,
}

/// Tells the family of a delay.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({
    "reason": "staff_shortage", "why": "We have too few educational psychologists.",
    "awaited": "The psychologist's advice.", "awaitedFrom": "our educational psychology service", "expectedBy": "2027-07-10"
}))]
pub struct TellDelay {
    /// Why, as a word that can be counted.
    pub reason: DelayReason,
    /// Why, as the letter says.
    #[schema(min_length = 1, max_length = 5000)]
    pub why: String,
    /// What is awaited, as the letter says.
    #[schema(min_length = 1, max_length = 2000)]
    pub awaited: String,
    /// From whom, as the letter says. Left out, it is the kind of advice giver, where advice is awaited.
    #[schema(min_length = 1, max_length = 200)]
    pub awaited_from: Option<String>,
    /// The day by which the family can expect what is late. It moves no limit.
    pub expected_by: NaiveDate,
    /// The request for advice that is awaited, if it is advice.
    pub advice: Option<AdviceId>,
    /// The day the letter was sent, which it carries; today unless told.
    pub sent_on: Option<NaiveDate>,
    /// To whom it was sent, where that is known: people who receive notices on that day.
    #[serde(default)]
    #[schema(max_items = 30)]
    pub recipients: Vec<SendDelayTo>,
    /// Whether the letter was written elsewhere. Then it is not composed here, and it may have gone to anybody around the child.
    #[serde(default)]
    pub sent_elsewhere: bool,
}

/// Records that the family was told of a delay, and keeps the letter as it was sent.
pub fn tell(tx: &mut Tx<'_>, case: CaseId, body: &TellDelay) -> Result<Receipt, Error> {
    let loaded = open_case(tx, case)?;
    let of_case = loaded.case(case)?;
    let sent_on = not_future(tx, "/sentOn", body.sent_on.unwrap_or(tx.today()))?;
    if body.expected_by < sent_on {
        return Err(wrong("/expectedBy", "before_the_letter", "Is before the day of the letter."));
    }
    let recipients = recipients(tx, &loaded.file, &of_case, sent_on, body)?;
    let letter = if body.sent_elsewhere {
        None
    } else {
        let stored = journal::of_child(tx, loaded.file.child, None, Details::Identity)?;
        Some(composed(tx, &stored, &loaded.file, &of_case, body, sent_on)?.0)
    };
    let fact = Fact::DelayTold { case, reason: body.reason, advice: body.advice, expected_by: body.expected_by, recipients };
    let mut step = dated(tx, "/sentOn", Some(sent_on), fact)?.words(Some(body.why.clone()));
    step.detail.awaited = Some(body.awaited.clone());
    step.detail.delay_letter = letter;
    let entry = step.event.0;
    record(tx, loaded, Action::TellDelay, case, entry, vec![step], &[])
}

/// To whom it was sent: people who receive notices on that day, unless the letter is not ours.
fn recipients(tx: &Tx<'_>, file: &File, case: &Case, sent_on: NaiveDate, body: &TellDelay) -> Result<Vec<DelayRecipient>, Error> {
    let people = Related::all(file);
    let receive = family_recipients(case, &people, sent_on);
    let (mut all, mut errors) = (Vec::new(), Vec::new());
    for (at, to) in body.recipients.iter().enumerate() {
        let on = not_future(tx, &format!("/recipients/{at}/sentOn"), to.sent_on.unwrap_or(sent_on))?;
        let found = receive.iter().find(|one| one.relationship == to.relationship);
        let known = to.relationship.is_none_or(|id| people.iter().any(|person| person.id == id));
        let (code, words) = match (known, found) {
            (true, found) if found.is_some() || body.sent_elsewhere => {
                let account = found.and_then(|one| one.account.clone());
                all.push(DelayRecipient { relationship: to.relationship, account, means: to.means, on });
                continue;
            }
            (true, _) => ("receives_no_notices", "Does not receive notices on that day: this letter is for those who do."),
            (false, _) => (
                "unknown_relationship",
                "Is nobody of the people around the child; /v1/children/{childId}/relationships lists them.",
            ),
        };
        errors.push(FieldError::new(format!("/recipients/{at}/relationship"), code, words));
    }
    if errors.is_empty() { Ok(all) } else { Err(Error::Invalid(errors)) }
}
