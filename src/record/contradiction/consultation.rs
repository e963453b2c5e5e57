//! What cannot be said of a consultation: steps out of their order, and an answer to none.

use super::Found;
use crate::record::consultation::spoken_of;
use crate::record::{Case, File};

pub(super) fn look_at(file: &File, case: &Case, found: &mut Found) {
    for one in &case.consultations {
        let about = one.id.0;
        let answered = one.answer.and_then(|(_, on)| on);
        let words = "a setting consulted before the request was received";
        found.order(about, case.received_on, one.sent_on, "consultation_before_request", words);
        let words = "the setting cannot receive the consultation before it was sent";
        found.order(about, one.sent_on, one.received_on, "received_before_sent", words);
        let words = "the setting cannot answer before it was consulted";
        found.order(about, one.received_on.or(one.sent_on), answered, "answered_before_sent", words);
        let words = "the consultation cannot be withdrawn before it was sent";
        found.order(about, one.sent_on, one.withdrawn.flatten(), "withdrawn_before_sent", words);
    }
    for standing in file.of_case(case.id) {
        if let Some(consultation) = spoken_of(&standing.fact)
            && !case.consultations.iter().any(|one| one.id == consultation)
        {
            found.add(consultation.0, "no_such_consultation", "no consultation with this id stands");
        }
    }
}
