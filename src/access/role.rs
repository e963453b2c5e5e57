//! The roles a token can carry, in the field's words.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::record::Reader;

/// What a person does here. A token may carry several; each is mapped by configuration from the identity provider's own names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Runs cases for the authority.
    CaseWorker,
    /// Holds the delegated power to decide.
    DecisionMaker,
    /// Oversees timeliness, workload and allocation.
    Manager,
    /// Acts for a school, college or nursery.
    School,
    /// Writes advice for an assessment.
    AdviceGiver,
    /// Sits on a panel that recommends.
    PanelMember,
    /// A parent, or a young person for themselves.
    Family,
    /// Reads who saw what.
    Auditor,
    /// Keeps staff, settings and configuration; sees no child.
    Administrator,
}

impl Role {
    /// Every role, in the order the policy is printed.
    pub const ALL: [Role; 9] = [
        Role::CaseWorker,
        Role::DecisionMaker,
        Role::Manager,
        Role::School,
        Role::AdviceGiver,
        Role::PanelMember,
        Role::Family,
        Role::Auditor,
        Role::Administrator,
    ];

    /// The name used in tokens and in the API.
    pub const fn as_str(self) -> &'static str {
        match self {
            Role::CaseWorker => "case_worker",
            Role::DecisionMaker => "decision_maker",
            Role::Manager => "manager",
            Role::School => "school",
            Role::AdviceGiver => "advice_giver",
            Role::PanelMember => "panel_member",
            Role::Family => "family",
            Role::Auditor => "auditor",
            Role::Administrator => "administrator",
        }
    }

    /// From where the role reads what is kept with a case. None: it reads none of it.
    pub const fn reads_as(self) -> Option<Reader> {
        match self {
            Role::CaseWorker | Role::DecisionMaker | Role::Manager => Some(Reader::Staff),
            Role::School => Some(Reader::Setting),
            Role::AdviceGiver => Some(Reader::AdviceGiver),
            Role::PanelMember => Some(Reader::PanelMember),
            Role::Family => Some(Reader::Family),
            Role::Auditor | Role::Administrator => None,
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The text names no role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownRole;

impl fmt::Display for UnknownRole {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not a role; one of {}", Role::ALL.map(Role::as_str).join(", "))
    }
}

impl std::error::Error for UnknownRole {}

impl FromStr for Role {
    type Err = UnknownRole;

    fn from_str(text: &str) -> Result<Self, UnknownRole> {
        Role::ALL.into_iter().find(|role| role.as_str() == text).ok_or(UnknownRole)
    }
}
