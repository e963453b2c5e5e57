//! Where is the child really taught, and since when? Not what a plan names, but where they go.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr};
use utoipa::ToSchema;

use super::fact::Fact;
use super::file::File;
use super::ids::{EventId, PlacementId};
use super::organisation::Organisation;
use super::placement_terms::{PlacementKind, PlacementTerms};

/// That a child came back from alternative provision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reintegration {
    /// The entry, whose detail says what the place did for the child.
    pub event: EventId,
    /// The day, where known.
    pub on: Option<NaiveDate>,
    /// Where to.
    pub setting: Option<Organisation>,
    /// Whether for the whole of the week.
    pub full_time: bool,
}

/// How a placement stands beside the child's others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema, EnumString, IntoStaticStr)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Registration {
    /// The child goes nowhere else.
    #[default]
    Only,
    /// The main one of two: dual registration.
    Main,
    /// The one beside it.
    Subsidiary,
}

impl Registration {
    /// The name the API and the views use.
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}

/// One placement: the child is taught somewhere from one day to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schooling {
    /// Its id.
    pub id: PlacementId,
    /// The entry that recorded it.
    pub event: EventId,
    /// What kind of place it is.
    pub kind: PlacementKind,
    /// The setting; none where the child is taught at none, or not at all.
    pub setting: Option<Organisation>,
    /// The first day there; it may lie ahead.
    pub from: NaiveDate,
    /// The last day there, once that is known; it may lie ahead.
    pub until: Option<NaiveDate>,
    /// Whether the child goes there beside another setting.
    pub alongside: bool,
    /// On what terms, each from a day on; the last that has begun holds.
    pub terms: Vec<(NaiveDate, PlacementTerms)>,
    /// That the child came back from it, once they did.
    pub reintegrated: Option<Reintegration>,
}

impl Schooling {
    /// Every placement in the file, by its first day.
    pub fn all(file: &File) -> Vec<Self> {
        let began = file.standing().iter().filter_map(|s| match &s.fact {
            Fact::PlacementBegan { placement, placement_kind, setting, from, alongside, terms } => Some(Self {
                id: *placement,
                event: s.event,
                kind: *placement_kind,
                setting: setting.clone(),
                from: *from,
                until: None,
                alongside: *alongside,
                terms: terms.iter().map(|terms| (*from, (**terms).clone())).collect(),
                reintegrated: None,
            }),
            _ => None,
        });
        let mut all: Vec<Self> = Vec::new();
        for one in began {
            // An id stands for one placement.
            if !all.iter().any(|known| known.id == one.id) {
                all.push(one);
            }
        }
        if all.is_empty() {
            return all;
        }
        let of = |id| move |known: &&mut Self| known.id == id;
        for standing in file.standing() {
            match &standing.fact {
                Fact::PlacementEnded { placement, last_day } => {
                    all.iter_mut().filter(of(*placement)).for_each(|known| known.until = Some(*last_day));
                }
                Fact::Reintegrated { placement, setting, full_time } => {
                    let (event, on, setting) = (standing.event, standing.day(), setting.clone());
                    let back = Reintegration { event, on, setting, full_time: *full_time };
                    all.iter_mut().filter(of(*placement)).for_each(|known| known.reintegrated = Some(back.clone()));
                }
                _ => {}
            }
        }
        // Of terms from one day those hold that were recorded last.
        let mut later: Vec<_> = file.standing().iter().collect();
        later.sort_by_key(|standing| standing.seq);
        for standing in later {
            let Fact::PlacementTermsChanged { placement, from, terms } = &standing.fact else { continue };
            for known in all.iter_mut().filter(of(*placement)) {
                known.terms.retain(|(day, _)| day != from);
                known.terms.push((*from, (**terms).clone()));
                known.terms.sort_by_key(|(day, _)| *day);
            }
        }
        all.sort_by_key(|placement| (placement.from, placement.id));
        all
    }

    /// Whether two placements hold on some day both.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.until.is_none_or(|last| other.from <= last) && other.until.is_none_or(|last| self.from <= last)
    }

    /// How it stands beside the child's others.
    pub fn registration(&self, all: &[Self]) -> Registration {
        if self.alongside {
            Registration::Subsidiary
        } else if all.iter().any(|other| other.alongside && other.overlaps(self)) {
            Registration::Main
        } else {
            Registration::Only
        }
    }

    /// The first day on which the child is there no more.
    pub fn left_on(&self) -> Option<NaiveDate> {
        self.until.and_then(|last| last.succ_opt())
    }

    /// Whether the child is there, or is to be, on a day.
    pub fn holds_on(&self, day: NaiveDate) -> bool {
        self.from <= day && self.until.is_none_or(|last| day <= last)
    }
}

/// The placement that an entry speaks of, if of one.
pub(super) fn spoken_of(fact: &Fact) -> Option<PlacementId> {
    match fact {
        Fact::PlacementBegan { placement, .. }
        | Fact::PlacementTermsChanged { placement, .. }
        | Fact::Reintegrated { placement, .. }
        | Fact::PlacementEnded { placement, .. }
        | Fact::DaysOut { placement, .. } => Some(*placement),
        _ => None,
    }
}

/// The terms that hold on a day, of those in turn, each from a day on; before the first day there, those it begins on.
pub fn terms_on(terms: &[(NaiveDate, PlacementTerms)], begins: NaiveDate, day: NaiveDate) -> Option<&PlacementTerms> {
    terms.iter().rfind(|(from, _)| *from <= day.max(begins)).map(|(_, terms)| terms)
}

/// The first day on which a child who was known to be at a setting, or named for it, since some day is there no more. What is recorded of
/// the setting itself tells; where nothing is, a later placement elsewhere does, unless the child goes there beside it.
pub fn left_since(placements: &[Schooling], setting: &Organisation, since: NaiveDate) -> Option<NaiveDate> {
    let is_here = |one: &Schooling| one.setting.as_ref() == Some(setting);
    let here = placements.iter().filter(|one| is_here(one) && one.until.is_none_or(|last| last >= since));
    match here.map(Schooling::left_on).reduce(|one, other| one.zip(other).map(|(one, other)| one.max(other))) {
        Some(left) => left,
        None => {
            let elsewhere = placements.iter().filter(|one| !is_here(one) && !one.alongside);
            elsewhere.map(|one| one.from).filter(|from| *from > since).min()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn placed(urn: &str, from: &str, until: Option<&str>, alongside: bool) -> Schooling {
        Schooling {
            id: PlacementId(uuid::Uuid::nil()),
            event: EventId(uuid::Uuid::nil()),
            kind: PlacementKind::Setting,
            setting: urn.parse().ok(),
            from: day(from),
            until: until.map(day),
            alongside,
            terms: Vec::new(),
            reintegrated: None,
        }
    }

    fn left(placements: &[Schooling]) -> Option<NaiveDate> {
        left_since(placements, &"urn:900001".parse().unwrap(), day("2026-01-05"))
    }

    #[test]
    fn a_setting_is_left_the_day_after_the_last_day_there() {
        let there = placed("urn:900001", "2025-09-01", Some("2026-03-27"), false);
        assert_eq!(left(std::slice::from_ref(&there)), Some(day("2026-03-28")));
        assert_eq!(left(&[there, placed("urn:900001", "2026-06-01", None, false)]), None, "the child came back");
    }

    #[test]
    fn where_nothing_is_recorded_of_a_setting_a_later_placement_elsewhere_tells_that_it_was_left() {
        assert_eq!(left(&[placed("urn:900002", "2026-04-13", None, false)]), Some(day("2026-04-13")));
        assert_eq!(left(&[placed("urn:900002", "2026-04-13", None, true)]), None, "attended beside it");
        assert_eq!(left(&[placed("urn:900002", "2026-01-05", None, false)]), None, "what was said that day stands");
    }

    #[test]
    fn placements_overlap_on_a_day_they_share_and_not_when_one_begins_the_day_after() {
        let first = placed("urn:900001", "2025-09-01", Some("2026-03-27"), false);
        assert!(first.overlaps(&placed("urn:900002", "2026-03-27", None, false)));
        assert!(!first.overlaps(&placed("urn:900002", "2026-03-28", None, false)));
    }

    #[test]
    fn of_two_that_overlap_the_one_beside_is_subsidiary_and_the_other_main() {
        let all = [placed("urn:900001", "2025-09-01", None, false), placed("urn:900002", "2026-01-05", Some("2026-02-13"), true)];
        assert_eq!(all[0].registration(&all), Registration::Main);
        assert_eq!(all[1].registration(&all), Registration::Subsidiary);
        assert_eq!(all[0].registration(&all[..1]), Registration::Only);
    }

    #[test]
    fn the_terms_that_began_last_hold_and_before_the_first_day_those_it_begins_on() {
        let hours = |weekly_hours| PlacementTerms { weekly_hours: Some(weekly_hours), ..PlacementTerms::default() };
        let terms = [(day("2026-01-05"), hours(25)), (day("2026-04-13"), hours(12))];
        let on = |text: &str| terms_on(&terms, day("2026-01-05"), day(text)).and_then(|terms| terms.weekly_hours);
        assert_eq!(["2025-12-01", "2026-04-12", "2026-04-13"].map(on), [Some(25), Some(25), Some(12)]);
    }

    #[test]
    fn a_setting_the_child_is_to_come_to_is_not_left_because_of_another_in_between() {
        let there = [placed("urn:900002", "2026-04-13", None, false), placed("urn:900001", "2026-09-01", None, false)];
        assert_eq!(left(&there), None);
    }
}
