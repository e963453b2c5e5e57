//! The directory: an authority's staff and teams, and the settings children attend.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::Error;
use super::wrong;
use crate::access::Role;
use crate::db::Tx;
use crate::record::codes::{AuthorityCode, Phase, SettingType};
use crate::record::{Organisation, StaffId, TeamId};
use crate::store::directory::{self, SettingRow};

/// A member of staff.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct StaffView {
    /// Their id.
    pub id: StaffId,
    /// Their name at work.
    pub name: String,
    /// What they do.
    #[schema(value_type = Role)]
    pub role: String,
    /// Their team.
    pub team: Option<TeamId>,
    /// Whether they work here still.
    pub active: bool,
    /// Their email address at work. Null: not entered.
    pub email: Option<String>,
    /// Their telephone number at work. Null: not entered.
    pub telephone: Option<String>,
}

/// Adds a member of staff.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"name": "Jo Officer", "role": "case_worker", "subject": "https://login.example|jo", "email": "jo@havering.example", "telephone": "01708 000001"}))]
pub struct AddStaff {
    /// Their name at work.
    #[schema(min_length = 1, max_length = 100)]
    pub name: String,
    /// What they do.
    pub role: Role,
    /// Their team.
    pub team: Option<TeamId>,
    /// The person as their token names them: issuer, a bar, subject.
    #[schema(max_length = 600)]
    pub subject: Option<String>,
    /// Their email address at work, where families and schools reach them.
    #[schema(max_length = 254)]
    pub email: Option<String>,
    /// Their telephone number at work.
    #[schema(max_length = 40)]
    pub telephone: Option<String>,
}

/// A team.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct TeamView {
    /// Its id.
    pub id: TeamId,
    /// Its name.
    pub name: String,
    /// Its email address. Null: not entered.
    pub email: Option<String>,
    /// Its telephone number. Null: not entered.
    pub telephone: Option<String>,
}

/// Adds a team.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"name": "Assessments North", "email": "ehc.north@havering.example", "telephone": "01708 000002"}))]
pub struct AddTeam {
    /// Its name.
    #[schema(min_length = 1, max_length = 100)]
    pub name: String,
    /// Its email address, where families and schools reach it.
    #[schema(max_length = 254)]
    pub email: Option<String>,
    /// Its telephone number.
    #[schema(max_length = 40)]
    pub telephone: Option<String>,
}

/// A school, college or nursery.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SettingView {
    /// Its public identifier.
    #[schema(example = "urn:900001")]
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its type.
    #[schema(value_type = SettingType)]
    pub setting_type: String,
    /// The phase it teaches.
    #[schema(value_type = Phase)]
    pub phase: String,
    /// The highest age it teaches. Null: not known, or the usual one of its phase.
    #[schema(example = 11)]
    pub highest_age: Option<i16>,
    /// The Department's code of the authority in whose area it lies. Null: not entered.
    #[schema(value_type = Option<AuthorityCode>)]
    pub authority: Option<String>,
}

/// Sets what is known of a setting.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"id": "urn:900001", "name": "Example Primary School", "settingType": "academy", "phase": "primary", "authority": "311"}))]
pub struct PutSetting {
    /// Its public identifier.
    pub id: Organisation,
    /// Its name.
    #[schema(min_length = 1, max_length = 200)]
    pub name: String,
    /// Its type.
    pub setting_type: SettingType,
    /// The phase it teaches.
    pub phase: Phase,
    /// The highest age it teaches, as the national register has it: 7 of an infant school, 11 of most primary schools, 16 or 18 of a
    /// secondary school. Who changes the phase of education is found from it; left out, the usual one of its phase.
    #[schema(minimum = 3, maximum = 25)]
    pub highest_age: Option<u8>,
    /// The Department's code of the authority in whose area it lies: by it a placement is in or out of the borough.
    #[schema(value_type = Option<AuthorityCode>)]
    pub authority: Option<String>,
}

/// Something added to the directory.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Added {
    /// Its id.
    #[schema(example = "0190b0a0-0000-7000-8000-000000000001")]
    pub id: String,
}

/// The authority's staff after one, by id.
pub fn staff(tx: &mut Tx<'_>, after: Option<StaffId>, limit: i64) -> Result<Vec<StaffView>, Error> {
    let rows = directory::staff(tx, after, limit)?;
    Ok(rows
        .into_iter()
        .map(|row| StaffView {
            id: StaffId(row.id),
            name: row.name,
            role: row.role,
            team: row.team.map(TeamId),
            active: row.active,
            email: row.email,
            telephone: row.telephone,
        })
        .collect())
}

/// Adds a member of staff.
///
/// # Errors
/// [`Error::Invalid`] for a team that is not this authority's, or a person who is on its staff already.
pub fn add_staff(tx: &mut Tx<'_>, body: &AddStaff) -> Result<Added, Error> {
    if let Some(team) = body.team
        && !directory::teams(tx)?.iter().any(|known| known.id == team.0)
    {
        return Err(wrong("/team", "unknown_team", "Is no team of this authority; /v1/teams lists them."));
    }
    if let Some(subject) = &body.subject
        && directory::staff_of_subject(tx, subject)?.is_some()
    {
        return Err(wrong("/subject", "already_on_staff", "Names a person who is on this authority's staff already."));
    }
    let id: Uuid = tx.new_id();
    let contact = (body.email.as_deref(), body.telephone.as_deref());
    directory::add_staff(tx, id, &body.name, body.role.as_str(), body.team.map(|t| t.0), body.subject.as_deref(), contact)?;
    Ok(Added { id: id.to_string() })
}

/// The authority's teams.
pub fn teams(tx: &mut Tx<'_>) -> Result<Vec<TeamView>, Error> {
    let view =
        |row: directory::TeamRow| TeamView { id: TeamId(row.id), name: row.name, email: row.email, telephone: row.telephone };
    Ok(directory::teams(tx)?.into_iter().map(view).collect())
}

/// Adds a team.
pub fn add_team(tx: &mut Tx<'_>, body: &AddTeam) -> Result<Added, Error> {
    let id: Uuid = tx.new_id();
    directory::add_team(tx, id, &body.name, body.email.as_deref(), body.telephone.as_deref())?;
    Ok(Added { id: id.to_string() })
}

/// Settings after one, by identifier.
pub fn settings(tx: &mut Tx<'_>, after: Option<&str>, limit: i64) -> Result<Vec<SettingView>, Error> {
    let rows = directory::settings(tx, after, limit)?;
    Ok(rows
        .into_iter()
        .map(|row| SettingView {
            id: row.id,
            name: row.name,
            setting_type: row.setting_type,
            phase: row.phase,
            highest_age: row.highest_age,
            authority: row.authority_code,
        })
        .collect())
}

/// Sets what is known of a setting.
pub fn put_setting(tx: &mut Tx<'_>, body: &PutSetting) -> Result<Added, Error> {
    let authority = match body.authority.as_deref().map(str::parse::<AuthorityCode>) {
        Some(Ok(code)) => Some(String::from(code)),
        Some(Err(malformed)) => return Err(wrong("/authority", malformed.code(), malformed.words())),
        None => None,
    };
    let row = SettingRow {
        id: body.id.as_str().to_owned(),
        name: body.name.clone(),
        setting_type: body.setting_type.code().to_owned(),
        phase: body.phase.code().to_owned(),
        highest_age: body.highest_age.map(i16::from),
        authority_code: authority,
    };
    directory::put_setting(tx, &row)?;
    Ok(Added { id: body.id.as_str().to_owned() })
}

/// That an id is a member of this authority's staff.
pub fn must_be_staff(tx: &mut Tx<'_>, pointer: &str, id: StaffId) -> Result<(), Error> {
    if directory::is_staff(tx, id)? {
        Ok(())
    } else {
        Err(wrong(pointer, "unknown_staff", "Is no member of this authority's staff; /v1/staff lists them."))
    }
}

/// The caller as the directory knows them.
pub fn own_staff_id(tx: &mut Tx<'_>, pointer: &str) -> Result<StaffId, Error> {
    let subject = tx.permit().caller().subject.clone();
    directory::staff_of_subject(tx, &subject)?
        .and_then(|(id, active)| active.then_some(id))
        .ok_or_else(|| wrong(pointer, "unknown_staff", "Name the officer: the directory has no member of staff for this token."))
}
