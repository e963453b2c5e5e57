//! The rows that say which provision of a plan is due, and when it was not delivered.

use chrono::NaiveDate;
use serde::Serialize;
use uuid::Uuid;

use super::{Rows, View, text};
use crate::record::{File, Plan, Provision};

pub(super) fn add(rows: &mut Rows, file: &File, plan: &Plan) {
    for one in Provision::all(file.standing(), plan.id) {
        let provider = one.provider.as_ref().map(|provider| provider.as_str());
        rows.add(
            View::Provision,
            ProvisionRow {
                child: file.child.0,
                provision: one.id.0,
                plan: plan.id.0,
                kind: one.kind.as_str(),
                provider,
                from_on: one.from,
                // A plan that ceased provides nothing any more.
                last_on: one.until.or_else(|| plan.cessation.ceased_on().and_then(|day| day.pred_opt())),
            },
        );
        for shortfall in &one.shortfalls {
            rows.add(
                View::Shortfalls,
                ShortfallRow {
                    child: file.child.0,
                    shortfall: shortfall.id.0,
                    plan: plan.id.0,
                    provision: one.id.0,
                    kind: one.kind.as_str(),
                    provider,
                    from_on: shortfall.from,
                    to_on: shortfall.to,
                    why: text(shortfall.why),
                    partly: shortfall.partly,
                    remedy: shortfall.remedy.map(|(remedy, ..)| text(remedy)),
                },
            );
        }
    }
}

#[derive(Serialize)]
struct ProvisionRow<'a> {
    child: Uuid,
    provision: Uuid,
    plan: Uuid,
    kind: &'static str,
    provider: Option<&'a str>,
    from_on: NaiveDate,
    last_on: Option<NaiveDate>,
}

#[derive(Serialize)]
struct ShortfallRow<'a> {
    child: Uuid,
    shortfall: Uuid,
    plan: Uuid,
    provision: Uuid,
    kind: &'static str,
    provider: Option<&'a str>,
    from_on: NaiveDate,
    to_on: Option<NaiveDate>,
    why: String,
    partly: bool,
    remedy: Option<String>,
}
