//! When does the panel meet, what is on its agendas, and what did it recommend?

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, Days, NaiveDate, Utc, Weekday};
use rand::RngExt;
use rand::rngs::StdRng;

use super::cast::{Cast, Person, Sender};
use super::office::{Diary, before_opening, in_panel, last_working_day, recorded_on};
use super::steps::{About, Request};
use super::words;
use crate::access::Ask;
use crate::chance::Chance;
use crate::law::working_day;
use crate::record::{CaseId, ChildId, Detail, EventId, Fact, ItemId, MeetingId, Occurred, Question, Recommendation, Why};
use crate::service::recording::Step;

const NAME: &str = "EHC panel";

/// A case for the agenda.
pub(super) struct Paper<'a> {
    pub(super) child: ChildId,
    pub(super) case: CaseId,
    pub(super) case_worker: &'a Person,
    /// The working day on which the request was recorded.
    pub(super) opened_on: NaiveDate,
}

struct Item {
    id: ItemId,
    event: EventId,
    child: ChildId,
    case: CaseId,
    by: Sender,
    added_on: NaiveDate,
    added_at: DateTime<Utc>,
    recommendation: Option<Recommendation>,
}

/// The meetings of the authority's panel, each Tuesday that is a working day and has something on its agenda.
#[derive(Default)]
pub(super) struct Panels {
    meetings: BTreeMap<NaiveDate, Vec<Item>>,
}

fn is_panel_day(day: NaiveDate) -> bool {
    day.weekday() == Weekday::Tue && working_day(day)
}

impl Panels {
    /// Puts a case before the last meeting ahead of the day it was decided; none if there was no meeting in between.
    pub(super) fn before_decision(
        &mut self,
        paper: &Paper<'_>,
        decided_on: NaiveDate,
        recommendation: Recommendation,
        chance: &Chance,
        rng: &mut StdRng,
    ) -> Option<ItemId> {
        let meets_on = (1..28).filter_map(|days| decided_on.checked_sub_days(Days::new(days))).find(|day| is_panel_day(*day))?;
        let added_on =
            last_working_day(meets_on - Days::new(rng.random_range(1..8))).max(recorded_on(paper.opened_on + Days::new(1)));
        (added_on < meets_on).then(|| self.add(paper, meets_on, added_on, Some(recommendation), chance, rng))
    }

    /// Puts a case on the agenda of the first meeting after a day, on which no recommendation is made yet.
    pub(super) fn ahead(&mut self, paper: &Paper<'_>, today: NaiveDate, chance: &Chance, rng: &mut StdRng) {
        let meets_on = (1..60).filter_map(|days| today.checked_add_days(Days::new(days))).find(|day| is_panel_day(*day));
        if let Some(meets_on) = meets_on {
            self.add(paper, meets_on, today, None, chance, rng);
        }
    }

    fn add(
        &mut self,
        paper: &Paper<'_>,
        meets_on: NaiveDate,
        added_on: NaiveDate,
        recommendation: Option<Recommendation>,
        chance: &Chance,
        rng: &mut StdRng,
    ) -> ItemId {
        let added_at = Diary::default().next(added_on, rng);
        let id: ItemId = chance.id(added_at);
        let item = Item {
            id,
            event: chance.id(added_at),
            child: paper.child,
            case: paper.case,
            by: paper.case_worker.into(),
            added_on,
            added_at,
            recommendation,
        };
        self.meetings.entry(meets_on).or_default().push(item);
        id
    }

    /// Every meeting as it would be recorded: convened a fortnight ahead, its agenda set, each item advised on.
    pub(super) fn tell(self, cast: &Cast, chance: &Chance) -> Vec<Request> {
        let mut requests = Vec::new();
        for (meets_on, items) in self.meetings {
            let first = items.iter().map(|item| item.added_on).min().unwrap_or(meets_on);
            let at = before_opening(last_working_day(meets_on - Days::new(14)).min(first), 5);
            let meeting: MeetingId = chance.id(at);
            let convener = Sender::from(&cast.case_workers[0]);
            let mut tell = |at, sender, ask, child, step| {
                let about = About::Meeting { meeting, child, ask };
                requests.push(Request { at, sender, about, steps: vec![step], acknowledge: Vec::new() });
            };
            let convened = Fact::MeetingConvened {
                panel: NAME.to_owned(),
                members: cast.panel.clone(),
                panel_kind: None,
                chair: cast.panel.first().cloned(),
                agencies: None,
                quorum: None,
                quorum_agencies: None,
                interval_days: Some(7),
            };
            tell(at, convener.clone(), Ask::KeepPanels, None, step(chance.id(at), meets_on, convened));
            for (place, item) in items.into_iter().enumerate() {
                let Item { id, event, child, case, by, added_on, added_at, recommendation } = item;
                let added = Fact::ItemAdded {
                    item: id,
                    child,
                    case,
                    why: Some(vec![Why::Complex]),
                    question: Some(Question::Assess),
                    yearly_cost: None,
                    follows: None,
                };
                tell(added_at, by, Ask::KeepPanels, Some(child), step(event, added_on, added));
                if let Some(recommendation) = recommendation {
                    let at = in_panel(meets_on, place);
                    let fact = Fact::Recommended {
                        item: id,
                        child,
                        case,
                        recommendation,
                        met: None,
                        not_met: None,
                        dissent: None,
                        shares: None,
                        health_agreed: None,
                        missing: None,
                        short_of_quorum: None,
                    };
                    let reasons = Some(words::panel(recommendation).to_owned());
                    tell(at, convener.clone(), Ask::Recommend, Some(child), step(chance.id(at), meets_on, fact).words(reasons));
                }
            }
        }
        requests
    }
}

fn step(event: EventId, on: NaiveDate, fact: Fact) -> Step {
    Step { event, occurred: Occurred::on(on), fact, detail: Detail::default() }
}
