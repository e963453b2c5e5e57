//! Does the calculator hold for any facts at all? No panic, no dependence on the order of entry, no date moved by an excuse.

use chrono::{Days, NaiveDate};
use ehc_casework::law::{
    AdviceGiver, DeadlineState, Duty, Fact, FactKind, Matter, Order, Outcome, PhaseTransfer, check, deadlines, duties, exceptions,
};
use proptest::prelude::*;
use proptest::sample::select;

use crate::vectors::on;

fn any_day() -> impl Strategy<Value = NaiveDate> {
    (0u64..9_600).prop_map(|n| on("2014-09-01") + Days::new(n))
}

/// Any fact: every attribute is set, whether or not its kind takes it.
fn any_fact() -> impl Strategy<Value = Fact> {
    const OUTCOMES: &[Outcome] = &[
        Outcome::Assess,
        Outcome::Reassess,
        Outcome::Refuse,
        Outcome::Issue,
        Outcome::NoPlan,
        Outcome::Maintain,
        Outcome::Amend,
        Outcome::Cease,
    ];
    const ORDERS: &[Order] =
        &[Order::Cease, Order::Assess, Order::MakePlan, Order::AmendContents, Order::AmendSetting, Order::Other];
    const MATTERS: &[Matter] = &[Matter::RefusalToAssess, Matter::NoPlan, Matter::Contents, Matter::SettingOnly, Matter::Cease];
    const TRANSFERS: &[PhaseTransfer] =
        &[PhaseTransfer::PrimaryToSecondary, PhaseTransfer::SecondaryToPost16, PhaseTransfer::BetweenPost16];
    let paragraphs: Vec<_> = exceptions().map(|exception| exception.paragraph).collect();
    (
        (select(FactKind::ALL), any_day(), select(&["a", "b", "c"][..]), any::<bool>()),
        (select(OUTCOMES), select(ORDERS), select(MATTERS), select(TRANSFERS)),
        (select(paragraphs), any_day(), 0u64..60, any::<bool>()),
    )
        .prop_map(|((kind, day, about, named), (outcome, order, matter, transfer), (paragraph, other, days, detained))| {
            let fact = Fact::on(kind, day)
                .outcome(outcome)
                .order(order)
                .matter(matter)
                .kind(transfer)
                .advice_giver(AdviceGiver::Education)
                .paragraph(paragraph)
                .between(other, Some(other + Days::new(days)))
                .transfer_on(other)
                .moves_on(other)
                .detained(detained);
            if named { fact.about(about) } else { fact }
        })
}

fn dates(found: &[Duty]) -> Vec<String> {
    let mut dates: Vec<_> = found
        .iter()
        .map(|duty| {
            format!(
                "{} {} {} {} {:?} {:?}",
                duty.rule.id, duty.rule.duty, duty.starts_on, duty.due_on, duty.met_on, duty.fell_away_on
            )
        })
        .collect();
    dates.sort();
    dates
}

proptest! {
    #[test]
    fn no_facts_are_too_strange(facts in prop::collection::vec(any_fact(), 0..12), today in any_day()) {
        check(&facts, today);
        let found = deadlines(&facts, today);
        prop_assert_eq!(found.len(), duties(&facts).len());
        prop_assert!(found.iter().all(|deadline| deadline.because.len() >= 2));
    }

    #[test]
    fn an_exception_never_moves_a_date(facts in prop::collection::vec(any_fact(), 1..12)) {
        let (claims, rest): (Vec<_>, Vec<_>) = facts.into_iter().partition(|fact| fact.fact == FactKind::ExceptionClaimed);
        let without = dates(&duties(&rest));
        let with: Vec<_> = rest.into_iter().chain(claims).collect();
        prop_assert_eq!(without, dates(&duties(&with)));
    }

    #[test]
    fn the_order_of_entry_moves_no_date(facts in prop::collection::vec(any_fact(), 0..12)) {
        let backwards: Vec<_> = facts.iter().rev().cloned().collect();
        prop_assert_eq!(dates(&duties(&facts)), dates(&duties(&backwards)));
    }

    #[test]
    fn a_duty_changes_its_state_at_most_once_and_with_its_day(facts in prop::collection::vec(any_fact(), 0..12)) {
        for duty in duties(&facts) {
            let before = duty.state(duty.due_on - Days::new(1));
            let after = duty.state(duty.due_on + Days::new(1));
            prop_assert_eq!(duty.state(on("2014-01-01").min(duty.due_on - Days::new(1))), before);
            prop_assert_eq!(duty.state(on("2060-01-01")), after);
            prop_assert!(before == after || before == DeadlineState::Running);
        }
    }
}

#[test]
fn the_ends_of_the_calendar_do_no_harm() {
    for end in [NaiveDate::MIN, NaiveDate::MAX] {
        let facts: Vec<_> = FactKind::ALL
            .iter()
            .map(|kind| {
                Fact::on(*kind, end).outcome(Outcome::Reassess).order(Order::Assess).matter(Matter::Cease).transfer_on(end)
            })
            .collect();
        assert_eq!(deadlines(&facts, end).len(), duties(&facts).len());
        assert!(!check(&facts, on("2026-01-01")).is_empty());
    }
}
