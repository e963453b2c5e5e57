//! Where do the published rows contradict themselves, and does the page about them say so?

use super::*;

/// Where the parts of a published row do not add up to its whole, in words.
fn contradictions(published: &Published) -> Vec<String> {
    let mut found = Vec::new();
    let mut expect = |what: &str, parts: u32, whole: u32| {
        if parts != whole {
            found.push(format!("{} {}: {what}: {parts}, not {whole}", published.authority, published.year));
        }
    };
    let requests = &published.requests;
    let decided = requests.assessed + requests.refused;
    expect("outcomes of requests received", decided + requests.undecided + requests.withdrawn, requests.received);
    let assessments = &published.assessments;
    let ended = assessments.issued + assessments.not_issued + assessments.undecided + assessments.withdrawn;
    expect("outcomes of assessments completed", ended, assessments.completed);
    let timed = assessments.not_issued_within_16_weeks + assessments.not_issued_later;
    expect("refusals to issue, timed", timed, assessments.not_issued);
    for (kind, plans) in [("all plans", published.timeliness), ("unexcused plans", published.timeliness_without_exceptions)] {
        expect(kind, plans.within_20_weeks + plans.within_52_weeks + plans.over_52_weeks, plans.issued);
    }
    found
}

#[test]
fn the_published_rows_add_up_but_for_what_is_undated() {
    let found: Vec<String> = PUBLISHED.iter().flat_map(contradictions).collect();
    assert_eq!(
        found,
        [
            "309 2023: all plans: 223, not 225",
            "309 2023: unexcused plans: 220, not 222",
            "309 2024: refusals to issue, timed: 30, not 31",
        ]
    );
}

#[test]
fn decisions_of_a_year_are_not_the_decisions_on_the_requests_of_that_year() {
    let differences: Vec<(u16, i32, i64)> = PUBLISHED
        .iter()
        .map(|published| {
            let requests = &published.requests;
            let made = requests.decided_within_6_weeks + requests.decided_later;
            (published.authority, published.year, i64::from(made) - i64::from(requests.assessed + requests.refused))
        })
        .collect();
    assert_eq!(
        differences,
        [(311, 2023, 15), (311, 2024, 17), (309, 2023, -14), (309, 2024, -13), (310, 2023, 55), (310, 2024, 39)]
    );
}

#[test]
fn the_page_about_the_figures_names_each_cell_that_contradicts_another() {
    let page = include_str!("../../../docs/published-figures.md");
    for published in &PUBLISHED {
        let name = match published.authority {
            309 => "Haringey",
            310 => "Harrow",
            _ => "Havering",
        };
        let Published { year, requests, timeliness, timeliness_without_exceptions: unexcused, assessments, .. } = published;
        let timed = requests.decided_within_6_weeks + requests.decided_later;
        let decided = requests.assessed + requests.refused;
        assert!(page.contains(&format!("| {name} | {year} | {timed} | {decided} |")), "{name} {year}");
        let no_plan_timed = assessments.not_issued_within_16_weeks + assessments.not_issued_later;
        for (cell, whole, parts) in [
            ("plans_issued_den", timeliness.issued, timeliness.issued - timeliness.undated()),
            ("plans_issued_den_ex", unexcused.issued, unexcused.issued - unexcused.undated()),
            ("assess_not_issued", assessments.not_issued, no_plan_timed),
        ] {
            let row = format!("| {name} | {year} | `{cell}` | {whole} | {parts} |");
            assert_eq!(page.contains(&row), whole != parts, "{row}");
        }
    }
}

#[test]
fn plans_measured_are_the_plans_issued_but_for_the_contested() {
    let contested: Vec<(u16, i32, u32)> = PUBLISHED
        .iter()
        .map(|published| (published.authority, published.year, published.assessments.issued - published.timeliness.issued))
        .collect();
    assert_eq!(contested, [(311, 2023, 0), (311, 2024, 0), (309, 2023, 61), (309, 2024, 10), (310, 2023, 2), (310, 2024, 1)]);
}

#[test]
fn each_authority_has_its_years_in_order() {
    for authority in Published::AUTHORITIES {
        assert_eq!(Published::of(authority).map(|published| published.year).collect::<Vec<_>>(), [2023, 2024]);
    }
    assert_eq!(PUBLISHED.len(), 2 * Published::AUTHORITIES.len());
}

#[test]
fn an_unknown_authority_has_no_figures() {
    assert_eq!(Published::of(312).count(), 0);
}
