//! Do the statistics give the published tables of each authority's plans back, cell by cell?

use std::collections::BTreeMap;
use std::thread;

use chrono::{NaiveDate, Weekday};
use serde_json::{Value, json};

use ehc_casework::access::{Ask, Role};
use ehc_casework::db::Tx;
use ehc_casework::demo::figures::{Caseload, Ceased, NEEDS, Published};
use ehc_casework::service::AsOf;
use ehc_casework::service::Error;
use ehc_casework::service::caseload::{self, CaseloadBy};
use ehc_casework::service::review_statistics;
use ehc_casework::service::statistics::{GroupBy, Period};

use crate::{boroughs, day, of_role};

/// A table's cells by their names.
type Cells = BTreeMap<String, Value>;

/// The places, in the order of the published columns that they tell (docs/published-figures.md).
const PLACES: [&str; 19] = [
    "maintained_school",
    "maintained_school_resourced_provision",
    "maintained_school_sen_unit",
    "academy",
    "academy_resourced_provision",
    "academy_sen_unit",
    "independent_school",
    "maintained_special_school",
    "special_academy",
    "independent_special_school",
    "non_maintained_special_school",
    "alternative_provision",
    "further_education",
    "special_post_16_institution",
    "elective_home_education",
    "otherwise_than_at_school",
    "not_in_education",
    "early_years_provider",
    UNKNOWN,
];
/// Of these, how many stand under each heading.
const SECTORS: [(&str, usize); 7] = [
    ("mainstream", 7),
    ("special", 4),
    ("alternative_provision", 1),
    ("further_education", 2),
    ("elsewhere", 3),
    ("early_years", 1),
    (UNKNOWN, 1),
];
const PHASES: [&str; 5] = ["early_years", "primary", "secondary", "post_16", "post_19"];
/// The cell that counts what nobody knows.
const UNKNOWN: &str = "not known";

/// The published percentages of decisions within four weeks, and later.
const FOUR_WEEKS: [(u16, f64, f64); 3] = [(309, 32.9, 67.1), (310, 30.9, 69.1), (311, 42.0, 58.0)];

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

/// What a manager of the authority is answered.
fn asked<T: Send>(authority: u16, ask: impl FnOnce(&mut Tx<'_>) -> Result<T, Error>) -> T {
    boroughs().0.read_now(&of_role(authority, Role::Manager, Ask::SeeStatistics), ask).unwrap()
}

/// Every cell that is not as published, by its name.
fn compare(authority: u16, table: &str, counted: &Cells, published: &Cells) {
    let names = counted.keys().chain(published.keys());
    let none = json!(0);
    let of = |cells: &Cells, name| cells.get(name).unwrap_or(&none).clone();
    let wrong = names.filter(|name| of(counted, *name) != of(published, *name));
    let told: Vec<_> = wrong.map(|name| format!("{name}: {}, not {}", of(counted, name), of(published, name))).collect();
    assert!(told.is_empty(), "{authority}, {table}: {told:?}");
}

fn cells<N: ToString>(names: impl IntoIterator<Item = N>, counts: impl IntoIterator<Item = u32>) -> Cells {
    names.into_iter().map(|name| name.to_string()).zip(counts.into_iter().map(|count| json!(count))).collect()
}

fn compare_caseload(published: &Caseload, table: &str, year: i32, by: CaseloadBy, expected: &Cells) {
    // What is known today of that day, and what was known on it; the record begins after the earlier Januaries.
    let then = Some(AsOf::Day(january(year))).filter(|_| year >= 2024);
    for as_of in [None, then] {
        let lines = asked(published.authority, |tx| caseload::count(tx, Some(january(year)), by, as_of)).1;
        let whole: i64 = lines.iter().map(|line| line.plans).sum();
        assert_eq!(whole, i64::from(published.in_january(year)), "{}, {table} of {year}: the whole", published.authority);
        let counted: Cells =
            lines.into_iter().map(|line| (line.group.unwrap_or_else(|| UNKNOWN.to_owned()), json!(line.plans))).collect();
        compare(published.authority, &format!("{table} of {year}, {as_of:?}"), &counted, expected);
    }
}

#[test]
fn every_january_has_the_published_number_of_plans() {
    each(|published| {
        for year in 2019..=2025 {
            let lines = asked(published.authority, |tx| caseload::count(tx, Some(january(year)), CaseloadBy::Sex, None)).1;
            let whole: i64 = lines.iter().map(|line| line.plans).sum();
            assert_eq!(whole, i64::from(published.in_january(year)), "{} in {year}", published.authority);
        }
    });
}

#[test]
fn places_and_needs_are_the_published_ones() {
    each(|published| {
        for (year, places) in [2024, 2025].into_iter().zip(published.places) {
            compare_caseload(published, "places", year, CaseloadBy::Place, &cells(PLACES, places));
            let mut left = places.into_iter();
            let sums = SECTORS.map(|(_, many)| left.by_ref().take(many).sum::<u32>());
            compare_caseload(published, "sectors", year, CaseloadBy::Sector, &cells(SECTORS.map(|(name, _)| name), sums));
        }
        let needs = NEEDS.iter().map(|need| need.code()).chain([UNKNOWN]);
        compare_caseload(published, "needs", 2025, CaseloadBy::Need, &cells(needs, published.needs));
    });
}

#[test]
fn harrow_in_january_2024_has_the_published_phases_and_sexes() {
    let harrow = Caseload::of(310).unwrap();
    compare_caseload(harrow, "phases", 2024, CaseloadBy::Phase, &cells(PHASES, harrow.phases.unwrap()));
    compare_caseload(harrow, "sexes", 2024, CaseloadBy::Sex, &cells(["M", "F"], [1580, 790]));
}

#[test]
fn plans_ceased_in_2023_and_2024_for_the_published_reasons() {
    each(|published| {
        let period = Period { from: day(2023, 1, 1), to: day(2024, 12, 31), group_by: GroupBy::Year };
        let lines = asked(published.authority, |tx| caseload::ceased(tx, period, None)).1;
        let expected = [2023, 2024].into_iter().zip(published.ceased).map(|(year, of)| ceased(year, of));
        let counted: Vec<Value> = lines.into_iter().map(|line| serde_json::to_value(line).unwrap()).collect();
        assert_eq!(counted, expected.collect::<Vec<_>>(), "{}", published.authority);
    });
}

fn ceased(year: i32, of: Ceased) -> Value {
    json!({
        "period": day(year, 1, 1), "total": of.total(), "maximumAge": of.maximum_age, "needsMet": of.needs_met,
        "higherEducation": of.higher_education, "paidEmployment": of.paid_employment, "transferred": of.transferred,
        "noEngagement": of.no_engagement, "leftEngland": of.left_england, "died": of.died, "other": of.other
    })
}

#[test]
fn reviews_stand_in_january_2025_as_published() {
    each(|published| {
        let as_of = Some(AsOf::Day(january(2025)));
        let told = asked(published.authority, |tx| review_statistics::reviews(tx, Some(2024), as_of));
        let told = serde_json::to_value(told).unwrap();
        let of = &published.reviews;
        let met = of.met_2025 + of.met_2024 + of.met_before;
        let decided = of.decided_2025 + of.decided_2024 + of.decided_before;
        let expected = [
            ("/plans", published.in_january(2025)),
            ("/expected", of.expected),
            ("/notExpected", of.not_expected),
            ("/meetings/afterTheYear", of.met_2025),
            ("/meetings/inTheYear", of.met_2024),
            ("/meetings/beforeTheYear", of.met_before),
            ("/meetings/total", met),
            ("/meetings/none", of.never_met),
            ("/decisions/afterTheYear", of.decided_2025),
            ("/decisions/inTheYear", of.decided_2024),
            ("/decisions/beforeTheYear", of.decided_before),
            ("/decisions/notDue", of.not_due),
            ("/decisions/outstanding", of.outstanding),
            ("/decisions/withinFourWeeks", of.within_four_weeks),
            ("/decisions/later", decided - of.within_four_weeks),
            ("/outcomes/amend", of.amend),
            ("/outcomes/cease", of.cease),
            ("/outcomes/maintain", of.maintain + of.unreported),
            ("/outcomes/none", met - decided),
        ];
        let mut expected = cells(expected.map(|(name, _)| name), expected.map(|(_, count)| count));
        let (_, within, later) = FOUR_WEEKS.into_iter().find(|(of, ..)| *of == published.authority).unwrap();
        expected.insert("/decisions/percentageWithinFourWeeks".to_owned(), json!(within));
        expected.insert("/decisions/percentageLater".to_owned(), json!(later));
        let counted = expected.keys().map(|name| (name.clone(), told.pointer(name).cloned().unwrap_or_default())).collect();
        compare(published.authority, "reviews", &counted, &expected);
    });
}
