//! What cannot be the end of an appeal: of one that is not there, before it began, or with an order that it cannot end with.

use super::Found;
use crate::record::appeal::Appeal;
use crate::record::{Case, Fact, File};

pub(super) fn look_at(file: &File, case: &Case, found: &mut Found) {
    let appeals = Appeal::all(file.of_case(case.id));
    for standing in file.of_case(case.id) {
        let Fact::AppealEnded { appeal: of, outcome, order, comply_by, .. } = standing.fact else { continue };
        let Some(appeal) = appeals.iter().find(|appeal| appeal.event == of) else {
            found.add(of.0, "no_such_appeal", "no such appeal stands as registered");
            continue;
        };
        let words = "an appeal cannot end before it was registered";
        found.order(of.0, appeal.registered_on, standing.day(), "ended_before_registered", words);
        if !outcome.can_end(appeal.about, order) {
            let words = "an appeal that was allowed, or ended by consent, has the order that the Tribunal makes of such an appeal, and no \
                         other has one";
            found.add(of.0, "order_does_not_fit", words);
        }
        let words = "the day to comply by lies before the order";
        found.order(of.0, standing.day(), comply_by, "complied_before_order", words);
    }
}
