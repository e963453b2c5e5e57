//! PURE. Who may do what, and who may know what exists.

mod caller;
mod policy;
mod role;

pub use crate::record::{AuthorityId, NotAnOrganisation, Organisation};
pub use caller::Caller;
pub use policy::{Ask, NotPermitted, Permit, Reach, permit, reach, system_permit};
pub use role::{Role, UnknownRole};
