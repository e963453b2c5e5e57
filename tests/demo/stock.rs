//! Does each authority have, on every survey day, the plans that were published, and were they reviewed as published?

use std::thread;

use chrono::{NaiveDate, Weekday};
use diesel::connection::SimpleConnection;

use ehc_casework::access::{Ask, Role};
use ehc_casework::demo::figures::{Caseload, Published};
use ehc_casework::service::AsOf;
use ehc_casework::service::review_statistics;

use crate::{boroughs, connection, count, of_role};

/// The third Thursday of January.
fn january(year: i32) -> NaiveDate {
    NaiveDate::from_weekday_of_month_opt(year, 1, Weekday::Thu, 3).unwrap()
}

fn each(holds: impl Fn(&Caseload) + Sync) {
    boroughs();
    thread::scope(|scope| {
        for code in Published::AUTHORITIES {
            let holds = &holds;
            scope.spawn(move || holds(Caseload::of(code).unwrap()));
        }
    });
}

#[test]
fn every_january_has_the_published_number_of_plans() {
    each(|published| {
        let mut connection = connection();
        connection.batch_execute(&format!("SET ehc.authority = '{}'", published.authority)).unwrap();
        for year in 2019..=2025 {
            let on = january(year);
            let in_force = format!(
                "plan_view WHERE known_to IS NULL AND maintained_from <= '{on}' AND (ceased_on IS NULL OR ceased_on > '{on}')"
            );
            let counted = count(&mut connection, &in_force);
            assert_eq!(counted, i64::from(published.in_january(year)), "{} in {year}", published.authority);
        }
    });
}

#[test]
fn reviews_stand_in_january_2025_as_published() {
    each(|published| {
        let permit = of_role(published.authority, Role::Manager, Ask::SeeStatistics);
        let as_of = Some(AsOf::Day(january(2025)));
        let told = boroughs().0.read_now(&permit, |tx| review_statistics::reviews(tx, Some(2024), as_of)).unwrap();
        let counted = [
            told.plans,
            told.expected,
            told.not_expected,
            told.meetings.after_the_year,
            told.meetings.in_the_year,
            told.meetings.before_the_year,
            told.meetings.none,
            told.decisions.after_the_year,
            told.decisions.in_the_year,
            told.decisions.before_the_year,
            told.decisions.not_due,
            told.decisions.outstanding,
            told.decisions.within_four_weeks,
            told.outcomes.amend,
            told.outcomes.cease,
            told.outcomes.maintain,
        ];
        let reviews = &published.reviews;
        let expected = [
            published.in_january(2025),
            reviews.expected,
            reviews.not_expected,
            reviews.met_2025,
            reviews.met_2024,
            reviews.met_before,
            reviews.never_met,
            reviews.decided_2025,
            reviews.decided_2024,
            reviews.decided_before,
            reviews.not_due,
            reviews.outstanding,
            reviews.within_four_weeks,
            reviews.amend,
            reviews.cease,
            reviews.maintain + reviews.unreported,
        ];
        assert_eq!(counted, expected.map(i64::from), "{}", published.authority);
    });
}
