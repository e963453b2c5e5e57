//! The rows of the changes of phase that were settled: confirmed or found not to be due, and how far each has come.

use chrono::NaiveDate;
use serde::Serialize;
use uuid::Uuid;

use super::{Rows, View, text};
use crate::record::{Case, File, Plan, ReviewPurpose, Transfer};

/// Adds each change of phase of a plan's child.
pub(super) fn add(rows: &mut Rows, file: &File, plan: &Plan, case: Option<&Case>) {
    for one in Transfer::all(file, plan.id) {
        let consulted: Vec<_> = case.iter().flat_map(|case| &case.consultations).filter(|c| c.transfer == Some(one.id)).collect();
        let named = one.named.as_ref();
        let for_it = plan.reviews.iter().filter(|review| review.purposes.contains(&ReviewPurpose::PhaseTransfer));
        let reviewed = for_it.filter_map(|review| review.meeting_on);
        rows.add(
            View::Transfers,
            TransferRow {
                child: file.child.0,
                transfer: one.id.0,
                plan: plan.id.0,
                transfer_kind: one.kind.map(text),
                transfer_on: one.transfer_on,
                from_setting: one.from_setting.as_ref().map(|setting| setting.as_str().to_owned()),
                confirmed_on: one.confirmed_on,
                not_due: one.not_due.map(|(why, _)| text(why)),
                reviewed_on: reviewed.filter(|on| *on < one.transfer_on).max(),
                consulted: consulted.len(),
                answered: consulted.iter().filter(|one| one.answer.is_some()).count(),
                named_on: named.and_then(|(_, on)| *on),
                names: named.map(|(placement, _)| placement.as_str()),
                to_setting: named.and_then(|(placement, _)| Some(placement.settings().pop()?.as_str().to_owned())),
            },
        );
    }
}

#[derive(Serialize)]
struct TransferRow {
    child: Uuid,
    transfer: Uuid,
    plan: Uuid,
    transfer_kind: Option<String>,
    transfer_on: NaiveDate,
    from_setting: Option<String>,
    confirmed_on: Option<NaiveDate>,
    not_due: Option<String>,
    reviewed_on: Option<NaiveDate>,
    consulted: usize,
    answered: usize,
    named_on: Option<NaiveDate>,
    names: Option<&'static str>,
    to_setting: Option<String>,
}
