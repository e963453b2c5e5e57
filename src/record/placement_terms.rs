//! What kind of place has a child, and on what terms: for how long in the week and the year, until when, at whose cost?

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};
use utoipa::ToSchema;

use super::codes::NeedType;
use super::panel::Agency;

/// What kind of place a child has: `setting` for an ordinary place at a school, college or nursery, `sen_unit` and
/// `resourced_provision` for a place in such a part of one, `alternative_provision`, `elective_home_education`,
/// `otherwise_than_at_school` where the authority arranges education elsewhere (Children and Families Act 2014, s. 61),
/// `supported_internship`, or `not_in_education`.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Default,
    Serialize,
    Deserialize,
    ToSchema,
    EnumString,
    IntoStaticStr,
    VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum PlacementKind {
    /// An ordinary place at a setting.
    #[default]
    Setting,
    /// A place in a setting's SEN unit.
    SenUnit,
    /// A place in a setting's resourced provision.
    ResourcedProvision,
    /// Alternative provision: at a pupil referral unit, an alternative provision academy or another provider.
    AlternativeProvision,
    /// The parents educate the child at home, of their own choice.
    ElectiveHomeEducation,
    /// The authority arranges education otherwise than at a setting.
    OtherwiseThanAtSchool,
    /// A supported internship.
    SupportedInternship,
    /// The child or young person is in no education.
    NotInEducation,
}

impl PlacementKind {
    /// The name the API and the views use.
    pub fn as_str(self) -> &'static str {
        self.into()
    }

    /// Whether the kind is the ordinary one, which entries leave out.
    pub(super) fn is_ordinary(&self) -> bool {
        *self == Self::Setting
    }

    /// Whether such a place is always a part of some setting.
    pub const fn needs_a_setting(self) -> bool {
        matches!(self, Self::Setting | Self::SenUnit | Self::ResourcedProvision)
    }

    /// Whether such a place is at no setting.
    pub const fn has_no_setting(self) -> bool {
        matches!(self, Self::ElectiveHomeEducation | Self::NotInEducation)
    }
}

/// The percentage of a cost that each agency bears; they add up to 100. Empty: the authority's education service bears it all.
pub type Shares = BTreeMap<Agency, u8>;

/// Whether shares can stand: none at all, or a hundred percent.
pub fn shares_add_up(shares: &Shares) -> bool {
    shares.is_empty() || shares.values().copied().map(u32::from).sum::<u32>() == 100
}

/// A timetable of fewer hours than the others have, for a time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PartTime {
    /// Hours a week while it lasts.
    #[schema(minimum = 0, maximum = 40, example = 12)]
    pub weekly_hours: u8,
    /// Its last day. A part-time timetable without one is a concern.
    pub until: Option<NaiveDate>,
}

/// On what terms a child is placed. All of it can be left out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({
    "weeklyHours": 25, "need": "ASD", "plannedEnd": "2027-07-21", "fundingBand": "Band 4", "yearlyCost": 24000,
    "shares": {"education": 60, "health": 40}
}))]
pub struct PlacementTerms {
    /// Hours a week, to the nearest hour.
    #[serde(default)]
    #[schema(minimum = 0, maximum = 168)]
    pub weekly_hours: Option<u8>,
    /// The part-time timetable that holds for a time instead.
    #[serde(default)]
    pub part_time: Option<PartTime>,
    /// Weeks a year that the child lives there: 52 all year round. Null: a day place.
    #[serde(default)]
    #[schema(minimum = 1, maximum = 52)]
    pub residential_weeks: Option<u8>,
    /// The need that the place is designated for, of places that are.
    #[serde(default)]
    pub need: Option<NeedType>,
    /// Of alternative provision: the day by which the child is to be back at their setting.
    #[serde(default)]
    pub reintegrate_by: Option<NaiveDate>,
    /// Of a time-limited place: the day on which it ends unless it is extended. Nothing ends by it: that it has ended is recorded.
    #[serde(default)]
    pub planned_end: Option<NaiveDate>,
    /// The funding band, as the authority names it. For staff.
    #[serde(default)]
    #[schema(max_length = 30, pattern = "^[A-Za-z0-9 +./-]+$")]
    pub funding_band: Option<String>,
    /// What the place costs, in whole pounds a year. For staff.
    #[serde(default)]
    #[schema(maximum = 10_000_000)]
    pub yearly_cost: Option<u32>,
    /// The percentage of the cost that each agency bears, adding up to 100. Empty: the authority's education service bears it all.
    /// For staff.
    #[serde(default)]
    #[schema(value_type = BTreeMap<Agency, u8>)]
    pub shares: Shares,
}

impl PlacementTerms {
    /// The same without what is for staff alone.
    pub fn without_money(self) -> Self {
        Self { funding_band: None, yearly_cost: None, shares: Shares::new(), ..self }
    }
}
