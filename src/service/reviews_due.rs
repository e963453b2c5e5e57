//! Which reviews are due, and what each still needs: for a school its own pupils' alone.

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};
use strum::VariantArray;
use utoipa::ToSchema;

use super::Error;
use crate::db::Tx;
use crate::record::{ChildId, PlanId, ReviewId};
use crate::store::reviews::{self, Line, Place, Wanted};

/// What is still owed on a review: the `review` itself (a meeting, and after it the authority's decision, within twelve months), the
/// `report` of a meeting that was held, or the authority's `decision` after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema, VariantArray)]
#[serde(rename_all = "snake_case")]
pub enum ReviewNeeds {
    /// The review.
    Review,
    /// The report of its meeting.
    Report,
    /// The authority's decision.
    Decision,
}

impl ReviewNeeds {
    /// The rule of the register that sets its date.
    const fn rule(self) -> &'static str {
        match self {
            ReviewNeeds::Review => "D-AR12",
            ReviewNeeds::Report => "D-AR-REPORT",
            ReviewNeeds::Decision => "D-AR-DEC",
        }
    }

    fn of_rule(rule: &str) -> Self {
        ReviewNeeds::VARIANTS.iter().copied().find(|needs| needs.rule() == rule).unwrap_or(ReviewNeeds::Review)
    }
}

/// Something that is still owed on a review.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ReviewDue {
    /// What is owed.
    pub needs: ReviewNeeds,
    /// The plan.
    pub plan: PlanId,
    /// The review: the one whose meeting was held, or whose day is set. Null: none has a day yet.
    pub review: Option<ReviewId>,
    /// The child's id.
    pub child: ChildId,
    /// The child's given name; null when erased.
    pub given_name: Option<String>,
    /// The child's family name; null when erased.
    pub family_name: Option<String>,
    /// The setting the plan names.
    pub setting: Option<String>,
    /// The day by which the law wants it. For a `review` the authority's decision, not only the meeting, must be out by then.
    pub due_on: NaiveDate,
    /// For a `review`: the last day of the meeting that leaves the authority its four weeks to decide.
    pub meet_by: Option<NaiveDate>,
    /// For a `review`: the day that was set for the meeting. Null: none.
    pub meets_on: Option<NaiveDate>,
    /// Whether the day has passed.
    pub overdue: bool,
    #[serde(skip)]
    place: Place,
}

impl ReviewDue {
    /// Where it stands in the list.
    pub fn place(&self) -> Place {
        self.place.clone()
    }
}

/// What the list is narrowed to. Filters combine.
#[derive(Debug, Clone, Default)]
pub struct ReviewFilter {
    /// Only these needs; all when empty.
    pub needs: Vec<ReviewNeeds>,
    /// Only of plans that name this setting.
    pub setting: Option<String>,
    /// Only due on this day or later.
    pub due_from: Option<NaiveDate>,
    /// Only due before this day.
    pub due_before: Option<NaiveDate>,
}

/// What is owed on the reviews of plans the caller may see, the earliest first.
pub fn list(tx: &mut Tx<'_>, filter: &ReviewFilter, after: Option<Place>, limit: i64) -> Result<Vec<ReviewDue>, Error> {
    let needs = if filter.needs.is_empty() { ReviewNeeds::VARIANTS } else { &filter.needs };
    let wanted = Wanted {
        rules: needs.iter().map(|needs| needs.rule()).collect(),
        setting: filter.setting.clone(),
        due_from: filter.due_from,
        due_before: filter.due_before,
    };
    let today = tx.today();
    Ok(reviews::owed(tx, wanted, after, limit)?.into_iter().map(|line| due(line, today)).collect())
}

fn due(line: Line, today: NaiveDate) -> ReviewDue {
    let (due_on, _, rule, about, _) = &line.place;
    let needs = ReviewNeeds::of_rule(rule);
    let whole = needs == ReviewNeeds::Review;
    ReviewDue {
        needs,
        plan: PlanId(line.plan),
        review: if whole { line.next_review.map(ReviewId) } else { about.parse().ok().map(ReviewId) },
        child: ChildId(line.child),
        given_name: line.identity.as_ref().map(|identity| identity.given_name.clone()),
        family_name: line.identity.map(|identity| identity.family_name),
        setting: line.setting,
        due_on: *due_on,
        meet_by: if whole { due_on.checked_sub_days(Days::new(28)) } else { None },
        meets_on: line.meets_on.filter(|_| whole),
        overdue: *due_on < today,
        place: line.place,
    }
}
