//! The kinds of panel an authority has: what each is called, who must be there, how often it meets, who usually sits on it.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::db::Tx;
use crate::record::{Agency, Quorum};
use crate::service::directory::Added;
use crate::service::{Error, FieldError, wrong};
use crate::store::panels::{self, Kind, KindRow};

/// The id of a kind of panel, which the authority chooses: lower-case letters, digits and hyphens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(transparent)]
#[schema(min_length = 1, max_length = 40, pattern = "^[a-z0-9][a-z0-9-]{0,39}$", example = "ehc-panel")]
pub struct PanelKindId(pub String);

/// A person who sits on a panel, and whom they speak for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"member": "https://login.example|sam", "name": "Sam Example", "agency": "health"}))]
pub struct Seat {
    /// The person as their token names them: issuer, a bar, subject.
    #[schema(min_length = 1, max_length = 600)]
    pub member: String,
    /// Their name at work, for the agenda and the minutes. Unless told, the one the staff directory has.
    #[schema(min_length = 1, max_length = 100)]
    pub name: Option<String>,
    /// Whom they speak for.
    pub agency: Agency,
}

/// A kind of panel.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({
    "id": "ehc-panel", "name": "EHC panel", "quorum": {"members": 3, "agencies": ["health", "social_care"]}, "intervalDays": 14,
    "members": [{"member": "https://login.example|sam", "name": "Sam Example", "agency": "health"}]
}))]
pub struct PanelKind {
    /// Its id, which meetings name.
    pub id: PanelKindId,
    /// Its name, as the agenda shows it.
    #[schema(min_length = 1, max_length = 100)]
    pub name: String,
    /// Who must be there for its advice to count by the authority's own rule.
    pub quorum: Quorum,
    /// The usual days from one meeting to the next: what a deferral costs.
    #[schema(minimum = 1, maximum = 366)]
    pub interval_days: u16,
    /// Who sits on it unless a meeting says otherwise; the first leads it.
    #[serde(default)]
    #[schema(required = true, max_items = 50)]
    pub members: Vec<Seat>,
}

/// The authority's kinds of panel, by name.
pub fn kinds(tx: &mut Tx<'_>) -> Result<Vec<PanelKind>, Error> {
    Ok(gathered(panels::kinds(tx, None)?))
}

/// The kind with this id.
pub(super) fn kind(tx: &mut Tx<'_>, pointer: &str, id: &PanelKindId) -> Result<PanelKind, Error> {
    let unknown = || wrong(pointer, "unknown_panel_kind", "Is no kind of panel of this authority; /v1/panel-kinds lists them.");
    gathered(panels::kinds(tx, Some(&id.0))?).pop().ok_or_else(unknown)
}

/// Sets a kind of panel. Meetings convened before keep the rule they were convened under.
pub fn put_kind(tx: &mut Tx<'_>, body: &PanelKind) -> Result<Added, Error> {
    seated_once(&body.members)?;
    panels::put_people(tx, names(&body.members))?;
    panels::put_kind(
        tx,
        Kind {
            id: &body.id.0,
            name: &body.name,
            quorum: body.quorum.members,
            quorum_agencies: body.quorum.agencies.iter().map(|agency| word(*agency)).collect(),
            interval_days: body.interval_days,
            seats: body.members.iter().map(|seat| (seat.member.clone(), word(seat.agency))).collect(),
        },
    )?;
    Ok(Added { id: body.id.0.clone() })
}

/// That nobody sits on a panel twice.
pub(super) fn seated_once(seats: &[Seat]) -> Result<(), Error> {
    let mut known = BTreeSet::new();
    let twice = seats.iter().enumerate().filter(|(_, seat)| !known.insert(seat.member.as_str()));
    let errors: Vec<_> = twice
        .map(|(at, _)| FieldError::new(format!("/members/{at}/member"), "named_twice", "Sits on the panel already."))
        .collect();
    if errors.is_empty() { Ok(()) } else { Err(Error::Invalid(errors)) }
}

/// The names told with seats.
pub(super) fn names(seats: &[Seat]) -> Vec<(String, String)> {
    seats.iter().filter_map(|seat| Some((seat.member.clone(), seat.name.clone()?))).collect()
}

fn gathered(rows: Vec<KindRow>) -> Vec<PanelKind> {
    let mut kinds: Vec<PanelKind> = Vec::new();
    for row in rows {
        if kinds.last().is_none_or(|kind| kind.id.0 != row.id) {
            kinds.push(PanelKind {
                id: PanelKindId(row.id),
                name: row.name,
                quorum: Quorum {
                    members: u16::try_from(row.quorum).unwrap_or_default(),
                    agencies: row.quorum_agencies.iter().filter_map(|agency| agency_of(agency)).collect(),
                },
                interval_days: u16::try_from(row.interval_days).unwrap_or_default(),
                members: Vec::new(),
            });
        }
        if let (Some(kind), Some(member), Some(agency)) =
            (kinds.last_mut(), row.member, row.agency.as_deref().and_then(agency_of))
        {
            kind.members.push(Seat { member, name: row.person, agency });
        }
    }
    kinds
}

fn word(agency: Agency) -> String {
    serde_json::to_value(agency).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

fn agency_of(word: &str) -> Option<Agency> {
    serde_json::from_value(word.into()).ok()
}
