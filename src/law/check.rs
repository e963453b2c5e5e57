//! Which facts cannot be? Each problem names the fact and the field, so that all of them can be told at once.

use chrono::NaiveDate;

use super::age::COMMENCED;
use super::exception::{Terms, closed_long_enough, exception};
use super::fact::Fact;
use super::fact_kind::FactKind::{self, *};
use super::rule::day;

/// Something about one fact that cannot be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactProblem {
    /// The position of the fact among those given.
    pub index: usize,
    /// The field of the fact, as JSON names it.
    pub field: &'static str,
    /// The problem's stable name.
    pub code: &'static str,
    /// What is wrong, in plain words. Never repeats a value.
    pub words: String,
}

/// The last day the register counts to.
const LAST_DAY: NaiveDate = day(2040, 12, 31);

/// What cannot come before what. Facts about different things are not compared.
const FOLLOWS: &[(FactKind, FactKind)] = &[
    (AssessmentDecisionNotified, RequestReceived),
    (PlanDecisionNotified, RequestReceived),
    (DraftPlanServed, RequestReceived),
    (FinalPlanSent, RequestReceived),
    (RequestWithdrawn, RequestReceived),
    (AdviceReturned, AdviceRequestReceived),
    (ConsultationReplied, ConsultationReceived),
    (MediationHeld, MediationRequested),
    (MediationEnded, MediationHeld),
    (AppealReceived, DecisionNoticeSent),
    (AppealResponseSent, AppealReceived),
    (AppealConceded, AppealReceived),
    (AppealEnded, AppealReceived),
    (OrderCarriedOut, OrderMade),
    (RecommendationAnswered, RecommendationMade),
    (ReviewReportSent, ReviewMeetingHeld),
    (ReviewDecisionNotified, ReviewMeetingHeld),
    (AmendmentNoticeServed, AmendmentNoticeSent),
    (AmendmentDeclinedNotified, AmendmentNoticeSent),
    (AmendedPlanSent, AmendmentNoticeSent),
    (ReassessmentDecisionNotified, ReassessmentRequested),
    (ReassessedPlanSent, ReassessmentDecisionNotified),
    (TransferToldToFamily, PlanTransferred),
    (DirectPaymentsReviewed, DirectPaymentsStarted),
];

/// Everything about the facts that cannot be, in their order.
pub fn check(facts: &[Fact], today: NaiveDate) -> Vec<FactProblem> {
    let mut problems = Vec::new();
    for (index, fact) in facts.iter().enumerate() {
        let mut problem = |field, code, words: &str| problems.push(FactProblem { index, field, code, words: words.into() });
        let (needs, takes) = fact.fact.attributes();
        for attribute in needs.iter().filter(|attribute| !fact.has(**attribute)) {
            problem(attribute.field(), "attribute_missing", "This fact needs this attribute.");
        }
        for attribute in super::attribute::Attribute::ALL.iter().filter(|attribute| fact.has(**attribute)) {
            if !needs.contains(attribute) && !takes.contains(attribute) {
                problem(attribute.field(), "attribute_not_taken", "This fact does not have this attribute.");
            }
        }
        check_dates(fact, today, &mut problem);
        check_claim(fact, &mut problem);
        if let Some((_, before)) = FOLLOWS.iter().find(|(later, earlier)| fact.fact == *later && precedes(fact, *earlier, facts))
        {
            problem("on", "before_its_cause", &format!("This lies before every {} it could follow from.", before.name()));
        }
        if fact.fact == AppealConceded
            && facts.iter().any(|other| other.fact == AppealResponseSent && other.on <= fact.on && other.ties_with(fact))
        {
            problem(
                "on",
                "conceded_after_response",
                "Not opposing an appeal after the response is a matter for an order by consent.",
            );
        }
    }
    problems
}

/// Whether a fact lies before all facts of the kind it follows from, of which there is one. What comes round every year
/// is only compared within the review it names.
fn precedes(fact: &Fact, earlier: FactKind, facts: &[Fact]) -> bool {
    let mut causes = facts.iter().filter(|cause| cause.fact == earlier && cause.ties_with(fact)).peekable();
    let told_apart = !matches!(fact.fact, ReviewDecisionNotified | AmendedPlanSent) || fact.about.is_some();
    told_apart && causes.peek().is_some() && causes.all(|cause| fact.on < cause.on)
}

fn check_dates(fact: &Fact, today: NaiveDate, problem: &mut impl FnMut(&'static str, &'static str, &str)) {
    let earliest = if fact.fact == ChildBorn { day(1985, 1, 1) } else { COMMENCED };
    if fact.on < earliest {
        problem("on", "before_commencement", "The law counted here began on 1 September 2014.");
    }
    let planned = [
        ("on", Some(fact.on).filter(|_| fact.fact.may_be_planned())),
        ("transferOn", fact.transfer_on),
        ("movesOn", fact.moves_on),
        ("fixedDueOn", fact.fixed_due_on),
        ("to", fact.to),
    ];
    for (field, _) in planned.iter().filter(|(_, on)| on.is_some_and(|on| on > LAST_DAY)) {
        problem(field, "after_the_register", "The register counts no further than 2040.");
    }
    let happened = [
        ("on", Some(fact.on).filter(|_| !fact.fact.may_be_planned())),
        ("sentOn", fact.sent_on),
        ("letterDatedOn", fact.letter_dated_on),
        ("askedOn", fact.asked_on),
    ];
    for (field, _) in happened.iter().filter(|(_, on)| on.is_some_and(|on| on > today)) {
        problem(field, "in_the_future", "This is told as having happened, and lies in the future.");
    }
    if let (Some(from), Some(to)) = (fact.from, fact.to)
        && to < from
    {
        problem("to", "ends_before_it_starts", "The last day lies before the first.");
    }
    if fact.sent_on.is_some_and(|sent| sent < fact.on) {
        problem("sentOn", "sent_before_made", "The order was sent out before it was made.");
    }
}

fn check_claim(fact: &Fact, problem: &mut impl FnMut(&'static str, &'static str, &str)) {
    let Some(paragraph) = fact.paragraph.as_deref().filter(|_| fact.fact == ExceptionClaimed) else { return };
    let Some(exception) = exception(paragraph) else {
        problem("paragraph", "unknown_exception", "No exception has this paragraph; the register lists them.");
        return;
    };
    if exception.terms == Terms::AgreedInWriting {
        problem("paragraph", "agreed_date_is_no_excuse", "A date agreed in writing is told as fixedDueOn of the agreement.");
    }
    let (Some(from), Some(to)) = (fact.from, fact.to) else { return };
    match exception.terms {
        Terms::SettingClosed | Terms::EarlyYearsClosed if !closed_long_enough(from, to) => {
            problem("to", "exception_terms_not_met", "The closure must last at least four weeks.");
        }
        Terms::AbsentDays(least) if (to - from).num_days() + 1 < least => {
            problem("to", "exception_terms_not_met", &format!("The absence must last at least {least} days."));
        }
        _ => {}
    }
}
