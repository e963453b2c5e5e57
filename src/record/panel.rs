//! A panel's meeting: its agenda, and what it recommended. A panel advises; it never decides.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::entry::Entry;
use super::fact::Fact;
use super::file::standing;
use super::ids::*;

/// What a panel advises. It never decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Recommendation {
    /// Assess.
    Assess,
    /// Do not assess.
    Refuse,
    /// Prepare a plan.
    Issue,
    /// Make no plan.
    NoPlan,
    /// Not yet: something is missing.
    Defer,
}

/// One item of the agenda.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Its id.
    pub id: ItemId,
    /// Whose case.
    pub child: ChildId,
    /// The case.
    pub case: CaseId,
    /// The day it was put on the agenda.
    pub added_on: Option<NaiveDate>,
    /// What the panel recommended, and when.
    pub recommendation: Option<(Recommendation, Option<NaiveDate>)>,
    /// The panel's reasons, beside the record.
    pub detail: Option<DetailId>,
}

/// One meeting as its standing facts describe it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meeting {
    /// Its id.
    pub id: MeetingId,
    /// How many entries its stream has.
    pub version: i32,
    /// Which panel meets.
    pub panel: String,
    /// The day it meets.
    pub meets_on: Option<NaiveDate>,
    /// Who sits on it, by their tokens' subjects.
    pub members: Vec<String>,
    /// The agenda, in the order it was set.
    pub items: Vec<Item>,
}

impl Meeting {
    /// The meeting that a stream's entries add up to; none when none was convened.
    pub fn fold<'a>(id: MeetingId, entries: impl IntoIterator<Item = &'a Entry>) -> Option<Self> {
        let (version, facts) = standing(entries);
        let mut meeting = facts.iter().find_map(|s| match &s.fact {
            Fact::MeetingConvened { panel, members } => {
                Some(Self { id, version, panel: panel.clone(), meets_on: s.day(), members: members.clone(), items: Vec::new() })
            }
            _ => None,
        })?;
        for s in &facts {
            if let Fact::ItemAdded { item, child, case } = s.fact {
                let added_on = s.day();
                meeting.items.push(Item { id: item, child, case, added_on, recommendation: None, detail: None });
            }
        }
        for s in &facts {
            if let Fact::Recommended { item, recommendation, .. } = &s.fact
                && let Some(item) = meeting.items.iter_mut().find(|i| i.id == *item)
            {
                item.recommendation = Some((*recommendation, s.day()));
                item.detail = s.detail;
            }
        }
        Some(meeting)
    }
}
