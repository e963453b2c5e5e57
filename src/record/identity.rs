//! Who a child is: kept beside the record, never in it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::codes::{Ethnicity, NeedType, Postcode, Sex, Uln, Upn, UpnUnknownReason};

/// A child's or young person's identity, as the national return asks for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Identity {
    /// Given name.
    #[schema(example = "Amira")]
    pub given_name: String,
    /// Family name.
    #[schema(example = "Example")]
    pub family_name: String,
    /// Date of birth. Null: not known, as in a letter that does not say.
    #[serde(default)]
    pub born_on: Option<NaiveDate>,
    /// Sex, as the national return records it.
    pub sex: Option<Sex>,
    /// Ethnicity, by the Department's code.
    pub ethnicity: Option<Ethnicity>,
    /// Unique pupil number.
    pub upn: Option<Upn>,
    /// Unique learner number.
    pub uln: Option<Uln>,
    /// Why there is neither a UPN nor a ULN.
    pub upn_unknown: Option<UpnUnknownReason>,
    /// Home postcode.
    pub postcode: Option<Postcode>,
    /// Needs, the primary one first.
    #[serde(default)]
    #[schema(required = true)]
    pub needs: Vec<NeedType>,
}
