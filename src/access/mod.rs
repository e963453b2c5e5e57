//! PURE. Who may do what, and who may know what exists.

mod caller;
mod role;

pub use caller::{AuthorityId, Caller, NotAnOrganisation, Organisation};
pub use role::{Role, UnknownRole};
