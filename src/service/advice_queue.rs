//! The requests for advice as a service or the authority works through them: what is due, how old it is, who has it.

use std::str::FromStr;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use strum::{EnumIter, EnumString, IntoEnumIterator, IntoStaticStr};
use utoipa::ToSchema;

use super::Error;
use super::as_of::{AsOf, Known};
use super::changes::{self, Asked, Mark};
use crate::db::Tx;
use crate::law::AdviceGiver;
use crate::record::*;
use crate::store::advice::{self, CountRow, Row};

/// How a request for advice stands on a day. The first five are still awaited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema, EnumIter, EnumString, IntoStaticStr)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum AdviceState {
    /// Asked for; the day the body received the request is not on record, so that its six weeks have not begun.
    AwaitingReceipt,
    /// With the advice giver, and in time; or of somebody who has no time limit.
    Outstanding,
    /// With the advice giver, and its day has passed.
    Overdue,
    /// With the advice giver, its day has passed, and a claimed exception excuses that.
    Excused,
    /// It came back, was found wanting, and is with the advice giver again.
    SentBack,
    /// It came back.
    Returned,
    /// An answer came that is no advice, and nobody was named to write it since.
    NilReturn,
    /// The case came to its end before it came back.
    NoLongerAwaited,
}

impl AdviceState {
    /// The states of what is still awaited.
    pub const AWAITED: [AdviceState; 5] = [
        AdviceState::AwaitingReceipt,
        AdviceState::Outstanding,
        AdviceState::Overdue,
        AdviceState::Excused,
        AdviceState::SentBack,
    ];

    /// The name the API and the store write.
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}

/// A line of the queue.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AdviceLine {
    /// The request for advice.
    pub id: AdviceId,
    /// Its case.
    pub case: CaseId,
    /// The case's human reference.
    pub reference: String,
    /// The child's id.
    pub child: ChildId,
    /// The child's given name; null when erased.
    pub given_name: Option<String>,
    /// The child's family name; null when erased.
    pub family_name: Option<String>,
    /// Who was asked.
    pub service: AdviceGiver,
    /// Which kind of service, where `service` leaves that open.
    pub specialism: Option<Specialism>,
    /// Their organisation.
    pub organisation: Option<Organisation>,
    /// What was asked.
    pub words: Option<String>,
    /// How it stands.
    pub state: AdviceState,
    /// The day it was asked for.
    pub requested_on: Option<NaiveDate>,
    /// The day the body received the request.
    pub received_on: Option<NaiveDate>,
    /// The last day of its six weeks (SEND Regulations 2014, reg. 8(1)). Null until it was received, and for those who have no limit.
    pub due_on: Option<NaiveDate>,
    /// Days since it was received, until it was answered.
    #[schema(example = 12)]
    pub age_days: Option<i64>,
    /// Days left until it is due; negative once it is overdue. Null when it is not awaited, or has no day.
    #[schema(example = 30)]
    pub days_left: Option<i64>,
    /// Who writes it. Null: nobody is named.
    pub allocated_to: Option<Writer>,
    /// The day on which the child was last seen for it.
    pub visited_on: Option<NaiveDate>,
    /// The day it was signed off.
    pub signed_off_on: Option<NaiveDate>,
    /// How often it was chased, and when last. Null: never.
    pub chased: Option<LastChased>,
    /// Why it is late, as last said. Null: nothing was said.
    pub late: Option<LateReason>,
    /// What was answered.
    pub answer: Option<AdviceAnswer>,
    /// The day of that answer.
    pub answered_on: Option<NaiveDate>,
    /// Since when it is with its giver again.
    pub sent_back_on: Option<NaiveDate>,
}

/// Who writes a piece of advice.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = AdviceWriter)]
pub struct Writer {
    /// Their name; null when erased.
    pub name: Option<String>,
    /// Their organisation.
    pub organisation: Option<Organisation>,
    /// Since when.
    pub on: Option<NaiveDate>,
    /// The day on which they are to see the child.
    pub visit_on: Option<NaiveDate>,
}

/// When a request was last chased.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct LastChased {
    /// How often.
    pub times: i32,
    /// When last.
    pub last_on: Option<NaiveDate>,
    /// How the last time.
    pub last_by: Option<ChaserMeans>,
}

/// Why advice is late, as last said.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct LateReason {
    /// Why.
    pub reason: DelayReason,
    /// When it is expected now.
    pub expected_on: Option<NaiveDate>,
}

/// What the queue is narrowed to. Filters combine.
#[derive(Debug, Clone, Default)]
pub struct QueueFilter {
    /// Only of these givers; all when empty.
    pub services: Vec<AdviceGiver>,
    /// Only of this kind of service.
    pub specialism: Option<Specialism>,
    /// Only of this organisation.
    pub organisation: Option<Organisation>,
    /// Only in these states; when empty, what is awaited, or where changes are asked for, all.
    pub states: Vec<AdviceState>,
    /// Only allocated, or only not.
    pub allocated: Option<bool>,
    /// Only due on this day or later.
    pub due_from: Option<NaiveDate>,
    /// Only due on this day or earlier.
    pub due_to: Option<NaiveDate>,
}

/// Requests for advice by the day they are due, those without one last; then by id, so that the order is total. Where asked, only those of
/// children who changed since, with the mark for the next time.
pub fn list(
    tx: &mut Tx<'_>,
    filter: &QueueFilter,
    after: Option<(Option<NaiveDate>, AdviceId)>,
    limit: i64,
    as_of: Option<AsOf>,
    since: Option<Asked>,
) -> Result<(Option<Mark>, Known, Vec<AdviceLine>), Error> {
    let known = Known::at(tx, as_of)?;
    let asked = changes::asked(tx, since, as_of)?;
    let states = match (filter.states.as_slice(), &asked) {
        ([], None) => AdviceState::AWAITED.to_vec(),
        // What came back since is awaited no more, and news.
        ([], Some(_)) => AdviceState::iter().collect(),
        (told, _) => told.to_vec(),
    };
    let filter = advice::Filter {
        givers: filter.services.iter().filter_map(written).collect(),
        specialism: filter.specialism.map(|one| one.as_str().to_owned()),
        organisation: filter.organisation.as_ref().map(|one| one.as_str().to_owned()),
        awaited: states.iter().all(|state| AdviceState::AWAITED.contains(state)),
        states: states.into_iter().map(|state| state.as_str().to_owned()).collect(),
        allocated: filter.allocated,
        due_from: filter.due_from,
        due_to: filter.due_to,
        changed: asked.map(|(window, _)| window),
    };
    let rows = advice::list(tx, &filter, known.position, known.today, after, limit)?;
    let lines = rows.iter().filter_map(|row| line(row, known.today)).collect();
    Ok((asked.map(|(_, mark)| mark), known, lines))
}

fn line(row: &Row, today: NaiveDate) -> Option<AdviceLine> {
    let identity = row.identity();
    let state = AdviceState::from_str(&row.state).ok()?;
    let awaited = AdviceState::AWAITED.contains(&state) && state != AdviceState::SentBack;
    let until = if awaited { today } else { row.answered_on.unwrap_or(today) };
    Some(AdviceLine {
        id: row.id(),
        case: row.case(),
        reference: row.reference.clone(),
        child: row.child(),
        given_name: identity.as_ref().map(|one| one.given_name.clone()),
        family_name: identity.map(|one| one.family_name),
        service: read(&row.giver)?,
        specialism: row.specialism.as_deref().and_then(read),
        organisation: organisation(row.organisation.as_deref()),
        words: row.asked(),
        state,
        requested_on: row.requested_on,
        received_on: row.received_on,
        due_on: row.due_on,
        age_days: row.received_on.map(|received| (until - received).num_days()),
        days_left: row.due_on.filter(|_| awaited).map(|due| (due - today).num_days()),
        allocated_to: row.allocated.then(|| Writer {
            name: row.writer(),
            organisation: organisation(row.writers_organisation.as_deref()),
            on: row.allocated_on,
            visit_on: row.visit_on,
        }),
        visited_on: row.visited_on,
        signed_off_on: row.signed_off_on,
        chased: (row.chased > 0).then(|| LastChased {
            times: row.chased,
            last_on: row.last_chased_on,
            last_by: row.last_chased_by.as_deref().and_then(read),
        }),
        late: row.late_reason.as_deref().and_then(read).map(|reason| LateReason { reason, expected_on: row.expected_on }),
        answer: row.answer.as_deref().and_then(read),
        answered_on: row.answered_on,
        sent_back_on: row.sent_back_on,
    })
}

fn organisation(text: Option<&str>) -> Option<Organisation> {
    text.and_then(|text| text.parse().ok())
}

/// What a view's word stands for.
fn read<T: serde::de::DeserializeOwned>(word: &str) -> Option<T> {
    serde_json::from_value(serde_json::Value::String(word.to_owned())).ok()
}

/// The word a view has for it.
pub(super) fn written(value: &impl Serialize) -> Option<String> {
    serde_json::to_value(value).ok()?.as_str().map(str::to_owned)
}

/// By what requests are counted together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AdviceGroup {
    /// By who was asked: psychology, health, education …
    #[default]
    Service,
    /// By organisation.
    Organisation,
}

/// Answers that were no advice.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct NilReturns {
    /// The child is not known to the service.
    pub not_known: i64,
    /// The service declined.
    pub declined: i64,
    /// The service has no capacity.
    pub no_capacity: i64,
}

/// The requests of one service or organisation. `asked` is the sum of `returnedInSixWeeks`, `returnedLate`, `returnedLateExcused`,
/// `returnedWithoutLimit`, the nil returns, `awaitingReceipt`, `outstanding`, `overdue`, `excused` and `noLongerAwaited`.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AdviceCounts {
    /// Who was asked; null when counted by organisation.
    pub service: Option<AdviceGiver>,
    /// The organisation; null when counted by service, and for requests to nobody in particular.
    pub organisation: Option<Organisation>,
    /// Requests asked for in the time.
    pub asked: i64,
    /// Of these, came back within their six weeks (SEND Regulations 2014, reg. 8(1)).
    pub returned_in_six_weeks: i64,
    /// Of these, came back later.
    pub returned_late: i64,
    /// Of these, came back later, and an exception excuses it (reg. 8(2)).
    pub returned_late_excused: i64,
    /// Of these, came back from somebody who has no time limit, or on a day or after a receipt that is not on record.
    pub returned_without_limit: i64,
    /// Of those that came back, are with their giver again because they were found wanting.
    pub sent_back: i64,
    /// Of these, answered by something that is no advice.
    pub nil_returns: NilReturns,
    /// Of these, not on record as received.
    pub awaiting_receipt: i64,
    /// Of these, awaited and in time, or without a limit.
    pub outstanding: i64,
    /// Of these, awaited and overdue.
    pub overdue: i64,
    /// Of these, awaited and past their day with an exception.
    pub excused: i64,
    /// Of these, no longer awaited, because the case came to its end.
    pub no_longer_awaited: i64,
    /// Of those that are awaited, with nobody named to write them.
    pub unallocated: i64,
    /// Median age in days of those that were received and are awaited, to one decimal place; null when there is none.
    #[schema(example = 23.5)]
    pub median_age_days: Option<f64>,
    /// Age in days of the oldest of them.
    #[schema(example = 81)]
    pub oldest_age_days: Option<i32>,
}

/// Counts the requests asked for from a day to a day, as they stand.
pub fn count(
    tx: &mut Tx<'_>,
    days: (Option<NaiveDate>, Option<NaiveDate>),
    group_by: AdviceGroup,
    as_of: Option<AsOf>,
) -> Result<(Known, Vec<AdviceCounts>), Error> {
    let known = Known::at(tx, as_of)?;
    let (from, to) = days;
    let by_organisation = group_by == AdviceGroup::Organisation;
    let rows = advice::count(tx, from, to, by_organisation, known.position, known.today)?;
    Ok((known, rows.iter().map(counts).collect()))
}

fn counts(row: &CountRow) -> AdviceCounts {
    let state = |state: AdviceState| row.of_state(state.as_str());
    let answer = |answer: AdviceAnswer| row.of_answer(answer.into());
    AdviceCounts {
        service: row.giver.as_deref().and_then(read),
        organisation: organisation(row.organisation.as_deref()),
        asked: row.asked,
        returned_in_six_weeks: row.in_time,
        returned_late: row.late,
        returned_late_excused: row.late_excused,
        returned_without_limit: row.untimed,
        sent_back: state(AdviceState::SentBack),
        nil_returns: NilReturns {
            not_known: answer(AdviceAnswer::NotKnown),
            declined: answer(AdviceAnswer::Declined),
            no_capacity: answer(AdviceAnswer::NoCapacity),
        },
        awaiting_receipt: state(AdviceState::AwaitingReceipt),
        outstanding: state(AdviceState::Outstanding),
        overdue: state(AdviceState::Overdue),
        excused: state(AdviceState::Excused),
        no_longer_awaited: state(AdviceState::NoLongerAwaited),
        unallocated: row.unallocated,
        median_age_days: row.median_age.map(super::statistics::tenth),
        oldest_age_days: row.oldest_age,
    }
}
