//! USE CASES. One function per thing a person asks for. No HTTP, no SQL.

mod as_of;
mod error;
mod fact_value;
mod identity;
pub(crate) mod recording;
mod register;
mod repetition;
mod together;

pub mod advice;
pub mod advice_capacity;
pub mod advice_queue;
pub mod amendments;
pub mod appeals;
pub mod audit;
pub mod alternative_provision;
pub mod capacity;
pub mod caseload;
pub mod caseload_places;
pub mod cases;
pub mod changes;
pub mod cessation;
pub mod children;
pub mod commitments;
pub mod consultations;
pub mod contacts;
pub mod closures;
pub mod concerns;
pub mod covers;
pub mod deaths;
pub mod decisions;
pub mod delays;
pub mod direct_payments;
pub mod directory;
pub mod documents;
pub mod duplicates;
pub mod entries;
pub mod exceptions;
pub mod family_views;
pub mod flags;
pub mod integrity;
pub mod me;
pub mod messages;
pub mod notices;
pub mod oversight;
pub mod panel_statistics;
pub mod panels;
pub mod phase_transfers;
pub mod placement_statistics;
pub mod placements;
pub mod plan_documents;
pub mod plan_takeover;
pub mod plans;
pub mod reallocations;
pub mod progress;
pub mod provision;
pub mod readers;
pub mod reassessment;
pub mod referrals;
pub mod representations;
pub mod relationships;
pub mod reminders;
pub mod request_forms;
pub mod requests;
pub mod responsibility;
pub mod review_statistics;
pub mod reviews;
pub mod rights;
pub mod sealing;
pub mod statistics;
pub mod versions;
pub mod terms;
pub mod transport;
pub mod worklist;
pub mod workloads;
pub mod year_groups;

pub use as_of::{AsOf, Known};
use error::wrong;
pub use error::{Cause, Error, FieldError};
pub use fact_value::{FactValue, FactValues};
pub use recording::{Acknowledge, Receipt};
pub use repetition::{Effect, Once, once};

use crate::record::File;

/// That the version which was read is the one that stands.
fn must_match(file: &File, read: &[u64]) -> Result<(), Error> {
    let version = u64::try_from(file.version).unwrap_or_default();
    if read.contains(&version) { Ok(()) } else { Err(Error::Stale) }
}
