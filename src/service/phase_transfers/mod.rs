//! Which children change the phase of education in a year, and how far each has come on the way to their next setting?

mod confirming;
mod consulting;
mod counting;

pub use confirming::{ConfirmTransfer, ConfirmTransfers, SettledTransfer, TransferNotDue, TransfersSettled, confirm};
pub use consulting::{ConsultForTransfer, ConsultForTransfers, ConsultedForTransfer, TransfersConsulted, consult};
pub use counting::{PhaseTransfersLine, count};

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Error;
use super::as_of::{AsOf, Known};
use super::changes::{self, Asked, Mark};
use super::identity::is_staff;
use crate::db::Tx;
use crate::law::PhaseTransfer;
use crate::record::codes::Phase;
use crate::record::*;
use crate::store::changes::Window;
use crate::store::children::identity;
use crate::store::transfers::{self, Candidate};

/// How far a change of phase has come: `to_confirm`, found from the child's year group and setting, which an officer has yet to
/// confirm; `confirmed`; `setting_named`, the plan names what follows; `not_due`, an officer found that the child does not move.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TransferProgress {
    /// Found, and not yet looked at.
    ToConfirm,
    /// An officer confirmed it.
    Confirmed,
    /// The plan names what follows.
    SettingNamed,
    /// It does not happen.
    NotDue,
}

/// A child who changes the phase of education.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PhaseTransferLine)]
pub struct TransferView {
    /// The id it got when an officer settled it. Null: nobody has.
    pub id: Option<TransferId>,
    /// The plan.
    pub plan: PlanId,
    /// The case the plan came from, under which consultations are kept.
    pub case: CaseId,
    /// The child's id.
    pub child: ChildId,
    /// The child's given name; null when erased.
    pub given_name: Option<String>,
    /// The child's family name; null when erased.
    pub family_name: Option<String>,
    /// The national curriculum year in the school year before the move: 6 is Year 6, 0 Reception, -1 the year before. Null: the date of
    /// birth is not known.
    pub year_group: Option<YearGroup>,
    /// By how many years the child is ahead of others of their age; below 0: behind, because they were held back or began late.
    pub ahead: i32,
    /// Which change of phase.
    pub kind: PhaseTransfer,
    /// The day of the move: 1 September, unless another was confirmed.
    pub transfer_on: NaiveDate,
    /// The last day on which the plan can name the next setting in time.
    pub name_by: Option<NaiveDate>,
    /// How far it has come.
    pub progress: TransferProgress,
    /// Why it is not due. Null: it is.
    pub not_due: Option<WhyNotDue>,
    /// Whether `nameBy` has passed and the plan names no setting for the time after the move.
    pub overdue: bool,
    /// The setting the child moves on from, by its id in `/v1/settings`. Null: none is known.
    pub from_setting: Option<String>,
    /// Its name.
    pub from_setting_name: Option<String>,
    /// How many settings were consulted for it. For staff.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub consulted: Option<i32>,
    /// How many of them answered. For staff.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub answered: Option<i32>,
    /// The setting the plan names for the time after it. Null: none, or only a type.
    pub to_setting: Option<String>,
    /// The day the plan named it.
    pub named_on: Option<NaiveDate>,
    #[serde(skip)]
    reviewed_on: Option<NaiveDate>,
}

impl TransferView {
    /// Where it stands in the list.
    pub fn place(&self) -> (NaiveDate, PlanId) {
        (self.name_by.unwrap_or(self.transfer_on), self.plan)
    }

    /// Whether a review was held for it in the school year before the move or the one before that.
    fn was_reviewed(&self) -> bool {
        let since = SchoolYear(SchoolYear::of(self.transfer_on).0 - 2).starts_on();
        self.reviewed_on.is_some_and(|on| on >= since)
    }
}

/// What the list is narrowed to. Filters combine.
#[derive(Debug, Clone, Default)]
pub struct TransferFilter {
    /// Only those that have come this far; all when empty.
    pub progress: Vec<TransferProgress>,
    /// Only these changes of phase; all when empty.
    pub kinds: Vec<PhaseTransfer>,
    /// Only from this setting.
    pub from_setting: Option<String>,
}

/// The changes of phase of a calendar year among the children the caller may see, those whose setting must be named first at the top.
pub fn list(
    tx: &mut Tx<'_>,
    year: i32,
    filter: &TransferFilter,
    after: Option<(NaiveDate, PlanId)>,
    limit: i64,
    since: Option<Asked>,
    as_of: Option<AsOf>,
) -> Result<(Option<Mark>, Known, Vec<TransferView>), Error> {
    let known = Known::at(tx, as_of)?;
    let asked = changes::asked(tx, since, as_of)?;
    let mut found = of_year(tx, year, &known, asked.map(|(window, _)| window))?;
    found.retain(|one| {
        (filter.progress.is_empty() || filter.progress.contains(&one.progress))
            && (filter.kinds.is_empty() || filter.kinds.contains(&one.kind))
            && (filter.from_setting.is_none() || one.from_setting == filter.from_setting)
            && after.is_none_or(|after| one.place() > after)
    });
    found.truncate(usize::try_from(limit).unwrap_or_default());
    // One row more than is shown says that there are more.
    let shown = usize::try_from(limit - 1).unwrap_or_default();
    found.iter().take(shown).for_each(|one| tx.saw(one.child.0));
    Ok((asked.map(|(_, mark)| mark), known, found))
}

/// Every change of phase of a calendar year within the caller's scope, as it was known, in the order they are listed; in a window those of
/// the children of whom anything changed.
fn of_year(tx: &mut Tx<'_>, year: i32, known: &Known, window: Option<Window>) -> Result<Vec<TransferView>, Error> {
    let first = |year| NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or(NaiveDate::MAX);
    let before = SchoolYear(year - 1);
    let school_year = [before.starts_on(), SchoolYear(year).starts_on()];
    let candidates = transfers::candidates(tx, [first(year), first(year + 1)], school_year, known.position, window)?;
    let (today, staff) = (known.today, is_staff(tx));
    let mut days = BTreeMap::new();
    let mut found: Vec<_> = candidates
        .into_iter()
        .filter_map(|candidate| {
            let mut one = view(candidate, before, today)?;
            let (kind, on) = (one.kind, one.transfer_on);
            one.name_by = *days.entry((kind, on)).or_insert_with(|| name_by(kind, on));
            let open = matches!(one.progress, TransferProgress::ToConfirm | TransferProgress::Confirmed);
            one.overdue = open && one.name_by.is_some_and(|day| day < today);
            if !staff {
                (one.consulted, one.answered) = (None, None);
            }
            Some(one)
        })
        .collect();
    found.sort_by_key(TransferView::place);
    Ok(found)
}

fn view(candidate: Candidate, before: SchoolYear, today: NaiveDate) -> Option<TransferView> {
    let identity = identity(candidate.content.as_deref());
    let offsets: Vec<Offset> = read(candidate.year_groups.as_deref()).unwrap_or_default();
    let born = identity.as_ref().and_then(|identity| identity.born_on).filter(|born| *born <= today);
    let by_age = born.map(|born| YearGroup::by_age(born, before));
    let year_group = born.map(|born| YearGroup::with(&offsets, born, before));
    let phase: Option<Phase> = candidate.phase.as_deref().and_then(|phase| phase.parse().ok());
    let highest_age = candidate.highest_age.and_then(|age| u8::try_from(age).ok());
    let teaches = phase.map(|phase| Teaches { phase, highest_age });
    let proposed = year_group.and_then(|group| change_of_phase(group, teaches));
    let kind = word(candidate.transfer_kind.as_deref()).or(proposed)?;
    let not_due: Option<WhyNotDue> = word(candidate.not_due.as_deref());
    let progress = match (candidate.transfer, not_due, &candidate.names) {
        (None, ..) => TransferProgress::ToConfirm,
        (Some(_), Some(_), _) => TransferProgress::NotDue,
        (Some(_), None, Some(_)) => TransferProgress::SettingNamed,
        (Some(_), None, None) => TransferProgress::Confirmed,
    };
    Some(TransferView {
        id: candidate.transfer.map(TransferId),
        plan: PlanId(candidate.plan),
        case: CaseId(candidate.case_id),
        child: ChildId(candidate.child),
        given_name: identity.as_ref().map(|identity| identity.given_name.clone()),
        family_name: identity.map(|identity| identity.family_name),
        year_group,
        ahead: year_group.zip(by_age).map_or(0, |(group, by_age)| group.0 - by_age.0),
        kind,
        transfer_on: candidate.transfer_on.unwrap_or_else(|| SchoolYear(before.0 + 1).starts_on()),
        name_by: None,
        progress,
        not_due,
        overdue: false,
        from_setting: candidate.setting,
        from_setting_name: candidate.setting_name,
        consulted: Some(candidate.consulted.unwrap_or_default()),
        answered: Some(candidate.answered.unwrap_or_default()),
        to_setting: candidate.to_setting,
        named_on: candidate.named_on,
        reviewed_on: candidate.reviewed_on,
    })
}

fn read<T: for<'a> Deserialize<'a>>(json: Option<&str>) -> Option<T> {
    serde_json::from_str(json?).ok()
}

/// A code of a list from its word, as a column holds it.
fn word<T: for<'a> Deserialize<'a>>(word: Option<&str>) -> Option<T> {
    serde_json::from_value(word?.into()).ok()
}

/// The calendar year of the next 1 September: whose moves are being settled.
pub fn next_year(today: NaiveDate) -> i32 {
    SchoolYear::of(today).0 + 1
}

/// The setting a child moves on from: where they are, or what the plan names first.
fn from_setting(file: &File, plan: &Plan, today: NaiveDate, transfer_on: NaiveDate) -> Option<Organisation> {
    let there = |one: &&Schooling| !one.alongside && one.from < transfer_on && one.until.is_none_or(|last| last >= today);
    let attended = Schooling::all(file).iter().rfind(there).and_then(|one| one.setting.clone());
    attended.or_else(|| plan.placement.settings().first().map(|setting| (*setting).clone()))
}
