//! Is what the final plan names and provides what the law lets it: settings that were consulted, health provision agreed?

use chrono::NaiveDate;

use super::Found;
use crate::law::Citation;
use crate::record::{AmendmentId, Case, Organisation, Plan};

/// Who is consulted before a setting that the family asked for is named.
const REQUESTED: Citation =
    Citation::new("Children and Families Act 2014, s.39(2)", "https://www.legislation.gov.uk/ukpga/2014/6/section/39");
/// Who is consulted before another is.
const NOT_REQUESTED: Citation =
    Citation::new("Children and Families Act 2014, s.40(2)", "https://www.legislation.gov.uk/ukpga/2014/6/section/40");
/// Health provision is agreed by the body that commissions it.
const AGREED: Citation =
    Citation::new("SEND Regulations 2014, reg. 12(2)", "https://www.legislation.gov.uk/uksi/2014/1530/regulation/12");

pub(super) fn look_at(case: &Case, found: &mut Found) {
    let Some(plan) = case.plan_sent() else { return };
    named(case, &plan.placement.settings(), plan.sent_on, found);
    if plan.health_provision {
        agreed(case, None, plan.sent_on, found);
    }
}

/// The same of what each amended plan names and provides that the version before it did not.
pub(super) fn of_amendments(case: &Case, plan: &Plan, found: &mut Found) {
    for (before, version) in plan.versions.iter().zip(plan.versions.iter().skip(1)) {
        let known = before.placement.settings();
        let new: Vec<_> = version.placement.settings().into_iter().filter(|setting| !known.contains(setting)).collect();
        // What the Tribunal orders to be named is named whoever was consulted (SEND Regulations 2014, reg. 44(2)).
        if !is_ordered(plan, version.amendment) {
            named(case, &new, version.sent_on, found);
        }
        if version.health_provision {
            agreed(case, before.sent_on, version.sent_on, found);
        }
    }
}

/// Whether an amendment carries out an order of the Tribunal.
fn is_ordered(plan: &Plan, amendment: Option<AmendmentId>) -> bool {
    let one = plan.amendments.iter().find(|one| Some(one.id) == amendment);
    let appeal = one.and_then(|one| one.appeal);
    plan.appeals.iter().any(|known| Some(known.event) == appeal && known.end.is_some_and(|end| end.order.is_some()))
}

fn named(case: &Case, settings: &[&Organisation], sent_on: Option<NaiveDate>, found: &mut Found) {
    let consulted = |setting: &Organisation| case.consultations.iter().any(|c| c.setting == *setting && c.stood_by(sent_on));
    if let Some(setting) = settings.iter().find(|setting| !consulted(setting)) {
        let requested = case.response.settings.iter().any(|asked| asked.setting == **setting);
        found.add(
            case.id.0,
            "setting_named_without_consultation",
            "A setting is consulted before the plan names it, and no consultation of one that is named is recorded. It need not have \
             answered.",
            if requested { REQUESTED } else { NOT_REQUESTED },
        );
    }
}

/// Whether the health body agreed, after one day and by another.
fn agreed(case: &Case, after: Option<NaiveDate>, by: Option<NaiveDate>, found: &mut Found) {
    let in_time = |agreed: Option<NaiveDate>| {
        !matches!((agreed, by), (Some(on), Some(by)) if on > by)
            && !matches!((agreed, after), (Some(on), Some(after)) if on <= after)
    };
    if !case.health_agreed.iter().copied().any(in_time) {
        found.add(
            case.id.0,
            "health_provision_not_agreed",
            "The health provision in section G is agreed by the health body before the plan is final, and no agreement is recorded.",
            AGREED,
        );
    }
}
