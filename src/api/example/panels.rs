//! The contract's examples of panels: a meeting, its papers, what came of it.

use serde_json::{Value, json};

use super::*;

fn quorum() -> Value {
    json!({"met": true, "present": 3, "needed": 3, "missingAgencies": []})
}

/// A panel's meeting.
pub fn panel() -> Value {
    json!({
        "id": PANEL, "panel": "EHC panel", "kind": "ehc-panel", "meetsOn": "2026-02-10", "nextUsuallyOn": "2026-02-24",
        "members": [{
            "member": "https://login.example|sam", "name": "Sam Example", "agency": "health", "chair": true, "present": true,
            "apologies": false
        }],
        "quorumRule": {"members": 3, "agencies": ["health", "social_care"]}, "quorum": quorum(), "yearlyCost": 24000,
        "items": [agenda_item()],
        "minutes": null, "closedOn": "2026-02-11", "papersEndOn": "2026-03-11", "putRight": [], "known": known(), "version": 9
    })
}

/// An item of its agenda: before the panel met, and what it advised.
fn agenda_item() -> Value {
    let mut item = json!({
        "id": ITEM, "child": CHILD, "givenName": "Amira", "familyName": "Example", "case": CASE, "reference": "2026/00042",
        "addedOn": "2026-02-02", "startsAt": "09:30", "why": ["complex", "joint_funding"], "words": null,
        "question": "assess", "yearlyCost": 24000, "follows": null,
        "duties": [{
            "rule": "D-6W", "duty": law::rule("D-6W").map(|rule| rule.duty), "dueOn": "2026-02-16", "missedIfDeferred": true
        }],
        "papers": 1, "conflicts": []
    });
    let advised = json!({
        "quorum": quorum(), "recommendation": "assess", "recommendedOn": "2026-02-10", "reasons": "The legal test is met.",
        "met": ["has_or_may_have_needs", "may_need_plan"], "notMet": [],
        "dissent": [{"member": "https://login.example|kim", "why": "The school has not yet tried a smaller group."}],
        "shares": {"education": 60, "health": 40}, "healthAgreed": true, "missing": [], "withoutQuorumBecause": null,
        "decision": {"outcome": "assess", "decidedOn": "2026-02-11", "differs": false, "differsBecause": null},
        "minutes": "The school joined by telephone."
    });
    if let (Some(item), Value::Object(advised)) = (item.as_object_mut(), advised) {
        item.extend(advised);
    }
    item
}

/// An entry of a meeting's timeline.
pub fn panel_entry() -> Value {
    json!({
        "id": EVENT, "position": 1020, "kind": "attendance_recorded", "occurredOn": "2026-02-10",
        "recordedAt": "2026-02-10T09:31:00Z", "capacity": "case_worker",
        "facts": {"present": ["https://login.example|sam"], "apologies": []}, "stands": true
    })
}

/// A paper of an item.
pub fn paper() -> Value {
    json!({
        "entry": EVENT, "kind": "advice_returned", "occurredOn": "2026-03-20", "words": "Advice of the educational psychologist.",
        "sections": null, "document": null, "putRightSince": false
    })
}

/// Past decisions like an item's.
pub fn alike() -> Value {
    json!({
        "question": "assess", "need": "SLCN", "byAge": true, "byPhase": true,
        "outcomes": [
            {"outcome": "assess", "cases": 31, "examples": [CASE]}, {"outcome": "refuse", "cases": 6, "examples": []}
        ]
    })
}

/// A kind of panel.
pub fn panel_kind() -> Value {
    json!({
        "id": "ehc-panel", "name": "EHC panel", "quorum": {"members": 3, "agencies": ["health", "social_care"]},
        "intervalDays": 14,
        "members": [{"member": "https://login.example|sam", "name": "Sam Example", "agency": "health"}]
    })
}

/// A line of the list of meetings.
pub fn panel_line() -> Value {
    json!({"id": PANEL, "panel": "EHC panel", "kind": "ehc-panel", "meetsOn": "2026-02-10", "closedOn": null})
}

/// The panels of one kind in a year.
pub fn panels_line() -> Value {
    json!({
        "period": "2026-01-01", "kind": "ehc-panel", "panel": "EHC panel", "meetings": 26, "items": 410, "deferrals": 37,
        "missing": {"advice": 21, "costs": 16}, "decisions": 366, "decisionsThatDiffer": 9, "medianDaysToDecision": 9.0
    })
}

/// Decisions in like cases of a year.
pub fn consistency_line() -> Value {
    json!({"question": "assess", "need": "SLCN", "decisions": 112, "shares": {"assess": 78.6, "refuse": 21.4}})
}
