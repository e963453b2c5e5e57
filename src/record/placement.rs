//! What can section I of a final plan name, and which setting is it on a day?

use chrono::NaiveDate;
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
    /// Two settings, which the child attends both.
    TwoSettings {
        /// One of them.
        setting: Organisation,
        /// The other.
        and: Organisation,
    },
    /// One setting until a day, and another from a day: before and after a change of phase, for instance.
    SuccessiveSettings {
        /// The setting attended first.
        setting: Organisation,
        /// The last day there.
        until: NaiveDate,
        /// The setting attended afterwards.
        then: Organisation,
        /// The first day there.
        from: NaiveDate,
    },
    /// A type of setting only.
    #[serde(rename_all = "camelCase")]
    Type {
        /// The type named.
        setting_type: SettingType,
    },
    /// None, because education is arranged otherwise than in a setting (Children and Families Act 2014, s. 61).
    Neither,
    /// None, because the parents make suitable arrangements of their own (s. 42(5)): the authority makes no placement.
    ParentsArrangements,
}

/// A setting that a plan names, with its first and last day where the plan gives them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named<'a> {
    /// The setting.
    pub setting: &'a Organisation,
    /// The first day there; none: from the plan on.
    pub from: Option<NaiveDate>,
    /// The last day there; none: without an end.
    pub until: Option<NaiveDate>,
}

impl Placement {
    /// The name of the form, as the API writes it.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Placement::Setting { .. } => "setting",
            Placement::TwoSettings { .. } => "two_settings",
            Placement::SuccessiveSettings { .. } => "successive_settings",
            Placement::Type { .. } => "type",
            Placement::Neither => "neither",
            Placement::ParentsArrangements => "parents_arrangements",
        }
    }

    /// The settings named, in the order they are.
    pub fn named(&self) -> Vec<Named<'_>> {
        let always = |setting| Named { setting, from: None, until: None };
        match self {
            Placement::Setting { setting } => vec![always(setting)],
            Placement::TwoSettings { setting, and } => vec![always(setting), always(and)],
            Placement::SuccessiveSettings { setting, until, then, from } => {
                vec![Named { setting, from: None, until: Some(*until) }, Named { setting: then, from: Some(*from), until: None }]
            }
            Placement::Type { .. } | Placement::Neither | Placement::ParentsArrangements => Vec::new(),
        }
    }

    /// The settings named, without their days.
    pub fn settings(&self) -> Vec<&Organisation> {
        self.named().into_iter().map(|named| named.setting).collect()
    }
}
