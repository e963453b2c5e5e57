//! THE REGISTER: every limit the law sets, one constant row each, by topic.
//!
//! | topic | rows |
//! | --- | --- |
//! | [`assessment`] | D-6W, D-16W, D-20W, D-ADV; DT-6W, DT-16W, DT-20W for detained persons |
//! | [`plan`] | D-DRAFT, D-REPS15, D-SCHCONS15, CE-2, PB-1 |
//! | [`review`] | D-AR12, D-AR-U5, -NOTICE, -DOCS, -REPORT, -DEC, -AMEND, -REPS, -FINAL8, -FINAL12, -NOAMEND, -LIST |
//! | [`transition`] | PH-1, PH-2, PH-3 (phase transfers), RA-1, RA-2 (reassessment) |
//! | [`mediation`] | M-CONTACT, M-CERT-*, M-HEALTH, M-ARR-*, M-DO-*, M-TELL |
//! | [`appeal`] | AP-1, AP-2, T45-* (unopposed), REC-5W |
//! | [`order`] | T44-* |
//! | [`moves`] | MV-1 to MV-3, IC-1 to IC-3, LAC-1 to LAC-3 |
//!
//! A change of law adds a row with its own `in_force` and gives the old one an end; then [`REGISTER_VERSION`] changes.

mod appeal;
mod assessment;
mod mediation;
mod moves;
mod order;
mod plan;
mod review;
mod transition;
#[cfg(test)]
mod worked;

use std::sync::LazyLock;

use super::fact_kind::FactKind;
use super::rule::Rule;

pub(super) use review::REVIEW_YEAR_STARTS;
pub use review::{last_day_of_decision, last_day_to_meet};

/// Changes whenever a row or a way of counting changes; what was computed under another version is computed anew.
pub const REGISTER_VERSION: &str = "2026-11-22.3";

/// The rows about one matter, as a reader looks for them.
#[derive(Debug)]
pub struct Topic {
    /// A short name for links, in lower-case letters.
    pub name: &'static str,
    /// The heading over its rows.
    pub title: &'static str,
    /// Its rows, in the order of the register.
    pub rules: &'static [Rule],
}

/// Every topic, in the order of the register.
pub static TOPICS: [Topic; 8] = [
    Topic { name: "assessment", title: "Requests and assessments", rules: assessment::RULES },
    Topic { name: "plan", title: "Draft plans, ceasing a plan, direct payments", rules: plan::RULES },
    Topic { name: "review", title: "Reviews", rules: review::RULES },
    Topic { name: "transition", title: "Phase transfers and reassessments", rules: transition::RULES },
    Topic { name: "mediation", title: "Mediation", rules: mediation::RULES },
    Topic { name: "appeal", title: "Appeals, unopposed appeals, recommendations", rules: appeal::RULES },
    Topic { name: "order", title: "Orders of the Tribunal", rules: order::RULES },
    Topic { name: "moves", title: "Moves, health bodies, looked-after children", rules: moves::RULES },
];

/// The rows that a kind of fact can start, by the kind's position.
static STARTED_BY: LazyLock<Vec<Vec<&'static Rule>>> = LazyLock::new(|| {
    let starts = |kind: FactKind| rules().filter(|rule| rule.starts_from.iter().any(|when| when.fact == kind)).collect();
    FactKind::ALL.iter().map(|kind| starts(*kind)).collect()
});

/// Every row, in the order of the register.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    TOPICS.iter().flat_map(|topic| topic.rules.iter())
}

/// The row of that id; the first of them where several share it, see [`rules`].
pub fn rule(id: &str) -> Option<&'static Rule> {
    rules().find(|rule| rule.id == id)
}

/// The rows that a fact of that kind can start.
pub(super) fn started_by(kind: FactKind) -> &'static [&'static Rule] {
    STARTED_BY.get(kind as usize).map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::law::exception::{EXCEPTIONS, exception};
    use crate::law::rule::{Nature, Strength};

    #[test]
    fn every_excuse_a_row_names_is_in_the_catalogue_and_every_exception_excuses_something() {
        let named: BTreeSet<_> = rules().flat_map(|rule| rule.excused_by).copied().collect();
        assert!(named.iter().all(|paragraph| exception(paragraph).is_some()));
        assert!(EXCEPTIONS.iter().all(|exception| named.contains(exception.paragraph)));
    }

    #[test]
    fn every_row_says_what_starts_and_what_meets_it() {
        for rule in rules() {
            assert!(!rule.id.is_empty() && !rule.duty.is_empty(), "{}", rule.id);
            assert!(!rule.starts_from.is_empty() && !rule.met_by.is_empty(), "{}", rule.id);
            assert!(!rule.source.cite().text.is_empty(), "{}", rule.id);
        }
    }

    #[test]
    fn rows_that_share_an_id_differ_in_duty_or_in_when_they_hold() {
        let keys: Vec<_> = rules().map(|rule| (rule.id, rule.duty, rule.in_force.from)).collect();
        assert_eq!(keys.iter().collect::<BTreeSet<_>>().len(), keys.len());
    }

    #[test]
    fn the_kinds_stand_at_their_own_position() {
        assert!(FactKind::ALL.iter().enumerate().all(|(position, kind)| *kind as usize == position));
    }

    #[test]
    fn every_kind_of_fact_serves_a_row_or_is_one_the_engine_reads() {
        let used: BTreeSet<_> = rules()
            .flat_map(|rule| [rule.starts_from, rule.met_by, rule.ended_by, rule.set_aside_by, rule.restored_by])
            .flatten()
            .map(|when| when.fact)
            .chain([FactKind::ExceptionClaimed, FactKind::ChildBorn])
            .collect();
        let idle: Vec<_> = FactKind::ALL.iter().filter(|kind| !used.contains(kind)).collect();
        assert!(idle.is_empty(), "{idle:?}");
    }

    #[test]
    fn a_window_says_what_would_cut_it_short() {
        assert!(rules().filter(|rule| rule.nature == Nature::Window).all(|rule| !rule.ended_by.is_empty()));
    }

    #[test]
    fn guidance_is_never_called_statute() {
        for rule in rules().filter(|rule| rule.source.cite().text.starts_with("SEND Code")) {
            assert_eq!(rule.strength, Strength::Guidance, "{}", rule.id);
        }
    }
}
