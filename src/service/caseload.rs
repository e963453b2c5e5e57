//! How many plans does an authority maintain on a day, of children of which phase, sex and need, where are they, and why did plans cease?

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Error;
use super::as_of::{AsOf, Known};
use super::caseload_places::{CaseloadPlace, Whereabouts};
use super::statistics::{Period, percentage};
use crate::db::Tx;
use crate::record::*;
use crate::store::caseload::{self, Held};

/// By what plans are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CaseloadBy {
    /// The phase of education, by the year group.
    #[default]
    Phase,
    /// The year group itself.
    YearGroup,
    /// The child's sex.
    Sex,
    /// The primary need.
    Need,
    /// What the setting is in law, and what kind of place the child has there.
    Provision,
    /// Where the child is, as the Department's table of the caseload tells places apart.
    Place,
    /// The headings of that table.
    Sector,
}

/// The plans of one group.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CaseloadLine {
    /// The group: a phase, a year group from -5 to 20, a sex, a type of need, a setting's type, a place or a sector. Null: not known; by
    /// provision also at no setting.
    #[schema(example = "primary")]
    pub group: Option<String>,
    /// By provision: the kind of place, as in `/v1/placements`. Null: no placement is on record, and the setting is the one that the plan
    /// names.
    pub kind: Option<PlacementKind>,
    /// How many plans.
    #[schema(example = 965)]
    pub plans: i64,
    /// The same as a percentage of all plans that are counted, to one decimal place.
    #[schema(example = 40.7)]
    pub percentage: Option<f64>,
}

/// Counts the plans maintained on a day, today unless told.
pub fn count(
    tx: &mut Tx<'_>,
    on: Option<NaiveDate>,
    by: CaseloadBy,
    as_of: Option<AsOf>,
) -> Result<(Known, Vec<CaseloadLine>), Error> {
    let known = Known::at(tx, as_of)?;
    let on = on.unwrap_or(known.today);
    let mut groups: BTreeMap<_, i64> = BTreeMap::new();
    for plan in caseload::held(tx, on, known.position)? {
        *groups.entry(group(&plan, on, by)).or_default() += 1;
    }
    let all = groups.values().sum();
    let line = |((group, kind), plans)| CaseloadLine { group, kind, plans, percentage: percentage(plans, all) };
    Ok((known, groups.into_iter().map(line).collect()))
}

fn group(plan: &Held, on: NaiveDate, by: CaseloadBy) -> (Option<String>, Option<PlacementKind>) {
    let identity = plan.identity();
    let year = || {
        let offsets: Vec<Offset> =
            plan.year_groups.as_deref().and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default();
        Some(YearGroup::with(&offsets, identity.as_ref()?.born_on?, SchoolYear::of(on)))
    };
    match by {
        CaseloadBy::Phase => (year().and_then(|year| word(year.phase())), None),
        CaseloadBy::YearGroup => (year().map(|year| year.0.to_string()), None),
        CaseloadBy::Sex => (identity.as_ref().and_then(|child| word(child.sex?)), None),
        CaseloadBy::Need => (identity.as_ref().and_then(|child| word(*child.needs.first()?)), None),
        CaseloadBy::Provision => (plan.setting_type.clone(), plan.kind.as_deref().and_then(|kind| kind.parse().ok())),
        CaseloadBy::Place => (place(plan).and_then(word), None),
        CaseloadBy::Sector => (place(plan).and_then(|place| word(place.sector())), None),
    }
}

fn place(plan: &Held) -> Option<CaseloadPlace> {
    CaseloadPlace::of(Whereabouts {
        kind: plan.kind.as_deref().and_then(|kind| kind.parse().ok()),
        setting_type: plan.setting_type.as_deref().and_then(|of| of.parse().ok()),
        phase: plan.phase.as_deref().and_then(|phase| phase.parse().ok()),
        names: &plan.names,
    })
}

/// The word the API has for it.
fn word(value: impl Serialize) -> Option<String> {
    serde_json::to_value(value).ok()?.as_str().map(str::to_owned)
}

/// The plans that ceased in one period, by the reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CeasedLine {
    /// First day of the period.
    pub period: NaiveDate,
    /// All of them.
    #[schema(example = 245)]
    pub total: i64,
    /// Reached the maximum age: the end of the academic year in which the young person turned 25.
    pub maximum_age: i64,
    /// Needs are met without a plan, while education or training goes on.
    pub needs_met: i64,
    /// Moved on to higher education.
    pub higher_education: i64,
    /// Moved on to paid employment that is no apprenticeship.
    pub paid_employment: i64,
    /// Transferred to another authority in England.
    pub transferred: i64,
    /// No wish to go on in education or training.
    pub no_engagement: i64,
    /// Moved outside England.
    pub left_england: i64,
    /// Died.
    pub died: i64,
    /// Another reason.
    pub other: i64,
}

/// The plans that ceased, by the period of the day from which they were not maintained any more.
pub fn ceased(tx: &mut Tx<'_>, period: Period, as_of: Option<AsOf>) -> Result<(Known, Vec<CeasedLine>), Error> {
    let known = Known::at(tx, as_of)?;
    let rows = caseload::ceased(tx, period.window()?, known.position)?;
    let lines = rows.into_iter().map(|row| CeasedLine {
        period: row.period,
        total: row.total,
        maximum_age: row.maximum_age,
        needs_met: row.needs_met,
        higher_education: row.higher_education,
        paid_employment: row.paid_employment,
        transferred: row.transferred,
        no_engagement: row.no_engagement,
        left_england: row.left_england,
        died: row.died,
        other: row.other,
    });
    Ok((known, lines.collect()))
}
