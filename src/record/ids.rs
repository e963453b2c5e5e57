//! One type for each kind of thing the record names, so that a plan's id can never be passed for a case's.

use std::fmt;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

macro_rules! id {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }
    )+};
}

id! {
    /// A child or young person; also the stream of their file.
    ChildId,
    /// One request and what it led to.
    CaseId,
    /// One request for advice to one advice giver.
    AdviceId,
    /// One draft plan as it was served.
    DraftId,
    /// One consultation of one setting.
    ConsultationId,
    /// A plan, from its first final version until it ceases.
    PlanId,
    /// One review of a plan.
    ReviewId,
    /// One amendment of a plan, from its proposal on.
    AmendmentId,
    /// One version of a plan, by the entry that recorded it as sent.
    VersionId,
    /// One piece of the provision that a plan's section F names.
    ProvisionId,
    /// One time in which a piece of provision was not delivered.
    ShortfallId,
    /// Somebody's request for a review of a plan.
    ReviewRequestId,
    /// A panel's meeting; also its stream.
    MeetingId,
    /// One item on a panel's agenda.
    ItemId,
    /// One entry of the journal.
    EventId,
    /// One row of personal data beside the record.
    DetailId,
    /// One statutory notice as it was sent.
    NoticeId,
    /// One document of a case, in all its versions.
    DocumentId,
    /// One stored file; also what it is kept under.
    FileId,
    /// One request for a notice in another form.
    NoticeFormatId,
    /// One placement of a child at a setting.
    PlacementId,
    /// One change of a phase of education, as it was settled for one plan.
    TransferId,
    /// Transport to school that was arranged for a child.
    TransportId,
    /// Direct payments for what a plan provides, from the first to the last.
    DirectPaymentsId,
    /// One relationship of somebody to a child.
    RelationshipId,
    /// One lending of a worklist.
    CoverId,
    /// A member of the authority's staff.
    StaffId,
    /// A team of the authority.
    TeamId,
    /// One referral of a child to a service.
    ReferralId,
    /// A request that a setting has begun and not yet sent.
    FormId,
    /// A call, letter, email or meeting about a case.
    ContactId,
    /// A letter about a delay, by the entry that recorded it.
    DelayLetterId,
    /// A message about a case.
    MessageId,
    /// A reminder, or an agreed action that has a day.
    ReminderId,
}
