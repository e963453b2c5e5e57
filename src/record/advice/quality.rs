//! Is the advice that came back good enough to rest an assessment on, and what became of it if not?

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use strum::IntoStaticStr;
use utoipa::ToSchema;

use crate::record::ids::EventId;
use crate::record::visibility::Visibility;

/// How good advice is, as the case worker judged it. The law's clock does not ask: advice that came back is back (SEND Regulations
/// 2014, reg. 8(1)).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema, IntoStaticStr)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum AdviceJudgement {
    /// It says what an assessment needs of it.
    Sufficient,
    /// It can be used, and lacks something.
    PartlySufficient,
    /// It cannot be used as it is.
    NotSufficient,
}

/// What advice has to say, and how: the needs, the provision and the outcomes (SEND Regulations 2014, reg. 6(1)); clear, accessible
/// and specific (SEND Code of Practice 2015, 9.51); provision detailed, specific and normally quantified (9.69); what the child
/// or young person thinks of it (Children and Families Act 2014, s. 19).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema, IntoStaticStr)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum AdviceCriterion {
    /// It says what the child's needs are.
    Needs,
    /// It says what provision the needs may call for.
    Provision,
    /// It says which outcomes the provision is to achieve.
    Outcomes,
    /// It is clear, and can be understood by who is not of the profession.
    Clear,
    /// It is specific to this child.
    Specific,
    /// The provision is quantified: how much, how often, by whom.
    Quantified,
    /// The views, wishes and feelings of the child or young person are in it.
    ViewsOfTheChild,
}

/// What a case worker found of advice that came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged {
    /// The entry that recorded it, whose detail holds the reasons.
    pub event: EventId,
    /// The day.
    pub on: Option<NaiveDate>,
    /// How good it is.
    pub judgement: AdviceJudgement,
    /// What it lacks.
    pub unmet: Vec<AdviceCriterion>,
    /// Whether it went back to its giver to be made good.
    pub sent_back: bool,
    /// Who may read it.
    pub visibility: Visibility,
}
