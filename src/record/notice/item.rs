//! What must a notice say, and which provision asks for it?

use serde::{Deserialize, Serialize};
use strum::{IntoStaticStr, VariantArray};
use utoipa::ToSchema;

use super::NoticeKind;
use crate::law::instruments::{CFA_2014, RECOMMENDATION_REGS_2017, SEND_REGS_2014};
use crate::law::{Citation, Provision};

/// One thing that a notice says. Which of them a notice must say depends on its kind.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema, IntoStaticStr, VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum NoticeItem {
    /// What was decided, and when.
    Decision,
    /// Why.
    Reasons,
    /// What support there can be without a plan, from whom and by when.
    WayForward,
    /// The draft or final plan itself.
    Plan,
    /// The amendments proposed.
    ProposedAmendments,
    /// That the family can answer, ask for a setting, and ask to meet an officer.
    Representations,
    /// The last day of at least fifteen to answer.
    ResponseTime,
    /// Where to find out about schools and colleges.
    PlacementInformation,
    /// What can be appealed to the Tribunal.
    RightOfAppeal,
    /// The last day to appeal.
    AppealTimeLimit,
    /// That the Tribunal can recommend health and social care.
    TribunalRecommendations,
    /// What mediation is, when a certificate is needed, and by when to contact the adviser.
    Mediation,
    /// Who the mediation adviser is, and how they are reached.
    MediationAdviser,
    /// Where to tell the authority that mediation is wanted.
    AuthorityContact,
    /// Services that help to resolve disagreements.
    DisagreementResolution,
    /// The service that gives information, advice and support.
    InformationAdviceSupport,
}

impl NoticeItem {
    /// The name the API writes.
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}

/// A required item that a notice does not have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = NoticeLack)]
pub struct Lack {
    /// The item.
    pub item: NoticeItem,
    /// Why it is not there, and what to do about it.
    #[schema(
        example = "No wording in force on the letter's day names the mediation adviser; PUT /v1/notice-wordings/mediation_adviser sets it."
    )]
    pub why: String,
    /// The provision that asks for it.
    pub citation: Citation,
}

/// What a notice of that kind must say, in the order it says it, each with the provision that asks for it.
pub const fn required(kind: NoticeKind) -> &'static [(NoticeItem, Provision)] {
    match kind {
        NoticeKind::RefusalToAssess => REFUSAL_TO_ASSESS,
        NoticeKind::NoPlan => NO_PLAN,
        NoticeKind::DraftPlan => DRAFT_PLAN,
        NoticeKind::FinalPlan => FINAL_PLAN,
        NoticeKind::Amendment => AMENDMENT,
        NoticeKind::AmendmentWithoutReview => AMENDMENT_WITHOUT_REVIEW,
        NoticeKind::AmendedPlan => AMENDED_PLAN,
        NoticeKind::AmendmentDeclined => AMENDMENT_DECLINED,
        NoticeKind::Maintain => MAINTAIN,
        NoticeKind::Cease => CEASE,
    }
}

type Required = &'static [(NoticeItem, Provision)];

const REFUSAL_TO_ASSESS: Required = &[
    (NoticeItem::Decision, CFA_2014.at("36(5)")),
    (NoticeItem::Reasons, CFA_2014.at("36(5)")),
    (NoticeItem::RightOfAppeal, SEND_REGS_2014.at("5(3)")),
    (NoticeItem::AppealTimeLimit, SEND_REGS_2014.at("5(3)")),
    (NoticeItem::Mediation, SEND_REGS_2014.at("32")),
    (NoticeItem::MediationAdviser, SEND_REGS_2014.at("32")),
    (NoticeItem::AuthorityContact, SEND_REGS_2014.at("32")),
    (NoticeItem::DisagreementResolution, SEND_REGS_2014.at("5(3)")),
    (NoticeItem::InformationAdviceSupport, SEND_REGS_2014.at("5(3)")),
];

const NO_PLAN: Required = &[
    (NoticeItem::Decision, CFA_2014.at("36(9)")),
    (NoticeItem::Reasons, CFA_2014.at("36(9)")),
    (NoticeItem::RightOfAppeal, SEND_REGS_2014.at("10(3)")),
    (NoticeItem::AppealTimeLimit, SEND_REGS_2014.at("10(3)")),
    (NoticeItem::TribunalRecommendations, RECOMMENDATION_REGS_2017.at("")),
    (NoticeItem::Mediation, SEND_REGS_2014.at("32")),
    (NoticeItem::MediationAdviser, SEND_REGS_2014.at("32")),
    (NoticeItem::AuthorityContact, SEND_REGS_2014.at("32")),
    (NoticeItem::DisagreementResolution, SEND_REGS_2014.at("10(3)")),
    (NoticeItem::InformationAdviceSupport, SEND_REGS_2014.at("10(3)")),
];

const DRAFT_PLAN: Required = &[
    (NoticeItem::Plan, CFA_2014.at("38(2)")),
    (NoticeItem::Representations, SEND_REGS_2014.at("13(1)(a)")),
    (NoticeItem::ResponseTime, CFA_2014.at("38(4)")),
    (NoticeItem::PlacementInformation, SEND_REGS_2014.at("13(1)(b)")),
];

const FINAL_PLAN: Required = &[
    (NoticeItem::Plan, SEND_REGS_2014.at("13(2)")),
    (NoticeItem::RightOfAppeal, SEND_REGS_2014.at("14")),
    (NoticeItem::AppealTimeLimit, SEND_REGS_2014.at("14")),
    (NoticeItem::TribunalRecommendations, RECOMMENDATION_REGS_2017.at("")),
    (NoticeItem::Mediation, SEND_REGS_2014.at("32")),
    (NoticeItem::MediationAdviser, SEND_REGS_2014.at("32")),
    (NoticeItem::AuthorityContact, SEND_REGS_2014.at("32")),
    (NoticeItem::DisagreementResolution, SEND_REGS_2014.at("14")),
    (NoticeItem::InformationAdviceSupport, SEND_REGS_2014.at("14")),
];

const AMENDMENT: Required = &[
    (NoticeItem::Decision, SEND_REGS_2014.at("20(10)")),
    (NoticeItem::ProposedAmendments, SEND_REGS_2014.at("22(2)")),
    (NoticeItem::Representations, SEND_REGS_2014.at("22(2)")),
    (NoticeItem::ResponseTime, SEND_REGS_2014.at("22(2)(c)")),
    (NoticeItem::PlacementInformation, SEND_REGS_2014.at("22(2)(d)")),
];

/// Without a review the plan is amended as if it were proposed after one (SEND Regulations 2014, reg. 28).
const AMENDMENT_WITHOUT_REVIEW: Required = &[
    (NoticeItem::ProposedAmendments, SEND_REGS_2014.at("22(2)")),
    (NoticeItem::Representations, SEND_REGS_2014.at("22(2)")),
    (NoticeItem::ResponseTime, SEND_REGS_2014.at("22(2)(c)")),
    (NoticeItem::PlacementInformation, SEND_REGS_2014.at("22(2)(d)")),
];

const AMENDED_PLAN: Required = &[
    (NoticeItem::Plan, SEND_REGS_2014.at("22(3)")),
    (NoticeItem::RightOfAppeal, SEND_REGS_2014.at("22(5)")),
    (NoticeItem::AppealTimeLimit, SEND_REGS_2014.at("22(5)")),
    (NoticeItem::TribunalRecommendations, RECOMMENDATION_REGS_2017.at("")),
    (NoticeItem::Mediation, SEND_REGS_2014.at("32")),
    (NoticeItem::MediationAdviser, SEND_REGS_2014.at("32")),
    (NoticeItem::AuthorityContact, SEND_REGS_2014.at("32")),
    (NoticeItem::DisagreementResolution, SEND_REGS_2014.at("22(5)")),
    (NoticeItem::InformationAdviceSupport, SEND_REGS_2014.at("22(5)")),
];

const AMENDMENT_DECLINED: Required = &[
    (NoticeItem::Decision, SEND_REGS_2014.at("22(4)")),
    (NoticeItem::Reasons, SEND_REGS_2014.at("22(4)")),
    (NoticeItem::RightOfAppeal, SEND_REGS_2014.at("22(5)")),
    (NoticeItem::AppealTimeLimit, SEND_REGS_2014.at("22(5)")),
    (NoticeItem::TribunalRecommendations, RECOMMENDATION_REGS_2017.at("")),
    (NoticeItem::Mediation, SEND_REGS_2014.at("32")),
    (NoticeItem::MediationAdviser, SEND_REGS_2014.at("32")),
    (NoticeItem::AuthorityContact, SEND_REGS_2014.at("32")),
    (NoticeItem::DisagreementResolution, SEND_REGS_2014.at("22(5)")),
    (NoticeItem::InformationAdviceSupport, SEND_REGS_2014.at("22(5)")),
];

/// The Regulations ask for no reasons here; those recorded with the decision are told with it.
const MAINTAIN: Required = &[
    (NoticeItem::Decision, SEND_REGS_2014.at("20(10)")),
    (NoticeItem::RightOfAppeal, SEND_REGS_2014.at("20(11)")),
    (NoticeItem::AppealTimeLimit, SEND_REGS_2014.at("20(11)")),
    (NoticeItem::TribunalRecommendations, RECOMMENDATION_REGS_2017.at("")),
    (NoticeItem::Mediation, SEND_REGS_2014.at("32")),
    (NoticeItem::MediationAdviser, SEND_REGS_2014.at("32")),
    (NoticeItem::AuthorityContact, SEND_REGS_2014.at("32")),
    (NoticeItem::DisagreementResolution, SEND_REGS_2014.at("20(11)")),
    (NoticeItem::InformationAdviceSupport, SEND_REGS_2014.at("20(11)")),
];

const CEASE: Required = &[
    (NoticeItem::Decision, SEND_REGS_2014.at("31(3)")),
    (NoticeItem::Reasons, SEND_REGS_2014.at("31(3)")),
    (NoticeItem::RightOfAppeal, SEND_REGS_2014.at("31(3)")),
    (NoticeItem::AppealTimeLimit, SEND_REGS_2014.at("31(3)")),
    (NoticeItem::TribunalRecommendations, RECOMMENDATION_REGS_2017.at("")),
    (NoticeItem::Mediation, SEND_REGS_2014.at("32")),
    (NoticeItem::MediationAdviser, SEND_REGS_2014.at("32")),
    (NoticeItem::AuthorityContact, SEND_REGS_2014.at("32")),
    (NoticeItem::DisagreementResolution, SEND_REGS_2014.at("31(3)")),
    (NoticeItem::InformationAdviceSupport, SEND_REGS_2014.at("31(3)")),
];
