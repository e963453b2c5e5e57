//! How much each case worker has, each team, and what nobody has yet.

use serde::Serialize;
use strum::VariantArray;
use utoipa::ToSchema;

use super::Error;
use super::as_of::{AsOf, Known};
use crate::db::Tx;
use crate::law::counting::days_after;
use crate::record::{StaffId, Stage, TeamId};
use crate::store::worklist::{self, Load};

/// What is due within so many days is counted as due soon.
const SOON_DAYS: u16 = 7;

/// Cases, each counted once under each heading.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CaseCounts {
    /// Cases whose assessment is not over.
    #[schema(example = 41)]
    pub open: i64,
    /// Cases whose assessment is over while something is still due, such as the review of the plan.
    #[schema(example = 112)]
    pub plans: i64,
    /// Cases of either kind with a duty that is overdue.
    #[schema(example = 3)]
    pub overdue: i64,
    /// With a duty that is likely to be missed.
    #[schema(example = 7)]
    pub at_risk: i64,
    /// With a duty due today or within the next seven days.
    #[schema(example = 5)]
    pub due_within_seven_days: i64,
}

impl CaseCounts {
    fn of(load: &Load) -> Self {
        Self {
            open: load.open,
            plans: load.plans,
            overdue: load.overdue,
            at_risk: load.at_risk,
            due_within_seven_days: load.due_soon,
        }
    }

    fn add(&mut self, other: Self) {
        self.open += other.open;
        self.plans += other.plans;
        self.overdue += other.overdue;
        self.at_risk += other.at_risk;
        self.due_within_seven_days += other.due_within_seven_days;
    }
}

/// What one case worker has.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Workload {
    /// The case worker.
    pub case_worker: StaffId,
    /// Their name at work.
    pub name: String,
    /// Their team.
    pub team: Option<TeamId>,
    /// Whether they work here still. Cases of those who do not are to be given to somebody else.
    pub active: bool,
    /// Who covers for them today.
    pub covered_by: Vec<StaffId>,
    /// Their cases.
    pub cases: CaseCounts,
}

/// What a team has: the sum of its case workers'.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct TeamWorkload {
    /// The team.
    pub team: TeamId,
    /// Its name.
    pub name: String,
    /// Its case workers' cases.
    pub cases: CaseCounts,
}

/// Who has how much.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Workloads {
    /// Each case worker, also one without cases, by name; and whoever else has cases.
    pub data: Vec<Workload>,
    /// Each team with somebody in `data`, by name.
    pub teams: Vec<TeamWorkload>,
    /// The cases that no case worker has. They belong to no team, and are shown whichever team is asked for.
    pub unallocated: CaseCounts,
    /// What the answer was computed from.
    pub known: Known,
}

/// Who has how much, in a team or in the whole authority.
pub fn show(tx: &mut Tx<'_>, team: Option<TeamId>, as_of: Option<AsOf>) -> Result<Workloads, Error> {
    let known = Known::at(tx, as_of)?;
    let open = Stage::VARIANTS.iter().filter(|stage| !stage.is_closed()).map(|stage| stage.as_str().to_owned()).collect();
    let loads = worklist::loads(tx, team, open, known.position, known.today, days_after(known.today, SOON_DAYS))?;
    let mut teams: Vec<TeamWorkload> = Vec::new();
    let (mut data, mut unallocated) = (Vec::with_capacity(loads.len()), CaseCounts::default());
    for load in loads {
        let cases = CaseCounts::of(&load);
        let Some(case_worker) = load.case_worker else {
            unallocated = cases;
            continue;
        };
        if let Some(team) = load.team.map(TeamId) {
            match teams.iter_mut().find(|known| known.team == team) {
                Some(known) => known.cases.add(cases),
                None => teams.push(TeamWorkload { team, name: load.team_name.unwrap_or_default(), cases }),
            }
        }
        data.push(Workload {
            case_worker: StaffId(case_worker),
            name: load.name.unwrap_or_default(),
            team: load.team.map(TeamId),
            active: load.active,
            covered_by: load.covered_by.into_iter().map(StaffId).collect(),
            cases,
        });
    }
    teams.sort_by(|one, other| (&one.name, one.team).cmp(&(&other.name, other.team)));
    Ok(Workloads { data, teams, unallocated, known })
}
