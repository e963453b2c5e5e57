//! When a panel has met: who came, the minutes, the end; and afterwards what is put right.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{Member, append, open, open_even_closed, refused, subjects};
use crate::db::Tx;
use crate::record::*;
use crate::service::entries::corrected;
use crate::service::recording::{Receipt, Step, not_future};
use crate::service::{Error, FactValue, FieldError, wrong};

/// Records who came.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"present": ["urn:ehc-casework:development|panel_member"], "apologies": []}))]
pub struct RecordAttendance {
    /// Members who were there.
    #[schema(max_items = 50)]
    pub present: Vec<Member>,
    /// Members who had said that they could not come.
    #[serde(default)]
    #[schema(max_items = 50)]
    pub apologies: Vec<Member>,
}

/// Takes the minutes.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"words": "The educational psychologist joined by telephone."}))]
pub struct TakeMinutes {
    /// What is minuted. Takes the place of what was minuted before.
    #[schema(min_length = 1, max_length = 20_000)]
    pub words: String,
}

/// Closes the meeting.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({}))]
pub struct CloseMeeting {
    /// The day; today unless told.
    pub on: Option<NaiveDate>,
}

/// Corrects an entry of a meeting.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"of": "0190b0a0-0000-7000-8000-000000000003", "set": {"yearlyCost": 18000}, "why": "The quotation had been misread."}))]
pub struct CorrectMeetingEntry {
    /// The entry, from the meeting's timeline.
    pub of: EventId,
    /// When it really happened, if that was wrong.
    pub occurred_on: Option<NaiveDate>,
    /// The facts that were wrong, by the names the timeline shows, with what they should be.
    #[serde(default)]
    pub set: BTreeMap<String, FactValue>,
    /// Why it is corrected; the minutes show it.
    #[schema(min_length = 1, max_length = 2000)]
    pub why: String,
}

/// Strikes an entry of a meeting.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"of": "0190b0a0-0000-7000-8000-000000000003", "why": "Recorded under the wrong item."}))]
pub struct StrikeMeetingEntry {
    /// The entry, from the meeting's timeline.
    pub of: EventId,
    /// Why it should never have been made; the minutes show it.
    #[schema(min_length = 1, max_length = 2000)]
    pub why: String,
}

/// Records who came to the meeting.
pub fn record_attendance(tx: &mut Tx<'_>, meeting: MeetingId, body: &RecordAttendance) -> Result<Receipt, Error> {
    let opened = open(tx, meeting)?;
    if opened.meeting.meets_on.is_some_and(|day| day > tx.today()) {
        return Err(refused("not_met_yet", "the meeting is still ahead; record who came once it has met"));
    }
    let mut errors = Vec::new();
    for (list, members) in [("present", &body.present), ("apologies", &body.apologies)] {
        for (at, member) in members.iter().enumerate() {
            let pointer = format!("/{list}/{at}");
            if !opened.meeting.members.contains(&member.0) {
                errors.push(FieldError::new(pointer, "not_a_member", "Does not sit on this panel."));
            } else if members[..at].contains(member) || (list == "apologies" && body.present.contains(member)) {
                errors.push(FieldError::new(pointer, "named_twice", "Is named already."));
            }
        }
    }
    if !errors.is_empty() {
        return Err(Error::Invalid(errors));
    }
    let fact = Fact::AttendanceRecorded { present: subjects(&body.present), apologies: subjects(&body.apologies) };
    let step = Step::on(tx, opened.meeting.meets_on.unwrap_or(tx.today()), fact);
    let entry = step.event.0;
    append(tx, meeting, opened.entries, vec![(None, step)], entry)
}

/// Takes the minutes of the meeting as a whole, or of one item.
pub fn take_minutes(tx: &mut Tx<'_>, meeting: MeetingId, item: Option<ItemId>, body: &TakeMinutes) -> Result<Receipt, Error> {
    let opened = open(tx, meeting)?;
    let about = item.map(|item| opened.item(item)).transpose()?;
    let (child, case) = (about.map(|item| item.child), about.map(|item| item.case));
    let step = Step::on(tx, tx.today(), Fact::MinutesTaken { item, child, case }).words(Some(body.words.clone()));
    let entry = step.event.0;
    append(tx, meeting, opened.entries, vec![(child, step)], entry)
}

/// Closes the meeting.
pub fn close(tx: &mut Tx<'_>, meeting: MeetingId, body: &CloseMeeting) -> Result<Receipt, Error> {
    let opened = open(tx, meeting)?;
    let day = not_future(tx, "/on", body.on.unwrap_or(tx.today()))?;
    if opened.meeting.meets_on.is_some_and(|meets_on| day < meets_on) {
        return Err(wrong("/on", "before_meeting", "Is before the day of the meeting."));
    }
    if opened.meeting.items.iter().any(|item| item.advised.is_none()) {
        let words = "an item has neither a recommendation nor a deferral; record what became of it, or strike it from the agenda";
        return Err(refused("items_open", words));
    }
    let step = Step::on(tx, day, Fact::MeetingClosed {});
    append(tx, meeting, opened.entries, vec![(None, step)], meeting.0)
}

/// Corrects an entry of a meeting, also of one that is closed.
pub fn correct(tx: &mut Tx<'_>, meeting: MeetingId, body: &CorrectMeetingEntry) -> Result<Receipt, Error> {
    if body.occurred_on.is_none() && body.set.is_empty() {
        return Err(wrong("", "nothing_to_correct", "Say what was wrong: the day, or a fact."));
    }
    let opened = open_even_closed(tx, meeting)?;
    let (original, child) = standing_in(&opened.entries, body.of)?;
    let fact = corrected(&original.fact, &body.set)?;
    let ahead = matches!(fact, Fact::MeetingConvened { .. });
    let occurred_on = match body.occurred_on {
        Some(day) if ahead => Some(day),
        Some(day) => Some(not_future(tx, "/occurredOn", day)?),
        None => original.occurred.on,
    };
    let fact = Fact::Corrected { of: body.of, occurred_on, fact: Box::new(fact) };
    let step = Step::on(tx, tx.today(), fact).words(Some(body.why.clone()));
    let entry = step.event.0;
    append(tx, meeting, opened.entries, vec![(child, step)], entry)
}

/// Strikes an entry of a meeting, also of one that is closed. A case taken off the agenda is its item struck.
pub fn strike(tx: &mut Tx<'_>, meeting: MeetingId, body: &StrikeMeetingEntry) -> Result<Receipt, Error> {
    let opened = open_even_closed(tx, meeting)?;
    let (original, child) = standing_in(&opened.entries, body.of)?;
    match original.fact {
        Fact::MeetingConvened { .. } => {
            return Err(refused("meeting_stands", "a meeting that was convened is corrected, not struck"));
        }
        Fact::MeetingClosed {} => {
            return Err(refused("meeting_closed", "a closed meeting stays closed; put right what was recorded of it"));
        }
        _ => {}
    }
    let step = Step::on(tx, tx.today(), Fact::Struck { of: body.of }).words(Some(body.why.clone()));
    let entry = step.event.0;
    append(tx, meeting, opened.entries, vec![(child, step)], entry)
}

/// The fact that stands of an entry, and the child it shows.
fn standing_in(entries: &[Entry], of: EventId) -> Result<(Standing, Option<ChildId>), Error> {
    let (_, facts) = standing(entries);
    let found = facts.into_iter().find(|standing| standing.event == of);
    let child = entries.iter().find(|entry| entry.id == of).and_then(|entry| entry.child);
    found
        .map(|standing| (standing, child))
        .ok_or_else(|| wrong("/of", "unknown_entry", "Is no entry of this meeting that stands."))
}
