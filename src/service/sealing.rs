//! Adoption: a new identity, from which nothing leads back to the one before.

use serde::Deserialize;
use utoipa::ToSchema;

use super::children::IdentityInput;
use super::recording::{Receipt, Step, open_child, record_of_child};
use super::{Error, FieldError, must_match};
use crate::db::Tx;
use crate::record::*;
use crate::store::children;
use crate::store::journal::{self, Details};

/// Gives an adopted child a new identity.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"identity": {"givenName": "Amira", "familyName": "Newname", "bornOn": "2017-03-14", "upnUnknown": "UN8"}}))]
pub struct SealIdentity {
    /// Who they are from now on, with a new UPN, or why there is none yet.
    pub identity: IdentityInput,
}

/// Records an adoption: the new identity stands, and what was known of the child before is put away.
pub fn seal(tx: &mut Tx<'_>, child: ChildId, body: &SealIdentity, read: &[u64]) -> Result<Receipt, Error> {
    let identity = body.identity.checked("/identity", tx.today())?;
    let loaded = open_child(tx, child)?;
    must_match(&loaded.file, read)?;
    let stored = journal::of_child(tx, child, None, Details::Identity)?;
    let before = || stored.iter().filter_map(|s| s.detail.as_ref()?.identity.as_ref());
    let mut errors = Vec::new();
    if identity.upn.is_some() && before().any(|known| known.upn == identity.upn) {
        let words = "Is the number of before, which would lead back to it: an adopted child is given a new one.";
        errors.push(FieldError::new("/identity/upn", "number_of_before", words));
    }
    if identity.uln.is_some() && before().any(|known| known.uln == identity.uln) {
        let words = "Is the number of before, which would lead back to it.";
        errors.push(FieldError::new("/identity/uln", "number_of_before", words));
    }
    if !errors.is_empty() {
        return Err(Error::Invalid(errors));
    }
    let mut step = Step::on(tx, tx.today(), Fact::IdentitySealed {});
    step.detail.identity = Some(identity);
    let receipt = record_of_child(tx, loaded, child.0, vec![step])?;
    children::seal_details(tx, child)?;
    Ok(receipt)
}
