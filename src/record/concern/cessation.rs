//! Was the plan ceased as the law has it: after consultation and notice, and not before the time to appeal is over?

use super::{Found, in_words};
use crate::law::instruments::{CFA_2014, SEND_REGS_2014};
use crate::law::{Duty, Matter, Provision};
use crate::record::{Case, CessationStep, Plan};

/// The family is told and consulted, and the setting is consulted.
const CONSULTED: Provision = SEND_REGS_2014.at("31(1)");
/// The family and the setting are notified of the decision.
const NOTIFIED: Provision = SEND_REGS_2014.at("31(2)");
/// The plan is maintained until the time to appeal is over, or the appeal is determined.
const MAINTAINED: Provision = CFA_2014.at("45(4)");

pub(super) fn look_at(case: &Case, plan: &Plan, duties: &[Duty], found: &mut Found) {
    let cessation = &plan.cessation;
    let Some((reason, ceased_on)) = cessation.ceased else {
        if let Some(decision) = cessation.decision.as_ref().filter(|decision| decision.review.is_none()) {
            consulted(case, plan, decision.decided_on, found);
        }
        return;
    };
    if !reason.is_decided() {
        return;
    }
    consulted(case, plan, cessation.decision.as_ref().and_then(|decision| decision.decided_on).or(ceased_on), found);
    let mut appeals = plan.appeals.iter().filter(|appeal| appeal.about == Matter::Cease);
    if cessation.decision.is_none() && appeals.clone().any(|appeal| appeal.succeeded() && !appeal.is_open_on(ceased_on)) {
        let words =
            "The appeal against the decision to cease succeeded, so the plan is kept; no decision to cease was made after it.";
        found.add(case.id.0, "plan_ceased_despite_appeal", words, MAINTAINED.cite());
    } else if cessation.decision.as_ref().is_none_or(|decision| decision.notified_on.is_none()) {
        let words = "The family and the setting are notified of the decision before the plan ceases, and no notice is recorded.";
        found.add(case.id.0, "plan_ceased_without_notice", words, NOTIFIED.cite());
    }
    let determined = appeals.clone().any(|appeal| appeal.is_dismissed_by(ceased_on));
    if let Some(kept) = duties.iter().find(|duty| duty.rule.id == "CE-2" && duty.cut_short_on.is_some() && !determined) {
        let words = format!(
            "The plan stays in force until the time to appeal against the decision is over: it can cease from {}.",
            in_words(kept.due_on)
        );
        found.add(case.id.0, "plan_ceased_in_appeal_time", words, MAINTAINED.cite());
    }
    if appeals.any(|appeal| appeal.is_open_on(ceased_on)) {
        let words =
            "An appeal against the decision to cease is registered: the plan stays in force until it is finally determined.";
        found.add(case.id.0, "plan_ceased_despite_appeal", words, MAINTAINED.cite());
    }
}

/// Whether everybody was told and consulted by a day.
fn consulted(case: &Case, plan: &Plan, by: Option<chrono::NaiveDate>, found: &mut Found) {
    let mut steps = vec![CessationStep::FamilyTold, CessationStep::FamilyConsulted];
    if !plan.placement.settings().is_empty() {
        steps.push(CessationStep::SettingConsulted);
    }
    if steps.into_iter().any(|step| !plan.cessation.taken(step, by)) {
        let words = "Before it decides to cease a plan the authority tells the family that it is considering to, consults it, and consults \
                     the setting that the plan names; not all of that is recorded.";
        found.add(case.id.0, "plan_ceased_without_consultation", words, CONSULTED.cite());
    }
}
