//! The rows of a child's referrals: to which service, and when they were seen and treated.

use chrono::NaiveDate;
use serde::Serialize;
use uuid::Uuid;

use super::{Rows, View, text};
use crate::record::{File, Referral};

pub(super) fn add(rows: &mut Rows, file: &File) {
    for referral in Referral::all(file) {
        rows.add(
            View::Referrals,
            ReferralRow {
                child: file.child.0,
                referral: referral.id.0,
                service: text(referral.service),
                organisation: referral.organisation.as_ref().map(|one| one.as_str().to_owned()),
                detail: file.find(referral.event).and_then(|standing| standing.detail).map(|id| id.0),
                case_id: referral.case.map(|case| case.0),
                referred_on: referral.referred_on,
                waits_to_be_seen: referral.waits_to_be_seen(),
                seen_on: referral.seen.flatten(),
                waits_for_treatment: referral.waits_for_treatment(),
                treated_on: referral.treated.flatten(),
                ended_on: referral.ended.and_then(|(on, _)| on),
                end_reason: referral.ended.map(|(_, why)| text(why)),
            },
        );
    }
}

#[derive(Serialize)]
struct ReferralRow {
    child: Uuid,
    referral: Uuid,
    service: String,
    organisation: Option<String>,
    /// The detail that says why.
    detail: Option<Uuid>,
    case_id: Option<Uuid>,
    referred_on: Option<NaiveDate>,
    waits_to_be_seen: bool,
    seen_on: Option<NaiveDate>,
    waits_for_treatment: bool,
    treated_on: Option<NaiveDate>,
    ended_on: Option<NaiveDate>,
    end_reason: Option<String>,
}
