//! Looking back at panels: what came before them, how long it took, and whether like cases ended alike. No child is shown.

use chrono::NaiveDate;
use diesel::sql_types::{Array, BigInt, Date, Double, Nullable, Text};
use diesel::{QueryableByName, RunQueryDsl};

use super::scope::{known_at, now, searched, then};
use super::statistics::Window;
use crate::db::{Error, Tx};

/// The panels of one kind that met in a period.
#[derive(QueryableByName)]
pub struct PanelsRow {
    /// First day of the period.
    #[diesel(sql_type = Date)]
    pub period: NaiveDate,
    /// The kind; none for panels of no kind.
    #[diesel(sql_type = Nullable<Text>)]
    pub kind: Option<String>,
    /// The panel's name, the last where it changed.
    #[diesel(sql_type = Text)]
    pub panel: String,
    /// Meetings.
    #[diesel(sql_type = BigInt)]
    pub meetings: i64,
    /// Items of their agendas.
    #[diesel(sql_type = BigInt)]
    pub items: i64,
    /// Of these, deferred.
    #[diesel(sql_type = BigInt)]
    pub deferrals: i64,
    /// What was missing of each deferral, as often as it was.
    #[diesel(sql_type = Array<Text>)]
    pub missing: Vec<String>,
    /// Items an officer's decision cites.
    #[diesel(sql_type = BigInt)]
    pub decisions: i64,
    /// Of these, other than recommended.
    #[diesel(sql_type = BigInt)]
    pub differ: i64,
    /// Median days from the agenda to the decision.
    #[diesel(sql_type = Nullable<Double>)]
    pub median_days: Option<f64>,
}

/// Meetings that met in a period, by the kind of panel.
pub fn panels(tx: &mut Tx<'_>, window: Window, position: Option<i64>) -> Result<Vec<PanelsRow>, Error> {
    macro_rules! sql {
        ($known:ident) => {
            concat!(
                "WITH met AS (SELECT m.*, date_trunc($8, m.meets_on)::date AS period, coalesce(m.kind, m.panel) AS grouped \
                 FROM meeting_view m WHERE m.authority = $1 AND $2 AND ($3::text[] IS NOT NULL AND $4::date IS NOT NULL) AND ",
                $known!("m"),
                " AND m.meets_on BETWEEN $6 AND $7), before AS (SELECT m.period, m.grouped, i.recommendation, i.missing, \
                 x.item AS cited, x.outcome, x.decided_on - i.added_on AS days FROM met m \
                 JOIN item_view i ON i.authority = m.authority AND i.meeting = m.meeting AND ",
                $known!("i"),
                " LEFT JOIN citing_view x ON x.authority = i.authority AND x.item = i.item AND ",
                $known!("x"),
                "), counted AS (SELECT b.period, b.grouped, count(*) AS items, \
                 count(*) FILTER (WHERE b.recommendation = 'defer') AS deferrals, count(b.cited) AS decisions, \
                 count(*) FILTER (WHERE b.cited IS NOT NULL AND b.recommendation NOT IN ('agree', 'decline') \
                 AND b.outcome <> b.recommendation) AS differ, \
                 (percentile_cont(0.5) WITHIN GROUP (ORDER BY b.days))::double precision AS median_days \
                 FROM before b GROUP BY 1, 2) \
                 SELECT m.period, max(m.kind) AS kind, (array_agg(m.panel ORDER BY m.meets_on DESC))[1] AS panel, \
                 count(*) AS meetings, coalesce(max(c.items), 0) AS items, coalesce(max(c.deferrals), 0) AS deferrals, \
                 coalesce((SELECT array_agg(w.word ORDER BY w.word) FROM before b CROSS JOIN LATERAL unnest(b.missing) AS w(word) \
                 WHERE b.period = m.period AND b.grouped = m.grouped), '{}') AS missing, \
                 coalesce(max(c.decisions), 0) AS decisions, coalesce(max(c.differ), 0) AS differ, max(c.median_days) AS median_days \
                 FROM met m LEFT JOIN counted c ON c.period = m.period AND c.grouped = m.grouped \
                 GROUP BY m.period, m.grouped ORDER BY m.period, m.grouped"
            )
        };
    }
    let query = searched(tx, known_at!(position, sql)).bind(position).bind(window.from).bind(window.to).bind(window.unit);
    let rows = query.load(tx.conn());
    tx.sql(rows)
}

/// How often one outcome was decided where the primary need was the same.
#[derive(QueryableByName)]
pub struct ConsistencyRow {
    /// Which decision: `assess` or `plan`.
    #[diesel(sql_type = Text)]
    pub question: String,
    /// The primary need, by its code; none where it is not known.
    #[diesel(sql_type = Nullable<Text>)]
    pub need: Option<String>,
    /// What was decided.
    #[diesel(sql_type = Text)]
    pub outcome: String,
    /// In how many cases.
    #[diesel(sql_type = BigInt)]
    pub cases: i64,
}

/// Decisions made in a period, by question, primary need and outcome.
pub fn consistency(
    tx: &mut Tx<'_>,
    (from, to): (NaiveDate, NaiveDate),
    position: Option<i64>,
) -> Result<Vec<ConsistencyRow>, Error> {
    macro_rules! sql {
        ($known:ident) => {
            concat!(
                "WITH cases AS (SELECT c.*, d.content::jsonb #>> '{identity,needs,0}' AS need FROM case_view c \
                 LEFT JOIN child_view n ON n.authority = c.authority AND n.child = c.child AND ",
                $known!("n"),
                " LEFT JOIN detail d ON d.authority = n.authority AND d.id = n.identity \
                 WHERE c.authority = $1 AND $2 AND ($3::text[] IS NOT NULL AND $4::date IS NOT NULL) AND ",
                $known!("c"),
                ") SELECT question, need, outcome, count(*) AS cases FROM ( \
                 SELECT 'assess' AS question, need, assessment_outcome AS outcome, assessment_decided_on AS on_day FROM cases \
                 UNION ALL SELECT 'plan', need, plan_outcome, plan_decided_on FROM cases) x \
                 WHERE outcome IS NOT NULL AND on_day BETWEEN $6 AND $7 GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"
            )
        };
    }
    let query = searched(tx, known_at!(position, sql)).bind(position).bind(from).bind(to);
    let rows = query.load(tx.conn());
    tx.sql(rows)
}
