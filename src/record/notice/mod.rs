//! Which statutory notices are there, who receives them, by what means, and in which other forms?

mod about;
mod compose;
mod item;
mod letter;
mod recipients;
mod sent;
mod windows;
mod wording;
mod words;

pub use about::Told;
pub use compose::{Decided, Enclosed, Ground, Proposed, compose};
pub use item::{Lack, NoticeItem, required};
pub use letter::{Letter, LetterDate, Part, Reason};
pub use recipients::{FamilyRecipient, Recipient, family_recipients, recipients};
pub use sent::{FormatRequest, Notice, Provided, SentTo};
pub use windows::windows;
pub use wording::{Reached, Wording, WordingKind};

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};
use utoipa::ToSchema;

use crate::law::Matter;

/// A notice that the Act and the Regulations require.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema, EnumString, IntoStaticStr, VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum NoticeKind {
    /// The authority will not assess (SEND Regulations 2014, reg. 5).
    RefusalToAssess,
    /// There will be no plan after the assessment (reg. 10).
    NoPlan,
    /// The draft plan, for the family to answer (Children and Families Act 2014, s. 38).
    DraftPlan,
    /// The final plan (SEND Regulations 2014, regs 13 and 14).
    FinalPlan,
    /// The amendments proposed after a review (reg. 22).
    Amendment,
    /// The amendments proposed without one (reg. 28).
    AmendmentWithoutReview,
    /// The amended plan (reg. 22(3)).
    AmendedPlan,
    /// The plan is not amended after all (reg. 22(4)).
    AmendmentDeclined,
    /// The plan stays as it is after a review (reg. 20).
    Maintain,
    /// The plan will cease (reg. 31).
    Cease,
}

impl NoticeKind {
    /// The notices of a case.
    pub const OF_A_CASE: [NoticeKind; 4] =
        [NoticeKind::RefusalToAssess, NoticeKind::NoPlan, NoticeKind::DraftPlan, NoticeKind::FinalPlan];
    /// The notices of a plan once it is made.
    pub const OF_A_PLAN: [NoticeKind; 6] = [
        NoticeKind::Amendment,
        NoticeKind::AmendmentWithoutReview,
        NoticeKind::AmendedPlan,
        NoticeKind::AmendmentDeclined,
        NoticeKind::Maintain,
        NoticeKind::Cease,
    ];

    /// The name the API writes.
    pub fn as_str(self) -> &'static str {
        self.into()
    }

    /// What can be appealed once it is sent; nothing of a draft and of proposals (Children and Families Act 2014, s. 51(2)).
    pub const fn matter(self) -> Option<Matter> {
        match self {
            NoticeKind::RefusalToAssess => Some(Matter::RefusalToAssess),
            NoticeKind::NoPlan => Some(Matter::NoPlan),
            NoticeKind::FinalPlan | NoticeKind::AmendedPlan => Some(Matter::Contents),
            NoticeKind::AmendmentDeclined | NoticeKind::Maintain => Some(Matter::NoAmendment),
            NoticeKind::Cease => Some(Matter::Cease),
            NoticeKind::DraftPlan | NoticeKind::Amendment | NoticeKind::AmendmentWithoutReview => None,
        }
    }

    /// Whether it proposes amendments, for the family to answer.
    pub const fn proposes(self) -> bool {
        matches!(self, NoticeKind::Amendment | NoticeKind::AmendmentWithoutReview)
    }

    /// Whether a plan, or the draft of one, comes with it.
    pub const fn encloses_a_plan(self) -> bool {
        matches!(self, NoticeKind::DraftPlan | NoticeKind::FinalPlan | NoticeKind::AmendedPlan)
    }
}

/// Who receives a notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RecipientKind {
    /// The child's parent, the young person, or whoever receives notices for them.
    Family,
    /// The setting the child attends.
    SettingAttended,
    /// The setting that the plan names.
    SettingNamed,
    /// The integrated care board.
    HealthBody,
    /// The authority's officers for social care.
    SocialCare,
    /// Somebody else.
    Other,
}

/// How a notice reached a recipient.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Means {
    /// By post.
    Post,
    /// By email.
    Email,
    /// Through a portal.
    Portal,
    /// By hand.
    ByHand,
}

/// Another form of a notice that somebody needs in order to read it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum NoticeFormat {
    /// Easy read.
    EasyRead,
    /// In another language.
    Translation,
    /// British Sign Language.
    BritishSignLanguage,
    /// Large print.
    LargePrint,
    /// Braille.
    Braille,
    /// Spoken word.
    Audio,
    /// Another form.
    Other,
}
