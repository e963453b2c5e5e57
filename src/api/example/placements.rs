//! What the examples of placements and of money show.

use serde_json::{Value, json};

use super::{CASE, CHILD, DIRECT_PAYMENTS, EVENT, PLACEMENT, TRANSPORT};

fn terms() -> Value {
    json!({
        "weeklyHours": 25, "partTime": null, "residentialWeeks": null, "need": "ASD", "reintegrateBy": null, "plannedEnd": "2027-07-21",
        "fundingBand": "Band 4", "yearlyCost": 24000, "shares": {"education": 60, "health": 40}
    })
}

/// Where the child is taught.
pub fn placement() -> Value {
    json!({
        "id": PLACEMENT, "child": CHILD, "kind": "resourced_provision", "setting": "urn:900002", "settingName": "Second Example School",
        "settingType": "academy", "settingAuthority": "311", "inBorough": true, "namedInPlan": true, "from": "2026-04-13", "until": null,
        "alongside": false, "registration": "only", "terms": terms(), "reintegratedOn": null
    })
}

/// The same with all that was recorded of it.
pub fn placement_detail() -> Value {
    let mut all = placement();
    all["termsInTurn"] = json!([{"from": "2026-04-13", "terms": terms()}]);
    all["daysOut"] = json!([{
        "id": EVENT, "because": "suspension", "from": "2026-05-11", "to": "2026-05-13", "sessions": 5, "words": "Left the site twice."
    }]);
    all["sessionsOut"] = json!(5);
    all["reintegration"] = Value::Null;
    all
}

/// What was recorded of it.
pub fn receipt_of_placement() -> Value {
    json!({"id": PLACEMENT, "position": 1045, "recordedAt": "2026-02-20T10:30:00Z", "version": 21, "concerns": []})
}

/// A child on the list of vulnerable children.
pub fn oversight_line() -> Value {
    json!({
        "child": CHILD, "givenName": "Amira", "familyName": "Example", "because": [
            {"reason": "residential_out_of_borough", "since": "2026-04-13", "setting": "urn:900005", "settingName": "Example Hall"},
            {"reason": "social_worker", "since": "2026-02-16", "setting": null, "settingName": null}
        ]
    })
}

/// A place in alternative provision.
pub fn alternative_provision_line() -> Value {
    let mut placement = placement();
    placement["kind"] = json!("alternative_provision");
    placement["terms"]["reintegrateBy"] = json!("2026-07-03");
    json!({
        "givenName": "Amira", "familyName": "Example", "hasCase": false, "hasPlan": false, "placement": placement,
        "reintegrationOverdue": false, "impact": null
    })
}

/// What about a child is under the authority's eye.
pub fn flag() -> Value {
    json!({"flag": "youth_justice", "from": "2026-02-16", "until": null, "words": "Told by the youth justice service."})
}

/// Transport to school.
pub fn transport() -> Value {
    json!({
        "id": TRANSPORT, "means": "shared_vehicle", "from": "2026-09-02", "until": "2027-07-21", "yearlyCost": 7200, "shares": {},
        "words": "With an escort."
    })
}

/// What was recorded of it.
pub fn receipt_of_transport() -> Value {
    json!({"id": TRANSPORT, "position": 1046, "recordedAt": "2026-02-20T10:35:00Z", "version": 22, "concerns": []})
}

/// Direct payments.
pub fn direct_payments() -> Value {
    json!({
        "id": DIRECT_PAYMENTS, "startedOn": "2027-03-01", "yearlyAmount": 4800, "shares": {"education": 50, "health": 50},
        "reviews": [{"on": "2027-03-18", "outcome": "alter", "words": "One session less a month is needed."}], "endedOn": null,
        "ended": false, "words": "For therapy at home."
    })
}

/// What was recorded of them.
pub fn receipt_of_direct_payments() -> Value {
    json!({
        "id": DIRECT_PAYMENTS, "case": CASE, "position": 1047, "recordedAt": "2027-03-01T10:40:00Z", "version": 23, "concerns": []
    })
}

/// What one agency bears of one budget.
pub fn commitment_line() -> Value {
    json!({"year": 2026, "budget": "placements", "agency": "health", "children": 42, "pounds": 403_200})
}

/// The places of one designation.
pub fn places_line() -> Value {
    json!({"year": 2026, "kind": "resourced_provision", "need": "ASD", "places": 12, "taken": 11, "free": 1, "on": "2026-09-01"})
}

/// The children in one kind of place.
pub fn placements_line() -> Value {
    json!({"kind": "setting", "settingType": "maintained_special_school", "inBorough": true, "placements": 310, "alongside": 4})
}
