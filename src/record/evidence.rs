//! What does a request tell of the child, beside why it is made?

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::relationship::{Contact, RelationshipKind};
use super::voice::Voice;

/// What the authority looks at when it decides whether to assess (SEND Code of Practice, 9.14), as far as the requester tells it.
/// Nothing of it is needed: a request without it is a request.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Evidence {
    /// What the child does well, and what they find hard.
    #[schema(max_length = 20_000)]
    pub strengths_and_needs: Option<String>,
    /// What they have reached, and how fast.
    #[schema(max_length = 20_000)]
    pub attainment: Option<String>,
    /// The support so far: what was done, by whom, how much of it, and what came of it.
    #[schema(max_length = 20_000)]
    pub support_so_far: Option<String>,
    /// What support the setting pays for now, in whole pounds a year.
    #[schema(maximum = 10_000_000)]
    pub support_yearly_cost: Option<u32>,
    /// Health, and social circumstances, as far as they matter here.
    #[schema(max_length = 20_000)]
    pub health_and_care: Option<String>,
    /// What the child or young person says.
    #[schema(max_length = 20_000)]
    pub child_views: Option<String>,
    /// What the parents say, as they told the requester.
    #[schema(max_length = 20_000)]
    pub family_views: Option<String>,
    /// Who is or was involved.
    #[schema(max_items = 30)]
    pub professionals: Vec<Professional>,
    /// The consent of the parent or the young person to the request, and to telling others what they need to know for it.
    pub consent: Option<Consent>,
}

impl Evidence {
    /// Whether nothing is told.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Somebody who is or was involved with the child.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Professional {
    /// Their name, or their service's.
    #[schema(min_length = 1, max_length = 200)]
    pub name: String,
    /// What they are.
    #[schema(example = "Speech and language therapist", max_length = 200)]
    pub role: Option<String>,
    /// What they did or do, and since when.
    #[schema(max_length = 2000)]
    pub involvement: Option<String>,
}

/// That the family agrees.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Consent {
    /// Who gave it: `parent` or `young_person`.
    pub given_by: Voice,
    /// The day it was given.
    pub given_on: Option<NaiveDate>,
    /// Whether what is in the request may be told to those who are asked for advice.
    pub to_share: bool,
    /// How it was given, and its limits.
    #[schema(max_length = 2000)]
    pub words: Option<String>,
}

/// Somebody around the child, as a request names them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PersonNamed {
    /// What they are to the child.
    pub kind: RelationshipKind,
    /// Whether they hold parental responsibility.
    pub parental_responsibility: bool,
    /// Whether the child lives with them.
    pub lives_with: bool,
    /// Whether notices are to go to them.
    pub receives_notices: bool,
    /// Whether their address is to be hidden.
    pub hidden_address: bool,
    /// How they are reached.
    pub contact: Contact,
}
