//! Which words does a letter about a delay use? Ours, plain, and the same for every authority.

use chrono::NaiveDate;

use crate::law::AdviceGiver;

pub(super) const TITLE: &str = "Why we are late, and what happens next";
pub(super) const LATE: &str = "What is late";
pub(super) const WHY: &str = "Why";
pub(super) const AWAITED: &str = "What we are waiting for";
pub(super) const RIGHTS: &str = "Your rights stay as they are";
pub(super) const TURN: &str = "Where to turn";
pub(super) const SUPPORT: &str = "Information, advice and support";
pub(super) const DISAGREEMENT: &str = "Help to resolve a disagreement";

pub(super) fn day(on: NaiveDate) -> String {
    on.format("%A %-d %B %Y").to_string()
}

/// A duty of the authority's own that was not kept.
pub(super) fn ours_is_late(duty: &str, due_on: NaiveDate) -> String {
    let since = due_on.succ_opt().unwrap_or(due_on);
    format!("We had to {duty} by {}. We have not, and have been late since {}.", day(due_on), day(since))
}

/// A duty of whoever was asked for advice.
pub(super) fn advice_is_late(due_on: NaiveDate) -> String {
    format!("The advice we wait for had to reach us by {}, and has not.", day(due_on))
}

/// What is to be missed after the letter's day.
pub(super) fn ours_will_be_late(duty: &str, due_on: NaiveDate) -> String {
    format!("We have to {duty} by {}. We expect not to manage that.", day(due_on))
}

pub(super) fn nothing_late() -> String {
    "No limit has passed on the day of this letter. We write because we expect a delay.".to_owned()
}

/// Where no one says from whom it comes: the kind of giver the advice was asked of.
pub(super) const fn giver(giver: AdviceGiver) -> &'static str {
    match giver {
        AdviceGiver::Education => "the school or college",
        AdviceGiver::Health => "the health service",
        AdviceGiver::Psychology => "the educational psychology service",
        AdviceGiver::SocialCare => "social care",
        _ => "the service we asked",
    }
}

pub(super) fn awaited_from(from: &str, asked_on: Option<NaiveDate>) -> String {
    let asked = asked_on.map(|on| format!(", asked on {}", day(on))).unwrap_or_default();
    format!("We wait for it from: {from}{asked}.")
}

pub(super) fn expected_by(on: NaiveDate) -> String {
    format!("You can expect it by {}. That is our own date: it moves no limit that the law sets.", day(on))
}

pub(super) fn rights() -> Vec<String> {
    vec![
        "Being late takes none of your rights away. The limits in law stay where they are, and this letter does not excuse us.".into(),
        "When we decide, or send a plan, you can appeal to the SEND Tribunal in the same way as if we had been in time: your time to \
         appeal is counted from the day of that decision or plan, not from the day we should have kept."
            .into(),
        "Against the delay itself there is no appeal to the Tribunal, but you can complain to us. If our answer does not settle it, you \
         can complain to the Local Government and Social Care Ombudsman."
            .into(),
    ]
}

pub(super) fn case_worker(name: Option<&str>) -> String {
    match name {
        Some(name) => format!("Your case worker is {name}. Ask them about anything in this letter."),
        None => "Your case has no case worker at present. Ask our SEND service about anything in this letter.".to_owned(),
    }
}
