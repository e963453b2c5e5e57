//! Cases: the list that queries read.

use chrono::NaiveDate;
use diesel::sql_types::{Bool, Date, Nullable, Text, Uuid as SqlUuid};
use diesel::{OptionalExtension, QueryableByName, RunQueryDsl};
use uuid::Uuid;

use super::changes::{Window, changed, within};
use super::children::identity;
use super::scope::{in_scope, known_at, now, scoped, then};
use super::statement::Statement;
use crate::db::{Error, Tx};
use crate::record::{CaseId, ChildId, Identity, StaffId, Stage};

/// Which cases a list is narrowed to, whatever it lists of them.
#[derive(Debug, Clone, Default)]
pub struct Narrow {
    /// Only at these stages, by name; all when empty.
    pub stages: Vec<String>,
    /// Only of this case worker.
    pub case_worker: Option<StaffId>,
    /// Only without a case worker.
    pub unallocated: bool,
    /// Only of children at this setting.
    pub school: Option<String>,
}

/// A condition that lets through the cases of a [`Narrow`], whose values are `$6` to `$9`; the one for the case worker `$7` is told.
macro_rules! narrowed {
    ($worker:expr) => {
        concat!(
            "(cardinality($6::text[]) = 0 OR c.stage = ANY ($6)) AND (",
            $worker,
            ") AND (NOT $8 OR c.case_worker IS NULL) AND ($9::text IS NULL OR c.setting = $9)"
        )
    };
}
pub(super) use narrowed;

/// The values of [`narrowed`].
pub(super) fn narrowing(query: Statement, to: &Narrow) -> Statement {
    query.bind(to.stages.clone()).bind(to.case_worker.map(|id| id.0)).bind(to.unallocated).bind(to.school.clone())
}

/// What the list is narrowed to.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Only these cases.
    pub cases: Narrow,
    /// Only with a next date before this day.
    pub due_before: Option<NaiveDate>,
    /// Only overdue (true) or only not (false).
    pub overdue: Option<bool>,
    /// Only what changed in this window.
    pub changed: Option<Window>,
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = SqlUuid)]
    case_id: Uuid,
    #[diesel(sql_type = SqlUuid)]
    child: Uuid,
    #[diesel(sql_type = Text)]
    reference: String,
    #[diesel(sql_type = Text)]
    stage: String,
    #[diesel(sql_type = Nullable<Date>)]
    received_on: Option<NaiveDate>,
    #[diesel(sql_type = Nullable<Text>)]
    setting: Option<String>,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    case_worker: Option<Uuid>,
    #[diesel(sql_type = Bool)]
    possible_duplicate: bool,
    #[diesel(sql_type = Nullable<Text>)]
    next_due_rule: Option<String>,
    #[diesel(sql_type = Nullable<Date>)]
    next_due_on: Option<NaiveDate>,
    #[diesel(sql_type = Nullable<Text>)]
    content: Option<String>,
}

/// A line of the list.
pub struct Line {
    /// The case.
    pub id: CaseId,
    /// The child.
    pub child: ChildId,
    /// Who the child is.
    pub identity: Option<Identity>,
    /// The human reference.
    pub reference: String,
    /// The stage.
    pub stage: Stage,
    /// The day the request was received.
    pub received_on: Option<NaiveDate>,
    /// The setting the child attends.
    pub setting: Option<String>,
    /// The case worker.
    pub case_worker: Option<StaffId>,
    /// Whether the child may have another file.
    pub possible_duplicate: bool,
    /// The earliest date not yet met, and its rule.
    pub next_due: Option<(String, NaiveDate)>,
}

/// The next date of a case as it was known at a position, under the law register of that time.
pub fn next_due_at(tx: &mut Tx<'_>, case: CaseId, position: i64) -> Result<Option<(String, NaiveDate)>, Error> {
    #[derive(QueryableByName)]
    struct Due {
        #[diesel(sql_type = Nullable<Text>)]
        next_due_rule: Option<String>,
        #[diesel(sql_type = Nullable<Date>)]
        next_due_on: Option<NaiveDate>,
    }
    let query = scoped(
        tx,
        concat!(
            "SELECT c.next_due_rule, c.next_due_on FROM case_view c WHERE c.authority = $1 AND ",
            in_scope!("c.child"),
            " AND ",
            then!("c"),
            " AND c.case_id = $6"
        ),
    )
    .bind(position)
    .bind(case.0);
    let row = query.get_result::<Due>(tx.conn()).optional();
    Ok(tx.sql(row)?.and_then(|row| row.next_due_rule.zip(row.next_due_on)))
}

/// Cases by their next date, those without one last, then by id. A row that fills the limit only says that there are more: it is not shown.
pub fn list(
    tx: &mut Tx<'_>,
    filter: &Filter,
    position: Option<i64>,
    today: NaiveDate,
    after: Option<(Option<NaiveDate>, CaseId)>,
    limit: i64,
) -> Result<Vec<Line>, Error> {
    // The order's key is total: cases without a date stand at infinity. The first page begins before every date.
    macro_rules! sql {
        ($known:ident) => {
            concat!(
                "SELECT c.case_id, c.child, c.reference, c.stage, c.received_on, c.setting, c.case_worker, c.possible_duplicate, \
                 c.next_due_rule, c.next_due_on, d.content FROM case_view c \
                 LEFT JOIN child_view i ON i.authority = c.authority AND i.child = c.child AND ",
                $known!("i"),
                " LEFT JOIN detail d ON d.authority = i.authority AND d.id = i.identity \
                 WHERE c.authority = $1 AND ",
                in_scope!("c.child"),
                " AND ",
                $known!("c"),
                " AND ",
                narrowed!("$7::uuid IS NULL OR c.case_worker = $7"),
                " AND ($10::date IS NULL OR c.next_due_on < $10) \
                 AND ($11 = 0 OR (c.next_due_on < $12) = ($11 = 1)) \
                 AND (",
                changed!("c.child", "$16", "$17", "$18", "$19"),
                " OR (c.known_from > $16 AND c.known_from <= $18)) \
                 AND (coalesce(c.next_due_on, 'infinity'), c.case_id) > (coalesce($13::date, \
                 CASE WHEN $14::uuid IS NULL THEN '-infinity' ELSE 'infinity' END::date), \
                 coalesce($14::uuid, '00000000-0000-0000-0000-000000000000')) \
                 ORDER BY coalesce(c.next_due_on, 'infinity'), c.case_id LIMIT $15"
            )
        };
    }
    let query = narrowing(scoped(tx, known_at!(position, sql)).bind(position), &filter.cases)
        .bind(filter.due_before)
        .bind(match filter.overdue {
            None => 0,
            Some(true) => 1,
            Some(false) => 2,
        })
        .bind(today)
        .bind(after.and_then(|(on, _)| on))
        .bind(after.map(|(_, id)| id.0))
        .bind(limit);
    let rows = within(query, filter.changed).load::<Row>(tx.conn());
    let rows = tx.sql(rows)?;
    let shown = usize::try_from(limit - 1).unwrap_or_default();
    rows.iter().take(shown).for_each(|row| tx.saw(row.child));
    let mut lines = Vec::with_capacity(rows.len());
    for row in rows {
        lines.push(Line {
            id: CaseId(row.case_id),
            child: ChildId(row.child),
            identity: identity(row.content.as_deref()),
            reference: row.reference,
            stage: row
                .stage
                .parse()
                .map_err(|unknown: strum::ParseError| Error::Sql(diesel::result::Error::DeserializationError(unknown.into())))?,
            received_on: row.received_on,
            setting: row.setting,
            case_worker: row.case_worker.map(StaffId),
            possible_duplicate: row.possible_duplicate,
            next_due: row.next_due_rule.zip(row.next_due_on),
        });
    }
    Ok(lines)
}

/// The child of a case that the caller may know of.
pub fn child_of(tx: &mut Tx<'_>, case: CaseId) -> Result<Option<ChildId>, Error> {
    #[derive(QueryableByName)]
    struct Of {
        #[diesel(sql_type = SqlUuid)]
        child: Uuid,
    }
    let query = scoped(
        tx,
        concat!(
            "SELECT c.child FROM case_view c WHERE c.authority = $1 AND ",
            in_scope!("c.child"),
            " AND c.known_to IS NULL AND c.case_id = $5"
        ),
    )
    .bind(case.0);
    let row = query.get_result::<Of>(tx.conn()).optional();
    Ok(tx.sql(row)?.map(|row| ChildId(row.child)))
}
