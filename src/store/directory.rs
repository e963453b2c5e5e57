//! The directory: authorities, staff, teams, settings.

use diesel::sql_types::{Bool, Integer, Nullable, Text, Uuid as SqlUuid};
use diesel::{OptionalExtension, QueryableByName, RunQueryDsl};
use uuid::Uuid;

use super::statement::statement;
use crate::db::{Error, Tx};
use crate::record::StaffId;

/// A member of staff.
#[derive(QueryableByName)]
pub struct StaffRow {
    /// Their id.
    #[diesel(sql_type = SqlUuid)]
    pub id: Uuid,
    /// Their name.
    #[diesel(sql_type = Text)]
    pub name: String,
    /// What they do.
    #[diesel(sql_type = Text)]
    pub role: String,
    /// Their team.
    #[diesel(sql_type = Nullable<SqlUuid>)]
    pub team: Option<Uuid>,
    /// Whether they work here still.
    #[diesel(sql_type = Bool)]
    pub active: bool,
}

/// A setting.
#[derive(QueryableByName)]
pub struct SettingRow {
    /// Its public identifier.
    #[diesel(sql_type = Text)]
    pub id: String,
    /// Its name.
    #[diesel(sql_type = Text)]
    pub name: String,
    /// Its type.
    #[diesel(sql_type = Text)]
    pub setting_type: String,
    /// The phase it teaches.
    #[diesel(sql_type = Text)]
    pub phase: String,
}

#[derive(QueryableByName)]
struct Id {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
}

/// Staff after one, by id.
pub fn staff(tx: &mut Tx<'_>, after: Option<StaffId>, limit: i64) -> Result<Vec<StaffRow>, Error> {
    let rows = statement(
        "SELECT id, name, role, team, active FROM staff WHERE authority = $1 AND ($2::uuid IS NULL OR id > $2) ORDER BY id LIMIT $3",
    )
    .bind(tx.permit().authority().0)
    .bind(after.map(|id| id.0))
    .bind(limit)
    .load(tx.conn());
    tx.sql(rows)
}

/// Adds a member of staff.
pub fn add_staff(
    tx: &mut Tx<'_>,
    id: Uuid,
    name: &str,
    role: &str,
    team: Option<Uuid>,
    subject: Option<&str>,
) -> Result<(), Error> {
    let done = statement("INSERT INTO staff (authority, id, name, role, team, subject) VALUES ($1, $2, $3, $4, $5, $6)")
        .bind(tx.permit().authority().0)
        .bind(id)
        .bind(name)
        .bind(role)
        .bind(team)
        .bind(subject.map(str::to_owned))
        .execute(tx.conn());
    tx.sql(done).map(drop)
}

/// Whether an id is a member of the authority's staff.
pub fn is_staff(tx: &mut Tx<'_>, id: StaffId) -> Result<bool, Error> {
    let row = statement("SELECT id FROM staff WHERE authority = $1 AND id = $2 AND active")
        .bind(tx.permit().authority().0)
        .bind(id.0)
        .get_result::<Id>(tx.conn())
        .optional();
    Ok(tx.sql(row)?.is_some())
}

/// The member of staff whom the caller's token names.
pub fn staff_of_subject(tx: &mut Tx<'_>) -> Result<Option<StaffId>, Error> {
    let row = statement("SELECT id FROM staff WHERE authority = $1 AND subject = $2 AND active")
        .bind(tx.permit().authority().0)
        .bind(tx.permit().caller().subject.clone())
        .get_result::<Id>(tx.conn())
        .optional();
    Ok(tx.sql(row)?.map(|row| StaffId(row.id)))
}

#[derive(QueryableByName)]
struct Named {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
    #[diesel(sql_type = Text)]
    name: String,
}

/// The authority's teams, by name.
pub fn teams(tx: &mut Tx<'_>) -> Result<Vec<(Uuid, String)>, Error> {
    let rows = statement("SELECT id, name FROM team WHERE authority = $1 ORDER BY name, id LIMIT 200")
        .bind(tx.permit().authority().0)
        .load::<Named>(tx.conn());
    Ok(tx.sql(rows)?.into_iter().map(|row| (row.id, row.name)).collect())
}

/// Adds a team.
pub fn add_team(tx: &mut Tx<'_>, id: Uuid, name: &str) -> Result<(), Error> {
    let done = statement("INSERT INTO team (authority, id, name) VALUES ($1, $2, $3)")
        .bind(tx.permit().authority().0)
        .bind(id)
        .bind(name)
        .execute(tx.conn());
    tx.sql(done).map(drop)
}

/// Settings after one, by identifier.
pub fn settings(tx: &mut Tx<'_>, after: Option<&str>, limit: i64) -> Result<Vec<SettingRow>, Error> {
    let rows =
        statement("SELECT id, name, setting_type, phase FROM setting WHERE $1::text IS NULL OR id > $1 ORDER BY id LIMIT $2")
            .bind(after.map(str::to_owned))
            .bind(limit)
            .load(tx.conn());
    tx.sql(rows)
}

/// Sets what is known of a setting.
pub fn put_setting(tx: &mut Tx<'_>, id: &str, name: &str, setting_type: &str, phase: &str) -> Result<(), Error> {
    let done = statement(
        "INSERT INTO setting (id, name, setting_type, phase) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (id) DO UPDATE SET name = excluded.name, setting_type = excluded.setting_type, phase = excluded.phase",
    )
    .bind(id)
    .bind(name)
    .bind(setting_type)
    .bind(phase)
    .execute(tx.conn());
    tx.sql(done).map(drop)
}

#[derive(QueryableByName)]
struct CodeRow {
    #[diesel(sql_type = Integer)]
    authority: i32,
    #[diesel(sql_type = Text)]
    code: String,
}

/// The authorities kept here, by each Department code that holds today.
pub fn codes(tx: &mut Tx<'_>) -> Result<Vec<(String, i32)>, Error> {
    let rows = statement("SELECT authority, code FROM authority_code WHERE from_on <= $1 AND (to_on IS NULL OR to_on > $1)")
        .bind(tx.today())
        .load::<CodeRow>(tx.conn());
    Ok(tx.sql(rows)?.into_iter().map(|row| (row.code, row.authority)).collect())
}

/// An authority.
#[derive(QueryableByName)]
pub struct AuthorityRow {
    /// Its id.
    #[diesel(sql_type = Integer)]
    pub id: i32,
    /// The Department's code that holds today.
    #[diesel(sql_type = Nullable<Text>)]
    pub code: Option<String>,
    /// Its name.
    #[diesel(sql_type = Text)]
    pub name: String,
}

/// The authority the caller acts in.
pub fn authority(tx: &mut Tx<'_>) -> Result<Option<AuthorityRow>, Error> {
    let row = statement(
        "SELECT id, name, (SELECT max(code) FROM authority_code WHERE authority = id AND from_on <= $2 \
         AND (to_on IS NULL OR to_on > $2)) AS code FROM authority WHERE id = $1",
    )
    .bind(tx.permit().authority().0)
    .bind(tx.today())
    .get_result(tx.conn())
    .optional();
    tx.sql(row)
}

/// Adds an authority, with an empty journal of its own.
pub fn add_authority(tx: &mut Tx<'_>, name: &str, code: &str) -> Result<(), Error> {
    let id = tx.permit().authority().0;
    let steps = [
        statement("INSERT INTO authority (id, name) VALUES ($1, $2)").bind(id).bind(name),
        statement("INSERT INTO authority_code (authority, code, from_on) VALUES ($1, $2, '2014-09-01')").bind(id).bind(code),
        statement("INSERT INTO journal_head (authority) VALUES ($1)").bind(id),
    ];
    for step in steps {
        let done = step.execute(tx.conn());
        tx.sql(done)?;
    }
    Ok(())
}
