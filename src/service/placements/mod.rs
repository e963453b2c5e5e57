//! Where children are really taught: the list, and one placement with all that was recorded of it.

mod recording;
mod showing;

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

pub use recording::{
    BeginPlacement, ChangeTerms, EndPlacement, RecordDaysOut, Reintegrate, begin, change_terms, end, out, reintegrate,
};
pub use showing::{DaysOutView, PlacementDetail, ReintegrationView, TermsFrom, show};

use super::Error;
use super::as_of::Known;
use super::changes::{self, Asked, Mark};
use super::identity::is_staff;
use crate::db::Tx;
use crate::record::codes::SettingType;
use crate::record::*;
use crate::store::placements::{self, PlacementRow, Wanted};

/// A placement: where a child is taught, from one day to another.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PlacementView {
    /// Its id.
    pub id: PlacementId,
    /// The child.
    pub child: ChildId,
    /// What kind of place it is.
    pub kind: PlacementKind,
    /// The setting, by its id in `/v1/settings`. Null: the child is taught at none.
    #[schema(example = "urn:900002")]
    pub setting: Option<String>,
    /// The setting's name, where the directory has it.
    pub setting_name: Option<String>,
    /// The setting's type, where the directory has it.
    #[schema(value_type = Option<SettingType>)]
    pub setting_type: Option<String>,
    /// The Department's code of the authority in whose area the setting lies, where the directory has it.
    #[schema(example = "311")]
    pub setting_authority: Option<String>,
    /// Whether that is your authority's own area. Null: the directory does not say.
    pub in_borough: Option<bool>,
    /// Whether a plan in force of the child's names the setting: what a plan names and where the child goes are two things.
    pub named_in_plan: bool,
    /// The first day there.
    pub from: NaiveDate,
    /// The last day there. Null: none is known.
    pub until: Option<NaiveDate>,
    /// Whether the child goes there beside another setting.
    pub alongside: bool,
    /// Whether it is the only place the child has in its time, or of two the main one or the subsidiary: dual registration.
    pub registration: Registration,
    /// On what terms, today; of a placement to come, those it begins on. Money is for staff, and null for others.
    pub terms: PlacementTerms,
    /// The day the child came back from alternative provision. Null: nothing of the kind is recorded.
    pub reintegrated_on: Option<NaiveDate>,
}

/// Which placements to list. Filters combine.
#[derive(Debug, Clone, Default)]
pub struct PlacementFilter {
    /// Only this child's.
    pub child: Option<ChildId>,
    /// Only at this setting.
    pub setting: Option<String>,
    /// Only those that hold on this day.
    pub on: Option<NaiveDate>,
    /// Only of these kinds; all when empty.
    pub kinds: Vec<PlacementKind>,
    /// Only in the borough, or only out of it.
    pub in_borough: Option<bool>,
    /// Only with a planned end before this day.
    pub planned_end_before: Option<NaiveDate>,
}

/// Placements the caller may see, the latest first: staff see all, a setting its own. Where asked, only those that changed since, with
/// the mark for the next time.
pub fn list(
    tx: &mut Tx<'_>,
    filter: PlacementFilter,
    before: Option<(NaiveDate, PlacementId)>,
    limit: i64,
    since: Option<Asked>,
) -> Result<(Option<Mark>, Known, Vec<PlacementView>), Error> {
    let known = Known::at(tx, None)?;
    let asked = changes::asked(tx, since, None)?;
    let wanted = Wanted {
        placement: None,
        child: filter.child,
        setting: filter.setting,
        on: filter.on,
        kinds: filter.kinds.iter().map(|kind| kind.as_str().to_owned()).collect(),
        in_borough: filter.in_borough,
        planned_end_before: filter.planned_end_before,
        changed: asked.map(|(window, _)| window),
    };
    let rows = placements::list(tx, wanted, before, limit)?;
    let views = rows.into_iter().map(|row| shown(tx, row)).collect();
    Ok((asked.map(|(_, mark)| mark), known, views))
}

/// A row as the caller may see it.
pub(super) fn shown(tx: &Tx<'_>, row: PlacementRow) -> PlacementView {
    let terms: Vec<(NaiveDate, PlacementTerms)> = serde_json::from_str(&row.terms).unwrap_or_default();
    let terms = terms_on(&terms, row.from_on, tx.today()).cloned().unwrap_or_default();
    PlacementView {
        id: PlacementId(row.placement),
        child: ChildId(row.child),
        kind: row.kind.parse().unwrap_or_default(),
        setting: row.setting,
        setting_name: row.setting_name,
        setting_type: row.setting_type,
        setting_authority: row.setting_authority,
        in_borough: row.in_borough,
        named_in_plan: row.named_in_plan,
        from: row.from_on,
        until: row.last_on,
        alongside: row.alongside,
        registration: row.registration.parse().unwrap_or_default(),
        terms: if is_staff(tx) { terms } else { terms.without_money() },
        reintegrated_on: row.reintegrated_on,
    }
}
