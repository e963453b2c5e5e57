//! A child's file: the facts that stand once corrections and strikes are resolved.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::entry::Entry;
use super::fact::Fact;
use super::ids::{CaseId, ChildId, DetailId, EventId, PlanId};
use super::occurred::Occurred;
use super::subject::Subject;

/// One fact that stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The entry that first recorded it.
    pub event: EventId,
    /// When it happened, as now known.
    pub occurred: Occurred,
    /// Its place among the entries of its stream: what was recorded earlier has a lower one. Instants can be equal, places cannot.
    pub seq: i32,
    /// What happened, as now known.
    pub fact: Fact,
    /// The personal data that belongs to it.
    pub detail: Option<DetailId>,
}

impl Standing {
    fn of(entry: &Entry) -> Self {
        Self {
            event: entry.id,
            occurred: entry.occurred,
            seq: entry.seq,
            fact: entry.body.fact.clone(),
            detail: entry.body.detail.as_ref().map(|detail| detail.id),
        }
    }

    fn correct(&mut self, occurred_on: Option<NaiveDate>, fact: &Fact) {
        self.occurred = occurred_on.map_or_else(Occurred::unknown, Occurred::on);
        self.fact = fact.clone();
    }

    /// The day, where it is known to the day.
    pub fn day(&self) -> Option<NaiveDate> {
        self.occurred.day()
    }
}

/// Everything that stands about one child.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Whose file.
    pub child: ChildId,
    /// How many entries the stream has: the file's version.
    pub version: i32,
    standing: Vec<Standing>,
    acknowledged: Vec<Acknowledgement>,
}

/// That a recorder knew of a concern: a correction or a strike can raise one as any other entry can.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acknowledgement {
    /// The concern's name.
    pub concern: String,
    /// What the entry, or the entry it puts right, is about.
    pub about: Subject,
    /// The entry it was acknowledged with, whose detail holds the reason.
    pub event: EventId,
}

impl File {
    /// A file with nothing in it.
    pub fn empty(child: ChildId) -> Self {
        Self { child, version: 0, standing: Vec::new(), acknowledged: Vec::new() }
    }

    /// The file that a stream's entries add up to.
    pub fn fold<'a>(child: ChildId, entries: impl IntoIterator<Item = &'a Entry> + Clone) -> Self {
        let acknowledged = acknowledged(entries.clone());
        let (version, standing) = standing(entries);
        Self { child, version, standing, acknowledged }
    }

    /// The file as it would stand with more facts: what every new entry is checked against.
    pub fn with(&self, more: impl IntoIterator<Item = Standing>) -> Self {
        let mut file = self.clone();
        for new in more {
            match &new.fact {
                Fact::Struck { of } => file.standing.retain(|s| s.event != *of),
                Fact::Corrected { of, occurred_on, fact } => {
                    if let Some(standing) = file.standing.iter_mut().find(|s| s.event == *of) {
                        standing.correct(*occurred_on, fact);
                    }
                }
                _ => file.standing.push(new),
            }
        }
        sort(&mut file.standing);
        file
    }

    /// The facts that stand, by the day they happened.
    pub fn standing(&self) -> &[Standing] {
        &self.standing
    }

    /// The standing fact an entry first recorded.
    pub fn find(&self, event: EventId) -> Option<&Standing> {
        self.standing.iter().find(|s| s.event == event)
    }

    /// The entry with which a concern of the case was last acknowledged.
    pub fn acknowledged(&self, case: CaseId, concern: &str) -> Option<EventId> {
        let plan = self.plans().find(|(_, from)| *from == case).map(|(plan, _)| plan);
        let of_case = |about| match about {
            Subject::Case(id) => id == case,
            Subject::Plan(id) => Some(id) == plan,
            _ => false,
        };
        let last = self.acknowledged.iter().rev().find(|known| known.concern == concern && of_case(known.about))?;
        Some(last.event)
    }

    /// The entry with which a concern of the child as a whole, such as of a placement, was last acknowledged.
    pub fn acknowledged_of_child(&self, concern: &str) -> Option<EventId> {
        let last = self.acknowledged.iter().rev().find(|known| known.concern == concern && known.about == Subject::Child)?;
        Some(last.event)
    }

    /// The cases of this child, each opened by a request or a plan that was taken over, in the order of the file.
    pub fn cases(&self) -> impl Iterator<Item = CaseId> + '_ {
        self.standing.iter().filter_map(|s| match s.fact {
            Fact::RequestReceived { case, .. } | Fact::PlanTakenOver { case, .. } => Some(case),
            _ => None,
        })
    }

    /// Whether staff know this child and another to be two.
    pub fn told_apart(&self, other: ChildId) -> bool {
        self.standing.iter().any(|s| matches!(s.fact, Fact::ToldApart { from } if from == other))
    }

    /// The plans of this child, with the case each came from.
    pub fn plans(&self) -> impl Iterator<Item = (PlanId, CaseId)> + '_ {
        self.standing.iter().filter_map(|s| match s.fact {
            Fact::FinalPlanSent { case, plan, .. } | Fact::PlanTakenOver { case, plan, .. } => Some((plan, case)),
            _ => None,
        })
    }

    /// The standing facts of one case and of the plan it led to.
    pub fn of_case(&self, case: CaseId) -> impl Iterator<Item = &Standing> + Clone + '_ {
        let about = self.about_case(case);
        self.standing.iter().filter(move |s| about(&s.fact))
    }

    /// Whether a fact is about a case: its own, those of the plan it led to, and that the child died.
    pub fn about_case(&self, case: CaseId) -> impl Fn(&Fact) -> bool + Clone + use<> {
        let plan = self.plans().find(|(_, from)| *from == case).map(|(plan, _)| plan);
        move |fact| match fact.subject() {
            Subject::Case(id) => id == case,
            Subject::Plan(id) => Some(id) == plan,
            Subject::Child => matches!(fact, Fact::ChildDied {}),
            _ => false,
        }
    }
}

/// Resolves the entries of one stream into its version and the facts that stand. The latest correction or strike of an entry
/// wins; beyond that the result does not depend on the order in which things were entered.
pub fn standing<'a>(entries: impl IntoIterator<Item = &'a Entry>) -> (i32, Vec<Standing>) {
    let mut version = 0;
    let mut originals: BTreeMap<EventId, Standing> = BTreeMap::new();
    let mut latest: BTreeMap<EventId, &Entry> = BTreeMap::new();
    for entry in entries {
        version = version.max(entry.seq);
        match entry.body.fact.corrects() {
            Some(of) => {
                let last = latest.entry(of).or_insert(entry);
                if last.seq < entry.seq {
                    *last = entry;
                }
            }
            None => {
                originals.insert(entry.id, Standing::of(entry));
            }
        }
    }
    for (of, entry) in latest {
        match &entry.body.fact {
            Fact::Corrected { occurred_on, fact, .. } => {
                if let Some(original) = originals.get_mut(&of) {
                    original.correct(*occurred_on, fact);
                }
            }
            _ => {
                originals.remove(&of);
            }
        }
    }
    let mut standing: Vec<_> = originals.into_values().collect();
    sort(&mut standing);
    (version, standing)
}

/// Every concern accepted with an entry, in the order of the entries.
fn acknowledged<'a>(entries: impl IntoIterator<Item = &'a Entry> + Clone) -> Vec<Acknowledgement> {
    let mut all = Vec::new();
    for entry in entries.clone() {
        let original = entry.body.fact.corrects().and_then(|of| entries.clone().into_iter().find(|e| e.id == of));
        let about = original.unwrap_or(entry).body.fact.subject();
        let event = entry.id;
        all.extend(entry.body.acknowledged.iter().map(|concern| Acknowledgement { concern: concern.clone(), about, event }));
    }
    all
}

fn sort(standing: &mut [Standing]) {
    standing.sort_by_key(|s| (s.occurred.on, s.event));
}
