//! From which day can a decision be appealed, and mediation asked for? From one notice of it, however many tell of it.

use chrono::NaiveDate;

use super::{Notice, NoticeKind};
use crate::law::{self, FactKind, Matter};
use crate::record::decision::{AssessmentOutcome, PlanOutcome, ReviewOutcome};
use crate::record::fact::Fact;
use crate::record::file::Standing;
use crate::record::ids::{AmendmentId, ReviewId};
use crate::record::reversal::{Refused, tells_of_reversal};

/// The notices of decisions, as the law sees them: one for each decision. It is the first that lacked nothing, else the first that was
/// sent; where none stands, the day the family is recorded as notified. That a later complete notice counts before an earlier
/// defective one is our reading: nobody is held to a time that they were not told of.
pub fn windows(facts: &[&Standing]) -> Vec<law::Fact> {
    let notices = Notice::all(facts);
    let decisions = facts.iter().filter_map(|standing| Decision::of(standing, facts));
    let mut all: Vec<_> = decisions.filter_map(|decision| decision.sent(&notices)).collect();
    for notice in notices.iter().filter(|notice| notice.kind == NoticeKind::Amendment) {
        if let (Some(on), Some(review)) = (notice.sent_on, notice.review)
            // Where the proposals are on the record themselves, their own days count.
            && !facts.iter().any(|s| matches!(s.fact, Fact::AmendmentNoticeSent { review: of, .. } if of == Some(review)))
        {
            for kind in [FactKind::AmendmentNoticeSent, FactKind::AmendmentNoticeServed] {
                all.push(law::Fact::on(kind, on).about(review.to_string()));
            }
        }
    }
    all
}

/// A decision that can be appealed.
struct Decision {
    about: String,
    matter: Matter,
    notice: NoticeKind,
    review: Option<ReviewId>,
    amendment: Option<AmendmentId>,
    notified_on: Option<NaiveDate>,
}

impl Decision {
    fn of(standing: &Standing, all: &[&Standing]) -> Option<Self> {
        let notified = |tells: &dyn Fn(&Standing) -> bool| all.iter().find(|s| tells(s)).and_then(|s| s.day());
        let of_refusal = |s: &Standing, about| !tells_of_reversal(s, about, all.iter().copied());
        let decision = |about: String, matter, notice, notified_on| Self {
            about,
            matter,
            notice,
            review: None,
            amendment: None,
            notified_on,
        };
        let amends = |amendment: AmendmentId, matter, notice| {
            let decision = decision(amendment.to_string(), matter, notice, standing.day());
            Some(Self { amendment: Some(amendment), ..decision })
        };
        match &standing.fact {
            Fact::AssessmentDecided { outcome: AssessmentOutcome::Refuse, .. } => {
                let told = notified(&|s| {
                    matches!(s.fact, Fact::AssessmentDecisionNotified { .. }) && of_refusal(s, Refused::RefusalToAssess)
                });
                let kind = NoticeKind::RefusalToAssess;
                Some(decision(standing.event.to_string(), Matter::RefusalToAssess, kind, told))
            }
            Fact::PlanDecided { outcome: PlanOutcome::NoPlan, .. } => {
                let told = notified(&|s| matches!(s.fact, Fact::PlanDecisionNotified { .. }) && of_refusal(s, Refused::NoPlan));
                Some(decision(standing.event.to_string(), Matter::NoPlan, NoticeKind::NoPlan, told))
            }
            Fact::FinalPlanSent { plan, .. } => {
                Some(decision(plan.to_string(), Matter::Contents, NoticeKind::FinalPlan, standing.day()))
            }
            Fact::ReviewDecided { review, outcome, .. } => {
                let (matter, kind) = match outcome {
                    ReviewOutcome::Maintain => (Matter::NoAmendment, NoticeKind::Maintain),
                    ReviewOutcome::Cease => (Matter::Cease, NoticeKind::Cease),
                    // What is only proposed cannot be appealed; the amended plan can.
                    ReviewOutcome::Amend => return None,
                };
                let told = notified(&|s| matches!(s.fact, Fact::ReviewDecisionNotified { review: of, .. } if of == *review));
                Some(Self { review: Some(*review), ..decision(review.to_string(), matter, kind, told) })
            }
            // What an amended plan says can be appealed as that of the first can (Children and Families Act 2014, s. 51(3)).
            Fact::AmendedPlanSent { amendment, .. } => amends(*amendment, Matter::Contents, NoticeKind::AmendedPlan),
            Fact::AmendmentDeclined { amendment, .. } => amends(*amendment, Matter::NoAmendment, NoticeKind::AmendmentDeclined),
            Fact::CessationDecided { plan, .. } => {
                let told = notified(&|s| matches!(s.fact, Fact::CessationNotified { plan: of } if of == *plan));
                Some(decision(standing.event.to_string(), Matter::Cease, NoticeKind::Cease, told))
            }
            _ => None,
        }
    }

    /// The day its notice was sent.
    fn sent(self, notices: &[Notice]) -> Option<law::Fact> {
        let this = (self.notice, self.review, self.amendment);
        let of_this = |notice: &&Notice| (notice.kind, notice.review, notice.amendment) == this;
        let all = || notices.iter().filter(of_this).filter(|notice| notice.sent_on.is_some());
        let notice = all().find(|notice| notice.missing.is_empty()).or_else(|| all().next());
        let fact = match notice {
            Some(notice) => {
                let sent_on = notice.sent_on?;
                let fact = law::Fact::on(FactKind::DecisionNoticeSent, sent_on);
                if notice.dated == sent_on { fact } else { fact.letter_dated_on(notice.dated) }
            }
            None => law::Fact::on(FactKind::DecisionNoticeSent, self.notified_on?),
        };
        Some(fact.about(self.about).matter(self.matter))
    }
}
