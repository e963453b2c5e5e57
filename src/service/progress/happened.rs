//! What has happened in a case so far, in plain words, as far as the reader may know.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use super::Audience;
use super::words::{capital, giver, matter, requester};
use crate::record::*;

/// Something that has happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Happened {
    /// The day. Null: unknown.
    pub on: Option<NaiveDate>,
    /// What, as a sentence.
    #[schema(example = "The advice of an educational psychologist has arrived.")]
    pub words: String,
}

/// Everything that has happened, the earliest first.
pub(super) fn happened(file: &File, case: &Case, plan: Option<&Plan>, reader: &Audience<'_>) -> Vec<Happened> {
    let mut all = Told(Vec::new());
    of_requests(case, reader, &mut all);
    of_decisions(case, &mut all);
    of_advice(case, &mut all);
    of_delays(case, &mut all);
    of_the_draft(case, reader, &mut all);
    of_facts(file, case, reader, &mut all);
    for review in plan.iter().flat_map(|plan| &plan.reviews) {
        for sent in &review.invitations {
            all.add(sent.on, "Invitations to the meeting of the plan's review were sent.");
        }
        for missed in &review.missed {
            all.add(missed.on, "The meeting of the plan's review was not held on its day.");
        }
        all.add(review.meeting_on, "The meeting of the plan's review was held.");
        all.add(review.report_on, "The report of the review was sent.");
        all.add(review.notified_on, "The authority told the family and the setting what follows from the review.");
    }
    plan.iter().for_each(|plan| of_the_plan(plan, reader, &mut all));
    all.0.sort_by_key(|one| one.on);
    all.0
}

fn of_the_plan(plan: &Plan, reader: &Audience<'_>, all: &mut Told) {
    for amendment in &plan.amendments {
        all.add(amendment.sent_on, "The authority sent the family the amendments of the plan that it proposes.");
        for said in amendment.answers.iter().filter(|said| reader.is_own(said.account.as_deref())) {
            let told =
                reader.told("You said what you think of the amendments.", "The family said what it thinks of the amendments.");
            all.add(said.made_on, told);
        }
        let declined = amendment.declined.as_ref().and_then(|declined| declined.told_on);
        all.add(declined, "The authority told the family that it does not amend the plan.");
        all.add(amendment.amended_on, "The amended plan was sent.");
    }
    let decision = plan.cessation.decision.as_ref().filter(|decision| decision.review.is_none());
    let told = decision.and_then(|decision| decision.notified_on);
    all.add(told, "The authority told the family that it ceases the plan.");
    all.add(plan.cessation.ceased_on(), "The plan ceased.");
}

struct Told(Vec<Happened>);

impl Told {
    /// Adds what happened on a day, if it did.
    fn add(&mut self, on: Option<NaiveDate>, words: impl Into<String>) {
        if on.is_some() {
            self.0.push(Happened { on, words: words.into() });
        }
    }
}

fn of_requests(case: &Case, reader: &Audience<'_>, all: &mut Told) {
    for request in case.requests.iter().filter(|request| request.counts()) {
        let who = if reader.asked(request) { "You" } else { requester(request.by) };
        all.add(request.received_on, format!("{who} asked for an assessment."));
        all.add(request.withdrawn.and_then(|withdrawal| withdrawal.on), format!("{who} took the request back."));
    }
}

fn of_decisions(case: &Case, all: &mut Told) {
    if let Some(decision) = &case.assessment {
        all.add(
            decision.notified_on,
            match decision.outcome {
                AssessmentOutcome::Assess => "The authority told the family that it assesses.",
                AssessmentOutcome::Refuse => "The authority told the family that it does not assess.",
            },
        );
    }
    if let Some(decision) = &case.plan_decision {
        all.add(
            decision.notified_on,
            match decision.outcome {
                PlanOutcome::Issue => "The authority told the family that it makes a plan.",
                PlanOutcome::NoPlan => "The authority told the family that it makes no plan.",
            },
        );
    }
    for reversal in &case.reversals {
        all.add(reversal.notified_on, "The authority told the family that it goes on after all.");
    }
    if let Some(plan) = &case.final_plan {
        all.add(plan.sent_on, if plan.taken_over { "The plan was made." } else { "The final plan was sent." });
    }
}

fn of_advice(case: &Case, all: &mut Told) {
    for advice in &case.advice {
        let who = giver(advice.giver);
        all.add(advice.requested_on, format!("Advice was asked of {who}."));
        for answer in &advice.answers {
            let words = match answer.answer {
                AdviceAnswer::Given => format!("The advice of {who} has arrived."),
                other => format!("{} answered without advice: {}.", capital(who), other.words()),
            };
            all.add(answer.on, words);
        }
        for day in &advice.visited_on {
            all.add(Some(*day), format!("The child was seen for the advice of {who}."));
        }
        if let Some(reuse) = &advice.reused {
            all.add(reuse.on, format!("Advice that {who} had given before was taken up."));
        }
    }
}

fn of_delays(case: &Case, all: &mut Told) {
    for letter in &case.delay_letters {
        all.add(letter.sent_on, "The authority wrote to the family about a delay.");
    }
    for claim in case.exceptions.iter().filter(|claim| claim.withdrawn.is_none()) {
        let told = claim.told.flatten();
        all.add(told, "The authority told the family of an exception that the law allows for.");
    }
}

fn of_the_draft(case: &Case, reader: &Audience<'_>, all: &mut Told) {
    for draft in &case.drafts {
        all.add(draft.served_on, "A draft of the plan was sent to the family.");
    }
    for said in case.response.representations.iter().filter(|said| reader.is_own(said.account.as_deref())) {
        all.add(
            said.made_on,
            reader.told("You said what you think of the draft.", "The family said what it thinks of the draft."),
        );
    }
    for asked in case.response.settings.iter().filter(|asked| reader.is_own(asked.account.as_deref())) {
        let name = (reader.name_of)(&asked.setting).unwrap_or_else(|| "a setting".to_owned());
        let (mine, theirs) = (format!("You asked for {name}."), format!("The family asked for {name}."));
        all.add(asked.requested_on, reader.told(&mine, &theirs));
    }
    if reader.staff || reader.account.is_some() {
        for meeting in &case.response.meetings {
            all.add(meeting.met_on, "An officer met the family about the draft.");
        }
    }
    for one in case.consultations.iter().filter(|one| reader.is_consulted(one)) {
        let name = (reader.name_of)(&one.setting).unwrap_or_else(|| "A setting".to_owned());
        let who = if reader.staff { name } else { "Your setting".to_owned() };
        all.add(one.sent_on, format!("{who} was asked whether it can meet the child's needs."));
        all.add(one.answer.and_then(|(_, on)| on), format!("{who} answered."));
    }
}

fn of_facts(file: &File, case: &Case, reader: &Audience<'_>, all: &mut Told) {
    let appeals = Appeal::all(file.of_case(case.id));
    for standing in file.of_case(case.id) {
        let words = match &standing.fact {
            Fact::ViewsGiven { account, whose, .. } if reader.is_own(account.as_deref()) => match whose {
                Voice::Child => "The child's views were given.".to_owned(),
                _ => reader.told("You gave your views.", "The family gave its views."),
            },
            Fact::MediationAsked { account, about, .. } if reader.is_own(account.as_deref()) => {
                let about = matter(*about);
                let (mine, theirs) =
                    (format!("You asked for mediation about {about}."), format!("The family asked for mediation about {about}."));
                reader.told(&mine, &theirs)
            }
            Fact::MediationHeld { about, .. } => format!("A mediation meeting was held about {}.", matter(*about)),
            Fact::AppealRegistered { about, .. } => format!("The Tribunal registered an appeal about {}.", matter(*about)),
            Fact::AppealEnded { appeal, outcome, .. } => match appeals.iter().find(|one| one.event == *appeal) {
                Some(one) => format!("The appeal about {} ended: {}.", matter(one.about), ended(*outcome)),
                None => continue,
            },
            _ => continue,
        };
        all.add(standing.day(), words);
    }
}

fn ended(outcome: AppealOutcome) -> &'static str {
    match outcome {
        AppealOutcome::Withdrawn => "it was withdrawn",
        AppealOutcome::Conceded => "the authority did not oppose it",
        AppealOutcome::Dismissed => "the Tribunal dismissed it",
        AppealOutcome::Allowed => "the Tribunal allowed it",
        AppealOutcome::ConsentOrder => "the Tribunal made an order by consent",
    }
}
