//! What can be told of amendments, and of the appeals that order them: each kind of fact with everything in it.

use ehc_casework::law::Order;
use ehc_casework::record::*;

use crate::worlds::{AMENDMENT, EVENT, NOTICE, REVIEW, STAFF, day, id};

/// Facts of amendments and appeals in full, each with a name of its own.
pub fn amendment_shapes(case: CaseId, plan: PlanId) -> Vec<(&'static str, Fact)> {
    let (appeal, amendment) = (id(EVENT, 7), id(AMENDMENT, 1));
    let (outcome, order) = (AppealOutcome::ConsentOrder, Some(Order::AmendSetting));
    let (officer, placement) = (id(STAFF, 1), Placement::Neither);
    let sections = vec!["I".into()];
    vec![
        (
            "without_review",
            Fact::AmendmentNoticeSent {
                plan,
                amendment: id(AMENDMENT, 1),
                review: None,
                officer: id(STAFF, 1),
                sections: Vec::new(),
            },
        ),
        (
            "without_notice",
            Fact::AmendedPlanSent {
                plan,
                amendment: id(AMENDMENT, 1),
                review: Some(id(REVIEW, 1)),
                appeal: None,
                placement: Placement::Neither,
                officer: id(STAFF, 1),
                sections: Vec::new(),
                health_provision: false,
            },
        ),
        ("ordered", Fact::AppealEnded { case, appeal, outcome, order, comply_by: Some(day(300)) }),
        (
            "after_an_appeal",
            Fact::AmendedPlanSent {
                plan,
                amendment,
                review: None,
                appeal: Some(appeal),
                placement,
                officer,
                sections,
                health_provision: false,
            },
        ),
        (
            "of_an_amended_plan",
            Fact::NoticeSent {
                case,
                notice: id(NOTICE, 1),
                notice_kind: NoticeKind::AmendedPlan,
                dated: day(310),
                draft: None,
                plan: Some(plan),
                review: None,
                amendment: Some(amendment),
                notification: Some(id(EVENT, 8)),
                elsewhere: false,
                missing: Vec::new(),
            },
        ),
    ]
}
