//! The contract's examples of worklists: a line, who has how much, who covers for whom.

use serde_json::{Value, json};

use super::*;

const COLLEAGUE: &str = "0190b0a0-0000-7000-8000-00000000000f";

/// A duty that waits for a panel which meets too late.
pub fn worklist_line() -> Value {
    let rule = law::rule("D-6W");
    json!({
        "child": CHILD, "givenName": "Amira", "familyName": "Example", "setting": "urn:900001", "case": CASE,
        "reference": "2026/00042", "stage": "considering", "caseWorker": STAFF, "coveringFor": STAFF,
        "rule": "D-6W", "duty": rule.map(|rule| rule.duty), "citation": rule.map(|rule| rule.source.cite()),
        "dueOn": "2026-02-23", "daysLeft": 3, "state": "running",
        "awaited": {"who": "panel", "panel": PANEL, "meetsOn": "2026-02-24"},
        "atRisk": true,
        "risks": [{
            "reason": "panel_too_late", "words": "The panel on whose agenda this is meets after the limit.", "since": null,
            "citation": null
        }],
        "act": {
            "action": "decide_assessment", "method": "POST", "href": format!("/v1/cases/{CASE}/assessment-decision"), "allowed": false
        }
    })
}

/// Who has how much.
pub fn workloads() -> Value {
    let cases = json!({"open": 41, "plans": 112, "overdue": 3, "atRisk": 7, "dueWithinSevenDays": 5});
    json!({
        "data": [{
            "caseWorker": STAFF, "name": "Jo Officer", "team": TEAM, "active": true, "coveredBy": [COLLEAGUE], "cases": cases
        }],
        "teams": [{"team": TEAM, "name": "Assessments North", "cases": cases}],
        "unallocated": {"open": 4, "plans": 0, "overdue": 0, "atRisk": 2, "dueWithinSevenDays": 1},
        "known": known()
    })
}

/// Cases that were reallocated.
pub fn reallocated() -> Value {
    json!({
        "caseWorker": STAFF, "cases": [{"case": CASE, "entry": EVENT, "position": 1042}], "recordedAt": "2026-02-20T10:15:00Z"
    })
}

/// A worklist lent.
pub fn cover() -> Value {
    json!({
        "id": COVER, "caseWorker": STAFF, "coveredBy": COLLEAGUE, "from": "2026-02-16", "to": "2026-02-27", "inForce": true
    })
}
