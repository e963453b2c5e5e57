//! To which service was a child referred, and how long did they wait to be seen and to be treated?

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr};
use utoipa::ToSchema;

use super::advice::Specialism;
use super::fact::Fact;
use super::file::{File, Standing};
use super::ids::{CaseId, EventId, ReferralId};
use super::organisation::Organisation;

/// Why a referral came to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema, EnumString, IntoStaticStr)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum ReferralEnd {
    /// The service has done what the child was referred for.
    Completed,
    /// The service did not accept it.
    NotAccepted,
    /// The family did not want it, or no longer.
    Declined,
    /// Appointments were missed.
    NotAttended,
    /// The child moved away.
    Moved,
    /// Something else.
    Other,
}

/// One referral of a child to a service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Referral {
    /// Its id.
    pub id: ReferralId,
    /// The entry that recorded it, whose detail holds the reason.
    pub event: EventId,
    /// The kind of service.
    pub service: Specialism,
    /// Its organisation, where known.
    pub organisation: Option<Organisation>,
    /// The case it came up in, if in one.
    pub case: Option<CaseId>,
    /// The day of the referral.
    pub referred_on: Option<NaiveDate>,
    /// The day of the first appointment; the inner option is an unknown day.
    pub seen: Option<Option<NaiveDate>>,
    /// The day treatment began; the inner option is an unknown day.
    pub treated: Option<Option<NaiveDate>>,
    /// The day it came to its end, and why; the inner option is an unknown day.
    pub ended: Option<(Option<NaiveDate>, ReferralEnd)>,
}

impl Referral {
    /// The referrals of a child by the day they were made, as the standing facts describe them.
    pub fn all(file: &File) -> Vec<Self> {
        let mut all: Vec<Self> = Vec::new();
        for made in file.standing().iter().filter_map(Self::made) {
            if !all.iter().any(|known| known.id == made.id) {
                all.push(made);
            }
        }
        for standing in file.standing() {
            if let Some(id) = spoken_of(&standing.fact)
                && let Some(referral) = all.iter_mut().find(|referral| referral.id == id)
            {
                referral.add(standing);
            }
        }
        all
    }

    fn made(standing: &Standing) -> Option<Self> {
        let Fact::ReferralMade { referral, service, organisation, case } = &standing.fact else { return None };
        Some(Self {
            id: *referral,
            event: standing.event,
            service: *service,
            organisation: organisation.clone(),
            case: *case,
            referred_on: standing.day(),
            seen: None,
            treated: None,
            ended: None,
        })
    }

    fn add(&mut self, standing: &Standing) {
        match &standing.fact {
            Fact::ReferralSeen { .. } => self.seen = Some(standing.day()),
            Fact::ReferralTreated { .. } => self.treated = Some(standing.day()),
            Fact::ReferralEnded { why, .. } => self.ended = Some((standing.day(), *why)),
            _ => {}
        }
    }

    /// Whether the child still waits for the first appointment. Treatment without an appointment on record ends the wait as well.
    pub fn waits_to_be_seen(&self) -> bool {
        self.seen.is_none() && self.waits_for_treatment()
    }

    /// Whether the child still waits for treatment.
    pub fn waits_for_treatment(&self) -> bool {
        self.treated.is_none() && self.ended.is_none()
    }
}

/// The referral that an entry speaks of, if of one.
pub fn spoken_of(fact: &Fact) -> Option<ReferralId> {
    match fact {
        Fact::ReferralMade { referral, .. }
        | Fact::ReferralSeen { referral }
        | Fact::ReferralTreated { referral }
        | Fact::ReferralEnded { referral, .. } => Some(*referral),
        _ => None,
    }
}
