//! What an appeal leads to, in every shape of entry.

use ehc_casework::law::Order;
use ehc_casework::record::*;

use crate::worlds::{AMENDMENT, EVENT, NOTICE, STAFF, day, id};

/// What an appeal leads to: an order with its day, the plan that carries it out, and the letter it goes with.
pub fn appeal_shapes(case: CaseId, plan: PlanId) -> [(&'static str, Fact); 3] {
    let (appeal, amendment) = (id(EVENT, 7), id(AMENDMENT, 1));
    let (outcome, order) = (AppealOutcome::ConsentOrder, Some(Order::AmendSetting));
    let (officer, placement) = (id(STAFF, 1), Placement::Neither);
    let sections = vec!["I".into()];
    [
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
