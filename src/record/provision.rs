//! Which provision of a plan's section F was arranged with whom, when was it not delivered, and how was that made good?

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use strum::IntoStaticStr;
use utoipa::ToSchema;
use uuid::Uuid;

use super::fact::Fact;
use super::file::Standing;
use super::ids::*;
use super::organisation::Organisation;

/// What kind of provision it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema, IntoStaticStr)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum ProvisionKind {
    /// Speech and language therapy.
    SpeechAndLanguageTherapy,
    /// Occupational therapy.
    OccupationalTherapy,
    /// Physiotherapy.
    Physiotherapy,
    /// Support for mental health, such as counselling.
    MentalHealthSupport,
    /// Teaching by a specialist, such as a teacher of the deaf.
    SpecialistTeaching,
    /// An adult's help in lessons and around them.
    AdultSupport,
    /// Tuition outside the classroom.
    Tuition,
    /// Equipment and adaptations.
    Equipment,
    /// Another kind, which the words name.
    Other,
}

impl ProvisionKind {
    /// The name the API and the views write.
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}

/// The time in which so many minutes are to be given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PerTime {
    /// In a day of school.
    Day,
    /// In a week of school.
    Week,
    /// In two weeks of school.
    Fortnight,
    /// In a month.
    Month,
    /// In a term.
    Term,
    /// In a year.
    Year,
}

/// Why provision was not delivered: `vacancy`, nobody is in post; `staff_absence`; `not_commissioned`, nobody was asked to give it or paid
/// for it; `waiting_list`; `setting_closed`; `child_absent`; `declined` by the family; `other`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema, IntoStaticStr)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum WhyUndelivered {
    /// Nobody is in post who could give it.
    Vacancy,
    /// Whoever gives it was away.
    StaffAbsence,
    /// Nobody was asked to give it, or paid for it.
    NotCommissioned,
    /// The service has a waiting list.
    WaitingList,
    /// The setting was closed.
    SettingClosed,
    /// The child was away.
    ChildAbsent,
    /// The family did not want it then.
    Declined,
    /// Another reason, which the words name.
    Other,
}

impl WhyUndelivered {
    /// The name the API and the views write.
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}

/// How undelivered provision was made good: `made_up`, given later; `other_provider`, given by somebody else; `payment`; `other`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Remedy {
    /// What was missed was given later.
    MadeUp,
    /// Somebody else gives it.
    OtherProvider,
    /// The family was paid for what was missed.
    Payment,
    /// Another remedy, which the words name.
    Other,
}

/// One piece of provision as it was arranged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provision {
    /// Its id.
    pub id: ProvisionId,
    /// The entry that recorded it, whose detail holds what the plan says of it.
    pub event: EventId,
    /// What kind it is.
    pub kind: ProvisionKind,
    /// Who gives it.
    pub provider: Option<Organisation>,
    /// The first day on which it is due.
    pub from: NaiveDate,
    /// The last day on which it was due; none: it still is.
    pub until: Option<NaiveDate>,
    /// How many minutes.
    pub minutes: Option<u32>,
    /// In which time.
    pub per: Option<PerTime>,
    /// The days on which it was known to be delivered, the earliest first.
    pub delivered_on: Vec<NaiveDate>,
    /// The times in which it was not, by their first day.
    pub shortfalls: Vec<Shortfall>,
}

/// A time in which provision was not delivered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shortfall {
    /// Its id.
    pub id: ShortfallId,
    /// The entry that recorded it, whose detail holds what was said of it.
    pub event: EventId,
    /// The first day.
    pub from: NaiveDate,
    /// The last day; none while it goes on.
    pub to: Option<NaiveDate>,
    /// Why.
    pub why: WhyUndelivered,
    /// Whether some of it was delivered.
    pub partly: bool,
    /// That it was made good: how, by which entry, and on which day.
    pub remedy: Option<(Remedy, EventId, Option<NaiveDate>)>,
}

impl Provision {
    /// The provision arranged under a plan among the standing facts, by the day of its entry.
    pub fn all<'a>(standing: impl IntoIterator<Item = &'a Standing> + Clone, plan: PlanId) -> Vec<Self> {
        // An id stands for one piece of provision, and for one shortfall.
        let mut known = BTreeSet::new();
        let arranged = standing.clone().into_iter().filter_map(|s| Self::arranged(s, plan));
        let mut all: Vec<_> = arranged.filter(|one| known.insert(one.id.0)).collect();
        if all.is_empty() {
            return all;
        }
        for standing in standing.clone() {
            if let Some(one) = all.iter_mut().find(|one| spoken_of(&standing.fact) == Some(one.id)) {
                one.add(standing, &mut known);
            }
        }
        // A remedy can be entered before what it makes good.
        for standing in standing {
            if let Fact::ProvisionRemedied { shortfall, remedy, .. } = &standing.fact
                && let Some(found) = all.iter_mut().flat_map(|one| &mut one.shortfalls).find(|one| one.id == *shortfall)
            {
                found.remedy = Some((*remedy, standing.event, standing.day()));
            }
        }
        all.iter_mut().for_each(Self::close);
        all
    }

    fn arranged(standing: &Standing, of: PlanId) -> Option<Self> {
        let Fact::ProvisionArranged { plan, provision, provision_kind, provider, from, minutes, per } = &standing.fact else {
            return None;
        };
        (*plan == of).then(|| Self {
            id: *provision,
            event: standing.event,
            kind: *provision_kind,
            provider: provider.clone(),
            from: *from,
            until: None,
            minutes: *minutes,
            per: *per,
            delivered_on: Vec::new(),
            shortfalls: Vec::new(),
        })
    }

    fn add(&mut self, standing: &Standing, known: &mut BTreeSet<Uuid>) {
        match &standing.fact {
            Fact::ProvisionEnded { last_day, .. } => self.until = Some(*last_day),
            Fact::ProvisionDelivered { .. } => self.delivered_on.extend(standing.day()),
            Fact::ProvisionUndelivered { shortfall, from, to, why, partly, .. } if known.insert(shortfall.0) => {
                self.shortfalls.push(Shortfall {
                    id: *shortfall,
                    event: standing.event,
                    from: *from,
                    to: *to,
                    why: *why,
                    partly: *partly,
                    remedy: None,
                })
            }
            _ => {}
        }
    }

    /// What was still going on ends the day before the provision is known to be delivered again, or with the provision.
    fn close(&mut self) {
        self.shortfalls.sort_by_key(|one| (one.from, one.id));
        for one in self.shortfalls.iter_mut().filter(|one| one.to.is_none()) {
            let again = self.delivered_on.iter().filter(|on| **on > one.from).min().and_then(|on| on.pred_opt());
            one.to = again.into_iter().chain(self.until).min();
        }
    }
}

/// The piece of provision that a fact speaks of, if it speaks of one that was arranged.
pub(super) fn spoken_of(fact: &Fact) -> Option<ProvisionId> {
    match fact {
        Fact::ProvisionEnded { provision, .. }
        | Fact::ProvisionDelivered { provision, .. }
        | Fact::ProvisionUndelivered { provision, .. }
        | Fact::ProvisionRemedied { provision, .. } => Some(*provision),
        _ => None,
    }
}
