//! How does a child get to school at the authority's cost, from when to when?

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::fact::Fact;
use super::file::File;
use super::ids::{EventId, TransportId};
use super::placement_terms::Shares;

/// By what means a child gets to school.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TransportMeans {
    /// A bus or taxi together with others.
    SharedVehicle,
    /// A taxi or other vehicle for the child alone.
    OwnVehicle,
    /// A pass for public transport.
    TravelPass,
    /// Mileage or a budget paid to the family.
    PaidToFamily,
    /// Training to travel alone.
    TravelTraining,
}

/// Transport that was arranged for a child.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transport {
    /// Its id.
    pub id: TransportId,
    /// The entry that recorded it.
    pub event: EventId,
    /// By what means.
    pub means: TransportMeans,
    /// The first day.
    pub from: NaiveDate,
    /// The last day, once that is known; it may lie ahead.
    pub until: Option<NaiveDate>,
    /// Whole pounds a year.
    pub yearly_cost: u32,
    /// Who bears which part of it.
    pub shares: Shares,
}

impl Transport {
    /// All transport in the file, by its first day.
    pub fn all(file: &File) -> Vec<Self> {
        let arranged = file.standing().iter().filter_map(|s| match &s.fact {
            Fact::TransportArranged { transport, means, from, yearly_cost, shares } => Some(Self {
                id: *transport,
                event: s.event,
                means: *means,
                from: *from,
                until: file.standing().iter().find_map(|end| match end.fact {
                    Fact::TransportEnded { transport: of, last_day } if of == *transport => Some(last_day),
                    _ => None,
                }),
                yearly_cost: *yearly_cost,
                shares: shares.clone(),
            }),
            _ => None,
        });
        let mut all: Vec<_> = arranged.collect();
        all.sort_by_key(|one| (one.from, one.id));
        all
    }
}
