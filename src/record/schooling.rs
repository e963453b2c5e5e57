//! Where is the child really taught, and since when? Not what a plan names, but where they go.

use chrono::NaiveDate;

use super::fact::Fact;
use super::file::File;
use super::ids::{EventId, PlacementId};
use super::organisation::Organisation;

/// One placement: the child is taught at a setting from one day to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schooling {
    /// Its id.
    pub id: PlacementId,
    /// The entry that recorded it.
    pub event: EventId,
    /// The setting.
    pub setting: Organisation,
    /// The first day there; it may lie ahead.
    pub from: NaiveDate,
    /// The last day there, once that is known; it may lie ahead.
    pub until: Option<NaiveDate>,
    /// Whether the child goes there beside another setting.
    pub alongside: bool,
}

impl Schooling {
    /// Every placement in the file, by its first day.
    pub fn all(file: &File) -> Vec<Self> {
        let began = file.standing().iter().filter_map(|s| match &s.fact {
            Fact::PlacementBegan { placement, setting, from, alongside } => Some(Self {
                id: *placement,
                event: s.event,
                setting: setting.clone(),
                from: *from,
                until: None,
                alongside: *alongside,
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
        for standing in file.standing() {
            if let Fact::PlacementEnded { placement, last_day } = standing.fact
                && let Some(known) = all.iter_mut().find(|known| known.id == placement)
            {
                known.until = Some(last_day);
            }
        }
        all.sort_by_key(|placement| (placement.from, placement.id));
        all
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

/// The first day on which a child who was known to be at a setting, or named for it, since some day is there no more. What is recorded of
/// the setting itself tells; where nothing is, a later placement elsewhere does, unless the child goes there beside it.
pub fn left_since(placements: &[Schooling], setting: &Organisation, since: NaiveDate) -> Option<NaiveDate> {
    let here = placements.iter().filter(|one| one.setting == *setting && one.until.is_none_or(|last| last >= since));
    match here.map(Schooling::left_on).reduce(|one, other| one.zip(other).map(|(one, other)| one.max(other))) {
        Some(left) => left,
        None => {
            let elsewhere = placements.iter().filter(|one| one.setting != *setting && !one.alongside);
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
            setting: urn.parse().unwrap(),
            from: day(from),
            until: until.map(day),
            alongside,
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
    fn a_setting_the_child_is_to_come_to_is_not_left_because_of_another_in_between() {
        let there = [placed("urn:900002", "2026-04-13", None, false), placed("urn:900001", "2026-09-01", None, false)];
        assert_eq!(left(&there), None);
    }
}
