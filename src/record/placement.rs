//! What can section I of a final plan name?

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::codes::SettingType;
use super::organisation::Organisation;

/// What section I of a final plan names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "names", rename_all = "snake_case", deny_unknown_fields)]
pub enum Placement {
    /// A particular setting.
    Setting {
        /// The setting named.
        setting: Organisation,
    },
    /// A type of setting only.
    #[serde(rename_all = "camelCase")]
    Type {
        /// The type named.
        setting_type: SettingType,
    },
    /// Neither, because education is arranged otherwise than in a setting (Children and Families Act 2014, s. 61).
    Neither,
}
