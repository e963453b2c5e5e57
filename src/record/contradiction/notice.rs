//! What cannot be a notice: of what was not decided, before it was, and what speaks of a notice that is not there.

use super::Found;
use crate::record::notice::Told;
use crate::record::{Case, Fact, File};

pub(super) fn look_at(file: &File, case: &Case, found: &mut Found) {
    for notice in &case.notices {
        let about = notice.id.0;
        match Told::by(notice, file, case.id) {
            None => found.add(about, "nothing_to_tell", "no decision, draft or plan stands that this notice could tell of"),
            Some(told) => {
                found.order(about, told.on, notice.sent_on, "sent_before_decision", "sent before it was decided");
            }
        }
        for asked in &notice.formats {
            let provided = asked.provided.and_then(|provided| provided.on);
            let words = "provided before it was asked for";
            found.order(asked.id.0, asked.requested_on, provided, "provided_before_asked", words);
        }
    }
    let known = |notice| case.notices.iter().any(|known| known.id == notice);
    let asked = |request| case.notices.iter().flat_map(|notice| &notice.formats).any(|asked| asked.id == request);
    for standing in file.of_case(case.id) {
        match &standing.fact {
            Fact::NoticeSentTo { notice, .. } | Fact::NoticeFormatRequested { notice, .. } if !known(*notice) => {
                found.add(notice.0, "no_such_notice", "no such notice stands as sent");
            }
            Fact::NoticeFormatProvided { request, .. } if !asked(*request) => {
                found.add(request.0, "not_asked_for", "no request for this form of the notice stands");
            }
            _ => {}
        }
    }
}
