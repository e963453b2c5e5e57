//! Which reviews are due, and what each still needs: for a school its own pupils' alone.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use strum::VariantArray;
use utoipa::ToSchema;

use super::cycle::consider_by;
use crate::db::Tx;
use crate::law::{last_day_of_decision, last_day_to_meet};
use crate::record::{CaseId, ChildId, Convener, PlanId, ReviewId};
use crate::service::changes::{self, Asked, Mark};
use crate::service::terms::{self, this_term, unknown_term};
use crate::service::{Error, Known};
use crate::store::reviews::{self, Line, Place, Standing, Wanted};

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

/// How a review stands: `overdue`, what is owed is late; `due_this_term`, the meeting must be held by the end of this term (in the
/// holidays, of the next) so that the authority has its four weeks; `waiting_on_report` and `waiting_on_decision`, the meeting was held.
/// Something can stand in two ways, such as a decision that is awaited and overdue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReviewStanding {
    /// Late.
    Overdue,
    /// To be held this term.
    DueThisTerm,
    /// Held, and the report is not sent.
    WaitingOnReport,
    /// Held, and the authority's decision is not notified.
    WaitingOnDecision,
}

/// Something that is still owed on a review.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ReviewDue {
    /// What is owed.
    pub needs: ReviewNeeds,
    /// The plan.
    pub plan: PlanId,
    /// The case that led to the plan, under which its duties and its timeline are.
    pub case: CaseId,
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
    /// Its name; null where the directory does not have it.
    pub setting_name: Option<String>,
    /// Who would convene the meeting, by the type of that setting.
    pub convener: Convener,
    /// How it stands. Empty: it is owed later, or not any more. Where no term is known, nothing is due in one.
    pub standing: Vec<ReviewStanding>,
    /// The day by which the law wants it. For a `review` the authority's decision, not only the meeting, must be out by then.
    pub due_on: NaiveDate,
    /// For a `review`: the last day of the meeting that leaves the authority its four weeks to decide.
    pub meet_by: Option<NaiveDate>,
    /// For a `review` of a child under five: the day by which it should be considered, every three to six months (SEND Code of Practice,
    /// 9.178). Null: older, or the date of birth is not known.
    pub consider_by: Option<NaiveDate>,
    /// For a `review`: the day that was set for the meeting. Null: none.
    pub meets_on: Option<NaiveDate>,
    /// Whether it is owed and the day has passed.
    pub overdue: bool,
    /// Whether it is still owed. Always, unless `since` was asked for: what is owed no longer is told then too.
    pub owed: bool,
    /// The day it was done. Null: it was not.
    pub done_on: Option<NaiveDate>,
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
    /// Only what stands in one of these ways; all when empty.
    pub standing: Vec<ReviewStanding>,
}

/// What is owed on the reviews of plans the caller may see, the earliest first; where asked, only of children of whom something changed
/// since, with the mark to ask with next time.
pub fn list(
    tx: &mut Tx<'_>,
    filter: &ReviewFilter,
    after: Option<Place>,
    limit: i64,
    since: Option<Asked>,
) -> Result<(Option<Mark>, Known, Vec<ReviewDue>), Error> {
    let known = Known::at(tx, None)?;
    let all = terms::list(tx)?;
    let term_ends = this_term(&all, known.today).map(|term| term.to);
    let asked = changes::asked(tx, since, None)?;
    let needs = if filter.needs.is_empty() { ReviewNeeds::VARIANTS } else { &filter.needs };
    let wanted = Wanted {
        rules: needs.iter().map(|needs| needs.rule()).collect(),
        setting: filter.setting.clone(),
        due_from: filter.due_from,
        due_before: filter.due_before,
        standing: standing(&filter.standing, term_ends)?,
        changed: asked.map(|(window, _)| window),
    };
    let rows = reviews::owed(tx, wanted, after, limit)?;
    let rows = rows.into_iter().map(|line| due(line, known.today, term_ends)).collect();
    Ok((asked.map(|(_, mark)| mark), known, rows))
}

/// What the list is narrowed to by how reviews stand.
fn standing(asked: &[ReviewStanding], term_ends: Option<NaiveDate>) -> Result<Option<Standing>, Error> {
    if asked.is_empty() {
        return Ok(None);
    }
    let mut standing = Standing::default();
    for one in asked {
        match one {
            ReviewStanding::Overdue => standing.overdue = true,
            ReviewStanding::DueThisTerm => {
                standing.to_hold_by = Some(last_day_of_decision(term_ends.ok_or_else(|| unknown_term("?standing"))?));
            }
            ReviewStanding::WaitingOnReport => standing.rules.push(ReviewNeeds::Report.rule()),
            ReviewStanding::WaitingOnDecision => standing.rules.push(ReviewNeeds::Decision.rule()),
        }
    }
    Ok(Some(standing))
}

fn due(line: Line, today: NaiveDate, term_ends: Option<NaiveDate>) -> ReviewDue {
    let (due_on, case, rule, about, starts_on) = &line.place;
    let needs = ReviewNeeds::of_rule(rule);
    let whole = needs == ReviewNeeds::Review;
    let overdue = line.owed && *due_on < today;
    let this_term = whole && !line.under_way && !overdue && term_ends.is_some_and(|ends| last_day_to_meet(*due_on) <= ends);
    let stands = [
        (overdue, ReviewStanding::Overdue),
        (this_term, ReviewStanding::DueThisTerm),
        (needs == ReviewNeeds::Report, ReviewStanding::WaitingOnReport),
        (needs == ReviewNeeds::Decision, ReviewStanding::WaitingOnDecision),
    ];
    let born_on = line.identity.as_ref().and_then(|identity| identity.born_on);
    ReviewDue {
        needs,
        plan: PlanId(line.plan),
        case: CaseId(*case),
        review: if whole { line.next_review.map(ReviewId) } else { about.parse().ok().map(ReviewId) },
        child: ChildId(line.child),
        given_name: line.identity.as_ref().map(|identity| identity.given_name.clone()),
        family_name: line.identity.map(|identity| identity.family_name),
        convener: line.setting.as_ref().map_or(Convener::Authority, |_| Convener::at_setting(line.setting_type)),
        setting: line.setting,
        setting_name: line.setting_name,
        standing: stands.iter().filter(|(so, _)| *so && line.owed).map(|(_, standing)| *standing).collect(),
        due_on: *due_on,
        meet_by: whole.then(|| last_day_to_meet(*due_on)),
        consider_by: consider_by(born_on.filter(|_| whole && line.owed), *starts_on),
        meets_on: line.meets_on.filter(|_| whole),
        overdue,
        owed: line.owed,
        done_on: line.met_on,
        place: line.place,
    }
}
