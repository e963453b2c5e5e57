//! Changes of phase: the plans among whose children to look for them, and those that were settled.

use chrono::NaiveDate;
use diesel::sql_types::{Date, Integer, Nullable, SmallInt, Text, Uuid as SqlUuid};
use diesel::{QueryableByName, RunQueryDsl};
use uuid::Uuid;

use super::changes::{Window, changed, within};
use super::scope::{in_scope, known_at, now, scoped, searched, then};
use crate::db::{Error, Tx};
use crate::record::{CaseId, PlanId, TransferId};

/// A plan in force, its child, the setting they are in before the move, and the change of phase that was settled for the year.
#[derive(QueryableByName)]
pub struct Candidate {
    /// The child.
    #[diesel(sql_type = SqlUuid)]
    pub child: Uuid,
    /// The plan.
    #[diesel(sql_type = SqlUuid)]
    pub plan: Uuid,
    /// The case it came from.
    #[diesel(sql_type = SqlUuid)]
    pub case_id: Uuid,
    /// What was set for the child beside their age, as JSON.
    #[diesel(sql_type = Nullable<Text>)]
    pub year_groups: Option<String>,
    /// Who they are, as JSON.
    #[diesel(sql_type = Nullable<Text>)]
    pub content: Option<String>,
    /// The setting they are in, or that the plan names.
    #[diesel(sql_type = Nullable<Text>)]
    pub setting: Option<String>,
    /// Its name.
    #[diesel(sql_type = Nullable<Text>)]
    pub setting_name: Option<String>,
    /// Its phase.
    #[diesel(sql_type = Nullable<Text>)]
    pub phase: Option<String>,
    /// The highest age it teaches.
    #[diesel(sql_type = Nullable<SmallInt>)]
    pub highest_age: Option<i16>,
    /// The change of phase that was settled.
    #[diesel(sql_type = Nullable<SqlUuid>)]
    pub transfer: Option<Uuid>,
    /// Which.
    #[diesel(sql_type = Nullable<Text>)]
    pub transfer_kind: Option<String>,
    /// The day of the move.
    #[diesel(sql_type = Nullable<Date>)]
    pub transfer_on: Option<NaiveDate>,
    /// Why it is not due.
    #[diesel(sql_type = Nullable<Text>)]
    pub not_due: Option<String>,
    /// The last meeting of a review that was held for it.
    #[diesel(sql_type = Nullable<Date>)]
    pub reviewed_on: Option<NaiveDate>,
    /// How many settings were consulted.
    #[diesel(sql_type = Nullable<Integer>)]
    pub consulted: Option<i32>,
    /// How many of them answered.
    #[diesel(sql_type = Nullable<Integer>)]
    pub answered: Option<i32>,
    /// The day the plan named what follows.
    #[diesel(sql_type = Nullable<Date>)]
    pub named_on: Option<NaiveDate>,
    /// In which form.
    #[diesel(sql_type = Nullable<Text>)]
    pub names: Option<String>,
    /// The setting it named.
    #[diesel(sql_type = Nullable<Text>)]
    pub to_setting: Option<String>,
}

/// Every plan within the caller's scope that is in force until the end of the school year before the move, with what was settled for
/// the time between two days. The setting is that of the school year.
pub fn candidates(
    tx: &mut Tx<'_>,
    settled: [NaiveDate; 2],
    year: [NaiveDate; 2],
    position: Option<i64>,
    window: Option<Window>,
) -> Result<Vec<Candidate>, Error> {
    macro_rules! sql {
        ($known:ident) => {
            concat!(
                "SELECT p.child, p.plan, p.case_id, i.year_groups, d.content, s.id AS setting, s.name AS setting_name, \
                 s.phase, s.highest_age, t.transfer, t.transfer_kind, t.transfer_on, t.not_due, t.reviewed_on, t.consulted, t.answered, \
                 t.named_on, t.names, t.to_setting FROM plan_view p \
                 JOIN child_view i ON i.authority = p.authority AND i.child = p.child AND ",
                $known!("i"),
                " LEFT JOIN detail d ON d.authority = i.authority AND d.id = i.identity \
                 LEFT JOIN LATERAL (SELECT x.* FROM transfer_view x WHERE x.authority = p.authority AND x.plan = p.plan AND ",
                $known!("x"),
                " AND x.transfer_on >= $6 AND x.transfer_on < $7 \
                 ORDER BY x.not_due IS NOT NULL, x.transfer_on, x.transfer LIMIT 1) t ON true \
                 LEFT JOIN LATERAL (SELECT a.setting FROM placement_view a WHERE a.authority = p.authority AND a.child = p.child AND ",
                $known!("a"),
                " AND NOT a.alongside AND a.from_on < $9 AND (a.last_on IS NULL OR a.last_on >= $8) \
                 ORDER BY a.from_on DESC, a.placement LIMIT 1) l ON true \
                 LEFT JOIN setting s ON s.id = coalesce(t.from_setting, l.setting, p.setting) WHERE p.authority = $1 AND ",
                $known!("p"),
                " AND (p.ceased_on IS NULL OR p.ceased_on >= $9) AND NOT i.died AND ",
                in_scope!("p.child"),
                " AND ",
                changed!("p.child", "$10", "$11", "$12", "$13")
            )
        };
    }
    let query =
        searched(tx, known_at!(position, sql)).bind(position).bind(settled[0]).bind(settled[1]).bind(year[0]).bind(year[1]);
    let rows = within(query, window).load::<Candidate>(tx.conn());
    tx.sql(rows)
}

#[derive(QueryableByName)]
struct Known {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
    #[diesel(sql_type = SqlUuid)]
    case_id: Uuid,
}

/// The cases that plans came from: those of the plans that are in scope.
pub fn cases_of_plans(tx: &mut Tx<'_>, plans: &[PlanId]) -> Result<Vec<(PlanId, CaseId)>, Error> {
    let query = scoped(
        tx,
        concat!(
            "SELECT p.plan AS id, p.case_id FROM plan_view p WHERE p.authority = $1 AND p.known_to IS NULL AND p.plan = ANY ($5) AND ",
            in_scope!("p.child")
        ),
    )
    .bind(plans.iter().map(|plan| plan.0).collect::<Vec<_>>());
    let rows = query.load::<Known>(tx.conn());
    Ok(tx.sql(rows)?.into_iter().map(|row| (PlanId(row.id), CaseId(row.case_id))).collect())
}

/// The cases whose plans' changes of phase these are: those that are in scope.
pub fn cases_of_transfers(tx: &mut Tx<'_>, transfers: &[TransferId]) -> Result<Vec<(TransferId, CaseId)>, Error> {
    let query = scoped(
        tx,
        concat!(
            "SELECT t.transfer AS id, p.case_id FROM transfer_view t JOIN plan_view p ON p.authority = t.authority AND p.plan = t.plan \
             AND p.known_to IS NULL WHERE t.authority = $1 AND t.known_to IS NULL AND t.transfer = ANY ($5) AND ",
            in_scope!("t.child")
        ),
    )
    .bind(transfers.iter().map(|transfer| transfer.0).collect::<Vec<_>>());
    let rows = query.load::<Known>(tx.conn());
    Ok(tx.sql(rows)?.into_iter().map(|row| (TransferId(row.id), CaseId(row.case_id))).collect())
}
