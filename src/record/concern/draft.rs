//! Does the family get the draft as the law has it, and the time to answer it?

use chrono::NaiveDate;

use super::{Found, in_words};
use crate::law::Citation;
use crate::record::Case;
use crate::record::response::{last_day, nothing_more, time_running};

/// A draft must not name or describe a setting.
const DRAFT_WITHOUT_PLACEMENT: Citation =
    Citation::new("Children and Families Act 2014, s.38(5)", "https://www.legislation.gov.uk/ukpga/2014/6/section/38");
/// The family has at least fifteen days from service.
const FIFTEEN_DAYS: Citation =
    Citation::new("SEND Regulations 2014, reg. 13(1)(a)", "https://www.legislation.gov.uk/uksi/2014/1530/regulation/13");

pub(super) fn look_at(case: &Case, found: &mut Found) {
    if case.drafts.iter().any(|draft| draft.names_placement) {
        found.add(
            case.id.0,
            "draft_names_placement",
            "A draft plan leaves section I blank, so that the family can say which setting they ask for.",
            DRAFT_WITHOUT_PLACEMENT,
        );
    }
    if let Some((allowed, sent)) = response_time(case)
        && sent < allowed
    {
        found.add(
            case.id.0,
            "final_plan_before_response_time",
            format!(
                "The family has at least fifteen days from the day the draft is served; a final plan can follow from {}.",
                in_words(allowed)
            ),
            FIFTEEN_DAYS,
        );
    }
}

/// The first day on which the final plan could follow the draft whose time ran last, and the day it did; nothing where the family
/// had no more to say.
fn response_time(case: &Case) -> Option<(NaiveDate, NaiveDate)> {
    let sent = case.plan_sent()?.sent_on?;
    let running = time_running(&case.drafts, sent)?;
    if nothing_more(&case.drafts, &case.response.complete, running, sent) {
        return None;
    }
    Some((last_day(running.served_on?)?.succ_opt()?, sent))
}
