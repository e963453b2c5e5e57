//! Is a child where two schools could both say they are, or on a part-time timetable that nobody has set an end to?

use super::{Found, in_words};
use crate::law::Citation;
use crate::record::{File, Schooling};

/// A pupil who is registered elsewhere leaves the register, unless the schools agree that both keep the child on it.
const ONE_SCHOOL: Citation = Citation::new(
    "School Attendance (Pupil Registration) (England) Regulations 2024, reg. 9(1)(a)",
    "https://www.legislation.gov.uk/uksi/2024/208/regulation/9",
);
/// A part-time timetable has a time limit.
const TIME_LIMIT: Citation = Citation::new(
    "Department for Education, Working together to improve school attendance (statutory guidance)",
    "https://www.gov.uk/government/publications/working-together-to-improve-school-attendance",
);

pub(super) fn look_at(file: &File, found: &mut Found) {
    let placements = Schooling::all(file);
    for (place, one) in placements.iter().enumerate() {
        if let Some(before) =
            placements[..place].iter().find(|before| !before.alongside && !one.alongside && before.overlaps(one))
        {
            found.add(
                one.id.0,
                "placements_overlap",
                format!(
                    "The child is recorded in two places at once from {}, and neither is said to go beside the other. A pupil is \
                     registered at two schools only where they agreed on it.",
                    in_words(one.from.max(before.from))
                ),
                ONE_SCHOOL,
            );
        }
        if one.terms.iter().any(|(_, terms)| terms.part_time.as_ref().is_some_and(|part| part.until.is_none())) {
            found.add(
                one.id.0,
                "part_time_without_end",
                "A part-time timetable is for the shortest time there has to be, and has a day by which the child is to attend full time.",
                TIME_LIMIT,
            );
        }
    }
}
