//! How many plans does an authority maintain on a day, of children of which phase, sex and need, and where are they?

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Error;
use super::as_of::{AsOf, Known};
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
}

/// The plans of one group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CaseloadLine {
    /// The group: a phase, a year group from -5 to 20, a sex, a type of need, or a setting's type. Null: not known, or at no setting.
    #[schema(example = "primary")]
    pub group: Option<String>,
    /// By provision: the kind of place, as in `/v1/placements`. Null: no placement is on record, and the setting is the one that the plan
    /// names.
    pub kind: Option<PlacementKind>,
    /// How many plans.
    #[schema(example = 965)]
    pub plans: i64,
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
    let line = |((group, kind), plans)| CaseloadLine { group, kind, plans };
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
    }
}

/// The word the API has for it.
fn word(value: impl Serialize) -> Option<String> {
    serde_json::to_value(value).ok()?.as_str().map(str::to_owned)
}
