//! PURE. Events, the standing facts they add up to, and what may be recorded next.

pub mod codes;

mod case;
mod concern;
mod contradiction;
mod detail;
mod entry;
mod fact;
mod file;
mod identity;
mod ids;
mod law_facts;
mod occurred;
mod offer;
mod organisation;
mod panel;
mod plan;
mod refusal;
mod views;

pub use case::{Advice, Case, Decision, Draft, Exception, FinalPlan, Stage};
pub use concern::{Finding, findings};
pub use contradiction::contradictions;
pub use detail::{Detail, DetailRef, hmac_of};
pub use entry::{Basis, Body, Entry, HASH_VERSION, Recorder, Stream, UnreadableBody};
pub use fact::{AssessmentOutcome, Fact, Placement, PlanOutcome, Recommendation, RequestedBy, ReviewOutcome, Subject};
pub use file::{File, Standing, standing};
pub use identity::Identity;
pub use ids::*;
pub use law_facts::{duties, facts};
pub use occurred::{Occurred, Precision};
pub use offer::{Action, Offer, Proposal, Rejection, may};
pub use organisation::{AuthorityId, NotAnOrganisation, Organisation, person};
pub use panel::{Item, Meeting};
pub use plan::{Plan, Review};
pub use refusal::{Concern, Refusal};
pub use views::{Change, Row, Rows, View, next_due, rows_of_file, rows_of_meeting};
