//! What do the histories count to, by the Department's definitions?
//!
//! Written from the definitions and not from the allocation, so that the two can disagree.

use chrono::{Datelike, NaiveDate, Weekday};

use super::figures::{Assessments, Published, Requests, Timeliness};
use super::history::{AssessmentOutcome, History, PlanOutcome};

/// The rows of one authority and year, counted.
pub(super) fn count(histories: &[History], authority: u16, year: i32) -> Published {
    Published {
        authority,
        year,
        requests: requests(histories, year),
        assessments: assessments(histories, year),
        timeliness: timeliness(histories, year, |_| true),
        timeliness_without_exceptions: timeliness(histories, year, |history| history.exception.is_none()),
    }
}

fn many<'a>(histories: &'a [History], holds: impl Fn(&&'a History) -> bool) -> u32 {
    u32::try_from(histories.iter().filter(holds).count()).unwrap()
}

fn survey_day(year: i32) -> NaiveDate {
    NaiveDate::from_weekday_of_month_opt(year + 1, 1, Weekday::Thu, 3).unwrap()
}

/// Whole days from the request, where its date is known.
fn elapsed(history: &History, to: NaiveDate) -> Option<i64> {
    history.received_on_is_known.then(|| (to - history.received_on).num_days())
}

fn requests(histories: &[History], year: i32) -> Requests {
    let by = survey_day(year);
    let received = |history: &&History| history.received_on_is_known && history.received_on.year() == year;
    let outcome = |history: &History| history.assessment_decision.filter(|made| made.notified_on <= by).map(|made| made.outcome);
    let withdrawn = |history: &History| outcome(history).is_none() && history.withdrawn_on.is_some_and(|on| on <= by);
    let took = |history: &History| {
        let made = history.assessment_decision.filter(|made| made.notified_on.year() == year)?;
        elapsed(history, made.notified_on)
    };
    let mediation = |history: &History| history.request_mediation_on.is_some_and(|on| on <= by);
    let appeal = |history: &History| history.request_appeal_on.is_some_and(|on| on <= by);
    Requests {
        received: many(histories, received),
        from_youth_accommodation: 0,
        assessed: many(histories, |history| received(history) && outcome(history) == Some(AssessmentOutcome::Assess)),
        refused: many(histories, |history| received(history) && outcome(history) == Some(AssessmentOutcome::Refuse)),
        undecided: many(histories, |history| received(history) && outcome(history).is_none() && !withdrawn(history)),
        withdrawn: many(histories, |history| received(history) && withdrawn(history)),
        decided_within_6_weeks: many(histories, |history| took(history).is_some_and(|days| days <= 42)),
        decided_later: many(histories, |history| took(history).is_some_and(|days| days > 42)),
        mediation: many(histories, |history| received(history) && mediation(history)),
        appeal: many(histories, |history| received(history) && appeal(history)),
        appeal_after_mediation: many(histories, |history| received(history) && mediation(history) && appeal(history)),
    }
}

fn issued(history: &History, year: i32) -> bool {
    history.final_plan_sent_on.is_some_and(|on| on.year() == year)
}

/// The day the family heard that there is no plan. The return keeps that outcome, whatever followed.
fn refused_plan_on(history: &History) -> Option<NaiveDate> {
    history.plan_decision.filter(|made| made.outcome == PlanOutcome::NoPlan).map(|made| made.notified_on)
}

fn assessments(histories: &[History], year: i32) -> Assessments {
    let by = survey_day(year);
    let refused = |history: &History| refused_plan_on(history).is_some_and(|on| on.year() == year);
    let took = |history: &History| elapsed(history, refused_plan_on(history).filter(|on| on.year() == year)?);
    let happened = |on: Option<NaiveDate>| on.is_some_and(|on| on <= by);
    // Each outcome is one: a plan after a refused one is another.
    let outcomes = |holds: &dyn Fn(&History) -> bool| {
        many(histories, |history| issued(history, year) && holds(history))
            + many(histories, |history| refused(history) && holds(history))
    };
    let of_completed = |about: fn(&History) -> [Option<NaiveDate>; 2], wanted: [bool; 2]| {
        outcomes(&|history| {
            let [first, second] = about(history);
            (!wanted[0] || happened(first)) && (!wanted[1] || happened(second))
        })
    };
    let about_plan = |history: &History| [history.plan_mediation_on, history.plan_appeal_on];
    let about_other = |history: &History| [history.other_mediation_on, history.other_appeal_on];
    Assessments {
        completed: outcomes(&|_| true),
        issued: many(histories, |history| issued(history, year)),
        not_issued: many(histories, |history| refused(history)),
        undecided: 0,
        withdrawn: 0,
        not_issued_within_16_weeks: many(histories, |history| took(history).is_some_and(|days| days <= 112)),
        not_issued_later: many(histories, |history| took(history).is_some_and(|days| days > 112)),
        mediation: of_completed(about_plan, [true, false]),
        appeal: of_completed(about_plan, [false, true]),
        appeal_after_mediation: of_completed(about_plan, [true, true]),
        other_mediation: of_completed(about_other, [true, false]),
        other_appeal: of_completed(about_other, [false, true]),
        other_appeal_after_mediation: of_completed(about_other, [true, true]),
    }
}

fn timeliness(histories: &[History], year: i32, counts: impl Fn(&History) -> bool) -> Timeliness {
    let contested = |history: &History| {
        history.request_mediation_on.or(history.request_appeal_on).is_some()
            || history.plan_mediation_on.or(history.plan_appeal_on).is_some()
    };
    let measured = |history: &History| issued(history, year) && !contested(history) && counts(history);
    let within = |first: i64, last: i64| {
        many(histories, |history| {
            let took = history.final_plan_sent_on.and_then(|on| elapsed(history, on));
            measured(history) && took.is_some_and(|days| (first..=last).contains(&days))
        })
    };
    Timeliness {
        issued: many(histories, |history| measured(history)),
        within_20_weeks: within(0, 140),
        within_52_weeks: within(141, 364),
        over_52_weeks: within(365, i64::MAX),
    }
}

mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::demo::allocation::allocate;
    use crate::demo::caseload::live_caseload;
    use crate::demo::figures::PUBLISHED;
    use crate::demo::timeline::plus;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    fn today() -> NaiveDate {
        day(2026, 11, 22)
    }

    /// Every pair of steps that cannot stand in that order, in words.
    fn disorder(history: &History) -> Vec<&'static str> {
        let mut found = Vec::new();
        let mut ordered = |what: &'static str, first: Option<NaiveDate>, second: Option<NaiveDate>, apart: u64| {
            if let (Some(first), Some(second)) = (first, second)
                && plus(first, apart) > second
            {
                found.push(what);
            }
        };
        let begun = match history.assessment_decision {
            Some(made) if made.outcome == AssessmentOutcome::Assess => Some(made.notified_on),
            _ => history.assessment_conceded_on,
        };
        let told = history.assessment_decision.map(|made| made.notified_on);
        let plan = history.plan_decision;
        let (plan_decided, plan_told) = (plan.map(|made| made.decided_on), plan.map(|made| made.notified_on));
        let drafted = history.draft_served_on.first().copied();
        let sent = history.final_plan_sent_on;
        ordered("born before the request", Some(history.child.born_on), Some(history.received_on), 365);
        ordered("request before decision", Some(history.received_on), history.assessment_decision.map(|made| made.decided_on), 3);
        ordered("decision before notice", history.assessment_decision.map(|made| made.decided_on), told, 0);
        for contested in [history.request_mediation_on, history.request_appeal_on] {
            ordered("refusal before contest", told, contested, 1);
            ordered("contest before concession", contested, history.assessment_conceded_on, 1);
        }
        for advice in &history.advice {
            ordered("notice before advice", begun, Some(advice.requested_on), 0);
            ordered("advice asked before received", Some(advice.requested_on), advice.received_on, 0);
            ordered("advice received before returned", advice.received_on, advice.returned_on, 7);
            ordered("advice before the decision on a plan", advice.returned_on, plan_decided, 1);
        }
        ordered("decision on a plan before notice", plan_decided, plan_told, 0);
        for contested in [history.plan_mediation_on, history.plan_appeal_on] {
            ordered("refusal of a plan before contest", plan_told, contested, 1);
            ordered("contest before plan", contested, history.plan_conceded_on, 1);
        }
        ordered("notice before draft", history.plan_conceded_on.or(plan_told), drafted, 0);
        for drafts in history.draft_served_on.windows(2) {
            ordered("drafts in order", Some(drafts[0]), Some(drafts[1]), 15);
        }
        ordered("fifteen days to answer the draft", history.draft_served_on.last().copied(), sent, 15);
        if let Some(exception) = &history.exception {
            ordered("request before exception", Some(history.received_on), Some(exception.from), 0);
            ordered("four weeks of exception", Some(exception.from), Some(exception.to), 27);
            ordered("exception before plan", Some(exception.to), sent, 0);
        }
        let mut before = sent;
        for review in &history.reviews {
            let decision = review.decision;
            ordered("a year between reviews", before, Some(review.meeting_on), 200);
            ordered("meeting before report", Some(review.meeting_on), review.report_on, 0);
            ordered("report before decision", review.report_on, decision.map(|made| made.decided_on), 0);
            ordered(
                "review decided before notice",
                decision.map(|made| made.decided_on),
                decision.map(|made| made.notified_on),
                0,
            );
            before = Some(review.meeting_on);
        }
        for (what, later, earlier) in [
            ("a decision on a plan needs an assessment", plan_told, begun),
            ("a draft needs a decision", drafted, plan_told),
            ("a final plan needs a draft", sent, drafted),
            ("a review needs a plan", history.reviews.first().map(|review| review.meeting_on), sent),
        ] {
            if later.is_some() && earlier.is_none() {
                found.push(what);
            }
        }
        found
    }

    fn latest(history: &History) -> NaiveDate {
        let mut days = vec![history.received_on];
        days.extend(history.assessment_decision.map(|made| made.notified_on));
        days.extend(history.plan_decision.map(|made| made.notified_on));
        days.extend(
            history
                .advice
                .iter()
                .flat_map(|advice| [Some(advice.requested_on), advice.received_on, advice.returned_on])
                .flatten(),
        );
        days.extend(&history.draft_served_on);
        days.extend(history.exception.map(|exception| exception.to));
        for review in &history.reviews {
            days.push(review.meeting_on);
            days.extend(review.report_on.into_iter().chain(review.decision.map(|made| made.notified_on)));
        }
        days.extend(
            [
                history.assessment_conceded_on,
                history.plan_conceded_on,
                history.final_plan_sent_on,
                history.withdrawn_on,
                history.request_mediation_on,
                history.request_appeal_on,
                history.plan_mediation_on,
                history.plan_appeal_on,
                history.other_mediation_on,
                history.other_appeal_on,
            ]
            .into_iter()
            .flatten(),
        );
        days.into_iter().max().unwrap()
    }

    #[test]
    fn counting_the_histories_gives_every_published_row() {
        for authority in Published::AUTHORITIES {
            for seed in 0..6 {
                let histories = allocate(authority, seed, today()).unwrap();
                for published in Published::of(authority) {
                    assert_eq!(count(&histories, authority, published.year), *published, "seed {seed}");
                }
            }
        }
    }

    #[test]
    fn the_figures_stand_already_on_the_survey_day() {
        for published in &PUBLISHED {
            let histories = allocate(published.authority, 1, survey_day(published.year)).unwrap();
            assert_eq!(count(&histories, published.authority, published.year), *published);
        }
    }

    #[test]
    fn a_live_caseload_leaves_the_published_year_as_it_is() {
        for today in [day(2025, 2, 1), day(2025, 12, 31), today(), day(2028, 2, 29)] {
            let live = live_caseload(311, today, 1, 300).unwrap();
            assert_eq!(live.len(), 300);
            let counted = count(&live, 311, 2024);
            assert_eq!(counted.requests, Requests::default());
            assert_eq!(counted.assessments, Assessments::default());
            assert_eq!(counted.timeliness, Timeliness::default());
        }
    }

    #[test]
    fn a_live_caseload_has_cases_at_every_stage() {
        let live = live_caseload(311, today(), 1, 300).unwrap();
        let at_least = |many_of: u32, what: &str, holds: fn(&&History) -> bool| {
            assert!(many(&live, holds) >= many_of, "{what}: {}", many(&live, holds));
        };
        let assessed =
            |history: &History| history.assessment_decision.is_some_and(|made| made.outcome == AssessmentOutcome::Assess);
        assert!(live.iter().any(assessed));
        at_least(20, "undecided", |history| history.assessment_decision.is_none() && history.withdrawn_on.is_none());
        at_least(10, "refused", |history| {
            history.assessment_decision.is_some_and(|made| made.outcome == AssessmentOutcome::Refuse)
        });
        at_least(20, "waiting for advice", |history| history.advice.iter().any(|advice| advice.returned_on.is_none()));
        at_least(5, "advice in, no decision on a plan", |history| {
            let all_in = !history.advice.is_empty() && history.advice.iter().all(|advice| advice.returned_on.is_some());
            all_in && history.plan_decision.is_none()
        });
        at_least(5, "draft served, no final plan", |history| {
            !history.draft_served_on.is_empty() && history.final_plan_sent_on.is_none()
        });
        at_least(10, "plan not yet reviewed", |history| history.final_plan_sent_on.is_some() && history.reviews.is_empty());
        at_least(10, "review decided", |history| history.reviews.iter().any(|review| review.decision.is_some()));
        at_least(2, "review held, not decided", |history| history.reviews.iter().any(|review| review.decision.is_none()));
        at_least(5, "withdrawn", |history| history.withdrawn_on.is_some());
    }

    #[test]
    fn steps_stand_in_lawful_order() {
        for authority in Published::AUTHORITIES {
            for seed in 0..6 {
                for history in allocate(authority, seed, today()).unwrap() {
                    assert_eq!(disorder(&history), Vec::<&str>::new(), "{history:#?}");
                }
            }
        }
        for history in (0..6).flat_map(|seed| live_caseload(311, today(), seed, 300).unwrap()) {
            assert_eq!(disorder(&history), Vec::<&str>::new(), "{history:#?}");
        }
    }

    #[test]
    fn nothing_happens_after_today() {
        for today in [day(2024, 6, 30), day(2025, 3, 1), today()] {
            let made = allocate(311, 1, today).unwrap();
            let live = live_caseload(311, today, 1, 200).unwrap();
            assert!(made.iter().chain(&live).all(|history| latest(history) <= today));
        }
    }

    #[test]
    fn the_same_seed_tells_the_same_histories_and_another_seed_others() {
        let made = |seed| (allocate(311, seed, today()).unwrap(), live_caseload(311, today(), seed, 100).unwrap());
        assert_eq!(made(7), made(7));
        assert_ne!(made(7).0, made(8).0);
        assert_ne!(made(7).1, made(8).1);
    }

    #[test]
    fn no_two_children_share_a_upn() {
        let histories: Vec<History> =
            [allocate(311, 1, today()), live_caseload(311, today(), 1, 300)].into_iter().flat_map(Result::unwrap).collect();
        let upns: Vec<&str> = histories.iter().filter_map(|history| history.child.upn.as_ref()).map(|upn| upn.as_str()).collect();
        assert!(upns.len() > histories.len() / 2);
        assert_eq!(upns.iter().collect::<BTreeSet<_>>().len(), upns.len());
    }

    #[test]
    fn a_child_has_a_upn_or_a_reason_for_having_none() {
        for history in allocate(311, 1, today()).unwrap() {
            assert_ne!(history.child.upn.is_some(), history.child.upn_unknown.is_some());
        }
    }
}
