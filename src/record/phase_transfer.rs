//! What was settled of a child's changes of phase, and which setting does the plan name for each?

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::fact::Fact;
use super::file::File;
use super::ids::*;
use super::organisation::Organisation;
use super::placement::Placement;
use super::plan::Plan;
use super::version::PlanVersion;
use super::year_group::SchoolYear;
use crate::law::{self, FactKind, PhaseTransfer};

/// Why a child who seemed to change the phase of education does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum WhyNotDue {
    /// Their setting teaches the next phase as well, and they stay.
    StaysInSetting,
    /// They leave education.
    LeavesEducation,
    /// They move to another authority before.
    MovesAway,
    /// The plan ceases before.
    PlanCeases,
    /// Something else; the words say what.
    Other,
}

/// One change of phase, as an officer settled it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transfer {
    /// Its id.
    pub id: TransferId,
    /// The entry that first recorded it.
    pub event: EventId,
    /// Which change; none where it was never more than found not to be due.
    pub kind: Option<PhaseTransfer>,
    /// The day the child moves on.
    pub transfer_on: NaiveDate,
    /// The setting they move on from.
    pub from_setting: Option<Organisation>,
    /// The day an officer confirmed it.
    pub confirmed_on: Option<NaiveDate>,
    /// That it is not due after all, and the day that was found; the inner option is an unknown day.
    pub not_due: Option<(WhyNotDue, Option<NaiveDate>)>,
    /// What the plan names for the time after it, and since when.
    pub named: Option<(Placement, Option<NaiveDate>)>,
}

impl Transfer {
    /// The changes of phase of a plan's child, by the day of the move.
    pub fn all(file: &File, of: PlanId) -> Vec<Self> {
        let mut all: Vec<Self> = Vec::new();
        for one in file.standing() {
            let on = one.day();
            match &one.fact {
                Fact::PhaseTransferPlanned { plan, transfer, transfer_kind, transfer_on, from_setting } if *plan == of => {
                    let known = entry(&mut all, *transfer, one.event, *transfer_on);
                    known.kind = Some(*transfer_kind);
                    known.from_setting = from_setting.clone();
                    known.confirmed_on = on;
                }
                Fact::PhaseTransferNotDue { plan, transfer, transfer_on, why } if *plan == of => {
                    entry(&mut all, *transfer, one.event, *transfer_on).not_due = Some((*why, on));
                }
                _ => {}
            }
        }
        if let Some(plan) = if all.is_empty() { None } else { Plan::of(file, of) } {
            all.iter_mut().for_each(|transfer| transfer.named = transfer.named_by(&plan.versions));
        }
        all.sort_by_key(|transfer| (transfer.transfer_on, transfer.id));
        all
    }

    /// The plan whose child it concerns.
    pub fn plan_of(file: &File, id: TransferId) -> Option<PlanId> {
        file.standing().iter().find_map(|standing| match standing.fact {
            Fact::PhaseTransferPlanned { plan, transfer, .. } | Fact::PhaseTransferNotDue { plan, transfer, .. }
                if transfer == id =>
            {
                Some(plan)
            }
            _ => None,
        })
    }

    /// Whether it is to happen.
    pub const fn is_due(&self) -> bool {
        self.not_due.is_none() && self.kind.is_some()
    }

    /// The school year that begins with it.
    pub fn school_year(&self) -> SchoolYear {
        SchoolYear::of(self.transfer_on)
    }

    /// The first day on which no setting is consulted for it any more.
    pub fn settled_on(&self) -> Option<NaiveDate> {
        let named = self.named.as_ref().and_then(|(_, on)| *on);
        let not_due = self.not_due.and_then(|(_, on)| on);
        named.into_iter().chain(not_due).min()
    }

    /// The first version of the plan that names what comes after the move: one that was sent since it was confirmed and names
    /// something else than before, or an earlier one that says which setting follows from when.
    fn named_by(&self, versions: &[PlanVersion]) -> Option<(Placement, Option<NaiveDate>)> {
        let another = |setting: &Organisation| self.from_setting.as_ref() != Some(setting);
        let names = |place: usize, version: &PlanVersion| {
            if let Placement::SuccessiveSettings { then, from, .. } = &version.placement {
                return SchoolYear::of(*from) == self.school_year() && another(then);
            }
            let before = place.checked_sub(1).and_then(|before| versions.get(before));
            let since = version.sent_on.zip(self.confirmed_on).is_some_and(|(sent, confirmed)| sent >= confirmed);
            let settings = version.placement.settings();
            since
                && before.is_some_and(|before| before.placement != version.placement)
                && (settings.is_empty() || settings.into_iter().any(another))
        };
        let found = versions.iter().enumerate().find(|(place, version)| names(*place, version));
        found.map(|(_, version)| (version.placement.clone(), version.sent_on))
    }
}

fn entry(all: &mut Vec<Transfer>, id: TransferId, event: EventId, transfer_on: NaiveDate) -> &mut Transfer {
    let at = all.iter().position(|known| known.id == id).unwrap_or_else(|| {
        all.push(Transfer {
            id,
            event,
            kind: None,
            transfer_on,
            from_setting: None,
            confirmed_on: None,
            not_due: None,
            named: None,
        });
        all.len() - 1
    });
    &mut all[at]
}

/// The plan's changes of phase as the law sees them: what is not due starts nothing.
pub(super) fn law_facts(file: &File, plan: PlanId) -> Vec<law::Fact> {
    let mut facts = Vec::new();
    for transfer in Transfer::all(file, plan).into_iter().filter(Transfer::is_due) {
        let (Some(kind), Some(confirmed_on)) = (transfer.kind, transfer.confirmed_on) else { continue };
        let about = |kind, on| law::Fact::on(kind, on).about(transfer.id.to_string());
        facts.push(about(FactKind::PhaseTransferPlanned, confirmed_on).kind(kind).transfer_on(transfer.transfer_on));
        let Some(named_on) = transfer.named.and_then(|(_, on)| on) else { continue };
        facts.push(about(FactKind::TransferSettingNamed, named_on));
        if named_on < confirmed_on {
            // The plan named the setting before anybody confirmed the move: that is met when the clock begins.
            facts.push(about(FactKind::TransferSettingNamed, confirmed_on));
        }
    }
    facts
}

/// The last day on which the plan can name in time what follows a change of phase.
pub fn name_by(kind: PhaseTransfer, transfer_on: NaiveDate) -> Option<NaiveDate> {
    let planned = law::Fact::on(FactKind::PhaseTransferPlanned, transfer_on).kind(kind).transfer_on(transfer_on);
    law::duties(&[planned]).first().map(|duty| duty.due_on)
}
