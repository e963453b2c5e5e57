//! A meeting as it is shown: who sits on it, each item with the duties that run, what was advised and what was decided.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use super::HourMinute;
use crate::db::Tx;
use crate::law::{self, Nature};
use crate::record::*;
use crate::service::Error;
use crate::service::as_of::{AsOf, Known};
use crate::service::cases::{TimelineEntry, timeline_entry};
use crate::store::journal::{self, Stored};
use crate::store::panels::{self, Behind};

/// Somebody who sits on the panel.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MemberView {
    /// The person as their token names them.
    pub member: String,
    /// Their name at work, where it was told.
    pub name: Option<String>,
    /// Whom they speak for. Null in meetings of before agencies were kept.
    pub agency: Option<Agency>,
    /// Whether they lead the meeting.
    pub chair: bool,
    /// Whether they were there. Null: not recorded yet.
    pub present: Option<bool>,
    /// Whether they had said they could not come.
    pub apologies: bool,
}

/// A duty that runs in the case.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = DutyBehindItem)]
pub struct DutyView {
    /// The rule, as `/v1/law/rules` has it.
    #[schema(example = "D-20W")]
    pub rule: String,
    /// What it asks for, in words.
    pub duty: &'static str,
    /// The day it is due.
    pub due_on: NaiveDate,
    /// Whether it would be missed if the item were deferred to the next usual meeting: it is due between this one and that.
    pub missed_if_deferred: bool,
}

/// A member who did not agree.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DissentView {
    /// The member.
    pub member: String,
    /// Why.
    pub why: Option<String>,
}

/// The officer's decision that cites an item.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CitedBy {
    /// What was decided.
    pub outcome: DecisionOutcome,
    /// The day it was decided.
    pub decided_on: Option<NaiveDate>,
    /// Whether it is not what the panel recommended.
    pub differs: bool,
    /// Why not.
    pub differs_because: Option<String>,
}

/// An item of the agenda.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ItemView {
    /// Its id, which a decision can cite.
    pub id: ItemId,
    /// The child's id.
    pub child: ChildId,
    /// The child's given name; null when erased.
    pub given_name: Option<String>,
    /// The child's family name; null when erased.
    pub family_name: Option<String>,
    /// The case.
    pub case: CaseId,
    /// The case's human reference.
    pub reference: Option<String>,
    /// The day it was put on the agenda.
    pub added_on: Option<NaiveDate>,
    /// When its turn is, in London.
    pub starts_at: Option<HourMinute>,
    /// Why it comes to the panel.
    pub why: Vec<Why>,
    /// The same in words.
    pub words: Option<String>,
    /// What the panel is asked. Null in items of before questions were kept.
    pub question: Option<Question>,
    /// The yearly cost asked for, in whole pounds.
    pub yearly_cost: Option<u32>,
    /// The item of an earlier meeting that was deferred to this one.
    pub follows: Option<ItemId>,
    /// The duties that run in the case, the earliest due first.
    pub duties: Vec<DutyView>,
    /// How many papers the members have; `…/items/{itemId}/papers` gives them.
    pub papers: u32,
    /// Members who declared a conflict of interest: they see neither the papers nor the child.
    pub conflicts: Vec<String>,
    /// Whether those there were enough for this item by the authority's own rule; members with a conflict of interest do not
    /// count. Null where no rule was set.
    pub quorum: Option<QuorumCount>,
    /// What the panel recommended. Null: not yet.
    pub recommendation: Option<Recommendation>,
    /// The day it did.
    pub recommended_on: Option<NaiveDate>,
    /// The panel's reasons.
    pub reasons: Option<String>,
    /// Limbs of the legal test it found met.
    pub met: Vec<Limb>,
    /// Limbs it found not met.
    pub not_met: Vec<Limb>,
    /// Who did not agree, and why.
    pub dissent: Vec<DissentView>,
    /// The percentage of the yearly cost each agency is to bear.
    pub shares: BTreeMap<Agency, u8>,
    /// Whether the health body agreed its share. Null: not said.
    pub health_agreed: Option<bool>,
    /// Of a deferral, what is missing.
    pub missing: Vec<Missing>,
    /// Why the panel advised with fewer there than the authority's own rule asks for. Null where there were enough.
    pub without_quorum_because: Option<String>,
    /// The officer's decision that cites the item. Null: none does.
    pub decision: Option<CitedBy>,
    /// What is minuted of the item.
    pub minutes: Option<String>,
}

/// A panel's meeting.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PanelView {
    /// Its id.
    pub id: MeetingId,
    /// Which panel meets.
    pub panel: String,
    /// The kind of panel it is, as `/v1/panel-kinds` has it. Null: none was named.
    pub kind: Option<String>,
    /// The day it meets.
    pub meets_on: Option<NaiveDate>,
    /// The day the next meeting of its kind would usually be. Null where no interval was set.
    pub next_usually_on: Option<NaiveDate>,
    /// Who sits on it.
    pub members: Vec<MemberView>,
    /// The authority's own rule of who must be there, as it was when the meeting was convened. Null: none was set.
    pub quorum_rule: Option<Quorum>,
    /// Whether those there were enough for the meeting as a whole. Null where no rule was set.
    pub quorum: Option<QuorumCount>,
    /// The yearly cost of all items shown, in whole pounds.
    pub yearly_cost: u64,
    /// The agenda, in order: the items that the caller may see.
    pub items: Vec<ItemView>,
    /// What is minuted of the meeting as a whole.
    pub minutes: Option<String>,
    /// The day it was closed. Null: it is open.
    pub closed_on: Option<NaiveDate>,
    /// The first day on which members no longer see its items and papers, twenty-eight days after it was closed. Null: it is open.
    pub papers_end_on: Option<NaiveDate>,
    /// What was put right, and why, in the order it was recorded.
    pub put_right: Vec<PutRight>,
    /// What the answer was computed from.
    pub known: Known,
    /// The version of the meeting's record.
    pub version: i32,
}

/// A correction or a strike of an entry of the meeting.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PutRight {
    /// The entry it puts right.
    pub of: EventId,
    /// What that entry had recorded.
    #[schema(example = "attendance_recorded")]
    pub kind: &'static str,
    /// The day it was put right.
    pub on: Option<NaiveDate>,
    /// Whether the entry should never have been made.
    pub struck: bool,
    /// Why.
    pub why: Option<String>,
}

/// A line of the list of meetings.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PanelLine {
    /// Its id.
    pub id: MeetingId,
    /// Which panel meets.
    pub panel: String,
    /// The kind of panel it is. Null: none was named.
    pub kind: Option<String>,
    /// The day it meets.
    pub meets_on: NaiveDate,
    /// The day it was closed. Null: it is open.
    pub closed_on: Option<NaiveDate>,
}

/// One meeting, as it stands or stood.
pub fn show(tx: &mut Tx<'_>, id: MeetingId, as_of: Option<AsOf>) -> Result<PanelView, Error> {
    let known = Known::at(tx, as_of)?;
    let stored = journal::of_meeting(tx, id, known.position)?;
    let entries: Vec<_> = stored.iter().map(|s| &s.entry).collect();
    let meeting = Meeting::fold(id, entries).ok_or(Error::NotFound("panel"))?;
    let mut behind: BTreeMap<ItemId, Vec<Behind>> = BTreeMap::new();
    for row in panels::behind(tx, id, known.position)? {
        behind.entry(ItemId(row.item)).or_default().push(row);
    }
    let names: BTreeMap<_, _> = panels::people(tx, &meeting.members)?.into_iter().collect();
    // An item whose case is not the caller's to see any more is none to them.
    let items: Vec<_> =
        meeting.items.iter().filter_map(|item| Some(item_view(&meeting, item, behind.get(&item.id)?, &stored))).collect();
    Ok(PanelView {
        id,
        panel: meeting.panel.clone(),
        kind: meeting.kind.clone(),
        meets_on: meeting.meets_on,
        next_usually_on: meeting.next_usually_on(),
        members: meeting.members.iter().map(|member| member_view(&meeting, member, &names)).collect(),
        quorum_rule: meeting.quorum.clone(),
        quorum: meeting.quorum_for(None),
        yearly_cost: items.iter().filter_map(|item| item.yearly_cost).map(u64::from).sum(),
        items,
        minutes: detail(&stored, meeting.minutes).and_then(|d| d.words.clone()),
        closed_on: meeting.closed.flatten(),
        papers_end_on: meeting.papers_end_on(),
        put_right: put_right(&stored),
        known,
        version: meeting.version,
    })
}

/// Meetings, the latest first.
pub fn list(tx: &mut Tx<'_>, before: Option<(NaiveDate, MeetingId)>, limit: i64) -> Result<Vec<PanelLine>, Error> {
    let rows = panels::list(tx, before, limit)?;
    let line = |row: panels::Line| PanelLine {
        id: MeetingId(row.meeting),
        panel: row.panel,
        kind: row.kind,
        meets_on: row.meets_on,
        closed_on: row.closed_on,
    };
    Ok(rows.into_iter().map(line).collect())
}

/// What was recorded of a meeting, entry by entry: of its items, those the caller may see.
pub fn timeline(tx: &mut Tx<'_>, id: MeetingId, as_of: Option<AsOf>) -> Result<(Known, Vec<TimelineEntry>), Error> {
    let known = Known::at(tx, as_of)?;
    let stored = journal::of_meeting(tx, id, known.position)?;
    Meeting::fold(id, stored.iter().map(|s| &s.entry).collect::<Vec<_>>()).ok_or(Error::NotFound("panel"))?;
    let corrected: Vec<_> = stored.iter().filter_map(|s| s.entry.body.fact.corrects()).collect();
    Ok((known, stored.iter().map(|s| timeline_entry(s, true, !corrected.contains(&s.entry.id))).collect()))
}

fn member_view(meeting: &Meeting, member: &str, names: &BTreeMap<String, String>) -> MemberView {
    let among = |members: &[String]| members.iter().any(|other| other == member);
    MemberView {
        member: member.to_owned(),
        name: names.get(member).cloned(),
        agency: meeting.agencies.get(member).copied(),
        chair: meeting.chair.as_deref() == Some(member),
        present: meeting.attendance.as_ref().map(|attendance| among(&attendance.present)),
        apologies: meeting.attendance.as_ref().is_some_and(|attendance| among(&attendance.apologies)),
    }
}

fn item_view(meeting: &Meeting, item: &Item, behind: &[Behind], stored: &[Stored]) -> ItemView {
    let first = behind.first();
    let identity = first.and_then(Behind::identity);
    let advised = item.advised.as_ref();
    let said = detail(stored, advised.and_then(|advised| advised.detail));
    let words = |id| detail(stored, id).and_then(|d: &Detail| d.words.clone());
    ItemView {
        id: item.id,
        child: item.child,
        given_name: identity.as_ref().map(|identity| identity.given_name.clone()),
        family_name: identity.map(|identity| identity.family_name),
        case: item.case,
        reference: first.map(|row| row.reference.clone()),
        added_on: item.added_on,
        starts_at: item.starts_at.map(HourMinute),
        why: item.why.clone(),
        words: words(item.words),
        question: item.question,
        yearly_cost: item.yearly_cost,
        follows: item.follows,
        duties: behind.iter().filter_map(|row| duty_view(meeting, row)).collect(),
        papers: u32::try_from(item.papers.len()).unwrap_or(u32::MAX),
        conflicts: item.conflicts.clone(),
        quorum: meeting.quorum_for(Some(item)),
        recommendation: advised.map(|advised| advised.recommendation),
        recommended_on: advised.and_then(|advised| advised.on),
        reasons: said.and_then(|d| d.words.clone()),
        met: advised.map(|advised| advised.met.clone()).unwrap_or_default(),
        not_met: advised.map(|advised| advised.not_met.clone()).unwrap_or_default(),
        dissent: advised
            .iter()
            .flat_map(|advised| &advised.dissent)
            .map(|member| DissentView { member: member.clone(), why: said.and_then(|d| d.dissent.get(member).cloned()) })
            .collect(),
        shares: advised.map(|advised| advised.shares.clone()).unwrap_or_default(),
        health_agreed: advised.and_then(|advised| advised.health_agreed),
        missing: advised.map(|advised| advised.missing.clone()).unwrap_or_default(),
        without_quorum_because: said.and_then(|d| d.without_quorum.clone()),
        decision: first.and_then(|row| cited_by(row, advised.map(|advised| advised.recommendation))),
        minutes: words(item.minutes),
    }
}

fn cited_by(row: &Behind, recommendation: Option<Recommendation>) -> Option<CitedBy> {
    let outcome: DecisionOutcome = serde_json::from_value(row.outcome.clone()?.into()).ok()?;
    let differs = recommendation.is_some_and(|recommendation| recommendation.differs_from(outcome));
    let differs_because = row.because.clone().filter(|_| differs);
    Some(CitedBy { outcome, decided_on: row.decided_on, differs, differs_because })
}

fn duty_view(meeting: &Meeting, row: &Behind) -> Option<DutyView> {
    let (id, due_on) = (row.rule.clone()?, row.due_on?);
    let rule = law::rule(&id).filter(|rule| rule.nature == Nature::Duty)?;
    let missed_if_deferred = match (meeting.meets_on, meeting.next_usually_on()) {
        (Some(meets_on), Some(next)) => meets_on <= due_on && due_on < next,
        _ => false,
    };
    Some(DutyView { rule: id, duty: rule.duty, due_on, missed_if_deferred })
}

fn put_right(stored: &[Stored]) -> Vec<PutRight> {
    let one = |s: &Stored| {
        let of = s.entry.body.fact.corrects()?;
        let original = stored.iter().find(|other| other.entry.id == of)?;
        Some(PutRight {
            of,
            kind: original.entry.body.fact.kind(),
            on: s.entry.occurred.on,
            struck: matches!(s.entry.body.fact, Fact::Struck { .. }),
            why: s.detail.as_ref().and_then(|d| d.words.clone()),
        })
    };
    stored.iter().filter_map(one).collect()
}

/// What an entry has beside the record.
fn detail(stored: &[Stored], id: Option<DetailId>) -> Option<&Detail> {
    let cited = |s: &&Stored| s.entry.body.detail.as_ref().map(|d| d.id) == id;
    id.and_then(|_| stored.iter().find(cited)).and_then(|s| s.detail.as_ref())
}
