//! What the examples of schools' and families' own pages show: the same case, told to them.

use serde_json::{Value, json};

use super::{CASE, CHILD, EVENT, PLACEMENT, PLAN, REVIEW, deadlines, known};

/// What is owed on a review.
pub fn review_due() -> Value {
    json!({
        "needs": "review", "plan": PLAN, "review": REVIEW, "child": CHILD, "givenName": "Amira", "familyName": "Example",
        "setting": "urn:900001", "dueOn": "2027-05-19", "meetBy": "2027-04-21", "meetsOn": "2027-02-02", "overdue": false
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

/// Where the child is taught.
pub fn placement() -> Value {
    json!({
        "id": PLACEMENT, "child": CHILD, "setting": "urn:900002", "settingName": "Second Example School", "from": "2026-04-13",
        "until": null, "alongside": false
    })
}

/// What was recorded of it.
pub fn receipt_of_placement() -> Value {
    json!({"id": PLACEMENT, "position": 1045, "recordedAt": "2026-02-20T10:30:00Z", "version": 21, "concerns": []})
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
