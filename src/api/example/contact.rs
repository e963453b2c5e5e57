//! The contract's examples of contacts, messages and reminders.

use serde_json::{Value, json};

use super::*;
use crate::record::{DelayGround, compose_delay_letter};

/// Something that was kept beside the record.
pub fn logged() -> Value {
    json!({"id": CONTACT, "recordedAt": "2026-02-18T14:41:00Z"})
}

/// A call, and what was agreed in it.
pub fn contact() -> Value {
    json!({
        "id": CONTACT, "means": "call", "direction": "incoming", "on": "2026-02-18", "time": "14:30",
        "with": [{"relationship": null, "organisation": "urn:900001", "staff": null, "name": "Jo Named, the school's SENCO"}],
        "said": "The school has the last two reviews at hand.",
        "agreed": [{
            "id": REMINDER, "what": "Send the last two reviews",
            "who": {"relationship": null, "organisation": "urn:900001", "staff": null, "name": "Jo Named"},
            "by": "2026-02-25", "doneAt": null
        }],
        "visibility": "shared", "recordedBy": {"staff": STAFF, "name": "Jo Caseworker"}, "recordedAt": "2026-02-18T14:41:00Z",
        "replaces": null, "replacedBy": null, "struck": null
    })
}

/// A message of a parent, answered two working days later.
pub fn message() -> Value {
    json!({
        "id": MESSAGE, "case": CASE, "thread": MESSAGE, "inReplyTo": null,
        "from": {"party": "family", "relationship": RELATIONSHIP, "organisation": null, "staff": null, "name": "Rana Example"},
        "to": [{"party": "case_worker", "relationship": null, "organisation": null, "staff": null, "name": null}],
        "subject": "The visit next week", "words": "Could the visit be in the morning?", "sentAt": "2026-02-18T09:05:00Z",
        "readAt": "2026-02-18T10:00:00Z",
        "reply": {
            "message": "0190b0a0-0000-7000-8000-0000000000c4", "at": "2026-02-20T12:10:00Z",
            "after": {"workingDays": 2, "hours": 51}
        },
        "waiting": null, "closed": null
    })
}

/// A message that waits for its answer, among those of several cases.
pub fn inbox_line() -> Value {
    let mut message = message();
    message["reply"] = Value::Null;
    message["readAt"] = Value::Null;
    message["waiting"] = json!({"workingDays": 2, "hours": 49});
    json!({
        "message": message, "reference": "2026/00042", "child": CHILD, "givenName": "Amira", "familyName": "Example",
        "caseWorker": STAFF
    })
}

/// That a message was read.
pub fn message_read() -> Value {
    json!({"readAt": "2026-02-18T10:00:00Z"})
}

/// The messages that reached a case worker.
pub fn messages_line() -> Value {
    json!({
        "of": STAFF, "name": "Jo Caseworker", "received": 42, "answered": 35, "putAside": 4, "unanswered": 3, "unansweredOlder": 1,
        "medianWorkingDays": 2.0, "medianHours": 44.5
    })
}

/// A reminder that somebody of the staff made.
pub fn reminder() -> Value {
    json!({
        "id": REMINDER, "kind": "made", "on": "2026-02-27", "overdue": false,
        "words": "Ask the service whether the visit took place.", "who": null, "contact": null, "case": CASE,
        "reference": "2026/00042", "child": CHILD, "givenName": "Amira", "familyName": "Example", "childDied": false,
        "staff": STAFF, "doneAt": null
    })
}

/// A letter about a delay, composed.
fn delay_text() -> Value {
    let day = |month, day| NaiveDate::from_ymd_opt(2026, month, day).unwrap_or_default();
    let facts = [Fact::on(FactKind::RequestReceived, day(1, 5))];
    let ground = DelayGround {
        dated: day(2, 20),
        reference: "2026/00042",
        authority: "Havering",
        child: Some(("Amira", "Example")),
        deadlines: &law::deadlines(&facts, day(2, 20)),
        why: "We have too few educational psychologists.",
        awaited: "The psychologist's view whether an assessment may be necessary.",
        awaited_from: Some("our educational psychology service"),
        advice: None,
        expected_by: day(3, 6),
        case_worker: Some("Jo Caseworker"),
        wordings: &notices::wordings(),
    };
    json!(compose_delay_letter(&ground).0)
}

/// A letter about a delay as it would be sent.
pub fn delay_preview() -> Value {
    json!({
        "letter": delay_text(), "missing": [],
        "recipients": [{"relationship": RELATIONSHIP, "name": "Rana Example", "language": "Bengali", "formats": ["large_print"]}],
        "version": 17
    })
}

/// A letter about a delay as it was sent.
pub fn sent_delay_letter() -> Value {
    json!({
        "id": EVENT, "reason": "staff_shortage", "advice": null, "sentOn": "2026-02-20", "expectedBy": "2026-03-06",
        "recipients": [{"relationship": RELATIONSHIP, "means": "post", "sentOn": "2026-02-20"}], "letter": delay_text(),
        "known": known()
    })
}
