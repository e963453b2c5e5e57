//! What stands does not depend on the order in which it was entered, and nothing that is entered makes the fold stumble.

use std::collections::BTreeSet;

use ehc_casework::record::*;
use proptest::prelude::*;

use crate::worlds::{CASE, CHILD, EVENT, columns, day, entry, every_kind, file, id, request};

/// Facts of a child's file, each with its day or without one.
fn facts() -> impl Strategy<Value = Vec<(Option<u64>, Fact)>> {
    let kinds = every_kind();
    let one = (proptest::option::weighted(0.9, 0..400_u64), 0..kinds.len()).prop_map(move |(on, at)| (on, kinds[at].clone()));
    proptest::collection::vec(one, 0..30)
}

fn entries(facts: &[(Option<u64>, Fact)]) -> Vec<Entry> {
    let one = |(at, (on, fact)): (usize, &(Option<u64>, Fact))| {
        entry(at as i32 + 1, id(EVENT, at as u8 + 1), on.map(day), fact.clone())
    };
    facts.iter().enumerate().map(one).collect()
}

proptest! {
    #[test]
    fn any_entries_at_all_fold_into_a_file_whose_views_can_be_made(facts in facts()) {
        let file = File::fold(id(CHILD, 1), &entries(&facts));
        let rows = rows_of_file(&file);
        for case in file.cases() {
            prop_assert!(Case::of(&file, case).is_some());
        }
        let _ = (contradictions(&file, day(500)), findings(&file), rows);
    }

    #[test]
    fn no_two_rows_of_a_view_have_one_key(facts in facts()) {
        let file = File::fold(id(CHILD, 1), &entries(&facts));
        let mut keys = BTreeSet::new();
        for (view, row) in rows_of_file(&file).iter() {
            prop_assert_eq!(view.key().iter().filter(|column| !columns(&row)[**column].is_null()).count(), view.key().len());
            prop_assert!(keys.insert((view, row.key)));
        }
    }

    #[test]
    fn the_order_of_entry_changes_nothing(facts in facts(), shuffled in Just(()).prop_perturb(|(), mut rng| rng.random::<u64>())) {
        // A correction speaks of what was entered before it, what is said anew of a relationship takes its place, and an adoption
        // puts it away; all else may be entered in any order.
        let by_order = |fact: &Fact| {
            let in_place_of = matches!(fact, Fact::RelationshipRecorded { .. } | Fact::RelationshipEnded { .. });
            fact.corrects().is_some() || in_place_of || matches!(fact, Fact::IdentitySealed {})
        };
        let originals: Vec<_> = entries(&facts).into_iter().filter(|e| !by_order(&e.body.fact)).collect();
        let mut others = originals.clone();
        let mut seed = shuffled;
        for at in (1..others.len()).rev() {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            others.swap(at, (seed >> 33) as usize % (at + 1));
        }
        for (at, entry) in others.iter_mut().enumerate() {
            entry.seq = at as i32 + 1;
        }
        let (one, other) = (File::fold(id(CHILD, 1), &originals), File::fold(id(CHILD, 1), &others));
        prop_assert_eq!(rows_of_file(&one), rows_of_file(&other));
        prop_assert_eq!(findings(&one), findings(&other));
    }

    #[test]
    fn the_views_of_a_file_are_reached_step_by_step_as_at_once(facts in facts()) {
        let entries = entries(&facts);
        let mut rows = rows_of_file(&File::empty(id(CHILD, 1)));
        for upto in 1..=entries.len() {
            let after = rows_after(&File::fold(id(CHILD, 1), &entries[..upto]), &rows);
            let change = rows.changed_to(&after);
            prop_assert!(rows == after || !change.closed.is_empty() || !change.opened.is_empty());
            rows = after;
        }
        prop_assert_eq!(rows, rows_of_file(&File::fold(id(CHILD, 1), &entries)));
    }
}

#[test]
fn the_latest_correction_wins_and_a_strike_takes_the_fact_away() {
    let case: CaseId = id(CASE, 1);
    let correct = |on: u64| Fact::Corrected { of: id(EVENT, 1), occurred_on: Some(day(on)), fact: Box::new(request()) };
    let received = |file: &File| Case::of(file, case).and_then(|case| case.received_on);
    assert_eq!(received(&file(vec![(5, request())])), Some(day(5)));
    assert_eq!(received(&file(vec![(5, request()), (6, correct(2)), (7, correct(3))])), Some(day(3)));
    assert_eq!(received(&file(vec![(5, request()), (6, correct(2)), (7, Fact::Struck { of: id(EVENT, 1) })])), None);
    assert_eq!(received(&file(vec![(5, request()), (6, Fact::Struck { of: id(EVENT, 1) }), (7, correct(2))])), Some(day(2)));
}

#[test]
fn what_happened_on_an_unknown_day_starts_no_clock() {
    let entries = [entry(1, id(EVENT, 1), None, request())];
    let file = File::fold(id(CHILD, 1), &entries);
    assert!(facts_of(&file).is_empty());
    assert_eq!(Case::of(&file, id(CASE, 1)).unwrap().received_on, None);
}

fn facts_of(file: &File) -> Vec<ehc_casework::law::Fact> {
    ehc_casework::record::facts(file, id(CASE, 1))
}
