//! What the examples of requests for advice and of referrals show.

use serde_json::{Value, json};

use super::{ADVICE, CASE, CHILD, REFERRAL, known};

/// A line of the queue of a service.
pub fn advice_line() -> Value {
    json!({
        "id": ADVICE, "case": CASE, "reference": "2026/00042", "child": CHILD, "givenName": "Amira", "familyName": "Example",
        "service": "psychology", "specialism": null, "organisation": "local:ep-service", "words": "Please see Amira in class.",
        "state": "outstanding", "requestedOn": "2026-02-12", "receivedOn": "2026-02-13", "dueOn": "2026-03-27", "ageDays": 7,
        "daysLeft": 35,
        "allocatedTo": {"name": "Dr Sam Example", "organisation": "local:ep-service", "on": "2026-02-16", "visitOn": "2026-03-03"},
        "visitedOn": null, "signedOffOn": null, "chased": {"times": 1, "lastOn": "2026-02-19", "lastBy": "telephone"},
        "late": null, "answer": null, "answeredOn": null, "sentBackOn": null
    })
}

fn judgement() -> Value {
    json!({
        "on": "2026-03-30", "judgement": "not_sufficient", "unmet": ["specific", "quantified"], "sentBack": true,
        "visibility": "shared", "reasons": "It does not say how much therapy, how often and by whom."
    })
}

/// A request that came back and was sent back.
pub fn advice_request() -> Value {
    let mut judged = judgement();
    judged.as_object_mut().map(|judged| judged.remove("reasons"));
    json!({
        "advice": {
            "id": ADVICE, "giver": "health", "specialism": "speech_and_language_therapy", "organisation": "local:ep-service",
            "requestedOn": "2026-02-12", "receivedOn": "2026-02-13", "returnedOn": "2026-03-27",
            "answers": [{"answer": "given", "on": "2026-03-27"}],
            "chased": {"times": 1, "lastOn": "2026-03-20", "lastBy": "telephone"}, "judged": judged, "sentBackOn": "2026-03-30"
        },
        "words": "Which speech and language therapy does Amira need?",
        "returned": [{"answer": "given", "on": "2026-03-27", "words": "Amira needs regular therapy.", "visibility": "shared",
            "document": null}],
        "chasers": [{"on": "2026-03-20", "means": "telephone"}], "judgements": [judgement()], "known": known()
    })
}

/// The requests to a service, counted.
pub fn advice_counts() -> Value {
    json!({
        "service": "psychology", "organisation": null, "asked": 60, "returnedInSixWeeks": 21, "returnedLate": 14,
        "returnedLateExcused": 1, "returnedWithoutLimit": 0, "sentBack": 2,
        "nilReturns": {"notKnown": 0, "declined": 0, "noCapacity": 2}, "awaitingReceipt": 1, "outstanding": 12, "overdue": 8,
        "excused": 0, "noLongerAwaited": 1, "unallocated": 9, "medianAgeDays": 23.5, "oldestAgeDays": 81
    })
}

/// Two weeks of a service.
pub fn capacity() -> Value {
    json!({
        "service": "psychology", "organisation": "local:ep-service", "unallocated": 3, "clearsInWeek": "2026-03-09",
        "weeks": [
            {"weekStarting": "2026-03-02", "places": 4, "allocated": 2, "due": 1, "unallocatedAfter": 1},
            {"weekStarting": "2026-03-09", "places": 3, "allocated": 0, "due": 5, "unallocatedAfter": 0}
        ]
    })
}

/// A referral whose child was seen and waits for treatment.
pub fn referral() -> Value {
    json!({
        "id": REFERRAL, "service": "neurodevelopmental", "organisation": "local:ep-service", "case": CASE,
        "referredOn": "2026-01-12", "seenOn": "2026-02-16", "treatedOn": null, "endedOn": null, "endReason": null,
        "waitsToBeSeen": false, "waitsForTreatment": true, "weeksToAppointment": 5.0, "weeksToTreatment": 5.6,
        "words": "School and parents see signs of autism."
    })
}

/// The waits for a service.
pub fn referrals_line() -> Value {
    let wait = |number, median, longest| json!({"number": number, "medianWeeks": median, "longestWeeks": longest});
    json!({
        "service": "neurodevelopmental", "waitingToBeSeen": wait(212, 51.3, 143.9), "waitingForTreatment": wait(297, 58.4, 160.1),
        "seen": wait(88, 62.0, 139.0), "treated": wait(41, 74.6, 151.7), "endedUnseen": 9
    })
}
