//! What does a call, letter, email or meeting about a case hold: by what means, with whom, what was said and what was agreed?

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::ids::{RelationshipId, StaffId};
use super::organisation::Organisation;

/// By what means there was contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ContactMeans {
    /// On the telephone, or by video.
    Call,
    /// A letter.
    Letter,
    /// An email.
    Email,
    /// A text message.
    TextMessage,
    /// A meeting.
    Meeting,
    /// A visit, at home or at the setting.
    Visit,
}

impl ContactMeans {
    /// Whether it comes from one side and reaches the other.
    pub const fn has_a_direction(self) -> bool {
        !matches!(self, ContactMeans::Meeting | ContactMeans::Visit)
    }
}

/// Who turned to whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// Somebody turned to the authority.
    Incoming,
    /// The authority turned to somebody.
    Outgoing,
}

/// A time of the day in London, as `14:30`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(transparent)]
#[schema(value_type = String, example = "14:30", pattern = "^([01][0-9]|2[0-3]):[0-5][0-9]$", max_length = 5)]
pub struct TimeOfDay(pub String);

/// Somebody there was contact with: one of the people around the child by `relationship`, a member of `staff`, an `organisation`
/// (with the `name` of who spoke for it, where that is known), or anybody else by `name`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = ContactPerson)]
pub struct Whom {
    /// One of the people around the child, as `/v1/children/{childId}/relationships` has them.
    #[serde(default)]
    pub relationship: Option<RelationshipId>,
    /// An organisation.
    #[serde(default)]
    pub organisation: Option<Organisation>,
    /// A member of the authority's staff, as `/v1/staff` has them.
    #[serde(default)]
    pub staff: Option<StaffId>,
    /// The name of who spoke for the organisation, or of anybody else.
    #[serde(default)]
    #[schema(example = "Jo Named, SENCO", min_length = 1, max_length = 200)]
    pub name: Option<String>,
}

impl Whom {
    /// Whether it says who, and says it once.
    pub fn is_clear(&self) -> bool {
        match (self.relationship, self.staff, &self.organisation, &self.name) {
            (Some(_), None, None, None) | (None, Some(_), None, None) | (None, None, Some(_), _) => true,
            (None, None, None, Some(name)) => !name.trim().is_empty(),
            _ => false,
        }
    }
}

/// What is kept of a contact beside the columns that lists are made by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ContactContent {
    /// By what means.
    pub means: ContactMeans,
    /// Who turned to whom.
    pub direction: Option<Direction>,
    /// The time of the day.
    pub time: Option<TimeOfDay>,
    /// With whom.
    pub with: Vec<Whom>,
    /// What was said.
    pub said: String,
}

/// What is kept of an action that was agreed beside the columns that lists are made by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Agreed {
    /// What.
    pub what: String,
    /// Who does it.
    pub who: Whom,
}
