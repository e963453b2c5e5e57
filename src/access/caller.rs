//! Who is asking: the verified claims of one request.

use std::collections::BTreeSet;

use uuid::Uuid;

use super::Role;
use crate::record::{AuthorityId, Organisation};

/// Who is asking, as their token says. Built only from a verified token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    /// The person, as issuer and subject together name them; never an e-mail address.
    pub subject: String,
    /// What they do. Never empty.
    pub roles: BTreeSet<Role>,
    /// The authority this request acts in.
    pub authority: AuthorityId,
    /// The organisation they act for, when it is not the authority.
    pub organisation: Option<Organisation>,
    /// The request's id, which the answer, the trail and every event carry.
    pub request_id: Uuid,
}

impl Caller {
    /// Whether the caller has the role.
    pub fn is(&self, role: Role) -> bool {
        self.roles.contains(&role)
    }
}
