//! A plan after it is made: its versions, its amendments and its end.

use serde_json::{Value, json};

use super::{CASE, EVENT, REVIEW, STAFF, known};

const AMENDMENT: &str = "0190b0a0-0000-7000-8000-0000000000a2";
const VERSION: &str = "0190b0a0-0000-7000-8000-0000000000a3";

const ONE_HOUR: &str = "Speech and language therapy, one hour a week.";
const TWO_HOURS: &str = "Speech and language therapy, two hours a week.";

/// What was recorded of an amendment.
pub fn receipt_of_amendment() -> Value {
    json!({"id": AMENDMENT, "case": CASE, "position": 1071, "recordedAt": "2027-02-26T15:02:44Z", "version": 31, "concerns": []})
}

fn change() -> Value {
    json!({"section": "F", "was": ONE_HOUR, "becomes": TWO_HOURS})
}

/// Amendments proposed after the review, and what the family said.
pub fn amendment() -> Value {
    let says = |f: &str| json!({"a": "", "b": "", "c": "", "d": "", "e": "", "f": f, "g": "", "h1": "", "h2": "", "i": "", "j": "", "k": ""});
    json!({
        "id": AMENDMENT, "review": REVIEW, "appeal": null, "officer": STAFF, "reasons": "An hour a week has not been enough.", "sentOn": "2027-02-26",
        "servedOn": "2027-03-01", "timeEndsOn": "2027-03-15", "amendBy": "2027-04-23", "changes": [change()],
        "representations": [{
            "id": EVENT, "madeOn": "2027-03-08", "byAccount": true, "sections": says("Two hours are right, but not in her break."),
            "words": null
        }],
        "completeOn": null, "declined": null, "version": null, "amendedOn": null
    })
}

/// The version that it made.
pub fn version_line() -> Value {
    json!({
        "id": VERSION, "number": 2, "sentOn": "2027-04-16", "until": null, "cause": "after_review", "amendment": AMENDMENT,
        "review": REVIEW, "officer": STAFF, "reasons": "As proposed; the family asked that it be in lessons.", "changed": ["F"],
        "placement": {"names": "setting", "setting": "urn:900001"}
    })
}

/// The same with what it says.
pub fn version() -> Value {
    let mut version = version_line();
    version["sections"] = json!({
        "a": "Amira likes building things.", "b": "Speech and language needs.", "c": "", "d": "",
        "e": "Amira speaks in sentences her classmates follow.", "f": TWO_HOURS, "g": "", "h1": "", "h2": "",
        "i": "Example Primary School", "j": "", "k": "Advice of the educational psychologist."
    });
    version["known"] = known();
    version["version"] = json!(33);
    version
}

/// How it differs from the first.
pub fn comparison() -> Value {
    let placement = json!({"names": "setting", "setting": "urn:900001"});
    json!({
        "version": VERSION, "with": EVENT, "sections": [change()], "placementWas": placement, "placementBecomes": placement,
        "known": known()
    })
}

/// The plan's end.
pub fn cessation() -> Value {
    json!({
        "steps": [{"id": EVENT, "step": "family_told", "on": "2027-05-04"}, {"id": EVENT, "step": "family_consulted", "on": "2027-05-10"}],
        "decision": {
            "review": null, "officer": STAFF, "reasons": "The outcomes are met and support continues without a plan.",
            "decidedOn": "2027-05-28", "notifiedOn": "2027-06-01"
        },
        "mayCeaseFrom": "2027-09-02", "appealed": false, "ceasedOn": null, "reason": null, "known": known()
    })
}
