//! Casework in any order by anybody, lawful or not: what a seed makes of it, it makes again.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use ehc_casework::access::Role;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{RngExt, SeedableRng};
use serde_json::{Value, json};

use super::any_placement::of_places_and_money;
use super::{TestApp, request_for, staff_id};

/// What there is to do something to.
#[derive(Default)]
pub(super) struct World {
    cases: Vec<String>,
    pub(super) children: Vec<String>,
    relationships: Vec<(String, String)>,
    referrals: Vec<(String, String)>,
    pub(super) placements: Vec<String>,
    pub(super) payments: Vec<(String, String)>,
    advice: Vec<(String, String)>,
    exceptions: Vec<(String, String)>,
    panels: Vec<String>,
    items: Vec<(String, String)>,
    pub(super) plans: Vec<String>,
    reviews: Vec<(String, String)>,
    amendments: Vec<(String, String)>,
    provision: Vec<(String, String)>,
    consultations: Vec<(String, String)>,
    entries: Vec<(String, String)>,
    joined: Vec<(String, String)>,
}

/// Who does it, by which path (with the last read one before it), and the body.
pub(super) struct Attempt {
    pub(super) by: Role,
    pub(super) read: Option<String>,
    pub(super) path: String,
    pub(super) what: &'static str,
    pub(super) body: Value,
}

/// Tries things at random from 5 January 2026 on; gives how often each was recorded. Concerns are acknowledged.
pub async fn any_casework(app: &TestApp, seed: u64, attempts: u32) -> BTreeMap<&'static str, u32> {
    let mut chance = StdRng::seed_from_u64(seed);
    let mut world = World::default();
    let mut recorded = BTreeMap::new();
    let mut today: NaiveDate = "2026-01-05".parse().unwrap();
    for _ in 0..attempts {
        today = today + Days::new(chance.random_range(0..5));
        app.on(&today.to_string());
        let Some(attempt) = any_attempt(&mut chance, &world, today) else { continue };
        if let Some(id) = carried_out(app, &attempt).await {
            *recorded.entry(attempt.what).or_default() += 1;
            remember(app, &mut world, &attempt, id).await;
        }
    }
    recorded
}

async fn carried_out(app: &TestApp, attempt: &Attempt) -> Option<String> {
    let client = match attempt.by {
        Role::School => app.school("900001"),
        role => app.client(role),
    };
    let mut body = attempt.body.clone();
    for _ in 0..2 {
        if let Some(read) = &attempt.read {
            client.get(read).await.ok();
        }
        let reply = client.post(&attempt.path, body.clone()).await;
        match (reply.status.as_u16(), reply.body["code"].as_str()) {
            (201, _) => return Some(reply.id()),
            (409, Some("unlawful_unless_acknowledged")) => {
                let concerns = reply.body["concerns"].as_array().unwrap().iter();
                body["acknowledge"] = concerns.map(|c| json!({"concern": c["concern"], "reason": "It happened."})).collect();
            }
            (400..500, _) => return None,
            _ => panic!("{} {}: {}", attempt.path, reply.status, reply.text),
        }
    }
    None
}

async fn remember(app: &TestApp, world: &mut World, attempt: &Attempt, id: String) {
    let of = |at: usize| attempt.path.split('/').nth(at).unwrap().to_owned();
    match attempt.what {
        "request" => {
            let case = app.client(Role::CaseWorker).get(&format!("/v1/cases/{id}")).await.ok();
            world.children.push(case["child"].as_str().unwrap().to_owned());
            world.cases.push(id);
        }
        "relationship" => world.relationships.push((of(3), id)),
        "referral" => world.referrals.push((of(3), id)),
        "placement" => world.placements.push(id),
        "direct_payments" => world.payments.push((of(3), id)),
        "advice" => world.advice.push((of(3), id)),
        "join" => world.joined.push((of(3), id)),
        "exception" => world.exceptions.push((of(3), id)),
        "panel" => world.panels.push(id),
        "item" => world.items.push((of(3), id)),
        "final_plan" => world.plans.push(id),
        "consultation" => world.consultations.push((of(3), id)),
        "review" => world.reviews.push((of(3), id)),
        "provision" => world.provision.push((of(3), id)),
        "amendment" => world.amendments.push((of(3), id)),
        _ => {}
    }
    if attempt.path.starts_with("/v1/cases/") {
        let case = of(3);
        let timeline = app.client(Role::CaseWorker).get(&format!("/v1/cases/{case}/timeline")).await.ok();
        let last = timeline["data"].as_array().unwrap().last().unwrap()["id"].as_str().unwrap().to_owned();
        world.entries.push((case, last));
    }
}

/// A worker withdraws; a decision maker says what a notification amounts to.
fn officer_or_worker(withdraws: bool) -> Role {
    if withdraws { Role::CaseWorker } else { Role::DecisionMaker }
}

/// What is arranged under a plan, and how it is delivered.
fn of_provision(chance: &mut StdRng, world: &World, today: NaiveDate) -> Option<Attempt> {
    let day = |days: u64| (today - Days::new(days)).to_string();
    let (plan, provision) = match world.provision.choose(chance) {
        Some((plan, provision)) if chance.random_ratio(3, 4) => (plan, Some(provision)),
        _ => (world.plans.choose(chance)?, None),
    };
    let at = format!("/v1/plans/{plan}/provision");
    let (what, path, body) = match (provision, chance.random_range(0..3)) {
        (None, _) => ("provision", at, json!({"kind": "tuition", "words": "It was so.", "from": day(20)})),
        (Some(id), 0) => {
            let to = chance.random::<bool>().then(|| day(1));
            ("undelivered", format!("{at}/{id}/shortfalls"), json!({"from": day(3), "to": to, "why": "vacancy"}))
        }
        (Some(id), 1) => ("delivered", format!("{at}/{id}/deliveries"), json!({"on": day(0)})),
        (Some(id), _) => ("provision_ended", format!("{at}/{id}/end"), json!({"lastDay": day(0)})),
    };
    Some(Attempt { by: Role::CaseWorker, read: None, path, what, body })
}

/// What happens to a plan after it is made: it is amended, or comes to its end.
fn of_a_plan(chance: &mut StdRng, world: &World, today: NaiveDate) -> Option<Attempt> {
    let a_day = (today - Days::new(chance.random_range(0..12))).to_string();
    let words = "It was so.";
    let (plan, amendment) = match world.amendments.choose(chance) {
        Some((plan, amendment)) if chance.random_ratio(2, 3) => (plan, Some(amendment)),
        _ => (world.plans.choose(chance)?, None),
    };
    let (worker, officer) = (Role::CaseWorker, Role::DecisionMaker);
    let (by, what, end, body) = match (amendment, chance.random_range(0..6)) {
        (Some(id), 0) => (worker, "amended", "versions".into(), json!({"amendment": id, "sentOn": a_day})),
        (Some(id), 1) => {
            let body = json!({"words": words, "complete": chance.random::<bool>(), "on": a_day});
            (worker, "amendment_answered", format!("amendments/{id}/representations"), body)
        }
        (Some(id), 2) => (worker, "amendment_served", format!("amendments/{id}/service"), json!({"servedOn": a_day})),
        (Some(id), 3) => {
            let body = json!({"toldOn": a_day, "reasons": words});
            (officer, "amendment_declined", format!("amendments/{id}/decision-not-to-amend"), body)
        }
        (None, 0) => {
            let placement = json!({"names": "setting", "setting": "urn:900002"});
            let body = json!({"sentOn": a_day, "placement": placement, "changes": {"g": words}});
            (worker, "amended", "versions".into(), body)
        }
        (_, 4) => {
            let step = ["family_told", "family_consulted", "setting_consulted"].choose(chance)?;
            (worker, "cessation_step", "cessation/steps".into(), json!({"step": step, "on": a_day}))
        }
        (_, 5) if chance.random_ratio(1, 3) => {
            (officer, "cessation_decided", "cessation/decision".into(), json!({"reasons": words, "notifiedOn": a_day}))
        }
        (_, 5) => {
            let reason = ["needs_met", "transferred"].choose(chance)?;
            (worker, "plan_ceased", "cessation".into(), json!({"reason": reason, "ceasedOn": a_day}))
        }
        _ => (worker, "amendment", "amendments".into(), json!({"reasons": words, "changes": {"b": words}, "sentOn": a_day})),
    };
    Some(Attempt { by, read: Some(format!("/v1/plans/{plan}")), path: format!("/v1/plans/{plan}/{end}"), what, body })
}

fn any_attempt(chance: &mut StdRng, world: &World, today: NaiveDate) -> Option<Attempt> {
    let a_day = |chance: &mut StdRng| (today - Days::new(chance.random_range(0..12))).to_string();
    let attempt = |by, path: String, what, body| Some(Attempt { by, read: None, path, what, body });
    if world.cases.is_empty() || chance.random_ratio(1, 12) {
        let (by, who) = if chance.random() { (Role::School, "school") } else { (Role::CaseWorker, "parent") };
        let mut body = request_for(["Example", "Another", "Third"].choose(chance)?);
        body["requestedBy"] = json!(who);
        return attempt(by, "/v1/requests".into(), "request", body);
    }
    if chance.random_ratio(1, 10) {
        return of_a_child(chance, world, today);
    }
    if chance.random_ratio(1, 20) {
        return of_places_and_money(chance, world, today);
    }
    let case = world.cases.choose(chance)?.clone();
    let on_case = |by, what: &'static str, end: &str, body| {
        Some(Attempt { by, read: Some(format!("/v1/cases/{case}")), path: format!("/v1/cases/{case}/{end}"), what, body })
    };
    let officer = Role::DecisionMaker;
    let worker = Role::CaseWorker;
    let words = "It was so.";
    match chance.random_range(0..41) {
        32 => {
            let by = ["parent", "gp", "health_notification", "youth_accommodation"].choose(chance)?;
            on_case(worker, "join", "requests", json!({"requestedBy": by, "receivedOn": a_day(chance), "reasons": words}))
        }
        33 => {
            let (case, request) = world.joined.choose(chance)?;
            let read = Some(format!("/v1/cases/{case}"));
            let withdraws = chance.random();
            let (what, end) = if withdraws { ("withdrawal", "withdrawal") } else { ("effect", "notification-effect") };
            let mut body = json!({"request": request, "reasons": words, "on": a_day(chance)});
            if !withdraws {
                body["effect"] = json!(["information_only", "brought_to_attention"].choose(chance)?);
            }
            Some(Attempt { by: officer_or_worker(withdraws), read, path: format!("/v1/cases/{case}/{end}"), what, body })
        }
        35 => {
            let whose = ["parent", "child", "young_person"].choose(chance)?;
            on_case(worker, "views", "views", json!({"whose": whose, "words": words, "on": a_day(chance)}))
        }
        36 => {
            let about = ["refusal_to_assess", "no_plan", "contents"].choose(chance)?;
            on_case(worker, "mediation_asked", "mediation-requests", json!({"about": about, "on": a_day(chance)}))
        }
        37 if !world.plans.is_empty() => of_a_review(chance, world, today),
        38 | 39 => of_a_plan(chance, world, today),
        40 => of_provision(chance, world, today),
        34 if chance.random_ratio(1, 3) => {
            let why = ["not_resident", "moved", "no_longer_resident"].choose(chance)?;
            on_case(
                worker,
                "responsibility_end",
                "responsibility-end",
                json!({"why": why, "forwardedTo": "309", "on": a_day(chance)}),
            )
        }
        0 => {
            let outcome = if chance.random_ratio(5, 6) { "assess" } else { "refuse" };
            let mut body = json!({"outcome": outcome, "reasons": words, "decidedOn": a_day(chance)});
            if chance.random() {
                body["notifiedOn"] = json!(today.to_string());
            }
            on_case(officer, "assessment_decision", "assessment-decision", body)
        }
        1 => on_case(officer, "assessment_notified", "assessment-decision/notification", json!({"notifiedOn": a_day(chance)})),
        2 | 3 => {
            let giver = ["psychology", "health", "education"].choose(chance)?;
            on_case(
                worker,
                "advice",
                "advice-requests",
                json!({"giver": giver, "organisation": "local:ep", "requestedOn": a_day(chance)}),
            )
        }
        4 => {
            let (case, advice) = world.advice.choose(chance)?;
            let mut body = json!({"receivedOn": a_day(chance), "returnedOn": today.to_string(), "words": words});
            if chance.random_ratio(1, 4) {
                body["answer"] = json!(["not_known", "no_capacity", "given"].choose(chance)?);
            }
            attempt(worker, format!("/v1/cases/{case}/advice-requests/{advice}/progress"), "advice_progress", body)
        }
        5 => on_case(
            officer,
            "plan_decision",
            "plan-decision",
            json!({"outcome": "issue", "reasons": words, "notifiedOn": a_day(chance)}),
        ),
        6 | 7 => {
            let i = if chance.random_ratio(1, 4) { "A school." } else { "" };
            let mut body = json!({"servedOn": a_day(chance), "sections": {"b": words, "i": i}});
            if chance.random_ratio(1, 3) {
                body["change"] = json!("asked_by_family");
            }
            on_case(worker, "draft_plan", "draft-plans", body)
        }
        8 | 9 => {
            let placement = [
                json!({"names": "setting", "setting": "urn:900001"}),
                json!({"names": "neither"}),
                json!({"names": "two_settings", "setting": "urn:900001", "and": "urn:900002"}),
                json!({"names": "successive_settings", "setting": "urn:900001", "until": "2026-07-20", "then": "urn:900002", "from": "2026-09-01"}),
                json!({"names": "parents_arrangements"}),
            ];
            on_case(worker, "final_plan", "final-plan", json!({"placement": placement.choose(chance)?, "sections": {"b": words}}))
        }
        10 => {
            let body = json!({"paragraph": "X10.4c", "from": "2026-01-10", "to": a_day(chance), "evidence": words});
            on_case(worker, "exception", "exceptions", body)
        }
        11 => on_case(worker, "mediation", "mediation-meetings", json!({"about": "refusal_to_assess"})),
        12 => on_case(worker, "allocation", "allocation", json!({"caseWorker": staff_id(Role::CaseWorker, 311)})),
        13 if chance.random_ratio(1, 3) => on_case(worker, "withdrawal", "withdrawal", json!({"reasons": words})),
        13 | 14 => {
            let (case, of) = world.entries.choose(chance)?;
            let read = Some(format!("/v1/cases/{case}"));
            let correct = chance.random();
            let (what, end) = if correct { ("correction", "corrections") } else { ("strike", "strikes") };
            let mut body = json!({"of": of, "why": words});
            if correct {
                body["occurredOn"] = json!(a_day(chance));
            }
            Some(Attempt { by: Role::Manager, read, path: format!("/v1/cases/{case}/{end}"), what, body })
        }
        19 | 20 => {
            let (case, advice) = world.advice.choose(chance)?;
            let (what, step, body) = [
                ("advice_delay", "delays", json!({"reason": "staff_shortage", "on": a_day(chance)})),
                (
                    "advice_allocation",
                    "allocation",
                    json!({"name": words, "employment": "locum", "organisation": "local:locums"}),
                ),
                ("advice_visit", "visits", json!({"on": a_day(chance)})),
                ("advice_sign_off", "sign-off", json!({"name": words})),
                ("advice_chased", "chasers", json!({"means": "telephone", "on": a_day(chance)})),
                (
                    "advice_judged",
                    "judgements",
                    json!({"judgement": "not_sufficient", "unmet": ["needs"], "sentBack": chance.random::<bool>(), "reasons": words}),
                ),
            ]
            .choose(chance)?
            .clone();
            attempt(worker, format!("/v1/cases/{case}/advice-requests/{advice}/{step}"), what, body)
        }
        21 => {
            let agreed = chance.random_ratio(2, 3).then(|| a_day(chance));
            let body = json!({"giver": "health", "adviceOf": "2025-12-01", "familyAgreedOn": agreed});
            on_case(worker, "existing_advice", "existing-advice", body)
        }
        22 => {
            let (case, claim) = world.exceptions.choose(chance)?;
            let (what, step, body) = [
                ("exception_told", "notification", json!({"on": a_day(chance)})),
                ("exception_withdrawn", "withdrawal", json!({"reason": words})),
            ]
            .choose(chance)?
            .clone();
            attempt(worker, format!("/v1/cases/{case}/exceptions/{claim}/{step}"), what, body)
        }
        23 => {
            let body = json!({"reason": "advice_awaited", "why": words, "awaited": words, "expectedBy": today.to_string()});
            on_case(worker, "delay_letter", "delay-letters", body)
        }
        15 => {
            let meets_on = (today + Days::new(chance.random_range(0..10))).to_string();
            let body = json!({"panel": "EHC panel", "meetsOn": meets_on, "members": [{"member": "urn:ehc-casework:development|member", "agency": "health"}]});
            attempt(worker, "/v1/panels".into(), "panel", body)
        }
        16 => {
            let body = json!({"case": case, "why": ["complex"], "question": "assess"});
            attempt(worker, format!("/v1/panels/{}/items", world.panels.choose(chance)?), "item", body)
        }
        17 => {
            let (panel, item) = world.items.choose(chance)?;
            let body = json!({"recommendation": "assess", "reasons": words, "met": ["has_or_may_have_needs", "may_need_plan"]});
            attempt(worker, format!("/v1/panels/{panel}/items/{item}/recommendation"), "recommendation", body)
        }
        24 => {
            let body = json!({"sentOn": a_day(chance), "settings": [{"setting": "urn:900001"}, {"setting": "urn:900002"}]});
            on_case(worker, "consultation", "consultations", body)
        }
        25 => {
            let (case, id) = world.consultations.choose(chance)?;
            let answer = ["can_meet_need", "conditional", "cannot", "full"].choose(chance)?;
            let body = json!({"receivedOn": a_day(chance), "answer": answer, "answeredOn": today.to_string(), "words": words});
            attempt(worker, format!("/v1/cases/{case}/consultations/{id}/answer"), "consultation_answer", body)
        }
        26 if chance.random() => {
            on_case(worker, "health_agreement", "health-agreements", json!({"healthBody": "ods:QMF", "agreedOn": a_day(chance)}))
        }
        26 => {
            let (case, id) = world.consultations.choose(chance)?;
            let path = format!("/v1/cases/{case}/consultations/{id}/withdrawal");
            attempt(worker, path, "consultation_withdrawal", json!({"on": a_day(chance)}))
        }
        27 => {
            let body = json!({"sections": {"f": words}, "complete": chance.random_ratio(1, 3), "on": a_day(chance)});
            on_case(worker, "representations", "representations", body)
        }
        28 => {
            let (what, end, body) = if chance.random() {
                ("setting_request", "setting-requests", json!({"setting": "urn:900002", "on": a_day(chance)}))
            } else {
                let body = json!({"officer": staff_id(Role::DecisionMaker, 311), "on": a_day(chance)});
                ("officer_meeting", "officer-meetings", body)
            };
            on_case(worker, what, end, body)
        }
        29 => {
            let by = ["concession", "unopposed_appeal", "mediation", "order"].choose(chance)?;
            let mut body = json!({"about": "refusal_to_assess", "by": by, "on": a_day(chance)});
            if chance.random() {
                body["notifiedOn"] = json!(today.to_string());
            }
            on_case(officer, "reversal", "refusal-reversal", body)
        }
        _ if !world.reviews.is_empty() && chance.random_ratio(1, 3) => {
            let (plan, review) = world.reviews.choose(chance)?;
            let body = json!({"whose": "parent", "words": words, "on": a_day(chance)});
            attempt(worker, format!("/v1/plans/{plan}/reviews/{review}/views"), "review_views", body)
        }
        _ if world.reviews.is_empty() || chance.random() => {
            let body = json!({"meetingOn": a_day(chance), "reportOn": today.to_string()});
            attempt(worker, format!("/v1/plans/{}/reviews", world.plans.choose(chance)?), "review", body)
        }
        _ => {
            let (plan, review) = world.reviews.choose(chance)?;
            let outcome = ["maintain", "amend", "cease"].choose(chance)?;
            let body = json!({"outcome": outcome, "reasons": words, "notifiedOn": today.to_string()});
            let (read, path) = (format!("/v1/plans/{plan}"), format!("/v1/plans/{plan}/reviews/{review}/decision"));
            Some(Attempt { by: officer, read: Some(read), path, what: "review_decision", body })
        }
    }
}

/// Something about a child as a whole.
fn of_a_child(chance: &mut StdRng, world: &World, today: NaiveDate) -> Option<Attempt> {
    let attempt = |path, what, body| Some(Attempt { by: Role::CaseWorker, read: None, path, what, body });
    if chance.random_ratio(1, 3) {
        let (child, id) = world.relationships.choose(chance)?;
        return attempt(format!("/v1/children/{child}/relationships/{id}/end"), "relationship_ended", json!({}));
    }
    if chance.random_ratio(1, 4) {
        let body = json!({"service": "physiotherapy", "referredOn": today.to_string()});
        return attempt(format!("/v1/children/{}/referrals", world.children.choose(chance)?), "referral", body);
    }
    if chance.random_ratio(1, 3) {
        let (child, id) = world.referrals.choose(chance)?;
        if chance.random() {
            return attempt(format!("/v1/children/{child}/referrals/{id}/end"), "referral_ended", json!({"why": "completed"}));
        }
        let body = json!({"seenOn": today.to_string()});
        return attempt(format!("/v1/children/{child}/referrals/{id}/progress"), "referral_seen", body);
    }
    if chance.random_ratio(1, 2) {
        let setting = ["urn:900001", "urn:900002", "urn:900003"].choose(chance)?;
        let from = today + Days::new(chance.random_range(0..20)) - Days::new(10);
        let body = json!({
            "child": world.children.choose(chance)?, "setting": setting, "from": from.to_string(), "alongside": chance.random_ratio(1, 4)
        });
        return attempt("/v1/placements".into(), "placement", body);
    }
    let kind = ["parent", "foster_carer"].choose(chance)?;
    let account = ["issuer|one", "issuer|other"].choose(chance)?;
    let restriction = [json!(null), json!("no_contact")].choose(chance)?.clone();
    let lives_with: bool = chance.random();
    let body = json!({
        "kind": kind, "livesWith": lives_with, "hiddenAddress": true, "account": account, "courtRestriction": restriction,
        "from": today.to_string(), "contact": {"name": "Somebody"}
    });
    attempt(format!("/v1/children/{}/relationships", world.children.choose(chance)?), "relationship", body)
}

/// A step of a plan's review, or a request for one.
fn of_a_review(chance: &mut StdRng, world: &World, today: NaiveDate) -> Option<Attempt> {
    let a_day = |chance: &mut StdRng| (today - Days::new(chance.random_range(0..12))).to_string();
    let plan = world.plans.choose(chance)?.clone();
    let (at, what, body) = match (chance.random_range(0..8), world.reviews.choose(chance)) {
        (0, _) => {
            let body = json!({"requestedBy": "parent", "reasons": "It was so.", "on": a_day(chance)});
            (format!("{plan}/review-requests"), "review_request", body)
        }
        (1, Some((plan, review))) => {
            (format!("{plan}/reviews/{review}/invitations"), "review_invitations", json!({"to": ["family", "health"]}))
        }
        (2, Some((plan, review))) => (format!("{plan}/reviews/{review}/papers"), "review_papers", json!({"to": ["family"]})),
        (3, Some((plan, review))) => {
            let body = json!({"because": "child_away", "missedOn": a_day(chance)});
            (format!("{plan}/reviews/{review}/missed-meetings"), "review_missed", body)
        }
        (4, Some(_)) => {
            (format!("{plan}/reviews"), "review_held", json!({"meetingOn": a_day(chance), "childInvolvement": "attended"}))
        }
        (5, Some((plan, review))) => (format!("{plan}/reviews/{review}/report"), "review_report", json!({"pathways": []})),
        _ => {
            let body = json!({"meetingOn": (today + Days::new(chance.random_range(0..60))).to_string()});
            (format!("{plan}/review-dates"), "review", body)
        }
    };
    Some(Attempt { by: Role::CaseWorker, read: None, path: format!("/v1/plans/{at}"), what, body })
}
