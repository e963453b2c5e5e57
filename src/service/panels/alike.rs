//! What was decided in cases like an item's: help to decide like cases alike, never a rule.

use serde::Serialize;
use utoipa::ToSchema;

use super::peek;
use crate::access::Reach;
use crate::db::Tx;
use crate::record::*;
use crate::service::Error;
use crate::service::cases::file_of;
use crate::service::identity::identity_of;
use crate::store::journal::{self, Details};
use crate::store::panels::{self, Likeness};

/// How often officers decided one way in cases alike.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AlikeOutcome {
    /// What was decided.
    #[schema(example = "assess")]
    pub outcome: String,
    /// In how many cases.
    pub cases: i64,
    /// The latest of them, at most three, for staff of the authority; empty for panel members.
    pub examples: Vec<CaseId>,
}

/// Decisions in cases alike.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AlikeView {
    /// The decision compared. Null where what was asked ends in no decision of its own, and nothing can be compared.
    pub question: Option<Question>,
    /// The primary need compared, by the Department's code; null where it is not known and was not compared.
    #[schema(example = "SLCN")]
    pub need: Option<String>,
    /// Whether the child's age was compared: within a year, at the time of the decision.
    pub by_age: bool,
    /// Whether the phase of the child's setting was compared.
    pub by_phase: bool,
    /// What was decided, the most frequent first.
    pub outcomes: Vec<AlikeOutcome>,
}

/// What officers decided in cases alike: the same question, the same primary need, about the same age, the same phase.
pub fn alike(tx: &mut Tx<'_>, meeting: MeetingId, item: ItemId) -> Result<AlikeView, Error> {
    let known = peek(tx, meeting)?;
    let found = known.item(item).ok_or(Error::NotFound("agenda_item"))?;
    if known.conflicted(found.child).any(|member| member == tx.permit().caller().subject) {
        return Err(Error::NotFound("agenda_item"));
    }
    let stored = journal::of_case(tx, found.case, None, Details::Identity)?;
    let file = file_of(&stored)?;
    let identity = identity_of(&stored);
    let setting = Case::of(&file, found.case).and_then(|case| case.setting);
    let code = |need| serde_json::to_value(need).ok().and_then(|value| value.as_str().map(str::to_owned));
    let need = identity.as_ref().and_then(|identity| identity.needs.first()).and_then(code);
    let days_lived = identity.and_then(|identity| identity.born_on).map(|born| (tx.today() - born).num_days());
    let compared = match found.question {
        Some(Question::Assess) => Some("assess"),
        Some(Question::Plan) => Some("plan"),
        Some(Question::PlacementOrFunding) | None => None,
    };
    let staff = tx.permit().reach() == Reach::Authority;
    let outcomes = match compared {
        None => Vec::new(),
        Some(question) => {
            let setting = setting.as_ref().map(|setting| setting.as_str());
            let like = Likeness { question, case: found.case, need: need.as_deref(), days_lived, setting };
            panels::alike(tx, &like)?
        }
    };
    Ok(AlikeView {
        question: compared.and(found.question),
        need,
        by_age: days_lived.is_some(),
        by_phase: setting.is_some(),
        outcomes: outcomes
            .into_iter()
            .map(|row| AlikeOutcome {
                outcome: row.outcome,
                cases: row.cases,
                examples: if staff { row.examples.into_iter().map(CaseId).collect() } else { Vec::new() },
            })
            .collect(),
    })
}
