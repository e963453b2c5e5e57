//! One placement with all that was recorded of it: its terms in turn, the days out of school, the way back, and what is of concern.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use super::{PlacementView, shown};
use crate::db::Tx;
use crate::record::*;
use crate::service::Error;
use crate::service::identity::is_staff;
use crate::store::journal::{self, Details, Stored};
use crate::store::placements::{self, Wanted};

/// A placement with all that was recorded of it.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PlacementDetail {
    /// The placement.
    #[serde(flatten)]
    pub placement: PlacementView,
    /// The terms in turn, each from a day on. Money is for staff, and null for others.
    pub terms_in_turn: Vec<TermsFrom>,
    /// The times out of school, by day.
    pub days_out: Vec<DaysOutView>,
    /// How many half days of school they come to.
    #[schema(example = 5)]
    pub sessions_out: u32,
    /// That the child came back from alternative provision. Null: nothing of the kind is recorded.
    #[schema(required = true)]
    pub reintegration: Option<ReintegrationView>,
    /// What is of concern about it, such as that it overlaps another. For staff.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub concerns: Vec<Concern>,
}

/// Terms from a day on.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct TermsFrom {
    /// The first day on which they hold.
    pub from: NaiveDate,
    /// The terms.
    pub terms: PlacementTerms,
}

/// A time out of school.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = DaysOut)]
pub struct DaysOutView {
    /// The entry.
    pub id: EventId,
    /// Why.
    pub because: OutBecause,
    /// The first day.
    pub from: NaiveDate,
    /// The last day. Null: the child does not come back.
    pub to: Option<NaiveDate>,
    /// Half days of school.
    pub sessions: u16,
    /// The reason in words; null when none was given or it was erased.
    pub words: Option<String>,
}

/// That a child came back from alternative provision.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Reintegration)]
pub struct ReintegrationView {
    /// The first day back.
    pub on: Option<NaiveDate>,
    /// The setting they came back to.
    pub setting: Option<Organisation>,
    /// Whether for the whole week.
    pub full_time: bool,
    /// What the placement did for the child. For staff.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub impact: Option<String>,
}

/// One placement.
pub fn show(tx: &mut Tx<'_>, id: PlacementId) -> Result<PlacementDetail, Error> {
    let wanted = Wanted { placement: Some(id), ..Wanted::default() };
    let row = placements::list(tx, wanted, None, 2)?.into_iter().next().ok_or(Error::NotFound("placement"))?;
    let placement = shown(tx, row);
    let stored = journal::of_child(tx, placement.child, None, Details::All)?;
    let file = File::fold(placement.child, stored.iter().map(|s| &s.entry));
    let staff = is_staff(tx);
    let recorded = Schooling::all(&file).into_iter().find(|one| one.id == id).ok_or(Error::NotFound("placement"))?;
    let days_out: Vec<_> = DaysOut::all(&file)
        .into_iter()
        .filter(|out| out.placement == id)
        .map(|out| DaysOutView {
            id: out.event,
            because: out.because,
            from: out.from,
            to: out.to,
            sessions: out.sessions,
            words: words_of(&stored, out.event),
        })
        .collect();
    let concerns = findings(&file).into_iter().filter(|(about, _)| staff && *about == id.0).map(|(_, concern)| concern);
    Ok(PlacementDetail {
        terms_in_turn: recorded
            .terms
            .into_iter()
            .map(|(from, terms)| TermsFrom { from, terms: if staff { terms } else { terms.without_money() } })
            .collect(),
        sessions_out: days_out.iter().map(|out| u32::from(out.sessions)).sum(),
        days_out,
        reintegration: recorded.reintegrated.map(|back| ReintegrationView {
            on: back.on,
            setting: back.setting,
            full_time: back.full_time,
            impact: words_of(&stored, back.event).filter(|_| staff),
        }),
        concerns: concerns.collect(),
        placement,
    })
}

fn words_of(stored: &[Stored], event: EventId) -> Option<String> {
    stored.iter().find(|s| s.entry.id == event)?.detail.as_ref()?.words.clone()
}
