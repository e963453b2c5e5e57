//! Who may ask for an assessment, or bring a child to the authority's attention?

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Who asked for the assessment (Children and Families Act 2014, s.36(1)), or brought the child to attention (s.24).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RequestedBy {
    /// The child's parent.
    Parent,
    /// The young person themselves.
    YoungPerson,
    /// A person acting for a school.
    School,
    /// A person acting for a post-16 institution.
    #[serde(rename = "post_16")]
    Post16,
    /// Brought to the authority's attention by a health body or professional.
    Health,
    /// Brought to the authority's attention by social care.
    SocialCare,
    /// Brought to the authority's attention by anyone else.
    Other,
}
