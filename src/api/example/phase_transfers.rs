//! What the examples of phase transfers show: the same case, two years on.

use serde_json::{Value, json};

use super::{CASE, CHILD, CONSULTATION, PLAN, TRANSFER};

/// A child who changes the phase of education.
pub fn phase_transfer() -> Value {
    json!({
        "id": TRANSFER, "plan": PLAN, "case": CASE, "child": CHILD, "givenName": "Amira", "familyName": "Example",
        "yearGroup": 6, "ahead": 0, "kind": "primary_to_secondary", "transferOn": "2028-09-01", "nameBy": "2028-02-14",
        "progress": "confirmed", "notDue": null, "overdue": false,
        "fromSetting": "urn:900001", "fromSettingName": "Example Primary School", "consulted": 1, "answered": 0,
        "toSetting": null, "namedOn": null
    })
}

/// What was settled of the list.
pub fn transfers_settled() -> Value {
    json!({"transfers": [{"transfer": TRANSFER, "plan": PLAN, "position": 1061}], "recordedAt": "2027-09-20T10:30:00Z"})
}

/// What was consulted on.
pub fn transfers_consulted() -> Value {
    json!({
        "consultations": [{"id": CONSULTATION, "case": CASE, "transfer": TRANSFER, "setting": "urn:900002"}],
        "recordedAt": "2027-10-04T10:30:00Z"
    })
}

/// A cohort.
pub fn phase_transfers_line() -> Value {
    json!({
        "kind": "primary_to_secondary", "due": 212, "toConfirm": 4, "reviewed": 190, "consulted": 181, "answered": 150, "named": 140,
        "namedInTime": 131, "overdue": 68, "notDue": 9
    })
}
