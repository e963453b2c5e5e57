//! Which national curriculum year is a child in, and what is set for them beside their age?

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::recording::{Receipt, Step, open_child, record_of_child};
use super::{Error, wrong};
use crate::db::Tx;
use crate::record::*;

/// Says that a child is in another year group than others of their age.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"ahead": -1, "from": 2026, "why": "held_back", "words": "Repeats Year 5, as the family and the school agreed."}))]
pub struct SetYearGroup {
    /// By how many year groups they are ahead of others of their age; below 0: behind; 0: with them again.
    #[schema(minimum = -3, maximum = 3)]
    pub ahead: i8,
    /// The first school year in which they are, by the calendar year it begins in.
    #[schema(minimum = 2000, maximum = 2100)]
    pub from: SchoolYear,
    /// Why.
    pub why: YearGroupReason,
    /// Why in full, and who agreed. For staff.
    #[schema(max_length = 5000)]
    pub words: Option<String>,
}

/// A child's year group.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct YearGroupView {
    /// The national curriculum year they are in: 6 is Year 6, 0 Reception; below 0 is before school.
    pub group: YearGroup,
    /// That of others of their age.
    pub by_age: YearGroup,
    /// The phase of education.
    pub phase: AgePhase,
    /// The school year, by the calendar year it begins in.
    pub school_year: SchoolYear,
}

impl YearGroupView {
    /// The year group of a child of this date of birth on a day.
    pub fn of(file: &File, born: NaiveDate, today: NaiveDate) -> Self {
        let school_year = SchoolYear::of(today);
        let group = YearGroup::of(file, born, school_year);
        Self { group, by_age: YearGroup::by_age(born, school_year), phase: group.phase(), school_year }
    }
}

/// Records that a child is in another year group than others of their age, or with them again.
pub fn set(tx: &mut Tx<'_>, child: ChildId, body: &SetYearGroup) -> Result<Receipt, Error> {
    let fits = match body.why {
        YearGroupReason::Deferred | YearGroupReason::HeldBack => body.ahead < 0,
        YearGroupReason::PutUp => body.ahead > 0,
        YearGroupReason::WithAge => body.ahead == 0,
    };
    if !fits {
        return Err(wrong(
            "/ahead",
            "does_not_fit_the_reason",
            "Is below 0 for who is behind, above for who is ahead, 0 for neither.",
        ));
    }
    let loaded = open_child(tx, child)?;
    let fact = Fact::YearGroupSet { offset: body.ahead, from: body.from, why: body.why };
    let step = Step::on(tx, tx.today(), fact).words(body.words.clone());
    let entry = step.event.0;
    record_of_child(tx, loaded, entry, vec![step])
}
