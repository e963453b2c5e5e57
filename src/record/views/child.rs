//! The rows of a child's file: who they are, their cases, their plans.

use chrono::NaiveDate;
use serde::Serialize;
use uuid::Uuid;

use super::visible::Access;
use super::{
    Rows, View, advice, citing, commitment, concern, duty, next_due, oversight, placement, provision, referral, review, text,
    transfer,
};
use crate::law::{self, Matter};
use crate::record::concern::findings;
use crate::record::{Case, CeaseReason, File, Plan, Related, Stage, address_hidden, died, duties, identity_entry, offsets};

/// The rows of a child's file.
pub fn rows_of_file(file: &File) -> Rows {
    rows_after(file, &Rows::default())
}

/// The rows of a child's file, made faster from those it had before its last entries.
pub fn rows_after(file: &File, before: &Rows) -> Rows {
    let mut rows = Rows::default();
    let child = file.child.0;
    if file.version == 0 {
        return rows;
    }
    let identity = identity_entry(file.standing()).and_then(|(_, detail)| detail);
    let people = Related::all(file);
    rows.add(
        View::Children,
        ChildRow {
            child,
            identity: identity.map(|id| id.0),
            address_hidden: address_hidden(&people),
            year_groups: year_groups(file),
            died: died(file).is_some(),
        },
    );
    let access = Access::of(file, &people);
    access.grants_of_people(&mut rows.grants);
    referral::add(&mut rows, file);
    access.grants_of_placements(&mut rows.grants);
    placement::add(&mut rows, file);
    oversight::add(&mut rows, file, &people);
    commitment::add(&mut rows, file);
    let concerns = findings(file);
    concern::of_placements(&mut rows, file, &concerns);
    for case in file.cases().filter_map(|id| Case::of(file, id)) {
        let concerns: Vec<_> = concerns.iter().filter(|(about, _)| *about == case.id.0).map(|(_, concern)| concern).collect();
        add_case(&mut rows, before, file, &case, concerns.len());
        concern::of_case(&mut rows, file, &case, concerns.into_iter());
        access.grants_of_case(&mut rows.grants, &case);
        citing::add(&mut rows, file, &case);
    }
    for plan in file.plans().filter_map(|(id, _)| Plan::of(file, id)) {
        let named = plan.placement.named();
        let setting = |place: usize| named.get(place).map(|named| named.setting.as_str().to_owned());
        let case = Case::of(file, plan.case);
        // Whether to assess and whether to make a plan are disputes of the case.
        let about_plan = |matter: &Matter| !matches!(matter, Matter::RefusalToAssess | Matter::NoPlan);
        rows.add(
            View::Plans,
            PlanRow {
                child,
                plan: plan.id.0,
                case_id: plan.case.0,
                made_on: plan.made_on,
                maintained_from: plan.maintained_from,
                names: plan.placement.as_str(),
                setting: setting(0),
                setting_until: named.first().and_then(|named| named.until),
                other_setting: setting(1),
                other_setting_from: named.get(1).and_then(|named| named.from),
                next_review: plan.planned_review().map(|review| review.id.0),
                meets_on: plan.planned_review().and_then(|review| review.meets_on),
                last_review_on: plan.reviews.iter().filter_map(|r| r.notified_on).chain(plan.reviewed_before).max(),
                ceased_on: plan.cessation.ceased_on(),
                cease_reason: plan.cessation.ceased.map(|(reason, _)| reason),
                other_mediation: case.as_ref().is_some_and(|case| case.mediations.iter().any(about_plan)),
                other_tribunal: case.as_ref().is_some_and(|case| case.appeals.iter().any(about_plan)),
            },
        );
        review::add(&mut rows, &plan);
        transfer::add(&mut rows, file, &plan, case.as_ref());
        access.grants_of_plan(&mut rows.grants, &plan);
        provision::add(&mut rows, file, &plan);
    }
    rows
}

fn add_case(rows: &mut Rows, before: &Rows, file: &File, case: &Case, concerns: usize) {
    let (facts, duties) = duties(file, case.id);
    let next = next_due(&duties);
    let assessment = case.assessment.as_ref();
    let plan = case.plan_decision.as_ref();
    // The return counts a case that came to its end without a decision as withdrawn.
    let ended = case.stage() == Stage::ResponsibilityEnded;
    let touched = |matters: &[Matter], matter| matters.contains(&matter);
    rows.add(
        View::Cases,
        CaseRow {
            child: case.child.0,
            case_id: case.id.0,
            reference: &case.reference,
            stage: case.stage().as_str(),
            requested_by: case.requested_by.map(text),
            received_on: case.received_on,
            setting: case.setting.as_ref().map(|s| s.as_str()),
            case_worker: case.case_worker.map(|id| id.0),
            possible_duplicate: !case.possible_duplicates.is_empty(),
            assessment_outcome: assessment.map(|d| text(d.outcome)),
            assessment_decided_on: assessment.and_then(|d| d.decided_on),
            assessment_notified_on: assessment.and_then(|d| d.notified_on),
            plan_outcome: plan.map(|d| text(d.outcome)),
            plan_decided_on: plan.and_then(|d| d.decided_on),
            plan_notified_on: plan.and_then(|d| d.notified_on),
            draft_served_on: case.drafts.iter().filter_map(|d| d.served_on).min(),
            plan: case.final_plan.as_ref().map(|p| p.plan.0),
            // The figures count the plans that an assessment here led to.
            final_plan_sent_on: case.plan_sent().and_then(|p| p.sent_on),
            withdrawn_on: case.withdrawn.flatten().or_else(|| if ended { ended_on(case) } else { None }),
            withdrawn: case.withdrawn.is_some() || ended,
            request_mediation: touched(&case.mediations, Matter::RefusalToAssess),
            request_tribunal: touched(&case.appeals, Matter::RefusalToAssess),
            assessment_mediation: touched(&case.mediations, Matter::NoPlan),
            assessment_tribunal: touched(&case.appeals, Matter::NoPlan),
            excepted: duties.iter().any(|duty| duty.rule.id == "D-20W" && duty.is_excused()),
            concerns,
            next_due_rule: next.map(|d| d.rule.id),
            next_due_on: next.map(|d| d.due_on),
            law_version: law::REGISTER_VERSION,
        },
    );
    let made = case.final_plan.as_ref().and_then(|made| Plan::of(file, made.plan));
    advice::add(rows, file, case, &facts, &duties);
    duty::add(rows, before, case, made.as_ref(), facts, &duties);
}

/// The day the authority's responsibility for an open case ended.
fn ended_on(case: &Case) -> Option<NaiveDate> {
    case.responsibility_ended.as_ref().and_then(|end| end.on).or_else(|| case.died.flatten())
}

/// What was set for the child beside their age, as the text of its JSON; none where nothing was.
fn year_groups(file: &File) -> Option<String> {
    let set = offsets(file);
    if set.is_empty() { None } else { serde_json::to_string(&set).ok() }
}

#[derive(Serialize)]
struct ChildRow {
    child: Uuid,
    identity: Option<Uuid>,
    address_hidden: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    year_groups: Option<String>,
    died: bool,
}

#[derive(Serialize)]
struct CaseRow<'a> {
    child: Uuid,
    case_id: Uuid,
    reference: &'a str,
    stage: &'static str,
    requested_by: Option<String>,
    received_on: Option<NaiveDate>,
    setting: Option<&'a str>,
    case_worker: Option<Uuid>,
    possible_duplicate: bool,
    assessment_outcome: Option<String>,
    assessment_decided_on: Option<NaiveDate>,
    assessment_notified_on: Option<NaiveDate>,
    plan_outcome: Option<String>,
    plan_decided_on: Option<NaiveDate>,
    plan_notified_on: Option<NaiveDate>,
    draft_served_on: Option<NaiveDate>,
    plan: Option<Uuid>,
    final_plan_sent_on: Option<NaiveDate>,
    withdrawn_on: Option<NaiveDate>,
    withdrawn: bool,
    request_mediation: bool,
    request_tribunal: bool,
    assessment_mediation: bool,
    assessment_tribunal: bool,
    excepted: bool,
    concerns: usize,
    next_due_rule: Option<&'static str>,
    next_due_on: Option<NaiveDate>,
    law_version: &'static str,
}

#[derive(Serialize)]
struct PlanRow {
    child: Uuid,
    plan: Uuid,
    case_id: Uuid,
    made_on: Option<NaiveDate>,
    maintained_from: Option<NaiveDate>,
    names: &'static str,
    setting: Option<String>,
    setting_until: Option<NaiveDate>,
    other_setting: Option<String>,
    other_setting_from: Option<NaiveDate>,
    next_review: Option<Uuid>,
    meets_on: Option<NaiveDate>,
    last_review_on: Option<NaiveDate>,
    ceased_on: Option<NaiveDate>,
    cease_reason: Option<CeaseReason>,
    other_mediation: bool,
    other_tribunal: bool,
}
