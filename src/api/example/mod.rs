//! What the contract's examples show: one fictional case, the same on every page.

mod advice;
mod documents;
mod contact;
mod families;
mod notices;
mod panels;
mod plans;
mod provision;
mod phase_transfers;
mod placements;
mod worklist;

use chrono::NaiveDate;
use serde_json::{Value, json};

pub use advice::*;
pub use contact::*;
pub use documents::*;
pub use families::*;
pub use notices::*;
pub use panels::*;
pub use phase_transfers::*;
pub use placements::*;
pub use plans::*;
pub use provision::*;
pub use worklist::*;

use crate::law::{self, Fact, FactKind, RuleView};

const STAFF: &str = "0190b0a0-0000-7000-8000-000000000001";
const CASE: &str = "0190b0a0-0000-7000-8000-000000000002";
const EVENT: &str = "0190b0a0-0000-7000-8000-000000000003";
const CHILD: &str = "0190b0a0-0000-7000-8000-000000000004";
const ADVICE: &str = "0190b0a0-0000-7000-8000-000000000005";
const PLAN: &str = "0190b0a0-0000-7000-8000-000000000006";
const REVIEW: &str = "0190b0a0-0000-7000-8000-000000000007";
const PANEL: &str = "0190b0a0-0000-7000-8000-000000000008";
const ITEM: &str = "0190b0a0-0000-7000-8000-000000000009";
const DOCUMENT: &str = "0190b0a0-0000-7000-8000-0000000000a1";
const FORM: &str = "0190b0a0-0000-7000-8000-00000000000c";
const DRAFT: &str = "0190b0a0-0000-7000-8000-0000000000d1";
const CONSULTATION: &str = "0190b0a0-0000-7000-8000-0000000000d2";
const RELATIONSHIP: &str = "0190b0a0-0000-7000-8000-0000000000b1";
const REFERRAL: &str = "0190b0a0-0000-7000-8000-0000000000f1";
const NOTICE: &str = "0190b0a0-0000-7000-8000-0000000000e1";
const FORMAT: &str = "0190b0a0-0000-7000-8000-0000000000e2";
const COVER: &str = "0190b0a0-0000-7000-8000-0000000000c7";
const CONTACT: &str = "0190b0a0-0000-7000-8000-0000000000c1";
const MESSAGE: &str = "0190b0a0-0000-7000-8000-0000000000c2";
const REMINDER: &str = "0190b0a0-0000-7000-8000-0000000000c3";
const PLACEMENT: &str = "0190b0a0-0000-7000-8000-0000000000f3";
const TRANSFER: &str = "0190b0a0-0000-7000-8000-000000000081";
const TRANSPORT: &str = "0190b0a0-0000-7000-8000-0000000000f4";
const DIRECT_PAYMENTS: &str = "0190b0a0-0000-7000-8000-0000000000f5";
const TEAM: &str = "0190b0a0-0000-7000-8000-00000000000a";

/// What every answer that can be asked for as of a moment says of itself.
fn known() -> Value {
    json!({"position": null, "today": "2026-02-20", "lawVersion": law::REGISTER_VERSION})
}

/// A list given whole.
pub fn whole(row: Value) -> Value {
    json!({"data": [row]})
}

/// A list given whole that also answers `asOf`.
pub fn whole_as_of(row: Value) -> Value {
    json!({"data": [row], "known": known()})
}

/// The only page of a list.
pub fn page(row: Value) -> Value {
    json!({"data": [row], "nextCursor": null})
}

/// The only page of a list that can be kept in step with.
pub fn changes(row: Value) -> Value {
    json!({"data": [row], "nextCursor": null, "since": null, "known": known()})
}

/// The only page of a list that also answers `asOf`.
pub fn page_as_of(row: Value) -> Value {
    json!({"data": [row], "nextCursor": null, "known": known()})
}

/// An officer's decision to assess.
pub fn decision_to_assess() -> Value {
    json!({"outcome": "assess", "reasons": "The child may need provision beyond what schools make from their own resources."})
}

/// An officer's decision to make a plan.
pub fn decision_to_plan() -> Value {
    json!({"outcome": "issue", "reasons": "The assessment shows needs that only a plan can meet."})
}

/// What was recorded in a case.
pub fn receipt() -> Value {
    json!({"id": EVENT, "case": CASE, "position": 1042, "recordedAt": "2026-02-20T10:15:00Z", "version": 18, "concerns": []})
}

/// What was recorded of a child, outside any case.
pub fn receipt_without_case() -> Value {
    json!({"id": CHILD, "position": 1040, "recordedAt": "2026-01-05T09:02:11Z", "version": 1, "concerns": []})
}

/// An entry about a child as a whole.
pub fn receipt_of_child() -> Value {
    json!({"id": EVENT, "position": 1044, "recordedAt": "2026-02-20T10:25:00Z", "version": 20, "concerns": []})
}

/// What was recorded of somebody around a child.
pub fn receipt_of_relationship() -> Value {
    json!({"id": RELATIONSHIP, "position": 1043, "recordedAt": "2026-02-20T10:20:00Z", "version": 19, "concerns": []})
}

/// A parent with whom the child lives, at an address that is hidden.
pub fn relationship() -> Value {
    json!({
        "id": RELATIONSHIP, "entry": EVENT, "kind": "parent", "parentalResponsibility": true, "livesWith": true,
        "receivesNotices": true, "courtRestriction": null, "hiddenAddress": true, "account": "https://login.example|rana",
        "authority": null, "from": "2026-01-05", "to": null, "endedOn": null,
        "contact": {
            "name": "Rana Example", "email": "rana@example.org", "telephone": "01708 000000",
            "address": ["1 Example Road", "Romford"], "postcode": "RM1 0CC", "language": "Bengali", "interpreter": true,
            "formats": ["large_print"]
        }
    })
}

/// The row of the register on the twenty weeks.
pub fn rule() -> Value {
    json!(law::rule("D-20W").map(RuleView::from))
}

/// An exception to it.
pub fn exception() -> Value {
    json!(law::exception("X13.3c").map(law::ExceptionView::from))
}

/// What follows from a request received on Monday 5 January 2026.
pub fn deadlines() -> Vec<Value> {
    let day = |month, day| NaiveDate::from_ymd_opt(2026, month, day).unwrap_or_default();
    let facts = [
        Fact::on(FactKind::RequestReceived, day(1, 5)),
        Fact::on(FactKind::AssessmentDecisionNotified, day(2, 12)).outcome(law::Outcome::Assess),
    ];
    law::deadlines(&facts, day(2, 20)).iter().map(|deadline| json!(deadline)).collect()
}

/// The calculator's answer.
pub fn counted_deadlines() -> Value {
    json!({"deadlines": deadlines(), "lawVersion": law::REGISTER_VERSION})
}

/// The deadlines of the case.
pub fn case_deadlines() -> Value {
    json!({"deadlines": deadlines(), "known": known()})
}

fn identity() -> Value {
    json!({
        "givenName": "Amira", "familyName": "Example", "bornOn": "2017-03-14", "sex": "F", "ethnicity": null, "upn": null,
        "uln": null, "upnUnknown": "UN8", "postcode": null, "needs": ["SLCN"]
    })
}

/// A line of the list of cases.
pub fn case_line() -> Value {
    json!({
        "id": CASE, "reference": "2026/00042", "child": CHILD, "givenName": "Amira", "familyName": "Example",
        "stage": "assessing", "receivedOn": "2026-01-05", "setting": "urn:900001", "caseWorker": STAFF,
        "nextDue": {"rule": "D-ADV", "on": "2026-03-31"}, "overdue": false, "possibleDuplicate": false
    })
}

fn request() -> Value {
    json!({
        "id": EVENT, "requestedBy": "school", "receivedOn": "2026-01-05", "setting": "urn:900001", "detained": false,
        "effect": null, "withdrawn": false, "withdrawnOn": null
    })
}

/// The case.
pub fn case() -> Value {
    json!({
        "id": CASE, "reference": "2026/00042", "child": CHILD, "identity": identity(), "childDiedOn": null, "stage": "assessing",
        "requestedBy": "school", "receivedOn": "2026-01-05", "requests": [request()], "setting": "urn:900001", "caseWorker": STAFF,
        "assessmentDecision": {
            "outcome": "assess", "officer": STAFF, "panelItem": ITEM, "decidedOn": "2026-02-10", "notifiedOn": "2026-02-12"
        },
        "advice": [{
            "id": ADVICE, "giver": "psychology", "organisation": "local:ep-service", "requestedOn": "2026-02-16",
            "receivedOn": "2026-02-17", "returnedOn": null,
            "delays": [{"reason": "staff_shortage", "on": "2026-02-19", "expectedOn": "2026-04-17"}],
            "allocatedTo": {"name": "Dr Sam Example", "employment": "locum", "organisation": null, "on": "2026-02-20"}
        }],
        "exceptions": [], "planDecision": null, "reversals": [], "draftPlans": [], "representations": [],
        "settingRequests": [], "officerMeetings": [], "finalPlan": null, "withdrawnOn": null, "responsibilityEnded": null,
        "nextDue": {"rule": "D-ADV", "on": "2026-03-31"},
        "allowedActions": [
            {"action": "record_advice", "allowed": true},
            {"action": "send_final_plan", "allowed": false, "code": "no_draft_to_finalise",
             "reason": "there is no draft plan to finalise; record the draft that was served first"}
        ],
        "known": known(), "version": 17
    })
}

/// That an exception was claimed in it.
pub fn claimed() -> Value {
    let mut claimed = receipt();
    claimed["termsMet"] = json!(true);
    claimed["why"] = json!("Its terms are met: it excuses D-20W.");
    claimed
}

/// The claim.
pub fn claim() -> Value {
    let absence = law::exception("X13.3d");
    json!({
        "id": EVENT, "paragraph": "X13.3d", "takes": absence.map(|e| e.terms.words()), "citation": absence.map(|e| e.source.cite()),
        "from": "2026-03-02", "to": "2026-04-06", "setting": null, "advice": null, "claimedOn": "2026-02-20",
        "toldOn": "2026-02-20", "withdrawnOn": null, "stands": true, "termsMet": true,
        "why": "Its terms are met: it excuses D-20W.",
        "duties": [{"rule": "D-20W", "about": null, "dueOn": "2026-05-25", "termsMet": true, "why": ""}],
        "evidence": "Letter from the family of 20 February."
    })
}

/// A closure of a setting.
pub fn closure() -> Value {
    json!({
        "from": "2026-07-22", "to": "2026-09-01", "name": "Summer holidays", "days": 42, "longEnough": true,
        "adviceFrom": "2026-07-15", "adviceTo": "2026-08-26"
    })
}

/// An entry of its timeline.
pub fn timeline_entry() -> Value {
    json!({
        "id": EVENT, "position": 1031, "kind": "assessment_decided", "occurredOn": "2026-02-10",
        "recordedAt": "2026-02-10T15:40:07Z", "capacity": "decision_maker",
        "facts": {"case": CASE, "outcome": "assess", "officer": STAFF, "item": ITEM},
        "words": "The child may need provision beyond what schools make from their own resources.", "stands": true
    })
}

/// A review of the plan.
pub fn review() -> Value {
    let everyone = json!(["family", "setting", "health", "social_care", "authority"]);
    json!({
        "id": REVIEW, "purposes": ["annual"], "reason": null, "request": null, "convenedBy": "setting_required", "meetsOn": "2027-02-02",
        "invitations": [{"sentOn": "2027-01-12", "to": everyone}], "papers": [{"sentOn": "2027-01-19", "to": everyone}],
        "missed": [{"missedOn": "2027-01-28", "because": "family_away", "words": "Amira's mother was in hospital."}],
        "meetingOn": "2027-02-02", "came": ["family", "setting", "health", "authority"], "childInvolvement": "attended_in_part",
        "yearGroup": 5, "views": [review_views()], "reportOn": "2027-02-12", "report": "The therapy goes on; the plan still describes Amira.",
        "recommends": "maintain", "outcomes": [{
            "outcome": "Amira speaks in sentences her classmates follow.", "progress": "good", "words": "In the class, not yet outside."
        }],
        "pathways": null, "healthCheck": null, "adulthoodTransition": null, "outcome": "maintain", "decidedOn": "2027-02-24",
        "notifiedOn": "2027-02-26"
    })
}

/// The plan.
pub fn plan() -> Value {
    json!({
        "id": PLAN, "child": CHILD, "case": CASE, "madeOn": "2026-05-20",
        "versions": 1, "ceasedOn": null, "placement": {"names": "setting", "setting": "urn:900001"},
        "sections": {
            "a": "Amira likes building things.", "b": "Speech and language needs.", "c": "", "d": "",
            "e": "Amira speaks in sentences her classmates follow.", "f": "Speech and language therapy, one hour a week.",
            "g": "", "h1": "", "h2": "", "i": "Example Primary School", "j": "", "k": "Advice of the educational psychologist."
        },
        "nextReview": {"dueOn": "2028-02-25", "meetBy": "2028-01-28", "considerBy": null}, "reviews": [review()], "known": known(), "version": 25
    })
}

/// A draft plan, and what the family said to it.
pub fn draft_plan() -> Value {
    let empty =
        json!({"a": "", "b": "", "c": "", "d": "", "e": "", "f": "", "g": "", "h1": "", "h2": "", "i": "", "j": "", "k": ""});
    let (mut says, mut said) = (empty.clone(), empty);
    says["f"] = "Speech and language therapy, one hour a week.".into();
    said["f"] = "An hour a week is too little.".into();
    json!({
        "id": DRAFT, "case": CASE, "servedOn": "2026-04-20", "change": "first", "sections": says,
        "representations": [{"id": EVENT, "madeOn": "2026-05-01", "byAccount": true, "sections": said, "words": null}],
        "known": known(), "version": 21
    })
}

/// A consultation that was answered.
pub fn consultation() -> Value {
    json!({
        "id": CONSULTATION, "transfer": null, "setting": "urn:900003", "otherAuthority": "309", "sentOn": "2026-04-20", "receivedOn": "2026-04-21",
        "answer": "conditional", "answeredOn": "2026-05-01", "yearlyCost": 18500,
        "words": "With a teaching assistant for twenty hours a week.", "withdrawn": false, "withdrawnOn": null
    })
}

/// The child.
pub fn child() -> Value {
    json!({
        "id": CHILD, "identity": identity(), "diedOn": null,
        "yearGroup": {"group": 4, "byAge": 4, "phase": "primary", "schoolYear": 2025},
        "cases": [CASE], "plans": [PLAN], "version": 25
    })
}

/// A line of the list of children.
pub fn child_line() -> Value {
    json!({"id": CHILD, "identity": identity()})
}

/// A request that a school has begun.
pub fn request_form() -> Value {
    json!({
        "id": FORM, "version": 3, "changedAt": "2026-01-05T16:40:12Z",
        "form": {
            "child": {
                "id": null, "givenName": "Amira", "familyName": "Example", "bornOn": "2017-03-14", "sex": null, "ethnicity": null,
                "upn": null, "uln": null, "upnUnknown": null, "postcode": null, "needs": []
            },
            "requestedBy": "school", "reasons": null, "detained": false,
            "evidence": {
                "strengthsAndNeeds": null, "attainment": null, "supportSoFar": "Daily speech work in a small group.",
                "supportYearlyCost": null, "healthAndCare": null, "childViews": null, "familyViews": null, "professionals": [],
                "consent": null
            },
            "people": []
        }
    })
}

/// What is said of it when it is kept.
pub fn form_kept() -> Value {
    json!({"id": FORM, "version": 3})
}

/// A member of staff.
pub fn member_of_staff() -> Value {
    json!({"id": STAFF, "name": "Jo Officer", "role": "case_worker", "team": TEAM, "active": true, "email": "jo@havering.example", "telephone": null})
}

/// The plans of one phase.
pub fn caseload_line() -> Value {
    json!({"group": "primary", "kind": null, "plans": 965, "percentage": 40.7})
}

/// The plans that ceased in a year.
pub fn ceased_line() -> Value {
    json!({
        "period": "2024-01-01", "total": 245, "maximumAge": 6, "needsMet": 8, "higherEducation": 36, "paidEmployment": 28,
        "transferred": 117, "noEngagement": 26, "leftEngland": 21, "died": 3, "other": 0
    })
}

/// A team.
pub fn team() -> Value {
    json!({"id": TEAM, "name": "Assessments North", "email": "ehc.north@havering.example", "telephone": "01708 000002"})
}

/// A setting.
pub fn setting() -> Value {
    json!({
        "id": "urn:900001", "name": "Example Primary School", "settingType": "academy", "phase": "primary", "highestAge": 11,
        "authority": "311"
    })
}

/// What was added to the directory.
pub fn added() -> Value {
    json!({"id": STAFF})
}

/// A line of the list of concerns.
pub fn concern_line() -> Value {
    json!({
        "concern": "final_plan_before_response_time",
        "words": "The family has at least fifteen days from the day the draft is served; a final plan can follow from 5 May 2026.",
        "citation": {
            "text": "SEND Regulations 2014, reg. 13(1)(a)", "url": "https://www.legislation.gov.uk/uksi/2014/1530/regulation/13"
        },
        "case": CASE, "reference": "2026/00042", "placement": null, "child": CHILD, "caseWorker": STAFF,
        "recordedAt": "2026-04-29T14:02:55Z",
        "acknowledged": {
            "entry": EVENT, "by": "https://login.example|jo", "reason": "The family asked us to finalise before the move."
        }
    })
}

/// Concerns of a year.
pub fn concerns_line() -> Value {
    json!({"period": "2026-01-01", "concern": "final_plan_before_response_time", "cases": 3, "acknowledged": 3})
}

/// Timeliness of a year.
pub fn timeliness_line() -> Value {
    let twenty_weeks = |issued, within, percentage| {
        json!({
            "issued": issued, "within20Weeks": within, "between20And52Weeks": 310, "over52Weeks": 0,
            "percentageWithin20Weeks": percentage, "percentageBetween20And52Weeks": 70.6, "percentageOver52Weeks": 0.0,
            "meanWeeks": 25.3, "medianWeeks": 24.1
        })
    };
    json!({
        "period": "2024-01-01",
        "includingExceptions": twenty_weeks(439, 129, 29.4), "excludingExceptions": twenty_weeks(439, 129, 29.4),
        "assessmentDecisions": {"inTime": 729, "later": 131, "percentageInTime": 84.8},
        "noPlanDecisions": {"inTime": 5, "later": 13, "percentageInTime": 27.8}
    })
}

/// Requests of a year.
pub fn requests_line() -> Value {
    json!({
        "period": "2024-01-01", "received": 899, "assessed": 650, "refused": 193, "withdrawn": 2, "undecided": 54,
        "mediation": 39, "appeal": 15, "appealAfterMediation": 15
    })
}

/// Assessments of a year.
pub fn assessments_line() -> Value {
    json!({
        "period": "2024-01-01", "completed": 457, "issued": 439, "notIssued": 18, "withdrawn": 0,
        "mediation": 2, "appeal": 1, "appealAfterMediation": 0,
        "otherMediation": 0, "otherAppeal": 0, "otherAppealAfterMediation": 0
    })
}

/// A line of the trail.
pub fn trail_line() -> Value {
    json!({
        "id": 88, "at": "2026-02-20T10:14:31Z", "actor": "https://login.example|jo", "capacity": "case_worker",
        "organisation": null, "operation": "see_cases", "requestId": "01890a5d-ac96-774b-bcce-b302099a8057", "children": [CHILD]
    })
}

/// Changes after a position.
pub fn events() -> Value {
    json!({
        "data": [{
            "position": 1031, "id": EVENT, "kind": "assessment_decided", "occurredOn": "2026-02-10",
            "recordedAt": "2026-02-10T15:40:07Z", "child": CHILD, "case": CASE
        }],
        "nextAfter": 1031
    })
}

/// A case worker, as the API knows them.
pub fn me() -> Value {
    json!({
        "subject": "https://login.example|jo", "staff": STAFF, "roles": ["case_worker"],
        "authority": {"id": 1, "code": "311", "name": "Havering"}, "organisation": null,
        "may": ["submit_request", "allocate_case", "see_cases", "see_self"]
    })
}

/// The reviews of a year.
pub fn review_statistics() -> Value {
    json!({
        "year": 2026, "plans": 2689, "expected": 2200, "notExpected": 489,
        "meetings": {"afterTheYear": 46, "inTheYear": 1408, "beforeTheYear": 534, "total": 1988, "none": 212},
        "decisions": {
            "afterTheYear": 71, "inTheYear": 152, "beforeTheYear": 130, "notDue": 62, "outstanding": 1573, "withinFourWeeks": 109,
            "later": 244, "percentageWithinFourWeeks": 30.9, "percentageLater": 69.1
        },
        "outcomes": {"maintain": 202, "amend": 148, "cease": 3, "none": 1635},
        "twelveMonths": {"inTime": 131, "late": 21, "overdue": 1702},
        "lookedAt": {
            "held": 1408, "reported": 1390, "fromYear9": 520, "adulthoodConsidered": 481, "percentageAdulthoodConsidered": 92.5,
            "involvementTold": 1390, "childTookPart": 1204
        },
        "known": known()
    })
}
