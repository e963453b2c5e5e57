//! The directory: authorities, staff, teams, settings.

use chrono::NaiveDate;
use diesel::insert_into;
use diesel::prelude::*;
use diesel::sql_types::{Nullable, Text};
use uuid::Uuid;

use super::schema::{authority, authority_code, journal_head, setting, staff, team};
use super::statement::statement;
use crate::db::{Error, Tx};
use crate::record::codes::SettingType;
use crate::record::{Organisation, StaffId, VIEWS_VERSION};

/// A member of staff.
#[derive(Queryable)]
pub struct StaffRow {
    /// Their id.
    pub id: Uuid,
    /// Their name.
    pub name: String,
    /// What they do.
    pub role: String,
    /// Their team.
    pub team: Option<Uuid>,
    /// Whether they work here still.
    pub active: bool,
    /// Their email address at work.
    pub email: Option<String>,
    /// Their telephone number at work.
    pub telephone: Option<String>,
}

/// A setting.
#[derive(Queryable)]
pub struct SettingRow {
    /// Its public identifier.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its type.
    pub setting_type: String,
    /// The phase it teaches.
    pub phase: String,
    /// The highest age it teaches.
    pub highest_age: Option<i16>,
    /// The code of the authority in whose area it lies.
    pub authority_code: Option<String>,
}

/// Staff after one, by id.
pub fn staff(tx: &mut Tx<'_>, after: Option<StaffId>, limit: i64) -> Result<Vec<StaffRow>, Error> {
    let mut query = staff::table
        .select((staff::id, staff::name, staff::role, staff::team, staff::active, staff::email, staff::telephone))
        .filter(staff::authority.eq(tx.permit().authority().0))
        .order(staff::id)
        .limit(limit)
        .into_boxed();
    if let Some(after) = after {
        query = query.filter(staff::id.gt(after.0));
    }
    let rows = query.load(tx.conn());
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
    (email, telephone): (Option<&str>, Option<&str>),
) -> Result<(), Error> {
    let done = insert_into(staff::table)
        .values((
            staff::authority.eq(tx.permit().authority().0),
            staff::id.eq(id),
            staff::name.eq(name),
            staff::role.eq(role),
            staff::team.eq(team),
            staff::subject.eq(subject),
            staff::email.eq(email),
            staff::telephone.eq(telephone),
        ))
        .execute(tx.conn());
    tx.sql(done).map(drop)
}

/// Whether an id is a member of the authority's staff.
pub fn is_staff(tx: &mut Tx<'_>, id: StaffId) -> Result<bool, Error> {
    let found = staff::table
        .select(staff::id)
        .filter(staff::authority.eq(tx.permit().authority().0))
        .filter(staff::id.eq(id.0))
        .filter(staff::active)
        .first::<Uuid>(tx.conn())
        .optional();
    Ok(tx.sql(found)?.is_some())
}

/// Which of these are members of the authority's staff, whether or not they work here still.
pub fn staff_among(tx: &mut Tx<'_>, ids: &[StaffId]) -> Result<Vec<StaffId>, Error> {
    let found = staff::table
        .select(staff::id)
        .filter(staff::authority.eq(tx.permit().authority().0))
        .filter(staff::id.eq_any(ids.iter().map(|id| id.0)))
        .load::<Uuid>(tx.conn());
    Ok(tx.sql(found)?.into_iter().map(StaffId).collect())
}

/// The member of staff whom tokens of this subject name, and whether they work here still.
pub fn staff_of_subject(tx: &mut Tx<'_>, subject: &str) -> Result<Option<(StaffId, bool)>, Error> {
    let found = staff::table
        .select((staff::id, staff::active))
        .filter(staff::authority.eq(tx.permit().authority().0))
        .filter(staff::subject.eq(subject))
        .first::<(Uuid, bool)>(tx.conn())
        .optional();
    Ok(tx.sql(found)?.map(|(id, active)| (StaffId(id), active)))
}

/// A team.
#[derive(Queryable)]
pub struct TeamRow {
    /// Its id.
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// Its email address.
    pub email: Option<String>,
    /// Its telephone number.
    pub telephone: Option<String>,
}

/// The authority's teams, by name.
pub fn teams(tx: &mut Tx<'_>) -> Result<Vec<TeamRow>, Error> {
    let rows = team::table
        .select((team::id, team::name, team::email, team::telephone))
        .filter(team::authority.eq(tx.permit().authority().0))
        .order((team::name, team::id))
        .limit(200)
        .load(tx.conn());
    tx.sql(rows)
}

/// Adds a team.
pub fn add_team(tx: &mut Tx<'_>, id: Uuid, name: &str, email: Option<&str>, telephone: Option<&str>) -> Result<(), Error> {
    let done = insert_into(team::table)
        .values((
            team::authority.eq(tx.permit().authority().0),
            team::id.eq(id),
            team::name.eq(name),
            team::email.eq(email),
            team::telephone.eq(telephone),
        ))
        .execute(tx.conn());
    tx.sql(done).map(drop)
}

/// Settings after one, by identifier.
pub fn settings(tx: &mut Tx<'_>, after: Option<&str>, limit: i64) -> Result<Vec<SettingRow>, Error> {
    let rows = setting::table
        .select((
            setting::id,
            setting::name,
            setting::setting_type,
            setting::phase,
            setting::highest_age,
            setting::authority_code,
        ))
        .filter(setting::id.gt(after.unwrap_or_default()))
        .order(setting::id)
        .limit(limit)
        .load(tx.conn());
    tx.sql(rows)
}

/// The names of settings, where they are known, by identifier.
pub fn setting_names(tx: &mut Tx<'_>, ids: &[&Organisation]) -> Result<Vec<(String, String)>, Error> {
    let ids: Vec<_> = ids.iter().map(|id| id.as_str()).collect();
    let rows = setting::table.select((setting::id, setting::name)).filter(setting::id.eq_any(ids)).load(tx.conn());
    tx.sql(rows)
}

/// How a member of staff is reached.
#[derive(QueryableByName)]
pub struct ContactRow {
    /// Their name.
    #[diesel(sql_type = Text)]
    pub name: String,
    /// Their email address.
    #[diesel(sql_type = Nullable<Text>)]
    pub email: Option<String>,
    /// Their telephone number.
    #[diesel(sql_type = Nullable<Text>)]
    pub telephone: Option<String>,
    /// Their team's name.
    #[diesel(sql_type = Nullable<Text>)]
    pub team: Option<String>,
    /// The team's email address.
    #[diesel(sql_type = Nullable<Text>)]
    pub team_email: Option<String>,
    /// The team's telephone number.
    #[diesel(sql_type = Nullable<Text>)]
    pub team_telephone: Option<String>,
}

/// How a member of the authority's staff is reached, with their team.
pub fn contact_of(tx: &mut Tx<'_>, id: StaffId) -> Result<Option<ContactRow>, Error> {
    let found = statement(
        "SELECT s.name, s.email, s.telephone, t.name AS team, t.email AS team_email, t.telephone AS team_telephone FROM staff s \
         LEFT JOIN team t ON t.authority = s.authority AND t.id = s.team WHERE s.authority = $1 AND s.id = $2",
    )
    .bind(tx.permit().authority().0)
    .bind(id.0)
    .get_result(tx.conn())
    .optional();
    tx.sql(found)
}

/// The name of a setting, where it is known.
pub fn setting_name(tx: &mut Tx<'_>, id: &str) -> Result<Option<String>, Error> {
    let found = setting::table.select(setting::name).filter(setting::id.eq(id)).first(tx.conn()).optional();
    tx.sql(found)
}

/// The type of a setting, where it is known.
pub fn setting_type(tx: &mut Tx<'_>, id: &Organisation) -> Result<Option<SettingType>, Error> {
    let found = setting::table.select(setting::setting_type).filter(setting::id.eq(id.as_str())).first::<String>(tx.conn());
    Ok(tx.sql(found.optional())?.and_then(|code| code.parse().ok()))
}

/// The name of a member of the authority's staff.
pub fn staff_name(tx: &mut Tx<'_>, id: StaffId) -> Result<Option<String>, Error> {
    let found = staff::table
        .select(staff::name)
        .filter(staff::authority.eq(tx.permit().authority().0))
        .filter(staff::id.eq(id.0))
        .first(tx.conn())
        .optional();
    tx.sql(found)
}

/// Sets what is known of a setting.
pub fn put_setting(tx: &mut Tx<'_>, row: &SettingRow) -> Result<(), Error> {
    let known = (
        setting::name.eq(&row.name),
        setting::setting_type.eq(&row.setting_type),
        setting::phase.eq(&row.phase),
        setting::highest_age.eq(row.highest_age),
        setting::authority_code.eq(&row.authority_code),
    );
    let done = insert_into(setting::table)
        .values((setting::id.eq(&row.id), known))
        .on_conflict(setting::id)
        .do_update()
        .set(known)
        .execute(tx.conn());
    tx.sql(done).map(drop)
}

/// The authorities kept here, by each Department code that holds today.
pub fn codes(tx: &mut Tx<'_>) -> Result<Vec<(String, i32)>, Error> {
    let today = tx.today();
    let rows = authority_code::table
        .select((authority_code::code, authority_code::authority))
        .filter(authority_code::from_on.le(today))
        .filter(authority_code::to_on.is_null().or(authority_code::to_on.gt(today)))
        .load(tx.conn());
    tx.sql(rows)
}

/// The authorities kept here, by id, with their names.
pub fn authorities(tx: &mut Tx<'_>) -> Result<Vec<(i32, String)>, Error> {
    let rows = authority::table.select((authority::id, authority::name)).order(authority::id).load(tx.conn());
    tx.sql(rows)
}

/// An authority.
#[derive(Queryable)]
pub struct AuthorityRow {
    /// Its id.
    pub id: i32,
    /// The Department's code that holds today.
    pub code: Option<String>,
    /// Its name.
    pub name: String,
}

/// The authority the caller acts in.
pub fn authority(tx: &mut Tx<'_>) -> Result<Option<AuthorityRow>, Error> {
    let today = tx.today();
    let holds = authority_code::from_on.le(today).and(authority_code::to_on.is_null().or(authority_code::to_on.gt(today)));
    let row = authority::table
        .left_join(authority_code::table.on(authority_code::authority.eq(authority::id).and(holds)))
        .select((authority::id, authority_code::code.nullable(), authority::name))
        .filter(authority::id.eq(tx.permit().authority().0))
        .order(authority_code::code.desc())
        .first(tx.conn())
        .optional();
    tx.sql(row)
}

/// Adds an authority, with an empty journal of its own.
pub fn add_authority(tx: &mut Tx<'_>, name: &str, code: &str) -> Result<(), Error> {
    let id = tx.permit().authority().0;
    let done = insert_into(authority::table).values((authority::id.eq(id), authority::name.eq(name))).execute(tx.conn());
    tx.sql(done)?;
    // Codes are dated because councils merge; a first code holds from the day the Act came into force.
    let first = NaiveDate::from_ymd_opt(2014, 9, 1).unwrap_or_default();
    let done = insert_into(authority_code::table)
        .values((authority_code::authority.eq(id), authority_code::code.eq(code), authority_code::from_on.eq(first)))
        .execute(tx.conn());
    tx.sql(done)?;
    let done = insert_into(journal_head::table)
        .values((journal_head::authority.eq(id), journal_head::views_version.eq(VIEWS_VERSION)))
        .execute(tx.conn());
    tx.sql(done).map(drop)
}
