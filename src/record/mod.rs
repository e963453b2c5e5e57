//! PURE. Events, the standing facts they add up to, and what may be recorded next.

mod case;
mod concern;
mod contradiction;
mod detail;
mod entry;
mod fact;
mod file;
mod ids;
mod occurred;
mod offer;
mod organisation;
mod plan;
mod refusal;

pub use case::{Advice, Case, Decision, Draft, Exception, FinalPlan, Stage};
pub use concern::{Finding, findings};
pub use contradiction::contradictions;
pub use detail::{Detail, DetailRef, hmac_of};
pub use entry::{Basis, Body, Entry, HASH_VERSION, Recorder, Stream, UnreadableBody};
pub use fact::{
    AdviceGiver, AssessmentOutcome, Fact, Matter, Placement, PlanOutcome, Recommendation, RequestedBy, ReviewOutcome, Subject,
};
pub use file::{File, Standing};
pub use ids::*;
pub use occurred::{Occurred, Precision};
pub use offer::{Action, Offer, Proposal, Rejection, may};
pub use organisation::{AuthorityId, NotAnOrganisation, Organisation};
pub use plan::{Plan, Review};
pub use refusal::{Concern, Refusal};
