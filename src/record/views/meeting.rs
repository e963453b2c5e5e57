//! The rows of a panel's meeting and its agenda.

use chrono::NaiveDate;
use serde::Serialize;
use uuid::Uuid;

use super::visible::grant;
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
            meets_on: meeting.meets_on,
            members: meeting.members.iter().map(|m| person(m)).collect(),
        },
    );
    for item in &meeting.items {
        let child = item.child.0;
        rows.add(
            View::Items,
            ItemRow {
                child,
                item: item.id.0,
                meeting: meeting.id.0,
                case_id: item.case.0,
                recommendation: item.recommendation.map(|(recommendation, _)| text(recommendation)),
                recommended_on: item.recommendation.and_then(|(_, on)| on),
                detail: item.detail.map(|id| id.0),
            },
        );
        for member in &meeting.members {
            grant(&mut rows, child, Some(person(member)), &format!("panel:{}", meeting.id), item.added_on, None);
        }
    }
    rows
}

#[derive(Serialize)]
struct MeetingRow<'a> {
    meeting: Uuid,
    panel: &'a str,
    meets_on: Option<NaiveDate>,
    members: Vec<String>,
}

#[derive(Serialize)]
struct ItemRow {
    child: Uuid,
    item: Uuid,
    meeting: Uuid,
    case_id: Uuid,
    recommendation: Option<String>,
    recommended_on: Option<NaiveDate>,
    detail: Option<Uuid>,
}
