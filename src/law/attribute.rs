//! What a fact can say beside its day: what was decided, who was asked, what was ordered, what can be appealed.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// An attribute of a fact, by the name of its field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub enum Attribute {
    /// `outcome`
    Outcome,
    /// `adviceGiver`
    AdviceGiver,
    /// `paragraph`
    Paragraph,
    /// `from`
    From,
    /// `to`
    To,
    /// `askedOn`
    AskedOn,
    /// `matter`
    Matter,
    /// `order`
    Order,
    /// `fixedDueOn`
    FixedDueOn,
    /// `sentOn`
    SentOn,
    /// `letterDatedOn`
    LetterDatedOn,
    /// `kind`
    Kind,
    /// `transferOn`
    TransferOn,
    /// `movesOn`
    MovesOn,
    /// `detained`
    Detained,
    /// `authorityTookPart`
    AuthorityTookPart,
}

impl Attribute {
    /// Every attribute but `about`, which any fact may have.
    pub const ALL: &[Self] = &[
        Self::Outcome,
        Self::AdviceGiver,
        Self::Paragraph,
        Self::From,
        Self::To,
        Self::AskedOn,
        Self::Matter,
        Self::Order,
        Self::FixedDueOn,
        Self::SentOn,
        Self::LetterDatedOn,
        Self::Kind,
        Self::TransferOn,
        Self::MovesOn,
        Self::Detained,
        Self::AuthorityTookPart,
    ];

    /// The field's name in JSON.
    pub const fn field(self) -> &'static str {
        match self {
            Self::Outcome => "outcome",
            Self::AdviceGiver => "adviceGiver",
            Self::Paragraph => "paragraph",
            Self::From => "from",
            Self::To => "to",
            Self::AskedOn => "askedOn",
            Self::Matter => "matter",
            Self::Order => "order",
            Self::FixedDueOn => "fixedDueOn",
            Self::SentOn => "sentOn",
            Self::LetterDatedOn => "letterDatedOn",
            Self::Kind => "kind",
            Self::TransferOn => "transferOn",
            Self::MovesOn => "movesOn",
            Self::Detained => "detained",
            Self::AuthorityTookPart => "authorityTookPart",
        }
    }
}

/// What was decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// To assess.
    Assess,
    /// To reassess.
    Reassess,
    /// Not to assess, or not to reassess.
    Refuse,
    /// To issue a plan.
    Issue,
    /// To issue no plan.
    NoPlan,
    /// To maintain the plan as it is.
    Maintain,
    /// To amend the plan.
    Amend,
    /// To cease the plan.
    Cease,
}

/// Who is asked for advice (SEND Regulations 2014, reg. 6(1)). The family and people who advise privately have no time limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AdviceGiver {
    /// The child's parent or the young person.
    Family,
    /// The head or principal of the setting, or who stands in for them.
    Education,
    /// A health care professional whom the health body names.
    Health,
    /// An educational psychologist.
    Psychology,
    /// Social care.
    SocialCare,
    /// On preparing for adulthood, from Year 9.
    Adulthood,
    /// A specialist teacher of pupils with a vision impairment (reg. 6(2)).
    VisionImpairment,
    /// A specialist teacher of pupils with a hearing impairment (reg. 6(2)).
    HearingImpairment,
    /// A specialist teacher of pupils with both impairments (reg. 6(2)).
    MultiSensoryImpairment,
    /// Another body, among them those the family reasonably asks for.
    Other,
    /// Somebody who advises privately.
    Private,
}

/// What can be appealed (Children and Families Act 2014, s. 51(2)).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Matter {
    /// (a) The refusal to assess.
    RefusalToAssess,
    /// (b) The decision to issue no plan.
    NoPlan,
    /// (c)(i) and (ii) What the plan says of needs and provision, alone or with the setting.
    Contents,
    /// (c)(iii) and (iv) The setting alone.
    SettingOnly,
    /// (d) The refusal to reassess.
    RefusalToReassess,
    /// (e) The decision not to amend.
    NoAmendment,
    /// (f) The decision to cease.
    Cease,
}

impl Matter {
    /// Its name, as the API writes it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::RefusalToAssess => "refusal_to_assess",
            Self::NoPlan => "no_plan",
            Self::Contents => "contents",
            Self::SettingOnly => "setting_only",
            Self::RefusalToReassess => "refusal_to_reassess",
            Self::NoAmendment => "no_amendment",
            Self::Cease => "cease",
        }
    }
}

/// What the Tribunal ordered (SEND Regulations 2014, reg. 44(2)), or what a mediation agreed in the same terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Order {
    /// (a) The appeal against ceasing is dismissed.
    Cease,
    /// (b) Assess or reassess.
    Assess,
    /// (c) Make and maintain a plan.
    MakePlan,
    /// (d) Reconsider whether a plan is necessary.
    Reconsider,
    /// (e) Amend what the plan says of needs or provision, also together with the setting.
    AmendContents,
    /// (f) Amend the named setting or type alone.
    AmendSetting,
    /// (g) Continue the plan as it is.
    Continue,
    /// (h) Continue the plan and amend it.
    ContinueAndAmend,
    /// Something else than can be appealed: only a mediation agrees on it.
    Other,
}

/// Which change of phase (SEND Regulations 2014, regs 2 and 18).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PhaseTransfer {
    /// From early years to school.
    EarlyYearsToSchool,
    /// From infant to junior school.
    InfantToJunior,
    /// From primary to middle school.
    PrimaryToMiddle,
    /// From primary to secondary school.
    PrimaryToSecondary,
    /// From middle to secondary school.
    MiddleToSecondary,
    /// From secondary school to a post-16 institution.
    SecondaryToPost16,
    /// From one post-16 institution to another, at another time.
    BetweenPost16,
}
