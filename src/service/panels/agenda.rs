//! Before a panel meets: it is convened, cases are put on its agenda, the agenda is set, members declare their conflicts.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::kinds::{kind, names, seated_once};
use super::{Member, PanelKindId, Seat, append, open, refused};
use crate::access::Reach;
use crate::db::Tx;
use crate::record::*;
use crate::service::recording::{Receipt, Step, open_case};
use crate::service::{Error, FieldError, wrong};
use crate::store::panels;

/// Convenes a panel's meeting.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({
    "panel": "EHC panel", "meetsOn": "2026-02-10",
    "members": [{"member": "urn:ehc-casework:development|panel_member", "name": "Sam Example", "agency": "health"}]
}))]
pub struct ConvenePanel {
    /// The kind of panel, from `/v1/panel-kinds`: its quorum, its interval and its usual members hold for the meeting. Without
    /// one the meeting has no quorum, and no deferral can be warned of.
    pub kind: Option<PanelKindId>,
    /// What the panel is called; the kind's name unless told. Needed where no kind is named.
    #[schema(min_length = 1, max_length = 100)]
    pub panel: Option<String>,
    /// The day it meets; it may lie ahead.
    pub meets_on: NaiveDate,
    /// Who leads it; the first member unless told.
    pub chair: Option<Member>,
    /// Who sits on it; the kind's usual members unless told. Members see the children on the agenda.
    #[schema(max_items = 50)]
    pub members: Option<Vec<Seat>>,
}

/// Puts a case on the agenda.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({
    "case": "0190b0a0-0000-7000-8000-000000000002", "why": ["complex", "joint_funding"], "question": "assess", "yearlyCost": 24000
}))]
pub struct AddItem {
    /// The case.
    pub case: CaseId,
    /// Why it comes to a panel instead of being decided by an officer alone.
    #[schema(min_items = 1, max_items = 5)]
    pub why: Vec<Why>,
    /// Why it comes, in words. Needed with `other`.
    #[schema(min_length = 1, max_length = 5000)]
    pub words: Option<String>,
    /// What the panel is asked.
    pub question: Question,
    /// The yearly cost asked for, in whole pounds.
    #[schema(minimum = 0, maximum = 10_000_000)]
    pub yearly_cost: Option<u32>,
    /// The item of an earlier meeting that was deferred to this one.
    pub follows: Option<ItemId>,
}

/// A time of day in London, as hours and minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(try_from = "String", into = "String")]
#[schema(value_type = String, pattern = "^([01][0-9]|2[0-3]):[0-5][0-9]$", min_length = 5, max_length = 5, example = "09:30")]
pub struct HourMinute(pub NaiveTime);

impl TryFrom<String> for HourMinute {
    type Error = chrono::ParseError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        NaiveTime::parse_from_str(&text, "%H:%M").map(Self)
    }
}

impl From<HourMinute> for String {
    fn from(HourMinute(time): HourMinute) -> Self {
        time.format("%H:%M").to_string()
    }
}

/// When an item's turn is.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Turn {
    /// The item.
    pub item: ItemId,
    /// The time in London at which its turn is.
    pub starts_at: Option<HourMinute>,
}

/// Sets the order of the agenda.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"items": [{"item": "0190b0a0-0000-7000-8000-000000000009", "startsAt": "09:30"}]}))]
pub struct SetAgenda {
    /// Every item, in order. Items left out come last, in the order they were added.
    #[schema(min_items = 1, max_items = 200)]
    pub items: Vec<Turn>,
}

/// Declares a conflict of interest.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"member": "urn:ehc-casework:development|panel_member", "words": "I taught the child."}))]
pub struct DeclareConflict {
    /// The member; the caller unless told. A panel member declares only for themselves.
    pub member: Option<Member>,
    /// What the interest is.
    #[schema(min_length = 1, max_length = 2000)]
    pub words: Option<String>,
}

/// Convenes a meeting.
pub fn convene(tx: &mut Tx<'_>, body: &ConvenePanel) -> Result<Receipt, Error> {
    let kind = body.kind.as_ref().map(|id| kind(tx, "/kind", id)).transpose()?;
    let Some(panel) = body.panel.clone().or_else(|| kind.as_ref().map(|kind| kind.name.clone())) else {
        return Err(wrong("/panel", "required", "Name the panel, or its kind."));
    };
    let seats = body.members.clone().or_else(|| kind.as_ref().map(|kind| kind.members.clone())).unwrap_or_default();
    seated_once(&seats)?;
    panels::put_people(tx, names(&seats))?;
    let chair = body.chair.as_ref().map(|chair| chair.0.clone()).or_else(|| seats.first().map(|seat| seat.member.clone()));
    if !seats.iter().any(|seat| Some(&seat.member) == chair.as_ref()) && chair.is_some() {
        return Err(wrong("/chair", "not_a_member", "Who leads a meeting sits on it."));
    }
    let meeting: MeetingId = tx.new_id();
    let fact = Fact::MeetingConvened {
        panel,
        members: seats.iter().map(|seat| seat.member.clone()).collect(),
        panel_kind: kind.as_ref().map(|kind| kind.id.0.clone()),
        chair,
        agencies: Some(seats.iter().map(|seat| (seat.member.clone(), seat.agency)).collect()),
        quorum: kind.as_ref().map(|kind| kind.quorum.members),
        quorum_agencies: kind.as_ref().map(|kind| kind.quorum.agencies.clone()),
        interval_days: kind.as_ref().map(|kind| kind.interval_days),
    };
    let step = Step::on(tx, body.meets_on, fact);
    append(tx, meeting, Vec::new(), vec![(None, step)], meeting.0)
}

/// Puts a case on the agenda. Members who declared a conflict of interest about it at an earlier meeting have it still.
pub fn add_item(tx: &mut Tx<'_>, meeting: MeetingId, body: &AddItem) -> Result<Receipt, Error> {
    if body.why.contains(&Why::Other) && body.words.is_none() {
        return Err(wrong("/words", "required", "Say why it comes, where it is for another reason."));
    }
    let loaded = match open_case(tx, body.case) {
        Err(Error::NotFound(_)) => {
            open(tx, meeting)?;
            return Err(wrong("/case", "unknown_case", "Is no case that you can see."));
        }
        other => other?,
    };
    let opened = open(tx, meeting)?;
    if opened.meeting.items.iter().any(|item| item.case == body.case) {
        return Err(refused("already_on_agenda", "the case is on this agenda already"));
    }
    if let Some(before) = body.follows
        && panels::recommendation(tx, before)?.is_none_or(|(case, _)| case != body.case)
    {
        return Err(wrong("/follows", "unknown_item", "Is no item about this case."));
    }
    let item: ItemId = tx.new_id();
    let (child, case) = (loaded.file.child, body.case);
    let why: BTreeSet<_> = body.why.iter().copied().collect();
    let added = Fact::ItemAdded {
        item,
        child,
        case,
        why: Some(why.into_iter().collect()),
        question: Some(body.question),
        yearly_cost: body.yearly_cost,
        follows: body.follows,
    };
    let mut steps = vec![(Some(child), Step::on(tx, tx.today(), added).words(body.words.clone()))];
    let known = panels::conflicts_about(tx, case)?;
    for member in opened.meeting.members.iter().filter(|member| known.contains(&person(member))) {
        let fact = Fact::ConflictDeclared { item, child, case, member: member.clone() };
        steps.push((Some(child), Step::on(tx, tx.today(), fact)));
    }
    append(tx, meeting, opened.entries, steps, item.0)
}

/// Sets the order of the agenda, and when each item's turn is.
pub fn set_agenda(tx: &mut Tx<'_>, meeting: MeetingId, body: &SetAgenda) -> Result<Receipt, Error> {
    let opened = open(tx, meeting)?;
    let mut seen = BTreeSet::new();
    let mut errors = Vec::new();
    for (at, turn) in body.items.iter().enumerate() {
        let pointer = format!("/items/{at}/item");
        if opened.meeting.item(turn.item).is_none() {
            errors.push(FieldError::new(pointer, "unknown_item", "Is no item of this agenda."));
        } else if !seen.insert(turn.item) {
            errors.push(FieldError::new(pointer, "named_twice", "Has its place already."));
        }
    }
    if !errors.is_empty() {
        return Err(Error::Invalid(errors));
    }
    let times: BTreeMap<_, _> = body.items.iter().filter_map(|turn| Some((turn.item, turn.starts_at?.0))).collect();
    let fact = Fact::AgendaSet { order: body.items.iter().map(|turn| turn.item).collect(), times };
    let step = Step::on(tx, tx.today(), fact);
    let entry = step.event.0;
    append(tx, meeting, opened.entries, vec![(None, step)], entry)
}

/// Declares a member's conflict of interest in an item: from then on they see neither its papers nor the child.
pub fn declare_conflict(tx: &mut Tx<'_>, meeting: MeetingId, item: ItemId, body: &DeclareConflict) -> Result<Receipt, Error> {
    let caller = tx.permit().caller().subject.clone();
    let own_only = tx.permit().reach() == Reach::Granted;
    let member = body.member.as_ref().map_or(caller.clone(), |member| member.0.clone());
    let opened = open(tx, meeting)?;
    let found = opened.item(item)?;
    let (child, case) = (found.child, found.case);
    if own_only && opened.meeting.conflicted(child).any(|known| known == caller) {
        return Err(Error::NotFound("agenda_item"));
    }
    if own_only && member != caller {
        return Err(wrong("/member", "not_yourself", "A panel member declares a conflict of interest only for themselves."));
    }
    if !opened.meeting.members.contains(&member) {
        return Err(wrong("/member", "not_a_member", "Does not sit on this panel."));
    }
    if found.conflicts.contains(&member) {
        return Err(refused("already_recorded", "the member's conflict of interest in this item stands already"));
    }
    let step = Step::on(tx, tx.today(), Fact::ConflictDeclared { item, child, case, member }).words(body.words.clone());
    let entry = step.event.0;
    append(tx, meeting, opened.entries, vec![(Some(child), step)], entry)
}
