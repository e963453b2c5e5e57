//! PURE. Events, the standing facts they add up to, and what may be recorded next.

pub mod codes;

mod action;
mod advice;
mod amendment;
mod appeal;
mod awaited;
mod backlog;
mod case;
mod cessation;
mod change_of_phase;
mod child_flag;
mod commitment;
mod concern;
mod consultation;
mod contact;
mod contradiction;
mod correspondence;
mod days_out;
mod death;
mod decision;
mod delay_letter;
mod detail;
mod direct_payments;
mod document;
mod draft;
mod entry;
mod evidence;
mod exception;
mod fact;
mod file;
mod gaps;
mod identity;
mod ids;
mod law_facts;
mod likeness;
mod notice;
mod occurred;
mod offer;
mod organisation;
mod panel;
mod phase_transfer;
mod placement;
mod placement_terms;
mod plan;
mod plan_text;
mod provision;
mod reassessment;
mod referral;
mod refusal;
mod relationship;
mod request;
mod response;
mod review;
mod reversal;
mod responsibility;
mod rights;
mod risk;
mod schooling;
mod sealing;
mod stage;
mod subject;
mod version;
mod transport;
mod views;
mod visibility;
mod voice;
mod year_group;

pub use action::Action;
pub use advice::{
    Advice, AdviceAnswer, AdviceCriterion, AdviceJudgement, Allocation, Answer, Chaser, ChaserMeans, Delay, DelayReason,
    Employment, Judged, Reuse, SignOff, Specialism,
};
pub use amendment::{Amendment, AmendmentAnswer, Declined};
pub use appeal::{Appeal, AppealEnd, AppealOutcome};
pub use awaited::Awaited;
pub use backlog::waiting_after;
pub use case::Case;
pub use cessation::{CeaseReason, Cessation, CessationDecision, CessationStep};
pub use change_of_phase::{Teaches, change_of_phase};
pub use child_flag::{ChildFlag, Flagged};
pub use commitment::{Budget, Commitment, commitments};
pub use concern::{Finding, OMISSIONS, findings};
pub use consultation::{Consultation, ConsultationAnswer, spoken_of as consulted_in};
pub use contact::{Agreed, ContactContent, ContactMeans, Direction, TimeOfDay, Whom};
pub use contradiction::contradictions;
pub use correspondence::{Closing, Correspondent, Grants, MessageContent, Party};
pub use days_out::{DaysOut, OutBecause};
pub use death::{died, offered};
pub use decision::{AssessmentOutcome, Decision, DecisionOutcome, PlanOutcome, ReviewOutcome, WayForward};
pub use delay_letter::{DelayGround, DelayItem, DelayLetterText, DelayPart, DelayRecipient, compose_delay_letter};
pub use detail::{Detail, DetailRef, hmac_of};
pub use direct_payments::{DirectPayments, DirectPaymentsOutcome, DirectPaymentsReview};
pub use document::{Document, DocumentRole, DocumentVersion, is_for as document_is_for, version_of};
pub use draft::{Draft, DraftChange, FinalPlan};
pub use entry::{Basis, Body, Entry, HASH_VERSION, Recorder, Stream, UnreadableBody};
pub use evidence::{Consent, Evidence, PersonNamed, Professional};
pub use exception::{DelayLetter, Exception, Terms, asked_of_setting, counting_day};
pub use fact::Fact;
pub use file::{File, Standing, standing};
pub use gaps::{Gap, gaps};
pub use identity::Identity;
pub use ids::*;
pub use law_facts::{duties, facts};
pub use likeness::{Likeness, likeness, readings};
pub use notice::{
    Decided, Enclosed, FamilyRecipient, FormatRequest, Ground, Lack, Letter, LetterDate, Means, Notice, NoticeFormat, NoticeItem,
    NoticeKind, Part, Proposed, Provided, Reached, Reason, Recipient, RecipientKind, SentTo, Told, Wording, WordingKind, compose,
    family_recipients, recipients, required,
};
pub use occurred::{Occurred, Precision};
pub use offer::{Offer, Proposal, Rejection, may, may_of_child};
pub use organisation::{AuthorityId, NotAnOrganisation, Organisation, person};
pub use panel::{
    Advised, Agency, Attendance, Item, Limb, Meeting, Missing, PAPERS_AFTER_CLOSING, Question, Quorum, QuorumCount,
    Recommendation, Why, flaws,
};
pub use phase_transfer::{Transfer, WhyNotDue, name_by};
pub use placement::{Named, Placement};
pub use placement_terms::{PartTime, PlacementKind, PlacementTerms, Shares, shares_add_up};
pub use plan::Plan;
pub use plan_text::{Matched, PlanAdvice, PlanDetail, PlanParent, PlanRow, PlanText, paragraphs, side_by_side};
pub use provision::{PerTime, Provision, ProvisionKind, Remedy, Shortfall, WhyUndelivered};
pub use reassessment::{Flag, flags, has_plan};
pub use referral::{Referral, ReferralEnd};
pub use refusal::{Concern, Refusal};
pub use relationship::{AccessibleFormat, Contact, CourtRestriction, Related, Relationship, RelationshipKind, address_hidden};
pub use request::{NotificationEffect, Request, RequestedBy, Requests, Withdrawal};
pub use response::{Completion, OfficerMeeting, Representation, Response, SettingRequest, is_late, last_day, time_running};
pub use responsibility::{ResponsibilityEnd, WhyNotResponsible};
pub use reversal::{Refused, Reversal, ReversedBy, tells_of_reversal};
pub use review::{
    ADULTHOOD_FROM_YEAR, AdulthoodTransition, ChildInvolvement, Convener, HealthCheck, MissedBecause, OutcomeProgress,
    OutcomeWords, Pathway, Report, Review, ReviewParty, ReviewPurpose, ReviewRequest, ReviewRequestAnswer, SentRound,
};
pub use rights::{ActsAs, CapacityFor, Confirmed, RightsHeld, may_act, speaks_as_young_person};
pub use risk::{Risk, RiskReason};
pub use schooling::{Registration, Reintegration, Schooling, left_since, terms_on};
pub use sealing::{Seal, identity_entry, is_sealed};
pub use stage::Stage;
pub use subject::Subject;
pub use transport::{Transport, TransportMeans};
pub use version::PlanVersion;
pub use views::{Change, Outlook, Row, Rows, VIEWS_VERSION, View, next_due, rows_after, rows_of_file, rows_of_meeting};
pub use visibility::{Reader, Visibility};
pub use voice::Voice;
pub use year_group::{AgePhase, Offset, SchoolYear, YearGroup, YearGroupReason, offsets};
