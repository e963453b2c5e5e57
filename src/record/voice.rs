//! Whose views are these?

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Whose views somebody gave: the parent's own, the child's as somebody tells them, the young person's, or the setting's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Voice {
    /// The parent's.
    Parent,
    /// The child's.
    Child,
    /// The young person's.
    YoungPerson,
    /// The setting's.
    Setting,
}
