//! What the facts add up to, as the rows that queries read. Pure: the same facts give the same rows.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;
use serde_json::{Map, Value};
use uuid::Uuid;

use super::case::Case;
use super::concern::findings;
use super::fact::{Fact, Placement};
use super::file::File;
use super::law_facts::duties;
use super::organisation::person;
use super::panel::Meeting;
use super::plan::Plan;
use crate::law::{self, DeadlineState, Matter};

/// A table that queries read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum View {
    /// Each child and their identity.
    Children,
    /// Each case.
    Cases,
    /// Each duty of each case.
    Duties,
    /// Each plan.
    Plans,
    /// Each meeting of a panel.
    Meetings,
    /// Each item of an agenda.
    Items,
    /// Who may see which child.
    Visible,
}

impl View {
    /// Every view.
    pub const ALL: [View; 7] =
        [View::Children, View::Cases, View::Duties, View::Plans, View::Meetings, View::Items, View::Visible];

    /// Whether its rows follow from the law register, and so hold the version they were computed with.
    pub fn follows_the_register(self) -> bool {
        matches!(self, View::Cases | View::Duties)
    }

    /// The columns that tell its rows apart, beside the authority and the positions.
    pub fn key(self) -> &'static [&'static str] {
        match self {
            View::Children => &["child"],
            View::Cases => &["case_id"],
            View::Duties => &["case_id", "rule", "about", "starts_on"],
            View::Plans => &["plan"],
            View::Meetings => &["meeting"],
            View::Items => &["item"],
            View::Visible => &["child", "grantee", "reason"],
        }
    }
}

/// One row, without authority and positions.
pub type Row = Map<String, Value>;

/// Rows by view and key.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rows(BTreeMap<(View, Vec<String>), Row>);

/// What changes between two states: rows that no longer hold, by key, and rows that hold from now on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Change {
    /// Keys of rows that no longer hold.
    pub closed: Vec<(View, Row)>,
    /// Rows that hold from now on.
    pub opened: Vec<(View, Row)>,
}

impl Rows {
    fn add(&mut self, view: View, row: impl Serialize) {
        let Ok(Value::Object(row)) = serde_json::to_value(row) else { return };
        let key = view.key().iter().map(|column| row.get(*column).map(Value::to_string).unwrap_or_default()).collect();
        self.0.insert((view, key), row);
    }

    /// Every row with its view.
    pub fn iter(&self) -> impl Iterator<Item = (View, &Row)> {
        self.0.iter().map(|((view, _), row)| (*view, row))
    }

    /// What must change for these rows to become `after`.
    pub fn changed_to(&self, after: &Rows) -> Change {
        let mut change = Change::default();
        for (key, row) in &self.0 {
            if after.0.get(key) != Some(row) {
                let columns = key.0.key().iter().filter_map(|c| row.get_key_value(*c)).map(|(k, v)| (k.clone(), v.clone()));
                change.closed.push((key.0, columns.collect()));
            }
        }
        for (key, row) in &after.0 {
            if self.0.get(key) != Some(row) {
                change.opened.push((key.0, row.clone()));
            }
        }
        change
    }
}

/// The rows of a child's file.
pub fn rows_of_file(file: &File) -> Rows {
    let mut rows = Rows::default();
    let child = file.child.0;
    if file.version == 0 {
        return rows;
    }
    let identity = file.standing().iter().rev().find_map(|s| match s.fact {
        Fact::ChildRegistered {} | Fact::IdentityChanged {} => s.detail,
        _ => None,
    });
    rows.add(View::Children, ChildRow { child, identity: identity.map(|id| id.0) });
    let concerns = findings(file);
    for case in file.cases().filter_map(|id| Case::of(file, id)) {
        let concerns = concerns.iter().filter(|(about, _)| *about == case.id.0).count();
        add_case(&mut rows, file, &case, concerns);
        add_grants(&mut rows, &case);
    }
    for plan in file.plans().filter_map(|(id, _)| Plan::of(file, id)) {
        let setting = match &plan.placement {
            Placement::Setting { setting } => Some(setting.as_str().to_owned()),
            _ => None,
        };
        rows.add(
            View::Plans,
            PlanRow {
                child,
                plan: plan.id.0,
                case_id: plan.case.0,
                made_on: plan.made_on,
                names: match plan.placement {
                    Placement::Setting { .. } => "setting",
                    Placement::Type { .. } => "type",
                    Placement::Neither => "neither",
                },
                setting: setting.clone(),
                last_review_on: plan.reviews.iter().filter_map(|r| r.notified_on).max(),
            },
        );
        grant(&mut rows, child, setting, "named_in_plan", plan.made_on, None);
    }
    rows
}

/// The rows of a panel's meeting.
pub fn rows_of_meeting(meeting: &Meeting) -> Rows {
    let mut rows = Rows::default();
    rows.add(
        View::Meetings,
        MeetingRow {
            meeting: meeting.id.0,
            panel: &meeting.panel,
            meets_on: meeting.meets_on,
            members: meeting.members.iter().map(|m| person(m)).collect(),
        },
    );
    for item in &meeting.items {
        let child = item.child.0;
        rows.add(
            View::Items,
            ItemRow {
                child,
                item: item.id.0,
                meeting: meeting.id.0,
                case_id: item.case.0,
                recommendation: item.recommendation.map(|(recommendation, _)| text(recommendation)),
                recommended_on: item.recommendation.and_then(|(_, on)| on),
                detail: item.detail.map(|id| id.0),
            },
        );
        for member in &meeting.members {
            grant(&mut rows, child, Some(person(member)), &format!("panel:{}", meeting.id), item.added_on, None);
        }
    }
    rows
}

fn add_case(rows: &mut Rows, file: &File, case: &Case, concerns: usize) {
    let (facts, duties) = duties(file, case.id);
    let next = next_due(&duties);
    let assessment = case.assessment.as_ref();
    let plan = case.plan_decision.as_ref();
    let touched = |matters: &[Matter], matter| matters.contains(&matter);
    rows.add(
        View::Cases,
        CaseRow {
            child: case.child.0,
            case_id: case.id.0,
            reference: &case.reference,
            stage: case.stage().as_str(),
            requested_by: text(case.requested_by),
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
            final_plan_sent_on: case.final_plan.as_ref().and_then(|p| p.sent_on),
            withdrawn_on: case.withdrawn.flatten(),
            withdrawn: case.withdrawn.is_some(),
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
    for duty in &duties {
        let Some(deadline) = duty.explain(&facts, duty.due_on) else { continue };
        // A duty's state changes once at most, with the day it is due.
        let after = duty.due_on.succ_opt().unwrap_or(duty.due_on);
        let last = duty.due_on.pred_opt().unwrap_or(duty.due_on);
        let (before, on, later) = (duty.state(last), duty.state(duty.due_on), duty.state(after));
        rows.add(
            View::Duties,
            DutyRow {
                child: case.child.0,
                case_id: case.id.0,
                rule: duty.rule.id,
                about: deadline.about.clone().unwrap_or_default(),
                starts_on: duty.starts_on,
                due_on: duty.due_on,
                met_on: duty.met_on,
                fell_away: duty.fell_away_on.is_some(),
                changes_on: if before == on { after } else { duty.due_on },
                state_until: before,
                state_from: later,
                deadline: serde_json::to_string(&deadline).unwrap_or_default(),
                law_version: law::REGISTER_VERSION,
            },
        );
    }
}

/// The earliest duty still owed.
pub fn next_due(duties: &[law::Duty]) -> Option<&law::Duty> {
    duties
        .iter()
        .filter(|duty| duty.rule.nature == law::Nature::Duty && duty.met_on.is_none() && duty.fell_away_on.is_none())
        .min_by_key(|duty| (duty.due_on, duty.rule.id))
}

/// Who may see the child because of this case, and from when to when.
fn add_grants(rows: &mut Rows, case: &Case) {
    let child = case.child.0;
    let setting = case.setting.as_ref().map(|s| s.as_str().to_owned());
    grant(rows, child, setting, "attends", case.received_on, None);
    grant(rows, child, case.requester.as_deref().map(person), "family", case.received_on, None);
    for advice in &case.advice {
        let organisation = advice.organisation.as_ref().map(|o| o.as_str().to_owned());
        grant(rows, child, organisation, &format!("advice:{}", advice.id), advice.requested_on, advice.returned_on);
    }
}

fn grant(rows: &mut Rows, child: Uuid, grantee: Option<String>, reason: &str, from: Option<NaiveDate>, to: Option<NaiveDate>) {
    if let (Some(grantee), Some(from_on)) = (grantee, from) {
        rows.add(View::Visible, VisibleRow { child, grantee, reason, from_on, to_on: to });
    }
}

/// A unit variant's name, as the API writes it.
fn text(value: impl Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
}

#[derive(Serialize)]
struct ChildRow {
    child: Uuid,
    identity: Option<Uuid>,
}

#[derive(Serialize)]
struct CaseRow<'a> {
    child: Uuid,
    case_id: Uuid,
    reference: &'a str,
    stage: &'static str,
    requested_by: String,
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
struct DutyRow {
    child: Uuid,
    case_id: Uuid,
    rule: &'static str,
    about: String,
    starts_on: NaiveDate,
    due_on: NaiveDate,
    met_on: Option<NaiveDate>,
    fell_away: bool,
    changes_on: NaiveDate,
    state_until: DeadlineState,
    state_from: DeadlineState,
    deadline: String,
    law_version: &'static str,
}

#[derive(Serialize)]
struct PlanRow {
    child: Uuid,
    plan: Uuid,
    case_id: Uuid,
    made_on: Option<NaiveDate>,
    names: &'static str,
    setting: Option<String>,
    last_review_on: Option<NaiveDate>,
}

#[derive(Serialize)]
struct MeetingRow<'a> {
    meeting: Uuid,
    panel: &'a str,
    meets_on: Option<NaiveDate>,
    members: Vec<String>,
}

#[derive(Serialize)]
struct ItemRow {
    child: Uuid,
    item: Uuid,
    meeting: Uuid,
    case_id: Uuid,
    recommendation: Option<String>,
    recommended_on: Option<NaiveDate>,
    detail: Option<Uuid>,
}

#[derive(Serialize)]
struct VisibleRow<'a> {
    child: Uuid,
    grantee: String,
    reason: &'a str,
    from_on: NaiveDate,
    to_on: Option<NaiveDate>,
}
