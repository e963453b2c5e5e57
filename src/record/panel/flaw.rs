//! What cannot be in a meeting: steps that speak of what is not there, and shares that do not add up.

use super::Meeting;
use crate::record::refusal::Refusal;

/// What cannot stand together. A sound meeting has none.
pub fn flaws(meeting: &Meeting) -> Vec<Refusal> {
    let mut found = Vec::new();
    let mut add = |code, words: &str| found.push(Refusal { code, words: words.to_owned(), citation: None });
    let seated = |members: &[String]| members.iter().all(|member| meeting.members.contains(member));
    if meeting.chair.as_ref().is_some_and(|chair| !meeting.members.contains(chair)) {
        add("chair_not_a_member", "who leads a meeting sits on it");
    }
    if let Some(attendance) = &meeting.attendance
        && !(seated(&attendance.present) && seated(&attendance.apologies))
    {
        add("not_a_member", "only members of the meeting can be present or send apologies");
    }
    for item in &meeting.items {
        if !seated(&item.conflicts) {
            add("not_a_member", "only a member of the meeting has a conflict of interest in it");
        }
        let Some(advised) = &item.advised else { continue };
        if !seated(&advised.dissent) {
            add("not_a_member", "only a member of the meeting can disagree with its recommendation");
        }
        if item.question.is_some_and(|question| !question.is_answered_by(advised.recommendation)) {
            add("no_answer", "the recommendation does not answer what was asked");
        }
        let shares: u32 = advised.shares.values().copied().map(u32::from).sum();
        if !advised.shares.is_empty() && shares != 100 {
            add("shares_not_100", "the agencies' shares add up to one hundred percent");
        }
    }
    found
}
