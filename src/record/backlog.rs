//! In which week would those be taken on who wait for a place, if every free place went to them?

/// How many still wait at the end of each week. `weeks` are the places of each and how many of these are taken already; a place
/// that is not taken goes to somebody who waits.
pub fn waiting_after(unallocated: i64, weeks: impl IntoIterator<Item = (i64, i64)>) -> Vec<i64> {
    weeks
        .into_iter()
        .scan(unallocated, |waiting, (places, taken)| {
            let free = (places - taken).max(0);
            *waiting = (*waiting - free).max(0);
            Some(*waiting)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn free_places_go_to_those_who_wait_until_nobody_does() {
        assert_eq!(waiting_after(5, [(2, 0), (2, 1), (2, 0), (2, 0)]), [3, 2, 0, 0]);
    }

    #[test]
    fn a_week_in_which_more_was_taken_on_than_there_are_places_has_no_place_and_takes_none_back() {
        assert_eq!(waiting_after(2, [(1, 3), (0, 0), (1, 0)]), [2, 2, 1]);
    }

    #[test]
    fn nobody_waits_where_nobody_did() {
        assert_eq!(waiting_after(0, [(0, 0), (3, 1)]), [0, 0]);
        assert_eq!(waiting_after(4, []), Vec::<i64>::new());
    }
}
