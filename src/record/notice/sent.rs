//! Which notices were sent in a case, to whom and when, and in which other forms were they asked for?

use chrono::NaiveDate;

use super::{Means, NoticeFormat, NoticeItem, NoticeKind, RecipientKind};
use crate::record::fact::Fact;
use crate::record::file::Standing;
use crate::record::ids::*;
use crate::record::organisation::Organisation;

/// A notice as it was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Its id.
    pub id: NoticeId,
    /// The entry that recorded it, whose detail holds the letter.
    pub event: EventId,
    /// Which notice.
    pub kind: NoticeKind,
    /// The day the letter carries.
    pub dated: NaiveDate,
    /// The first day on which it was sent.
    pub sent_on: Option<NaiveDate>,
    /// The draft it came with.
    pub draft: Option<DraftId>,
    /// The plan it is about.
    pub plan: Option<PlanId>,
    /// The review it follows.
    pub review: Option<ReviewId>,
    /// The amendment it is about.
    pub amendment: Option<AmendmentId>,
    /// The entry by which the family is recorded as notified, where the notice tells a decision.
    pub notification: Option<EventId>,
    /// Whether another system sent it, so that its letter is not kept here.
    pub elsewhere: bool,
    /// What it lacked.
    pub missing: Vec<NoticeItem>,
    /// To whom it was sent.
    pub sent_to: Vec<SentTo>,
    /// In which other forms it was asked for.
    pub formats: Vec<FormatRequest>,
}

/// One recipient to whom a notice was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentTo {
    /// The entry that recorded it.
    pub event: EventId,
    /// Who.
    pub recipient: RecipientKind,
    /// Which of the people around the child.
    pub relationship: Option<RelationshipId>,
    /// Which body.
    pub organisation: Option<Organisation>,
    /// The account of a family member who is known only by it.
    pub account: Option<String>,
    /// By what means.
    pub means: Means,
    /// The day it was sent.
    pub on: Option<NaiveDate>,
}

/// A request for a notice in another form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormatRequest {
    /// Its id.
    pub id: NoticeFormatId,
    /// The entry that recorded it, whose detail holds the words.
    pub event: EventId,
    /// Which form.
    pub format: NoticeFormat,
    /// Who asked, of the people around the child.
    pub relationship: Option<RelationshipId>,
    /// The account of a family member who is known only by it.
    pub account: Option<String>,
    /// The day it was asked for.
    pub requested_on: Option<NaiveDate>,
    /// The day by which it was promised.
    pub due_on: Option<NaiveDate>,
    /// That it was provided.
    pub provided: Option<Provided>,
}

/// That a notice was provided in the form somebody asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Provided {
    /// By what means.
    pub means: Means,
    /// The day.
    pub on: Option<NaiveDate>,
}

impl Notice {
    /// The notices among a case's standing facts, by the day they were sent.
    pub fn all(facts: &[&Standing]) -> Vec<Self> {
        facts.iter().filter_map(|s| Self::of(s, facts)).collect()
    }

    fn of(standing: &Standing, facts: &[&Standing]) -> Option<Self> {
        let Fact::NoticeSent {
            notice, notice_kind, dated, draft, plan, review, amendment, notification, elsewhere, missing, ..
        } = &standing.fact
        else {
            return None;
        };
        Some(Self {
            id: *notice,
            event: standing.event,
            kind: *notice_kind,
            dated: *dated,
            sent_on: standing.day(),
            draft: *draft,
            plan: *plan,
            review: *review,
            amendment: *amendment,
            notification: *notification,
            elsewhere: *elsewhere,
            missing: missing.clone(),
            sent_to: facts.iter().filter_map(|s| SentTo::of(s, *notice)).collect(),
            formats: facts.iter().filter_map(|s| FormatRequest::of(s, *notice, facts)).collect(),
        })
    }
}

impl SentTo {
    fn of(standing: &Standing, notice: NoticeId) -> Option<Self> {
        match &standing.fact {
            Fact::NoticeSentTo { notice: of, recipient, relationship, organisation, account, means, .. } if *of == notice => {
                Some(Self {
                    event: standing.event,
                    recipient: *recipient,
                    relationship: *relationship,
                    organisation: organisation.clone(),
                    account: account.clone(),
                    means: *means,
                    on: standing.day(),
                })
            }
            _ => None,
        }
    }
}

impl FormatRequest {
    fn of(standing: &Standing, notice: NoticeId, facts: &[&Standing]) -> Option<Self> {
        let Fact::NoticeFormatRequested { notice: of, request, format, relationship, account, due_on, .. } = &standing.fact
        else {
            return None;
        };
        let provided = facts.iter().find_map(|s| match &s.fact {
            Fact::NoticeFormatProvided { request: of, means, .. } if of == request => {
                Some(Provided { means: *means, on: s.day() })
            }
            _ => None,
        });
        (*of == notice).then(|| Self {
            id: *request,
            event: standing.event,
            format: *format,
            relationship: *relationship,
            account: account.clone(),
            requested_on: standing.day(),
            due_on: *due_on,
            provided,
        })
    }
}
