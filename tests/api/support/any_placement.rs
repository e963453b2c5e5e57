//! Anything that a case worker may record of where a child is taught and of what it costs, lawful or not.

use chrono::{Days, NaiveDate};
use ehc_casework::access::Role;
use rand::RngExt;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use serde_json::json;

use super::any_casework::{Attempt, World};

/// Something about where a child is taught, or what it costs.
pub(super) fn of_places_and_money(chance: &mut StdRng, world: &World, today: NaiveDate) -> Option<Attempt> {
    let attempt = |path, what, body| Some(Attempt { by: Role::CaseWorker, read: None, path, what, body });
    let day = (today - Days::new(chance.random_range(0..12))).to_string();
    let cost = chance.random_range(1..50_000);
    match chance.random_range(0..6) {
        0 => {
            let flag = ["social_worker", "youth_justice"].choose(chance)?;
            let end = if chance.random() { "" } else { "/end" };
            let path = format!("/v1/children/{}/flags{end}", world.children.choose(chance)?);
            attempt(path, "flag", json!({"flag": flag, "on": day}))
        }
        1 => {
            let body =
                json!({"means": "travel_pass", "from": day, "yearlyCost": cost, "shares": {"education": 50, "health": 50}});
            attempt(format!("/v1/children/{}/transport", world.children.choose(chance)?), "transport", body)
        }
        2 => {
            let body = json!({"startedOn": day, "yearlyAmount": cost});
            attempt(format!("/v1/plans/{}/direct-payments", world.plans.choose(chance)?), "direct_payments", body)
        }
        3 => {
            let (plan, id) = world.payments.choose(chance)?;
            if chance.random() {
                let body = json!({"on": day, "outcome": "alter", "yearlyAmount": cost});
                return attempt(format!("/v1/plans/{plan}/direct-payments/{id}/reviews"), "direct_payments_reviewed", body);
            }
            attempt(format!("/v1/plans/{plan}/direct-payments/{id}/end"), "direct_payments_ended", json!({"lastDay": day}))
        }
        4 => {
            let part_time = chance.random::<bool>().then(|| json!({"weeklyHours": 12}));
            let body = json!({"from": day, "terms": {"yearlyCost": cost, "residentialWeeks": 38, "partTime": part_time}});
            attempt(format!("/v1/placements/{}/terms", world.placements.choose(chance)?), "placement_terms", body)
        }
        _ => {
            let path = format!("/v1/placements/{}", world.placements.choose(chance)?);
            if chance.random() {
                let body = json!({"because": "absence", "from": day, "to": day, "sessions": 2});
                return attempt(format!("{path}/days-out"), "days_out", body);
            }
            attempt(format!("{path}/reintegration"), "reintegration", json!({"on": day, "fullTime": chance.random::<bool>()}))
        }
    }
}
