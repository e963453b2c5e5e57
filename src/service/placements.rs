//! Where children are really taught: recorded when it begins and when it ends, either of which may lie ahead.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::recording::{Receipt, Step, open_child, record_of_child};
use super::{Error, wrong};
use crate::db::Tx;
use crate::record::*;
use crate::store::placements::{self, Wanted};

/// Says that a child is taught at a setting.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({
    "child": "0190b0a0-0000-7000-8000-000000000004", "setting": "urn:900002", "from": "2026-04-13",
    "words": "The family moved to Hornchurch."
}))]
pub struct BeginPlacement {
    /// The child.
    pub child: ChildId,
    /// The setting, by its id in `/v1/settings`.
    pub setting: Organisation,
    /// The first day there; today unless told. It may lie ahead: the setting sees the child from that day.
    pub from: Option<NaiveDate>,
    /// The last day there, where it is known already.
    pub until: Option<NaiveDate>,
    /// `true`: the child goes there beside the setting they attend. Otherwise they move: other placements end the day before.
    #[serde(default)]
    pub alongside: bool,
    /// Why. For staff.
    #[schema(max_length = 5000)]
    pub words: Option<String>,
}

/// Says that it is over.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"lastDay": "2026-07-21", "words": "Year 6 ends."}))]
pub struct EndPlacement {
    /// The last day there; today unless told. It may lie ahead: the setting sees the child until that day is over.
    pub last_day: Option<NaiveDate>,
    /// Why. For staff.
    #[schema(max_length = 5000)]
    pub words: Option<String>,
}

/// A placement: a child at a setting, from one day to another.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PlacementView {
    /// Its id.
    pub id: PlacementId,
    /// The child.
    pub child: ChildId,
    /// The setting, by its id in `/v1/settings`.
    #[schema(example = "urn:900002")]
    pub setting: String,
    /// The setting's name, where the directory has it.
    pub setting_name: Option<String>,
    /// The first day there.
    pub from: NaiveDate,
    /// The last day there. Null: none is known.
    pub until: Option<NaiveDate>,
    /// Whether the child goes there beside another setting.
    pub alongside: bool,
}

/// Which placements to list.
#[derive(Debug, Clone, Default)]
pub struct PlacementFilter {
    /// Only this child's.
    pub child: Option<ChildId>,
    /// Only at this setting.
    pub setting: Option<String>,
    /// Only those that hold on this day.
    pub on: Option<NaiveDate>,
}

/// Placements the caller may see, the latest first: staff see all, a setting its own.
pub fn list(
    tx: &mut Tx<'_>,
    filter: PlacementFilter,
    before: Option<(NaiveDate, PlacementId)>,
    limit: i64,
) -> Result<Vec<PlacementView>, Error> {
    let wanted = Wanted { child: filter.child, setting: filter.setting, on: filter.on };
    let rows = placements::list(tx, wanted, before, limit)?;
    let view = |row: placements::PlacementRow| PlacementView {
        id: PlacementId(row.placement),
        child: ChildId(row.child),
        setting: row.setting,
        setting_name: row.setting_name,
        from: row.from_on,
        until: row.last_on,
        alongside: row.alongside,
    };
    Ok(rows.into_iter().map(view).collect())
}

/// Records that a child is taught at a setting; where they move to it, that what they attended before is over.
pub fn begin(tx: &mut Tx<'_>, body: &BeginPlacement) -> Result<Receipt, Error> {
    let loaded = match open_child(tx, body.child) {
        Err(Error::NotFound(_)) => return Err(wrong("/child", "unknown_child", "Is no child that you can see.")),
        loaded => loaded?,
    };
    let from = body.from.unwrap_or(tx.today());
    if body.until.is_some_and(|until| until < from) {
        return Err(wrong("/until", "ends_before_it_begins", "Is before the first day."));
    }
    let known = Schooling::all(&loaded.file);
    let mut steps = Vec::new();
    if !body.alongside {
        let rest = || known.iter().filter(|one| !one.alongside && one.setting != body.setting);
        if body.until.is_none() && rest().any(|one| one.from > from) {
            let words = "Is needed: another placement is recorded that begins later.";
            return Err(wrong("/until", "until_needed", words));
        }
        let day_before = from.pred_opt().unwrap_or(from);
        for one in rest().filter(|one| one.from < from && one.until.is_none()) {
            steps.push(ended(tx, one.id, day_before));
        }
    }
    let placement: PlacementId = tx.new_id();
    let fact = Fact::PlacementBegan { placement, setting: body.setting.clone(), from, alongside: body.alongside };
    steps.push(Step::on(tx, from.min(tx.today()), fact).words(body.words.clone()));
    steps.extend(body.until.map(|until| ended(tx, placement, until)));
    record_of_child(tx, loaded, placement.0, steps)
}

/// Records that a placement is over.
pub fn end(tx: &mut Tx<'_>, placement: PlacementId, body: &EndPlacement) -> Result<Receipt, Error> {
    let child = placements::child_of(tx, placement)?.ok_or(Error::NotFound("placement"))?;
    let loaded = open_child(tx, child)?;
    let step = ended(tx, placement, body.last_day.unwrap_or(tx.today())).words(body.words.clone());
    record_of_child(tx, loaded, placement.0, vec![step])
}

/// What lies ahead is recorded today: that it was settled has happened.
fn ended(tx: &Tx<'_>, placement: PlacementId, last_day: NaiveDate) -> Step {
    Step::on(tx, last_day.min(tx.today()), Fact::PlacementEnded { placement, last_day })
}
