//! Who is asking: the caller as their token names them, and what the policy lets them ask for.

use serde::Serialize;
use utoipa::ToSchema;

use super::{Cause, Error};
use crate::access::{self, Ask, Role};
use crate::db::Tx;
use crate::record::{Organisation, StaffId};
use crate::store::directory;

/// The authority a request acts in.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AuthorityView {
    /// Its id here, which outlives the Department's codes.
    pub id: i32,
    /// The Department's code today. Null: it has none any more.
    #[schema(example = "311")]
    pub code: Option<String>,
    /// Its name.
    #[schema(example = "Havering")]
    pub name: String,
}

/// Who is asking.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Me {
    /// The person as their token names them: issuer, a bar, subject.
    pub subject: String,
    /// Their id in `/v1/staff`, where the directory knows the token: what `caseWorker` of a list takes. Null for others.
    pub staff: Option<StaffId>,
    /// What they do.
    pub roles: Vec<Role>,
    /// The authority this request acts in.
    pub authority: AuthorityView,
    /// The organisation they act for, when it is not the authority.
    pub organisation: Option<Organisation>,
    /// What the policy lets these roles ask for.
    pub may: Vec<Ask>,
}

/// The caller.
pub fn show(tx: &mut Tx<'_>) -> Result<Me, Error> {
    let authority =
        directory::authority(tx)?.ok_or_else(|| Error::Unexpected(Cause::new("the caller's authority is not kept here")))?;
    let subject = tx.permit().caller().subject.clone();
    let staff = directory::staff_of_subject(tx, &subject)?.map(|(id, _)| id);
    let caller = tx.permit().caller();
    Ok(Me {
        staff,
        subject: caller.subject.clone(),
        roles: caller.roles.iter().copied().collect(),
        authority: AuthorityView { id: authority.id, code: authority.code, name: authority.name },
        organisation: caller.organisation.clone(),
        may: Ask::all().filter(|ask| access::permit(caller, *ask).is_ok()).collect(),
    })
}
