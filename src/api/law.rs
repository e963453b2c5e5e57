//! `/v1/law`: the register of duties, and a calculator that needs no case and no token.

use actix_web::{get, post, web};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use super::body::ValidJson;
use super::example;
use super::page::Whole;
use super::problem::Problem;
use crate::clock::Clock;
use crate::db::Db;
use crate::law::{self, Deadline, ExceptionView, Fact, RuleView};
use crate::service::{Error, FieldError};

/// The routes of this resource.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(list_rules).service(list_exceptions).service(count_deadlines);
}

/// List the statutory duties
///
/// The register that every deadline in this API is computed from: what must be done, by whom, within how long, counted from
/// which fact and met by which, each with the provision that sets it and how binding that is (statute, case law or guidance).
/// Several rows share an id where what is due differs with what happened, or where the law changed; `inForceFrom` and
/// `inForceTo` say when each held. Anybody may read it.
#[utoipa::path(tag = "law", security(()), responses(
    (status = 200, description = "Every row, by topic.", body = Whole<RuleView>,
     example = json!(example::whole(example::rule())))))]
#[get("/law/rules")]
async fn list_rules() -> web::Json<Whole<RuleView>> {
    web::Json(Whole { data: law::rules().map(RuleView::from).collect() })
}

/// List the statutory exceptions
///
/// What excuses a missed limit, for example a school closed for at least four weeks (SEND Regulations 2014, reg. 10(4)(c)).
/// An exception excuses; it never moves a date. `paragraph` is what a claim quotes, `excuses` the rules it covers and no
/// others. Anybody may read it.
#[utoipa::path(tag = "law", security(()), responses(
    (status = 200, description = "Every exception.", body = Whole<ExceptionView>,
     example = json!(example::whole(example::exception())))))]
#[get("/law/exceptions")]
async fn list_exceptions() -> web::Json<Whole<ExceptionView>> {
    web::Json(Whole { data: law::exceptions().map(ExceptionView::from).collect() })
}

/// Facts to count from.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"today": "2026-02-20", "facts": [
    {"fact": "request_received", "on": "2026-01-05"},
    {"fact": "assessment_decision_notified", "on": "2026-02-12", "outcome": "assess"}
]}))]
struct CountDeadlines {
    /// The day to judge from; today in London unless told.
    today: Option<NaiveDate>,
    /// What happened, in any order.
    #[schema(max_items = 200)]
    facts: Vec<Fact>,
}

/// What follows from the facts.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct CountedDeadlines {
    /// Each duty, the earliest due first.
    deadlines: Vec<Deadline>,
    /// The version of the register they were counted by.
    #[schema(example = "2026-11-22")]
    law_version: &'static str,
}

/// Count deadlines from facts
///
/// A calculator without a case: send what happened and when, get back each duty that follows, the day it is due, whether it
/// is running, met, late, overdue or excused, and `because`: the steps that led to the day, each with its provision. The
/// same computation stands behind `/v1/cases/{caseId}/deadlines`. Nothing is stored, and no personal data is needed.
/// Facts that cannot be (a plan sent before its request, a closure too short to excuse) come back as field errors, all at once.
#[utoipa::path(tag = "law", security(()), request_body = CountDeadlines, responses(
    (status = 200, description = "What follows.", body = CountedDeadlines, example = json!(example::counted_deadlines()))))]
#[post("/law/deadlines")]
async fn count_deadlines(db: web::Data<Db>, body: ValidJson<CountDeadlines>) -> Result<web::Json<CountedDeadlines>, Problem> {
    Ok(web::Json(counted(body.into_inner(), db.clock())?))
}

fn counted(asked: CountDeadlines, clock: &Clock) -> Result<CountedDeadlines, Error> {
    let today = asked.today.unwrap_or_else(|| clock.today());
    let problems = law::check(&asked.facts, today);
    if !problems.is_empty() {
        let told = |p: law::FactProblem| FieldError::new(format!("/facts/{}/{}", p.index, p.field), p.code, p.words);
        return Err(Error::Invalid(problems.into_iter().map(told).collect()));
    }
    Ok(CountedDeadlines { deadlines: law::deadlines(&asked.facts, today), law_version: law::REGISTER_VERSION })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn asked(facts: serde_json::Value) -> CountDeadlines {
        serde_json::from_value(json!({"today": "2026-02-01", "facts": facts})).unwrap()
    }

    #[test]
    fn six_weeks_from_the_request_are_counted_and_explained() {
        let counted = counted(asked(json!([{"fact": "request_received", "on": "2026-01-05"}])), &Clock::system()).unwrap();
        let due = counted.deadlines.iter().find(|deadline| deadline.rule == "D-6W").unwrap();
        assert_eq!(due.due_on, NaiveDate::from_ymd_opt(2026, 2, 16).unwrap());
        assert!(!due.because.is_empty());
    }

    #[test]
    fn a_fact_that_cannot_be_is_told_by_its_place_and_field() {
        let facts = json!([{"fact": "request_received", "on": "2026-01-05"}, {"fact": "request_received", "on": "2026-02-02"}]);
        let Err(Error::Invalid(errors)) = counted(asked(facts), &Clock::system()) else { panic!("a request cannot lie ahead") };
        assert_eq!((errors[0].pointer.as_str(), errors[0].code), ("/facts/1/on", "in_the_future"));
    }
}
