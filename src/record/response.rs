//! What did the family say to a draft, and which setting does it ask for?

use chrono::{Days, NaiveDate};

use super::draft::Draft;
use super::fact::Fact;
use super::file::Standing;
use super::ids::*;
use super::organisation::Organisation;

/// Representations on a draft, section by section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Representation {
    /// The entry that recorded them, whose detail holds the texts.
    pub event: EventId,
    /// The draft they speak of.
    pub draft: DraftId,
    /// The letters of the sections they speak of.
    pub sections: Vec<String>,
    /// The family member who made them through the API.
    pub account: Option<String>,
    /// The day they were received.
    pub made_on: Option<NaiveDate>,
}

/// That the family has nothing more to say on a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completion {
    /// The draft.
    pub draft: DraftId,
    /// The day they said so.
    pub on: Option<NaiveDate>,
}

/// A setting the family asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettingRequest {
    /// The entry that recorded it, whose detail holds the reasons.
    pub event: EventId,
    /// The setting.
    pub setting: Organisation,
    /// The family member who asked through the API.
    pub account: Option<String>,
    /// The day it was received.
    pub requested_on: Option<NaiveDate>,
}

/// A meeting of the family with an officer about the draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfficerMeeting {
    /// The entry that recorded it, whose detail holds what was said.
    pub event: EventId,
    /// The officer.
    pub officer: StaffId,
    /// The day.
    pub met_on: Option<NaiveDate>,
}

/// Everything the family said to the drafts of a case, each by its day.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Response {
    /// Representations made.
    pub representations: Vec<Representation>,
    /// Drafts on which there is nothing more to say.
    pub complete: Vec<Completion>,
    /// Settings asked for.
    pub settings: Vec<SettingRequest>,
    /// Meetings with an officer.
    pub meetings: Vec<OfficerMeeting>,
}

impl Response {
    /// The response that a case's facts add up to.
    pub fn of<'a>(facts: impl IntoIterator<Item = &'a Standing>) -> Self {
        let mut response = Self::default();
        for standing in facts {
            let (event, on) = (standing.event, standing.day());
            match &standing.fact {
                Fact::RepresentationsMade { draft, sections, account, .. } => response.representations.push(Representation {
                    event,
                    draft: *draft,
                    sections: sections.clone(),
                    account: account.clone(),
                    made_on: on,
                }),
                Fact::RepresentationsComplete { draft, .. } => response.complete.push(Completion { draft: *draft, on }),
                Fact::SettingRequested { setting, account, .. } => response.settings.push(SettingRequest {
                    event,
                    setting: setting.clone(),
                    account: account.clone(),
                    requested_on: on,
                }),
                Fact::OfficerMet { officer, .. } => {
                    response.meetings.push(OfficerMeeting { event, officer: *officer, met_on: on });
                }
                _ => {}
            }
        }
        response
    }
}

/// The draft whose fifteen days run, or ran last, on a day: the last that began them by then.
pub fn time_running(drafts: &[Draft], on: NaiveDate) -> Option<&Draft> {
    drafts.iter().rfind(|draft| draft.begins_time() && draft.served_on.is_some_and(|served| served <= on))
}

/// The last of at least fifteen days, the day of service counted (SEND Regulations 2014, reg. 13(1)(a)).
pub fn last_day(served: NaiveDate) -> Option<NaiveDate> {
    served.checked_add_days(Days::new(14))
}

/// Whether something received on that day came after the family's fifteen days: late, and considered all the same.
pub fn is_late(drafts: &[Draft], received: Option<NaiveDate>) -> bool {
    let after = |day| time_running(drafts, day)?.served_on.and_then(last_day).map(|last| day > last);
    received.and_then(after).unwrap_or(false)
}

/// Whether the family said, by that day, that it has nothing more to say on that draft or on a later change it asked for.
pub fn nothing_more(drafts: &[Draft], complete: &[Completion], running: &Draft, by: NaiveDate) -> bool {
    let at_or_after = |id| drafts.iter().any(|draft| draft.id == id && draft.served_on >= running.served_on);
    complete.iter().any(|word| at_or_after(word.draft) && word.on.is_some_and(|on| on <= by))
}
