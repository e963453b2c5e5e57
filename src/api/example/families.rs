//! What the examples of schools' and families' own pages show: the same case, told to them.

use serde_json::{Value, json};

use super::{CASE, CHILD, EVENT, PLAN, REVIEW, deadlines, known};

/// What is owed on a review.
pub fn review_due() -> Value {
    json!({
        "needs": "review", "plan": PLAN, "case": CASE, "review": REVIEW, "child": CHILD, "givenName": "Amira", "familyName": "Example",
        "setting": "urn:900001", "settingName": "Example Primary School", "convener": "setting_required", "standing": ["due_this_term"], "dueOn": "2027-05-19", "meetBy": "2027-04-21",
        "considerBy": null, "meetsOn": "2027-02-02", "overdue": false, "owed": true, "doneOn": null
    })
}

/// A term.
pub fn term() -> Value {
    json!({"from": "2027-01-04", "to": "2027-03-25", "name": "Spring 2027"})
}

/// What a setting has to review in a term.
pub fn review_list() -> Value {
    json!({
        "setting": "urn:900001", "settingName": "Example Primary School", "term": term(), "sendBy": "2026-12-21", "sentOn": "2026-12-18",
        "state": "met", "reviews": [{
            "plan": PLAN, "child": CHILD, "givenName": "Amira", "familyName": "Example", "dueOn": "2027-04-21", "meetBy": "2027-03-24",
            "meetsOn": "2027-02-02"
        }]
    })
}

/// That lists were sent.
pub fn review_lists_sent() -> Value {
    json!({"term": "2027-01-04", "settings": 1, "position": 1045, "recordedAt": "2026-12-18T10:30:00Z"})
}

/// A request for a review that was agreed to.
pub fn review_request() -> Value {
    json!({
        "id": "0190b0a0-0000-7000-8000-0000000000e1", "requestedBy": "parent", "receivedOn": "2026-11-02",
        "reasons": "Amira has not gone to school since October half term.", "answer": "agreed",
        "answerReasons": "What the plan provides no longer reaches Amira.", "answeredOn": "2026-11-06", "review": REVIEW
    })
}

/// Views that were given.
pub fn review_views() -> Value {
    json!({"id": EVENT, "whose": "setting", "givenOn": "2027-01-20", "words": "Amira joins in with two friends now."})
}

/// Views that a family gave for the assessment.
pub fn views() -> Value {
    json!({
        "id": EVENT, "whose": "child", "visibility": "shared", "givenOn": "2026-02-20", "byAccount": true,
        "words": "I like building. I do not like the dinner hall because it is loud."
    })
}

/// How the case goes, as the family reads it.
pub fn progress() -> Value {
    let because = json!(deadlines().first().map(|deadline| deadline["because"].clone()));
    let words = "The authority is to send the final plan.";
    json!({
        "case": CASE, "reference": "2026/00042", "child": CHILD, "givenName": "Amira", "familyName": "Example", "stage": "assessing",
        "stageWords": "The child's needs are being assessed: advice is gathered from those who know about them.",
        "contact": {
            "name": "Jo Officer", "email": "jo@havering.example", "telephone": null, "team": "Assessments North",
            "teamEmail": "ehc.north@havering.example", "teamTelephone": "01708 000002"
        },
        "nextDate": {"on": "2026-05-25", "whose": "the authority", "words": words, "because": because, "late": false},
        "askedOfYou": [{
            "words": "You can say what you and your child think, wish and feel.", "awaited": false, "by": null, "because": [],
            "action": "give_views", "link": format!("/v1/cases/{CASE}/views")
        }],
        "awaited": [{
            "words": words, "from": "the authority", "fromYou": false, "dueOn": "2026-05-25", "because": because, "late": false,
            "lateBecause": [], "expectedOn": null, "rule": "D-20W"
        }],
        "happened": [
            {"on": "2026-01-05", "words": "The school asked for an assessment."},
            {"on": "2026-02-12", "words": "The authority told the family that it assesses."}
        ],
        "known": known(), "version": 17
    })
}

/// Somebody who was shown the child's data.
pub fn reader() -> Value {
    json!({
        "id": 88, "at": "2026-02-20T10:14:31Z", "role": "case_worker", "organisation": null, "organisationName": null, "you": false,
        "askedFor": "see_cases", "words": "A case: where it stands, what happened in it and what is due."
    })
}
