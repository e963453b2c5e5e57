//! A panel's meeting: who sits on it, its agenda, and what it recommended. A panel advises; it never decides.

mod flaw;
mod item;
mod question;
mod quorum;

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};

use super::entry::Entry;
use super::fact::Fact;
use super::file::{Standing, standing};
use super::ids::*;

pub use flaw::flaws;
pub use item::{Advised, Item};
pub use question::{Limb, Missing, Question, Recommendation, Why};
pub use quorum::{Agency, Quorum, QuorumCount};

/// How long members still see the papers once the meeting is closed, so that minutes can be checked: twenty-eight days. No
/// provision sets it; it is this program's choice, and this its one place.
pub const PAPERS_AFTER_CLOSING: Days = Days::new(28);

/// Who came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attendance {
    /// Members who were there.
    pub present: Vec<String>,
    /// Members who had said they could not come.
    pub apologies: Vec<String>,
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
    /// The kind of panel it is, as the directory names it.
    pub kind: Option<String>,
    /// The day it meets.
    pub meets_on: Option<NaiveDate>,
    /// Who leads it.
    pub chair: Option<String>,
    /// Who sits on it, by their tokens' subjects.
    pub members: Vec<String>,
    /// Whom each member speaks for.
    pub agencies: BTreeMap<String, Agency>,
    /// The rule of its kind when it was convened.
    pub quorum: Option<Quorum>,
    /// The usual days from one meeting of its kind to the next.
    pub interval_days: Option<u16>,
    /// The agenda, in order.
    pub items: Vec<Item>,
    /// Who came.
    pub attendance: Option<Attendance>,
    /// What the minutes say of the meeting as a whole, beside the record.
    pub minutes: Option<DetailId>,
    /// The day it was closed; the inner option is an unknown day.
    pub closed: Option<Option<NaiveDate>>,
}

impl Meeting {
    /// The meeting that a stream's entries add up to; none when none was convened.
    pub fn fold<'a>(id: MeetingId, entries: impl IntoIterator<Item = &'a Entry> + Clone) -> Option<Self> {
        let order: BTreeMap<_, _> = entries.clone().into_iter().map(|entry| (entry.id, entry.seq)).collect();
        let (version, mut facts) = standing(entries);
        // What is set anew takes the place of what was set before, also on the same day.
        facts.sort_by_key(|s| order.get(&s.event).copied());
        let mut meeting = facts.iter().find_map(|s| Self::convened(id, version, s))?;
        meeting.items.extend(facts.iter().filter_map(Item::added));
        for fact in &facts {
            meeting.add(fact);
        }
        Some(meeting)
    }

    fn convened(id: MeetingId, version: i32, standing: &Standing) -> Option<Self> {
        let Fact::MeetingConvened { panel, members, panel_kind, chair, agencies, quorum, quorum_agencies, interval_days } =
            &standing.fact
        else {
            return None;
        };
        let quorum = quorum.map(|members| Quorum { members, agencies: quorum_agencies.clone().unwrap_or_default() });
        Some(Self {
            id,
            version,
            panel: panel.clone(),
            kind: panel_kind.clone(),
            meets_on: standing.day(),
            chair: chair.clone(),
            members: members.clone(),
            agencies: agencies.clone().unwrap_or_default(),
            quorum,
            interval_days: *interval_days,
            items: Vec::new(),
            attendance: None,
            minutes: None,
            closed: None,
        })
    }

    fn add(&mut self, standing: &Standing) {
        match &standing.fact {
            Fact::AgendaSet { order, times } => {
                let place = |item: &Item| order.iter().position(|id| *id == item.id).unwrap_or(order.len());
                self.items.sort_by_key(place);
                for item in &mut self.items {
                    item.starts_at = times.get(&item.id).copied();
                }
            }
            Fact::AttendanceRecorded { present, apologies } => {
                self.attendance = Some(Attendance { present: present.clone(), apologies: apologies.clone() });
            }
            Fact::MinutesTaken { item: None, .. } => self.minutes = standing.detail,
            Fact::MeetingClosed {} => self.closed = Some(standing.day()),
            fact => {
                if let Some(item) = self.items.iter_mut().find(|item| fact.item() == Some(item.id)) {
                    item.add(standing);
                }
            }
        }
    }

    /// An item of the agenda.
    pub fn item(&self, id: ItemId) -> Option<&Item> {
        self.items.iter().find(|item| item.id == id)
    }

    /// Members who declared a conflict of interest about a child, on whichever item.
    pub fn conflicted(&self, child: ChildId) -> impl Iterator<Item = &str> + '_ {
        self.items.iter().filter(move |item| item.child == child).flat_map(|item| item.conflicts.iter().map(String::as_str))
    }

    /// Whether those who came are enough for the item, or for the meeting where none is told. None where no rule was set.
    pub fn quorum_for(&self, item: Option<&Item>) -> Option<QuorumCount> {
        let rule = self.quorum.as_ref()?;
        let present = self.attendance.iter().flat_map(|attendance| &attendance.present).map(String::as_str);
        let conflicted: Vec<_> = item.iter().flat_map(|item| self.conflicted(item.child)).collect();
        Some(rule.count(present.filter(|member| !conflicted.contains(member)), &self.agencies))
    }

    /// The day the next meeting of the kind would usually be.
    pub fn next_usually_on(&self) -> Option<NaiveDate> {
        self.meets_on?.checked_add_days(Days::new(self.interval_days?.into()))
    }

    /// The first day on which members no longer see its papers; none while it is open.
    pub fn papers_end_on(&self) -> Option<NaiveDate> {
        self.closed??.checked_add_days(PAPERS_AFTER_CLOSING)
    }
}
