//! Which decision, draft, plan or amendment does a notice tell of?

use chrono::NaiveDate;

use super::{Notice, NoticeKind};
use crate::record::decision::{AssessmentOutcome, PlanOutcome, ReviewOutcome};
use crate::record::fact::Fact;
use crate::record::file::File;
use crate::record::ids::*;

/// What a notice tells of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Told {
    /// The entry that recorded it, whose detail holds the reasons or the sections.
    pub event: EventId,
    /// The day it was decided, served or sent.
    pub on: Option<NaiveDate>,
    /// The draft.
    pub draft: Option<DraftId>,
    /// The plan.
    pub plan: Option<PlanId>,
    /// The review.
    pub review: Option<ReviewId>,
    /// The amendment.
    pub amendment: Option<AmendmentId>,
}

impl Told {
    /// Everything in a case that a notice of that kind could tell of, by its day.
    pub fn all(kind: NoticeKind, file: &File, case: CaseId) -> Vec<Self> {
        let found = file.of_case(case).filter_map(|standing| {
            let (event, on) = (standing.event, standing.day());
            let nothing = Self { event, on, draft: None, plan: None, review: None, amendment: None };
            let amends = |plan, amendment| Some(Self { plan: Some(plan), amendment: Some(amendment), ..nothing });
            match (kind, &standing.fact) {
                (NoticeKind::RefusalToAssess, Fact::AssessmentDecided { outcome: AssessmentOutcome::Refuse, .. })
                | (NoticeKind::NoPlan, Fact::PlanDecided { outcome: PlanOutcome::NoPlan, .. }) => Some(nothing),
                (NoticeKind::DraftPlan, Fact::DraftPlanServed { draft, .. }) => Some(Self { draft: Some(*draft), ..nothing }),
                (NoticeKind::FinalPlan, Fact::FinalPlanSent { plan, .. }) => Some(Self { plan: Some(*plan), ..nothing }),
                (NoticeKind::Amendment, Fact::ReviewDecided { plan, review, outcome: ReviewOutcome::Amend, .. })
                | (NoticeKind::Maintain, Fact::ReviewDecided { plan, review, outcome: ReviewOutcome::Maintain, .. })
                | (NoticeKind::Cease, Fact::ReviewDecided { plan, review, outcome: ReviewOutcome::Cease, .. }) => {
                    Some(Self { plan: Some(*plan), review: Some(*review), ..nothing })
                }
                (NoticeKind::Cease, Fact::CessationDecided { plan, .. }) => Some(Self { plan: Some(*plan), ..nothing }),
                (NoticeKind::AmendmentWithoutReview, Fact::AmendmentNoticeSent { plan, amendment, review: None, .. })
                | (NoticeKind::AmendedPlan, Fact::AmendedPlanSent { plan, amendment, .. })
                | (NoticeKind::AmendmentDeclined, Fact::AmendmentDeclined { plan, amendment, .. }) => amends(*plan, *amendment),
                _ => None,
            }
        });
        found.collect()
    }

    /// What a notice sent today would tell of: the decision that stands, the last draft, the plan, the last
    /// review that decided so, the last amendment.
    pub fn last(kind: NoticeKind, file: &File, case: CaseId) -> Option<Self> {
        Self::all(kind, file, case).pop()
    }

    /// What a notice that was sent tells of, if that stands.
    pub fn by(notice: &Notice, file: &File, case: CaseId) -> Option<Self> {
        let of_notice = (notice.draft, notice.plan, notice.review, notice.amendment);
        let same = |told: &Self| (told.draft, told.plan, told.review, told.amendment) == of_notice;
        Self::all(notice.kind, file, case).into_iter().find(same)
    }
}
