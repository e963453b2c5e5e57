//! The contract's examples of statutory notices and plan documents.

use serde_json::{Value, json};

use super::*;
use crate::record::{Decided, Ground, NoticeKind, Reached, WayForward, Wording, WordingKind, side_by_side};

/// The authority's wordings, as an authority might have them.
pub(super) fn wordings() -> Vec<Wording> {
    let of = |kind, name: &str, words: &str| {
        let reached = Reached {
            name: Some(name.into()),
            telephone: Some("0800 000 000".into()),
            email: Some("advice@service.example".into()),
            website: Some("https://service.example".into()),
            address: None,
        };
        let valid_from = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap_or_default();
        Wording { kind, valid_from, words: Some(words.into()), reached }
    };
    vec![
        of(WordingKind::LetterHead, "Example Council", "Example Council, SEND Service"),
        of(WordingKind::AuthorityContact, "SEND Service", "Ask for the officer who signed this letter."),
        of(WordingKind::MediationAdviser, "Example Mediation", "The adviser is independent of us and costs you nothing."),
        of(WordingKind::DisagreementResolution, "Example Resolution", "This service is independent, free and open to everybody."),
        of(WordingKind::InformationAdviceSupport, "Example SENDIASS", "This service is impartial, confidential and free."),
        of(WordingKind::Closing, "SEND Service", "Yours sincerely"),
    ]
}

/// A refusal to assess, composed.
pub fn composed_notice() -> Value {
    let day = |day| NaiveDate::from_ymd_opt(2026, 2, day).unwrap_or_default();
    let wordings = wordings();
    let way_forward = [WayForward {
        support: "A speech and language programme in class".into(),
        from: "the school".into(),
        by: NaiveDate::from_ymd_opt(2026, 5, 1),
    }];
    let ground = Ground {
        kind: NoticeKind::RefusalToAssess,
        dated: day(16),
        reference: "2026/00042",
        authority: "Havering",
        child: Some(("Amira", "Example")),
        decided: Some(Decided {
            on: Some(day(13)),
            reasons: Some("The progress made with the present support does not suggest that a plan may be necessary."),
            way_forward: &way_forward,
            proposed_amendments: None,
            met_on: None,
            proposed: None,
        }),
        enclosed: None,
        wordings: &wordings,
    };
    let (letter, missing) = crate::record::compose(&ground);
    json!({
        "letter": letter, "missing": missing,
        "recipients": [{
            "recipient": "family", "relationship": RELATIONSHIP, "organisation": null, "name": "Rana Example", "language": "Bengali",
            "formats": ["large_print"],
            "citation": {"text": "Children and Families Act 2014, s. 36(5)", "url": "https://www.legislation.gov.uk/ukpga/2014/6/section/36"}
        }],
        "sent": [], "known": known(), "version": 17
    })
}

/// A notice that was sent.
pub fn sent_notice() -> Value {
    json!({
        "id": NOTICE, "kind": "refusal_to_assess", "dated": "2026-02-16", "sentOn": "2026-02-16", "draft": null, "plan": null,
        "review": null, "amendment": null, "elsewhere": false, "missing": [],
        "recipients": [
            {"recipient": "family", "relationship": RELATIONSHIP, "organisation": null, "means": "post", "sentOn": "2026-02-16"},
            {"recipient": "health_body", "relationship": null, "organisation": "ods:RF4", "means": "email", "sentOn": "2026-02-17"}
        ],
        "formats": [{
            "id": FORMAT, "format": "translation", "relationship": RELATIONSHIP, "words": "Bengali", "requestedOn": "2026-02-18",
            "dueOn": "2026-02-25", "provided": true, "providedOn": "2026-02-24", "means": "post"
        }],
        "letter": null
    })
}

/// A wording, from a day on.
pub fn wording() -> Value {
    json!({
        "kind": "mediation_adviser", "validFrom": "2026-04-01", "validTo": null,
        "words": "The adviser is independent of us and costs you nothing.",
        "contact": {
            "name": "Example Mediation", "telephone": "0800 000 000", "email": "advice@mediation.example",
            "website": "https://mediation.example", "address": null
        }
    })
}

/// The plan as a document.
pub fn plan_text() -> Value {
    let (matched, rows) = side_by_side(
        "1. Speech and language needs.",
        "1. Speech and language therapy, one hour a week.",
        "1. Amira speaks in sentences her classmates follow.",
    );
    json!({
        "draft": null, "plan": PLAN, "authority": "Havering", "reference": "2026/00042", "on": "2026-05-20",
        "person": [{"label": "Name", "value": "Amira Example"}, {"label": "Date of birth", "value": "14 March 2017"}],
        "parents": [{"name": "Rana Example", "kind": "parent", "contact": null}],
        "a": ["Amira likes building things."], "matched": matched, "rows": rows, "c": [], "g": [], "d": [], "h1": [], "h2": [],
        "i": ["Example Primary School"], "j": [], "k": ["Advice of the educational psychologist."],
        "advice": [{"giver": "psychology", "requestedOn": "2026-02-16", "returnedOn": "2026-03-27"}], "officer": "Jo Officer"
    })
}

/// A draft plan as a document.
pub fn draft_text() -> Value {
    let mut text = plan_text();
    text["draft"] = DRAFT.into();
    text["plan"] = Value::Null;
    text["on"] = "2026-04-20".into();
    text["i"] = json!([]);
    text
}
