//! The rows of a panel's meeting and its agenda.

use chrono::NaiveDate;
use serde::Serialize;
use uuid::Uuid;

use super::{Rows, View, text};
use crate::record::Meeting;
use crate::record::organisation::person;

/// The rows of a panel's meeting.
pub fn rows_of_meeting(meeting: &Meeting) -> Rows {
    let mut rows = Rows::default();
    rows.add(
        View::Meetings,
        MeetingRow {
            meeting: meeting.id.0,
            panel: &meeting.panel,
            kind: meeting.kind.as_deref(),
            meets_on: meeting.meets_on,
            members: meeting.members.iter().map(|m| person(m)).collect(),
            closed_on: meeting.closed.flatten(),
        },
    );
    for item in &meeting.items {
        let child = item.child.0;
        let conflicted: Vec<_> = meeting.conflicted(item.child).collect();
        let advised = item.advised.as_ref();
        rows.add(
            View::Items,
            ItemRow {
                child,
                item: item.id.0,
                meeting: meeting.id.0,
                case_id: item.case.0,
                added_on: item.added_on,
                question: item.question.map(text),
                yearly_cost: item.yearly_cost,
                conflicts: conflicted.iter().map(|member| person(member)).collect(),
                recommendation: advised.map(|advised| text(advised.recommendation)),
                recommended_on: advised.and_then(|advised| advised.on),
                missing: advised.map(|advised| advised.missing.iter().map(text).collect()),
                short_of_quorum: advised.map(|advised| advised.short_of_quorum),
                detail: advised.and_then(|advised| advised.detail).map(|id| id.0),
            },
        );
        // With a conflict of interest, a member sees neither the papers nor the child.
        for member in meeting.members.iter().filter(|member| !conflicted.contains(&member.as_str())) {
            let reason = format!("panel:{}", item.id);
            rows.grants.add(child, Some(person(member)), &reason, item.added_on, meeting.papers_end_on());
        }
    }
    rows
}

#[derive(Serialize)]
struct MeetingRow<'a> {
    meeting: Uuid,
    panel: &'a str,
    kind: Option<&'a str>,
    meets_on: Option<NaiveDate>,
    members: Vec<String>,
    closed_on: Option<NaiveDate>,
}

#[derive(Serialize)]
struct ItemRow {
    child: Uuid,
    item: Uuid,
    meeting: Uuid,
    case_id: Uuid,
    added_on: Option<NaiveDate>,
    question: Option<String>,
    yearly_cost: Option<u32>,
    conflicts: Vec<String>,
    recommendation: Option<String>,
    recommended_on: Option<NaiveDate>,
    missing: Option<Vec<String>>,
    short_of_quorum: Option<bool>,
    detail: Option<Uuid>,
}
