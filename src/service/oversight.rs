//! The list of vulnerable children that the authority keeps an eye on, and why each is on it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use strum::IntoStaticStr;
use utoipa::ToSchema;

use super::Error;
use crate::db::Tx;
use crate::record::ChildId;
use crate::store::oversight;

/// Why a child is on the list: taught at an `independent` setting (also a special school or college approved under section 41, or a
/// specialist post-16 institution) or at a `non_maintained` special school, living at a setting that is not in the borough
/// (`residential_out_of_borough`), with a `social_worker`, or known to `youth_justice`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema, IntoStaticStr)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum OversightReason {
    /// Taught at an independent setting.
    Independent,
    /// Taught at a non-maintained special school.
    NonMaintained,
    /// Lives at a setting that is not in the borough, or of which the directory does not say where it is.
    ResidentialOutOfBorough,
    /// Has a social worker.
    SocialWorker,
    /// Is known to youth justice.
    YouthJustice,
}

/// A reason that holds, and since when.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct OversightBecause {
    /// The reason.
    pub reason: OversightReason,
    /// The first day.
    pub since: NaiveDate,
    /// The setting, where the reason is one.
    pub setting: Option<String>,
    /// Its name, where the directory has it.
    pub setting_name: Option<String>,
}

/// A child on the list.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct OversightLine {
    /// The child's id.
    pub child: ChildId,
    /// The child's given name; null when erased.
    pub given_name: Option<String>,
    /// The child's family name; null when erased.
    pub family_name: Option<String>,
    /// Every reason that holds, or those asked about.
    pub because: Vec<OversightBecause>,
}

/// Children for whom any of these reasons, or any at all, holds on a day; by id, after one.
pub fn list(
    tx: &mut Tx<'_>,
    reasons: &[OversightReason],
    on: Option<NaiveDate>,
    after: Option<ChildId>,
    limit: i64,
) -> Result<Vec<OversightLine>, Error> {
    let reasons = reasons.iter().map(|reason| <&str>::from(reason).to_owned()).collect();
    let on = on.unwrap_or(tx.today());
    let found = oversight::vulnerable(tx, reasons, on, after, limit)?;
    let line = |one: oversight::Watched| OversightLine {
        child: one.child,
        given_name: one.identity.as_ref().map(|identity| identity.given_name.clone()),
        family_name: one.identity.map(|identity| identity.family_name),
        because: serde_json::from_str(&one.reasons).unwrap_or_default(),
    };
    Ok(found.into_iter().map(line).collect())
}
