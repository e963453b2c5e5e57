//! Is what the final plan names and provides what the law lets it: settings that were consulted, health provision agreed?

use super::Found;
use crate::law::Citation;
use crate::record::{Case, Organisation};

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
    let consulted = |setting: &Organisation| case.consultations.iter().any(|c| c.setting == *setting && c.stood_by(plan.sent_on));
    if let Some(setting) = plan.placement.settings().into_iter().find(|setting| !consulted(setting)) {
        let requested = case.response.settings.iter().any(|asked| asked.setting == *setting);
        found.add(
            case.id.0,
            "setting_named_without_consultation",
            "A setting is consulted before the plan names it, and no consultation of one that is named is recorded. It need not have \
             answered.",
            if requested { REQUESTED } else { NOT_REQUESTED },
        );
    }
    let agreed = case.health_agreed.iter().any(|agreed| !matches!((agreed, plan.sent_on), (Some(on), Some(sent)) if *on > sent));
    if plan.health_provision && !agreed {
        found.add(
            case.id.0,
            "health_provision_not_agreed",
            "The health provision in section G is agreed by the health body before the plan is final, and no agreement is recorded.",
            AGREED,
        );
    }
}
