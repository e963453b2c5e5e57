//! Which versions has a plan had, from the first final plan on?

use chrono::NaiveDate;

use super::fact::Fact;
use super::file::File;
use super::ids::*;
use super::placement::Placement;

/// One version of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanVersion {
    /// Its id, which is that of its entry.
    pub id: VersionId,
    /// The entry that recorded it as sent, whose detail holds the sections.
    pub event: EventId,
    /// The amendment that made it; none of the first.
    pub amendment: Option<AmendmentId>,
    /// The officer who decided on it, where the entry says so.
    pub officer: Option<StaffId>,
    /// The day it was sent.
    pub sent_on: Option<NaiveDate>,
    /// What section I names.
    pub placement: Placement,
    /// The letters of the sections that changed with it.
    pub sections: Vec<String>,
    /// Whether section G names health provision that it did not name before.
    pub health_provision: bool,
}

impl PlanVersion {
    /// The version a plan begins with.
    pub(super) fn first(event: EventId, sent_on: Option<NaiveDate>, placement: Placement) -> Self {
        let (id, sections) = (VersionId(event.0), Vec::new());
        Self { id, event, amendment: None, officer: None, sent_on, placement, sections, health_provision: false }
    }

    /// The versions that amendments made of a plan, by the day they were sent.
    pub(super) fn amended(file: &File, plan: PlanId) -> impl Iterator<Item = Self> + '_ {
        file.standing().iter().filter_map(move |standing| match &standing.fact {
            Fact::AmendedPlanSent { plan: of, amendment, placement, officer, sections, health_provision, .. } if *of == plan => {
                Some(Self {
                    id: VersionId(standing.event.0),
                    event: standing.event,
                    amendment: Some(*amendment),
                    officer: Some(*officer),
                    sent_on: standing.day(),
                    placement: placement.clone(),
                    sections: sections.clone(),
                    health_provision: *health_provision,
                })
            }
            _ => None,
        })
    }
}
