//! Was the plan amended as the law has it: on a notice of proposals, once the family had its time, naming what was consulted and agreed?

use super::{Found, in_words};
use crate::law::instruments::SEND_REGS_2014;
use crate::law::{self, Duty, Provision};
use crate::record::{Amendment, Case, Plan};

/// The family is sent the proposals before the plan is amended.
const NOTICE: Provision = SEND_REGS_2014.at("22(2)");
/// The family has at least fifteen days for them.
const FIFTEEN_DAYS: Provision = SEND_REGS_2014.at("22(2)(c)");

pub(super) fn look_at(case: &Case, plan: &Plan, (facts, duties): (&[law::Fact], &[Duty]), found: &mut Found) {
    for one in plan.amendments.iter().filter(|one| one.version.is_some()) {
        // What the Tribunal orders, and what is conceded to it, is not proposed first (SEND Regulations 2014, regs 44 and 45).
        if one.notice.is_none() && one.appeal.is_none() {
            found.add(
                case.id.0,
                "plan_amended_without_notice",
                "The family is sent the proposed amendments and can answer them before the plan is amended, and no notice of them is \
                 recorded.",
                NOTICE.cite(),
            );
        }
        if let Some(last) = time_cut_short(one, facts, duties) {
            found.add(
                case.id.0,
                "amended_plan_before_response_time",
                format!(
                    "The family has at least fifteen days from the day the proposals are served; the amended plan can follow after {}.",
                    in_words(last)
                ),
                FIFTEEN_DAYS.cite(),
            );
        }
    }
}

/// The last day of the family's time, where the amended plan was sent within it.
fn time_cut_short(one: &Amendment, facts: &[law::Fact], duties: &[Duty]) -> Option<chrono::NaiveDate> {
    let about = one.ties_clocks_by().to_string();
    let of_it = |duty: &&Duty| facts.get(duty.started_by).and_then(|fact| fact.about.as_ref()) == Some(&about);
    let time = duties.iter().filter(|duty| duty.rule.id == "D-AR-REPS").find(of_it)?;
    time.cut_short_on.map(|_| time.due_on)
}
