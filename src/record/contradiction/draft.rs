//! What cannot be said of a draft: changes to none, and answers to one that was not served.

use chrono::NaiveDate;

use super::Found;
use crate::record::{Case, DraftChange, DraftId};

pub(super) fn look_at(case: &Case, found: &mut Found) {
    for draft in &case.drafts {
        let about = draft.id.0;
        let earlier = |served: Option<NaiveDate>| match (served, draft.served_on) {
            (Some(one), Some(other)) => one <= other,
            _ => true,
        };
        let changes_another = case.drafts.iter().any(|other| other.id != draft.id && earlier(other.served_on));
        if draft.change == Some(DraftChange::AskedByFamily) && !changes_another {
            found.add(about, "no_draft_to_change", "no earlier draft stands that the family could have asked to change");
        }
        found.order(
            about,
            case.received_on,
            draft.served_on,
            "draft_before_request",
            "a draft served before the request was received",
        );
    }
    let mut answers = |about, draft: DraftId, on: Option<NaiveDate>| match case.drafts.iter().find(|d| d.id == draft) {
        None => found.add(about, "no_such_draft", "the draft that this answers does not stand"),
        Some(draft) => found.order(
            about,
            draft.served_on,
            on,
            "answered_before_served",
            "the family cannot answer a draft before it was served",
        ),
    };
    for said in &case.response.representations {
        answers(said.event.0, said.draft, said.made_on);
    }
    for word in &case.response.complete {
        answers(word.draft.0, word.draft, word.on);
    }
    let received = case.received_on;
    for asked in &case.response.settings {
        let words = "a setting asked for before the request was received";
        found.order(asked.event.0, received, asked.requested_on, "setting_before_request", words);
    }
    for meeting in &case.response.meetings {
        let words = "a meeting about the draft before the request was received";
        found.order(meeting.event.0, received, meeting.met_on, "meeting_before_request", words);
    }
}
