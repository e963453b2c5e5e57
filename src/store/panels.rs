//! Panels: meetings, the items of their agendas, and the kinds of panel an authority has.

use chrono::NaiveDate;
use diesel::sql_types::{Array, BigInt, Date, Integer, Nullable, Text, Uuid as SqlUuid};
use diesel::{OptionalExtension, QueryableByName, RunQueryDsl};
use uuid::Uuid;

use super::children::identity;
use super::scope::{in_scope, known_at, now, scoped, then};
use super::statement::statement;
use crate::db::{Error, Tx};
use crate::record::{CaseId, Identity, ItemId, MeetingId, person};

/// A line of the list of meetings.
#[derive(QueryableByName)]
pub struct Line {
    /// The meeting.
    #[diesel(sql_type = SqlUuid)]
    pub meeting: Uuid,
    /// Which panel meets.
    #[diesel(sql_type = Text)]
    pub panel: String,
    /// The kind of panel it is.
    #[diesel(sql_type = Nullable<Text>)]
    pub kind: Option<String>,
    /// The day it meets.
    #[diesel(sql_type = Date)]
    pub meets_on: NaiveDate,
    /// The day it was closed.
    #[diesel(sql_type = Nullable<Date>)]
    pub closed_on: Option<NaiveDate>,
}

/// Meetings the caller may know of, the latest first, before a day and id.
pub fn list(tx: &mut Tx<'_>, before: Option<(NaiveDate, MeetingId)>, limit: i64) -> Result<Vec<Line>, Error> {
    let member = person(&tx.permit().caller().subject);
    let query = scoped(
        tx,
        "SELECT m.meeting, m.panel, m.kind, m.meets_on, m.closed_on FROM meeting_view m \
         WHERE m.authority = $1 AND m.known_to IS NULL AND m.meets_on IS NOT NULL AND ($2 OR ($5 = ANY (m.members) \
         AND $3::text[] IS NOT NULL AND $4::date IS NOT NULL)) \
         AND ($6::date IS NULL OR (m.meets_on, m.meeting) < ($6, $7)) ORDER BY m.meets_on DESC, m.meeting DESC LIMIT $8",
    )
    .bind(member)
    .bind(before.map(|(on, _)| on))
    .bind(before.map(|(_, id)| id.0))
    .bind(limit);
    let rows = query.load::<Line>(tx.conn());
    tx.sql(rows)
}

#[derive(QueryableByName)]
struct Advised {
    #[diesel(sql_type = SqlUuid)]
    case_id: Uuid,
    #[diesel(sql_type = Nullable<Text>)]
    recommendation: Option<String>,
}

/// The case an item is about, and what the panel recommended, in the API's words.
pub fn recommendation(tx: &mut Tx<'_>, item: ItemId) -> Result<Option<(CaseId, Option<String>)>, Error> {
    let query = scoped(
        tx,
        concat!(
            "SELECT i.case_id, i.recommendation FROM item_view i WHERE i.authority = $1 AND i.known_to IS NULL AND ",
            in_scope!("i.child"),
            " AND i.item = $5"
        ),
    )
    .bind(item.0);
    let row = query.get_result::<Advised>(tx.conn()).optional();
    Ok(tx.sql(row)?.map(|row| (CaseId(row.case_id), row.recommendation)))
}

/// Locks a meeting, so that nothing else is added to it until this transaction ends. Children's files are locked before it.
pub fn lock(tx: &mut Tx<'_>, meeting: MeetingId) -> Result<(), Error> {
    // A meeting has no row of its own to lock; its id does as well.
    let done =
        statement("SELECT pg_advisory_xact_lock(hashtextextended('meeting ' || $1::text, 0))").bind(meeting.0).execute(tx.conn());
    tx.sql(done).map(drop)
}

/// What stands in the case behind an item: one row for each duty that runs, at least one.
#[derive(QueryableByName)]
pub struct Behind {
    /// The item.
    #[diesel(sql_type = SqlUuid)]
    pub item: Uuid,
    #[diesel(sql_type = SqlUuid)]
    child: Uuid,
    /// The case's human reference.
    #[diesel(sql_type = Text)]
    pub reference: String,
    #[diesel(sql_type = Nullable<Text>)]
    content: Option<String>,
    /// What an officer decided, citing the item.
    #[diesel(sql_type = Nullable<Text>)]
    pub outcome: Option<String>,
    /// The day it was decided.
    #[diesel(sql_type = Nullable<Date>)]
    pub decided_on: Option<NaiveDate>,
    /// Why the decision is not what the panel recommended.
    #[diesel(sql_type = Nullable<Text>)]
    pub because: Option<String>,
    /// The rule of a duty that runs.
    #[diesel(sql_type = Nullable<Text>)]
    pub rule: Option<String>,
    /// The day it is due.
    #[diesel(sql_type = Nullable<Date>)]
    pub due_on: Option<NaiveDate>,
}

impl Behind {
    /// Who the child is.
    pub fn identity(&self) -> Option<Identity> {
        identity(self.content.as_deref())
    }
}

/// What stands behind each item of a meeting that the caller may see, as known at a position.
pub fn behind(tx: &mut Tx<'_>, meeting: MeetingId, position: Option<i64>) -> Result<Vec<Behind>, Error> {
    macro_rules! sql {
        ($known:ident) => {
            concat!(
                "SELECT i.item, i.child, c.reference, d.content, \
                 x.outcome, x.decided_on, o.content::jsonb ->> 'differsBecause' AS because, \
                 t.rule, t.due_on FROM item_view i \
                 JOIN case_view c ON c.authority = i.authority AND c.case_id = i.case_id AND ",
                $known!("c"),
                " LEFT JOIN child_view n ON n.authority = i.authority AND n.child = i.child AND ",
                $known!("n"),
                " LEFT JOIN detail d ON d.authority = n.authority AND d.id = n.identity \
                 LEFT JOIN citing_view x ON x.authority = i.authority AND x.item = i.item AND ",
                $known!("x"),
                " LEFT JOIN detail o ON o.authority = x.authority AND o.id = x.detail \
                 LEFT JOIN duty_view t ON t.authority = c.authority AND t.case_id = c.case_id AND ",
                $known!("t"),
                " AND t.met_on IS NULL AND NOT t.fell_away WHERE i.authority = $1 AND ",
                in_scope!("i.child"),
                " AND ",
                $known!("i"),
                " AND i.meeting = $6 ORDER BY i.item, t.due_on, t.rule, t.about, t.starts_on"
            )
        };
    }
    let query = scoped(tx, known_at!(position, sql)).bind(position).bind(meeting.0);
    let rows = query.load::<Behind>(tx.conn());
    let rows = tx.sql(rows)?;
    rows.iter().for_each(|row| tx.saw(row.child));
    Ok(rows)
}

#[derive(QueryableByName)]
struct Conflicted {
    #[diesel(sql_type = Array<Text>)]
    conflicts: Vec<String>,
}

/// Who declared a conflict of interest about a case at any meeting, as people are granted children.
pub fn conflicts_about(tx: &mut Tx<'_>, case: CaseId) -> Result<Vec<String>, Error> {
    let query = scoped(
        tx,
        concat!(
            "SELECT coalesce(i.conflicts, '{}') AS conflicts FROM item_view i WHERE i.authority = $1 AND i.known_to IS NULL AND ",
            in_scope!("i.child"),
            " AND i.case_id = $5"
        ),
    )
    .bind(case.0);
    let rows = query.load::<Conflicted>(tx.conn());
    Ok(tx.sql(rows)?.into_iter().flat_map(|row| row.conflicts).collect())
}

/// What officers decided in cases alike, by outcome.
#[derive(QueryableByName)]
pub struct Alike {
    /// What was decided.
    #[diesel(sql_type = Text)]
    pub outcome: String,
    /// How often.
    #[diesel(sql_type = BigInt)]
    pub cases: i64,
    /// The latest such cases.
    #[diesel(sql_type = Array<SqlUuid>)]
    pub examples: Vec<Uuid>,
}

/// What makes cases alike.
pub struct Likeness<'a> {
    /// The decision asked about: `assess` or `plan`.
    pub question: &'static str,
    /// The case it is compared with, which is left out.
    pub case: CaseId,
    /// The primary need, by its code.
    pub need: Option<&'a str>,
    /// Days lived by the day asked about.
    pub days_lived: Option<i64>,
    /// The setting, whose phase counts.
    pub setting: Option<&'a str>,
}

/// What was decided by officers of this authority in cases alike. No child is shown: the counts are of the whole authority,
/// whoever asks.
pub fn alike(tx: &mut Tx<'_>, like: &Likeness<'_>) -> Result<Vec<Alike>, Error> {
    tx.act_for_authority()?;
    let query = statement(
        "SELECT x.outcome, count(*) AS cases, (array_agg(x.case_id ORDER BY x.decided_on DESC, x.case_id))[1:3] AS examples \
         FROM (SELECT c.case_id, c.setting, d.content::jsonb -> 'identity' AS identity, \
         CASE $2 WHEN 'assess' THEN c.assessment_outcome ELSE c.plan_outcome END AS outcome, \
         CASE $2 WHEN 'assess' THEN c.assessment_decided_on ELSE c.plan_decided_on END AS decided_on FROM case_view c \
         LEFT JOIN child_view n ON n.authority = c.authority AND n.child = c.child AND n.known_to IS NULL \
         LEFT JOIN detail d ON d.authority = n.authority AND d.id = n.identity \
         WHERE c.authority = $1 AND c.known_to IS NULL AND c.case_id <> $3) x LEFT JOIN setting s ON s.id = x.setting \
         WHERE x.outcome IS NOT NULL AND ($4::text IS NULL OR x.identity -> 'needs' ->> 0 = $4) \
         AND ($5::bigint IS NULL OR abs(x.decided_on - (x.identity ->> 'bornOn')::date - $5) <= 366) \
         AND ($6::text IS NULL OR s.phase IS NOT DISTINCT FROM (SELECT p.phase FROM setting p WHERE p.id = $6)) \
         GROUP BY x.outcome ORDER BY count(*) DESC, x.outcome",
    )
    .bind(tx.permit().authority().0)
    .bind(like.question)
    .bind(like.case.0)
    .bind(like.need.map(str::to_owned))
    .bind(like.days_lived)
    .bind(like.setting.map(str::to_owned));
    let rows = query.load::<Alike>(tx.conn());
    tx.sql(rows)
}

/// A kind of panel, with one row for each of its usual members, at least one.
#[derive(QueryableByName)]
pub struct KindRow {
    /// Its id.
    #[diesel(sql_type = Text)]
    pub id: String,
    /// Its name.
    #[diesel(sql_type = Text)]
    pub name: String,
    /// How many members must be there.
    #[diesel(sql_type = Integer)]
    pub quorum: i32,
    /// Which agencies must be there.
    #[diesel(sql_type = Array<Text>)]
    pub quorum_agencies: Vec<String>,
    /// The usual days from one meeting to the next.
    #[diesel(sql_type = Integer)]
    pub interval_days: i32,
    /// A usual member, by their token's subject.
    #[diesel(sql_type = Nullable<Text>)]
    pub member: Option<String>,
    /// Whom they speak for.
    #[diesel(sql_type = Nullable<Text>)]
    pub agency: Option<String>,
    /// Their name at work.
    #[diesel(sql_type = Nullable<Text>)]
    pub person: Option<String>,
}

/// The authority's kinds of panel, or the one with this id, by name; their members in order.
pub fn kinds(tx: &mut Tx<'_>, id: Option<&str>) -> Result<Vec<KindRow>, Error> {
    let query = statement(
        "SELECT k.id, k.name, k.quorum, k.quorum_agencies, k.interval_days, s.member, s.agency, p.name AS person \
         FROM panel_kind k LEFT JOIN panel_seat s ON s.authority = k.authority AND s.kind = k.id \
         LEFT JOIN panel_person p ON p.authority = s.authority AND p.member = s.member \
         WHERE k.authority = $1 AND ($2::text IS NULL OR k.id = $2) ORDER BY k.name, k.id, s.place LIMIT 2000",
    )
    .bind(tx.permit().authority().0)
    .bind(id.map(str::to_owned));
    let rows = query.load::<KindRow>(tx.conn());
    tx.sql(rows)
}

/// A kind of panel, to be set.
pub struct Kind<'a> {
    /// Its id.
    pub id: &'a str,
    /// Its name.
    pub name: &'a str,
    /// How many members must be there.
    pub quorum: u16,
    /// Which agencies must be there.
    pub quorum_agencies: Vec<String>,
    /// The usual days from one meeting to the next.
    pub interval_days: u16,
    /// Its usual members in order, each with whom they speak for.
    pub seats: Vec<(String, String)>,
}

/// Sets a kind of panel and who usually sits on it.
pub fn put_kind(tx: &mut Tx<'_>, kind: Kind<'_>) -> Result<(), Error> {
    let authority = tx.permit().authority().0;
    let done = statement(
        "INSERT INTO panel_kind (authority, id, name, quorum, quorum_agencies, interval_days) VALUES ($1, $2, $3, $4, $5, $6) \
         ON CONFLICT ON CONSTRAINT panel_kind_pkey DO UPDATE SET name = $3, quorum = $4, quorum_agencies = $5, interval_days = $6",
    )
    .bind(authority)
    .bind(kind.id)
    .bind(kind.name)
    .bind(i32::from(kind.quorum))
    .bind(kind.quorum_agencies)
    .bind(i32::from(kind.interval_days))
    .execute(tx.conn());
    tx.sql(done)?;
    let done = statement("DELETE FROM panel_seat WHERE authority = $1 AND kind = $2").bind(authority).bind(kind.id);
    let done = done.execute(tx.conn());
    tx.sql(done)?;
    let (members, agencies): (Vec<_>, Vec<_>) = kind.seats.into_iter().unzip();
    let done = statement(
        "INSERT INTO panel_seat (authority, kind, place, member, agency) \
         SELECT $1, $2, s.place, s.member, s.agency FROM unnest($3::text[], $4::text[]) WITH ORDINALITY AS s(member, agency, place)",
    )
    .bind(authority)
    .bind(kind.id)
    .bind(members)
    .bind(agencies)
    .execute(tx.conn());
    tx.sql(done).map(drop)
}

/// Keeps people's names at work, by their tokens' subjects.
pub fn put_people(tx: &mut Tx<'_>, people: Vec<(String, String)>) -> Result<(), Error> {
    if people.is_empty() {
        return Ok(());
    }
    let (members, names): (Vec<_>, Vec<_>) = people.into_iter().unzip();
    let done = statement(
        "INSERT INTO panel_person (authority, member, name) SELECT $1, s.member, s.name \
         FROM unnest($2::text[], $3::text[]) AS s(member, name) \
         ON CONFLICT ON CONSTRAINT panel_person_pkey DO UPDATE SET name = excluded.name",
    )
    .bind(tx.permit().authority().0)
    .bind(members)
    .bind(names)
    .execute(tx.conn());
    tx.sql(done).map(drop)
}

/// The names at work of people, by their tokens' subjects; the staff directory's before those told for panels.
pub fn people(tx: &mut Tx<'_>, members: &[String]) -> Result<Vec<(String, String)>, Error> {
    #[derive(QueryableByName)]
    struct Named {
        #[diesel(sql_type = Text)]
        member: String,
        #[diesel(sql_type = Text)]
        name: String,
    }
    let query = statement(
        "SELECT p.member, p.name FROM panel_person p WHERE p.authority = $1 AND p.member = ANY ($2) \
         UNION ALL SELECT s.subject, s.name FROM staff s WHERE s.authority = $1 AND s.subject = ANY ($2)",
    )
    .bind(tx.permit().authority().0)
    .bind(members.to_vec());
    let rows = query.load::<Named>(tx.conn());
    Ok(tx.sql(rows)?.into_iter().map(|row| (row.member, row.name)).collect())
}
