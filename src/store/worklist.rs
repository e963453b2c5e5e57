//! Worklists: one line for each open duty, and how many of them each case worker has.

use chrono::NaiveDate;
use diesel::sql_types::{Array, BigInt, Bool, Date, Nullable, Text, Uuid as SqlUuid};
use diesel::{QueryableByName, RunQueryDsl};
use uuid::Uuid;

use super::cases::{Narrow, narrowed, narrowing};
use super::children::identity;
use super::covers::lists_of;
use super::scope::{all_in_scope, known_at, now, searched, then};
use crate::access::Role;
use crate::db::{Error, Tx};
use crate::record::{CaseId, Identity, TeamId};

/// How a duty stands on the day `$10`.
macro_rules! state {
    () => {
        "(CASE WHEN $10::date < t.changes_on THEN t.state_until ELSE t.state_from END)"
    };
}

/// The duty is open work still on the day `$10`: only a time that had to be given is over with its day, and `met`.
macro_rules! open {
    () => {
        "($10::date < t.changes_on OR t.state_from <> 'met')"
    };
}

/// The item of an agenda by which a panel has the duty, or last had it: `p`. A panel that closed without advice has it no more.
macro_rules! panel {
    ($known:ident) => {
        concat!(
            " LEFT JOIN LATERAL (SELECT n.meeting, m.meets_on, n.recommendation FROM item_view n \
             JOIN meeting_view m ON m.authority = n.authority AND m.meeting = n.meeting AND ",
            $known!("m"),
            " WHERE n.authority = t.authority AND n.case_id = t.case_id AND ",
            $known!("n"),
            " AND coalesce(n.question, t.question) = t.question AND (n.recommendation IS NOT NULL OR m.closed_on IS NULL) \
             ORDER BY m.meets_on DESC NULLS LAST, n.item DESC LIMIT 1) p ON t.question IS NOT NULL "
        )
    };
}

/// The panel has yet to advise, and meets after the duty is due: the one risk that is not in the child's own file.
macro_rules! panel_too_late {
    () => {
        "coalesce(p.recommendation IS NULL AND p.meets_on > t.due_on, false)"
    };
}

/// The duty can still be met, and is likely to be missed. What is missed is overdue, and at risk no more.
macro_rules! at_risk {
    () => {
        concat!("($10 <= t.due_on AND (coalesce(t.at_risk_from <= $10, false) OR ", panel_too_late!(), "))")
    };
}

/// Whom the duty waits for, panels considered.
macro_rules! awaits {
    () => {
        "(CASE WHEN p.meeting IS NULL OR p.recommendation = 'defer' THEN t.awaits WHEN p.recommendation IS NULL THEN 'panel' \
         ELSE 'decision_maker' END)"
    };
}

/// What the list is narrowed to.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Only of these cases.
    pub cases: Narrow,
    /// Only in cases of this team's case workers.
    pub team: Option<TeamId>,
    /// Only of children with this primary need, by its code.
    pub need: Option<String>,
    /// Only due on this day or later.
    pub due_from: Option<NaiveDate>,
    /// Only due on this day or earlier.
    pub due_to: Option<NaiveDate>,
    /// Only overdue (true) or only not (false).
    pub overdue: Option<bool>,
    /// Only at risk (true) or only not (false).
    pub at_risk: Option<bool>,
    /// Only waiting for these, by name; for anybody when empty.
    pub awaits: Vec<String>,
}

/// What tells a line from every other, in the order of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// The day it is due.
    pub due_on: NaiveDate,
    /// The case.
    pub case: CaseId,
    /// The rule.
    pub rule: String,
    /// What it is about.
    pub about: String,
    /// The day it is counted from.
    pub starts_on: NaiveDate,
}

/// A line of the list.
#[derive(QueryableByName)]
pub struct Line {
    #[diesel(sql_type = SqlUuid)]
    case_id: Uuid,
    #[diesel(sql_type = Text)]
    rule: String,
    #[diesel(sql_type = Text)]
    about: String,
    #[diesel(sql_type = Date)]
    starts_on: NaiveDate,
    #[diesel(sql_type = Date)]
    due_on: NaiveDate,
    /// The child.
    #[diesel(sql_type = SqlUuid)]
    pub child: Uuid,
    #[diesel(sql_type = Nullable<Text>)]
    content: Option<String>,
    /// The case's human reference.
    #[diesel(sql_type = Text)]
    pub reference: String,
    /// The stage, by name.
    #[diesel(sql_type = Text)]
    pub stage: String,
    /// The setting the child attends.
    #[diesel(sql_type = Nullable<Text>)]
    pub setting: Option<String>,
    /// The case worker.
    #[diesel(sql_type = Nullable<SqlUuid>)]
    pub case_worker: Option<Uuid>,
    /// The plan the case led to.
    #[diesel(sql_type = Nullable<SqlUuid>)]
    pub plan: Option<Uuid>,
    /// The duty as the law module wrote it out, as JSON.
    #[diesel(sql_type = Text)]
    pub deadline: String,
    /// How it stands.
    #[diesel(sql_type = Text)]
    pub state: String,
    /// Whom it waits for, by name.
    #[diesel(sql_type = Text)]
    pub awaits: String,
    /// What else is known of that, as JSON.
    #[diesel(sql_type = Text)]
    pub outlook: String,
    /// The panel's meeting that has it or had it.
    #[diesel(sql_type = Nullable<SqlUuid>)]
    pub meeting: Option<Uuid>,
    /// The day it meets.
    #[diesel(sql_type = Nullable<Date>)]
    pub meets_on: Option<NaiveDate>,
    /// Whether it is likely to be missed.
    #[diesel(sql_type = Bool)]
    pub at_risk: bool,
    /// Whether that is because the panel meets too late.
    #[diesel(sql_type = Bool)]
    pub panel_too_late: bool,
}

impl Line {
    /// What tells it from every other.
    pub fn key(&self) -> Key {
        Key {
            due_on: self.due_on,
            case: CaseId(self.case_id),
            rule: self.rule.clone(),
            about: self.about.clone(),
            starts_on: self.starts_on,
        }
    }

    /// Who the child is.
    pub fn identity(&self) -> Option<Identity> {
        identity(self.content.as_deref())
    }
}

/// Open duties by the day they are due, after one. A row that fills the limit only says that there are more: it is not shown.
pub fn list(
    tx: &mut Tx<'_>,
    filter: &Filter,
    position: Option<i64>,
    today: NaiveDate,
    after: Option<Key>,
    limit: i64,
) -> Result<Vec<Line>, Error> {
    // The first page begins before every key.
    macro_rules! sql {
        ($known:ident, $worker:expr) => {
            concat!(
                "SELECT t.case_id, t.rule, t.about, t.starts_on, t.due_on, t.child, d.content, c.reference, c.stage, c.setting, \
                 c.case_worker, c.plan, l.deadline, ",
                state!(),
                " AS state, ",
                awaits!(),
                " AS awaits, t.outlook, p.meeting, p.meets_on, ",
                at_risk!(),
                " AS at_risk, ",
                panel_too_late!(),
                " AS panel_too_late FROM worklist_view t \
                 JOIN duty_view l ON l.authority = t.authority AND l.case_id = t.case_id AND l.rule = t.rule AND l.about = t.about \
                 AND l.starts_on = t.starts_on AND l.due_on = t.due_on AND ",
                $known!("l"),
                " JOIN case_view c ON c.authority = t.authority AND c.case_id = t.case_id AND ",
                $known!("c"),
                " LEFT JOIN child_view i ON i.authority = t.authority AND i.child = t.child AND ",
                $known!("i"),
                " LEFT JOIN detail d ON d.authority = i.authority AND d.id = i.identity \
                 LEFT JOIN staff s ON s.authority = c.authority AND s.id = c.case_worker",
                panel!($known),
                "WHERE t.authority = $1 AND ",
                all_in_scope!(),
                " AND ",
                $known!("t"),
                " AND ",
                open!(),
                " AND ",
                narrowed!($worker),
                " AND ($11::uuid IS NULL OR s.team = $11) \
                 AND ($12::text IS NULL OR d.content::jsonb #>> '{identity,needs,0}' = $12) \
                 AND ($13::date IS NULL OR t.due_on >= $13) AND ($14::date IS NULL OR t.due_on <= $14) \
                 AND ($15 = 0 OR (",
                state!(),
                " = 'overdue') = ($15 = 1)) AND ($16 = 0 OR ",
                at_risk!(),
                " = ($16 = 1)) AND (cardinality($17::text[]) = 0 OR ",
                awaits!(),
                " = ANY ($17)) AND (t.due_on, t.case_id, t.rule, t.about, t.starts_on) > (coalesce($18::date, '-infinity'), \
                 coalesce($19::uuid, '00000000-0000-0000-0000-000000000000'), coalesce($20::text, ''), coalesce($21::text, ''), \
                 coalesce($22::date, '-infinity')) ORDER BY t.due_on, t.case_id, t.rule, t.about, t.starts_on LIMIT $23"
            )
        };
    }
    // Apart, so that PostgreSQL can begin with a case worker's cases, or with what is due first.
    macro_rules! anybodys {
        ($known:ident) => {
            sql!($known, "$7::uuid IS NULL")
        };
    }
    macro_rules! one_workers {
        ($known:ident) => {
            sql!($known, concat!("c.case_worker = ANY (", lists_of!("$7", "$10"), ")"))
        };
    }
    let text = if filter.cases.case_worker.is_some() { known_at!(position, one_workers) } else { known_at!(position, anybodys) };
    let tri = |only: Option<bool>| only.map_or(0, |only| if only { 1 } else { 2 });
    let query = narrowing(searched(tx, text).bind(position), &filter.cases)
        .bind(today)
        .bind(filter.team.map(|id| id.0))
        .bind(filter.need.clone())
        .bind(filter.due_from)
        .bind(filter.due_to)
        .bind(tri(filter.overdue))
        .bind(tri(filter.at_risk))
        .bind(filter.awaits.clone())
        .bind(after.as_ref().map(|key| key.due_on))
        .bind(after.as_ref().map(|key| key.case.0))
        .bind(after.as_ref().map(|key| key.rule.clone()))
        .bind(after.as_ref().map(|key| key.about.clone()))
        .bind(after.as_ref().map(|key| key.starts_on))
        .bind(limit);
    let rows = query.load::<Line>(tx.conn());
    let rows = tx.sql(rows)?;
    let shown = usize::try_from(limit - 1).unwrap_or_default();
    rows.iter().take(shown).for_each(|row| tx.saw(row.child));
    Ok(rows)
}

/// How much a member of staff has; nobody's where no case worker is named.
#[derive(QueryableByName)]
pub struct Load {
    /// Whose; none: cases that no case worker has.
    #[diesel(sql_type = Nullable<SqlUuid>)]
    pub case_worker: Option<Uuid>,
    /// Their name.
    #[diesel(sql_type = Nullable<Text>)]
    pub name: Option<String>,
    /// Their team.
    #[diesel(sql_type = Nullable<SqlUuid>)]
    pub team: Option<Uuid>,
    /// Its name.
    #[diesel(sql_type = Nullable<Text>)]
    pub team_name: Option<String>,
    /// Whether they work here still.
    #[diesel(sql_type = Bool)]
    pub active: bool,
    /// Who covers for them on the day.
    #[diesel(sql_type = Array<SqlUuid>)]
    pub covered_by: Vec<Uuid>,
    /// Cases whose assessment is not over.
    #[diesel(sql_type = BigInt)]
    pub open: i64,
    /// Cases whose plan is kept under review.
    #[diesel(sql_type = BigInt)]
    pub plans: i64,
    /// Cases of either kind with something overdue.
    #[diesel(sql_type = BigInt)]
    pub overdue: i64,
    /// With something at risk.
    #[diesel(sql_type = BigInt)]
    pub at_risk: i64,
    /// With something due by the day `soon`.
    #[diesel(sql_type = BigInt)]
    pub due_soon: i64,
}

/// How much each case worker has, by name, and what nobody has: each case is counted once under each heading.
pub fn loads(
    tx: &mut Tx<'_>,
    team: Option<TeamId>,
    open_stages: Vec<String>,
    position: Option<i64>,
    today: NaiveDate,
    soon: NaiveDate,
) -> Result<Vec<Load>, Error> {
    macro_rules! sql {
        ($known:ident) => {
            concat!(
                "WITH line AS (SELECT t.case_id, bool_or(",
                state!(),
                " = 'overdue') AS overdue, bool_or(",
                at_risk!(),
                ") AS at_risk, bool_or(t.due_on BETWEEN $10 AND $7) AS due_soon FROM worklist_view t",
                panel!($known),
                "WHERE t.authority = $1 AND ",
                $known!("t"),
                " AND ",
                open!(),
                " GROUP BY t.case_id), load AS (SELECT c.case_worker, count(*) FILTER (WHERE c.stage = ANY ($6)) AS open, \
                 count(*) FILTER (WHERE NOT c.stage = ANY ($6)) AS plans, count(*) FILTER (WHERE l.overdue) AS overdue, \
                 count(*) FILTER (WHERE l.at_risk) AS at_risk, count(*) FILTER (WHERE l.due_soon) AS due_soon \
                 FROM case_view c LEFT JOIN line l ON l.case_id = c.case_id WHERE c.authority = $1 AND ",
                $known!("c"),
                " AND (c.stage = ANY ($6) OR l.case_id IS NOT NULL) GROUP BY c.case_worker) \
                 SELECT s.id AS case_worker, s.name, s.team, m.name AS team_name, s.active, \
                 ARRAY(SELECT DISTINCT k.covering FROM cover k WHERE k.authority = $1 AND k.lent = s.id \
                 AND $10 BETWEEN k.from_on AND least(k.to_on, k.ended_on) ORDER BY k.covering) AS covered_by, \
                 coalesce(l.open, 0) AS open, coalesce(l.plans, 0) AS plans, coalesce(l.overdue, 0) AS overdue, \
                 coalesce(l.at_risk, 0) AS at_risk, coalesce(l.due_soon, 0) AS due_soon FROM (SELECT id, name, role, team, active \
                 FROM staff WHERE authority = $1 UNION ALL SELECT NULL, NULL, NULL, NULL, true) s \
                 LEFT JOIN team m ON m.id = s.team LEFT JOIN load l \
                 ON coalesce(l.case_worker, '00000000-0000-0000-0000-000000000000') \
                 = coalesce(s.id, '00000000-0000-0000-0000-000000000000') \
                 WHERE ",
                all_in_scope!(),
                " AND (s.id IS NULL OR l.case_worker IS NOT NULL OR (s.active AND s.role = $9)) \
                 AND (s.id IS NULL OR $8::uuid IS NULL OR s.team = $8) ORDER BY s.name, s.id"
            )
        };
    }
    let query = searched(tx, known_at!(position, sql))
        .bind(position)
        .bind(open_stages)
        .bind(soon)
        .bind(team.map(|id| id.0))
        .bind(Role::CaseWorker.as_str())
        .bind(today);
    let rows = query.load(tx.conn());
    tx.sql(rows)
}
