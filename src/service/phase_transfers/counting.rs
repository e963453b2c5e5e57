//! How far has each cohort come that changes the phase of education in a year?

use std::collections::BTreeMap;

use serde::Serialize;
use utoipa::ToSchema;

use super::{TransferProgress, TransferView, of_year};
use crate::db::Tx;
use crate::law::PhaseTransfer;
use crate::service::Error;
use crate::service::as_of::{AsOf, Known};

/// One cohort: the children of one change of phase.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PhaseTransfersLine {
    /// Which change of phase.
    pub kind: PhaseTransfer,
    /// Children who move, confirmed or not yet.
    pub due: i64,
    /// Of these, those an officer has yet to confirm.
    pub to_confirm: i64,
    /// Of the confirmed, those for whom a review was held for the change of phase, in the school year before it or the one before that.
    pub reviewed: i64,
    /// Of the confirmed, those for whom a setting was consulted.
    pub consulted: i64,
    /// Of these, those for whom at least one setting has answered.
    pub answered: i64,
    /// Of the confirmed, those whose plan names what follows.
    pub named: i64,
    /// Of these, those whose plan named it in time.
    pub named_in_time: i64,
    /// Of those who move, those whose plan should name it by now and does not.
    pub overdue: i64,
    /// Children who seemed to move and do not, as officers found.
    pub not_due: i64,
}

/// The cohorts of a calendar year, in the order of age.
pub fn count(tx: &mut Tx<'_>, year: i32, as_of: Option<AsOf>) -> Result<(Known, Vec<PhaseTransfersLine>), Error> {
    let known = Known::at(tx, as_of)?;
    let mut cohorts: BTreeMap<PhaseTransfer, Vec<TransferView>> = BTreeMap::new();
    for one in of_year(tx, year, &known, None)? {
        cohorts.entry(one.kind).or_default().push(one);
    }
    let lines = cohorts.into_iter().map(|(kind, cohort)| line(kind, &cohort)).collect();
    Ok((known, lines))
}

fn line(kind: PhaseTransfer, cohort: &[TransferView]) -> PhaseTransfersLine {
    let count = |of: &dyn Fn(&TransferView) -> bool| cohort.iter().map(|one| i64::from(of(one))).sum();
    let confirmed = |one: &TransferView| matches!(one.progress, TransferProgress::Confirmed | TransferProgress::SettingNamed);
    let named = |one: &TransferView| one.progress == TransferProgress::SettingNamed;
    let some = |number: Option<i32>| number.is_some_and(|number| number > 0);
    PhaseTransfersLine {
        kind,
        due: count(&|one| one.progress != TransferProgress::NotDue),
        to_confirm: count(&|one| one.progress == TransferProgress::ToConfirm),
        reviewed: count(&|one| confirmed(one) && one.was_reviewed()),
        consulted: count(&|one| confirmed(one) && some(one.consulted)),
        answered: count(&|one| confirmed(one) && some(one.answered)),
        named: count(&named),
        named_in_time: count(&|one| named(one) && one.named_on.zip(one.name_by).is_some_and(|(on, by)| on <= by)),
        overdue: count(&|one| one.overdue),
        not_due: count(&|one| one.progress == TransferProgress::NotDue),
    }
}
