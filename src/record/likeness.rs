//! May two identities be the same child's?
//!
//! Letters misspell names, leave out accents, swap given and family names, and write the month before the day. Nothing here decides
//! that two children are one: it only says where staff should look.

use chrono::{Datelike, NaiveDate};
use deunicode::deunicode;
use strsim::damerau_levenshtein;

use super::identity::Identity;

/// How much two identities look alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likeness {
    /// They may be the same child's: staff should look.
    Possible,
    /// They are the same child's: the same unique pupil number, names that agree, and no other date of birth.
    Same,
}

/// How much two identities look alike; none when nothing speaks for it.
pub fn likeness(one: &Identity, other: &Identity) -> Option<Likeness> {
    let upn = one.upn.is_some() && one.upn == other.upn;
    let uln = one.uln.is_some() && one.uln == other.uln;
    let names = names(one, other);
    let birth = birth(one.born_on, other.born_on);
    if upn && names.is_some() && matches!(birth, Birth::Same | Birth::Unknown) {
        return Some(Likeness::Same);
    }
    let alike =
        matches!((names, birth), (Some(_), Birth::Same | Birth::Swapped) | (Some(Names::Same), Birth::Unknown | Birth::Near));
    (upn || uln || alike).then_some(Likeness::Possible)
}

/// The dates of birth that a day can have been written for: itself, and with day and month swapped.
pub fn readings(born_on: NaiveDate) -> Vec<NaiveDate> {
    let swapped = NaiveDate::from_ymd_opt(born_on.year(), born_on.day(), born_on.month());
    [born_on].into_iter().chain(swapped.filter(|day| *day != born_on)).collect()
}

#[derive(PartialEq, Eq)]
enum Names {
    Same,
    Close,
}

fn names(one: &Identity, other: &Identity) -> Option<Names> {
    let (given, family) = (plain(&one.given_name), plain(&one.family_name));
    let (other_given, other_family) = (plain(&other.given_name), plain(&other.family_name));
    if given.is_empty() && family.is_empty() {
        return None;
    }
    let straight = (&given, &family) == (&other_given, &other_family);
    let swapped = (&given, &family) == (&other_family, &other_given);
    if straight || swapped {
        return Some(Names::Same);
    }
    let close_straight = close(&given, &other_given) && close(&family, &other_family);
    let close_swapped = close(&given, &other_family) && close(&family, &other_given);
    (close_straight || close_swapped).then_some(Names::Close)
}

/// A name without case, accents, spaces and punctuation, in Latin letters.
fn plain(name: &str) -> String {
    deunicode(name).chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_lowercase()).collect()
}

/// One slip of the pen, two in a long name.
fn close(one: &str, other: &str) -> bool {
    let shorter = one.len().min(other.len());
    let slips = match shorter {
        0..=2 => 0,
        3..=7 => 1,
        _ => 2,
    };
    damerau_levenshtein(one, other) <= slips
}

enum Birth {
    Same,
    Swapped,
    Near,
    Unknown,
    Other,
}

fn birth(one: Option<NaiveDate>, other: Option<NaiveDate>) -> Birth {
    let (Some(one), Some(other)) = (one, other) else { return Birth::Unknown };
    if one == other {
        return Birth::Same;
    }
    if readings(one).contains(&other) {
        return Birth::Swapped;
    }
    let same = [one.year() == other.year(), one.month() == other.month(), one.day() == other.day()];
    if same.iter().filter(|same| **same).count() == 2 { Birth::Near } else { Birth::Other }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn child(given: &str, family: &str, born: &str) -> Identity {
        Identity {
            given_name: given.into(),
            family_name: family.into(),
            born_on: born.parse().ok(),
            sex: None,
            ethnicity: None,
            upn: None,
            uln: None,
            upn_unknown: None,
            postcode: None,
            needs: Vec::new(),
        }
    }

    fn alike(one: &Identity, other: &Identity) -> Option<Likeness> {
        let both = (likeness(one, other), likeness(other, one));
        assert_eq!(both.0, both.1, "it does not matter who is asked about first");
        both.0
    }

    #[test]
    fn case_accents_punctuation_and_swapped_names_make_no_difference() {
        let one = child("Zoë", "O’Brien-Łaska", "2017-03-14");
        for other in [
            child("zoe", "OBRIEN LASKA", "2017-03-14"),
            child("O'Brien Laska", "Zoe", "2017-03-14"),
            child("Zoe", "O'Brien-Laska", ""),
        ] {
            assert_eq!(alike(&one, &other), Some(Likeness::Possible), "{other:?}");
        }
    }

    #[test]
    fn one_slip_in_a_name_is_forgiven_on_the_same_day_and_only_there() {
        let one = child("Amira", "Example", "2017-03-14");
        assert_eq!(alike(&one, &child("Amria", "Example", "2017-03-14")), Some(Likeness::Possible));
        assert_eq!(alike(&one, &child("Amira", "Exampel", "2017-03-14")), Some(Likeness::Possible));
        assert_eq!(alike(&one, &child("Amy", "Example", "2017-03-14")), None);
        assert_eq!(alike(&one, &child("Amria", "Example", "2017-03-15")), None, "a near day");
        assert_eq!(alike(&one, &child("Amria", "Example", "")), None, "no day");
    }

    #[test]
    fn a_day_and_month_swapped_are_one_day_and_one_wrong_part_is_near() {
        let one = child("Amira", "Example", "2017-03-04");
        assert_eq!(alike(&one, &child("Amira", "Example", "2017-04-03")), Some(Likeness::Possible));
        assert_eq!(alike(&one, &child("Amria", "Example", "2017-04-03")), Some(Likeness::Possible));
        assert_eq!(alike(&one, &child("Amira", "Example", "2016-03-04")), Some(Likeness::Possible));
        assert_eq!(alike(&one, &child("Amira", "Example", "2016-03-05")), None);
    }

    #[test]
    fn a_shared_number_is_enough_to_look_and_takes_names_that_agree_to_be_sure() {
        let with = |mut child: Identity| {
            child.upn = "H311400125001".parse().ok();
            child
        };
        let one = with(child("Amira", "Example", "2017-03-14"));
        assert_eq!(alike(&one, &with(child("Amria", "Example", "2017-03-14"))), Some(Likeness::Same));
        assert_eq!(alike(&one, &with(child("Amira", "Example", ""))), Some(Likeness::Same));
        assert_eq!(alike(&one, &with(child("Zara", "Example", "2017-03-14"))), Some(Likeness::Possible), "a twin's");
        assert_eq!(alike(&one, &with(child("Amira", "Example", "2016-03-14"))), Some(Likeness::Possible));
        assert_eq!(alike(&one, &child("Zara", "Other", "2012-01-01")), None);
    }

    #[test]
    fn nothing_in_common_and_no_numbers_is_nobody_alike() {
        assert_eq!(alike(&child("", "", ""), &child("", "", "")), None);
    }
}
