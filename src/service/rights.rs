//! The change at the end of compulsory school age: who holds the rights from then on, confirmed by an officer.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::decisions::officer;
use super::identity::identity_of;
use super::recording::{Receipt, dated, open_child, record_of_child};
use super::{Error, must_match, wrong};
use crate::db::Tx;
use crate::law::{birthday, young_person_from};
use crate::record::*;
use crate::store::journal::{self, Details};

/// Confirms who holds the rights.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({
    "rights": {"held": "by_representative", "for": "appeal", "relationship": "0190b0a0-0000-7000-8000-0000000000b1", "actsAs": "deputy"},
    "parentsKeepAccess": true, "words": "Order of the Court of Protection seen; the young person was asked who else should know."
}))]
pub struct ConfirmRights {
    /// Who holds them.
    pub rights: RightsHeld,
    /// Whether the family keeps its access: because the young person consents, or, where they lack capacity for that, because it is
    /// in their best interests.
    pub parents_keep_access: bool,
    /// The day from which it holds, not before the day after compulsory school age; today unless told.
    pub confirmed_on: Option<NaiveDate>,
    /// The officer who confirmed it; the caller unless told.
    pub officer: Option<StaffId>,
    /// What was asked and answered, or the assessment of capacity relied on. For staff.
    #[schema(max_length = 5000)]
    pub words: Option<String>,
}

/// An officer's confirmation of who holds the rights.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RightsView {
    /// The entry.
    pub entry: EventId,
    /// Who holds them.
    pub rights: RightsHeld,
    /// Whether the family keeps its access.
    pub parents_keep_access: bool,
    /// The day from which it holds.
    pub confirmed_on: Option<NaiveDate>,
    /// The officer who confirmed it.
    pub officer: StaffId,
}

impl From<Confirmed> for RightsView {
    fn from(confirmed: Confirmed) -> Self {
        Self {
            entry: confirmed.event,
            rights: confirmed.held,
            parents_keep_access: confirmed.parents_keep_access,
            confirmed_on: confirmed.on,
            officer: confirmed.officer,
        }
    }
}

/// Records an officer's confirmation.
pub fn confirm(tx: &mut Tx<'_>, child: ChildId, body: &ConfirmRights, read: &[u64]) -> Result<Receipt, Error> {
    let loaded = open_child(tx, child)?;
    must_match(&loaded.file, read)?;
    if let RightsHeld::ByRepresentative { relationship, .. } = body.rights
        && !Related::all(&loaded.file).iter().any(|known| known.id == relationship)
    {
        return Err(wrong("/rights/relationship", "unknown_relationship", "Is no relationship of this young person."));
    }
    let stored = journal::of_child(tx, child, None, Details::Identity)?;
    let day = body.confirmed_on.unwrap_or(tx.today());
    if identity_of(&stored).and_then(|identity| identity.born_on).is_some_and(|born| day < young_person_from(born)) {
        let words = "Is before the rights become the young person's: the day after compulsory school age ends.";
        return Err(wrong("/confirmedOn", "before_young_person", words));
    }
    let officer = officer(tx, body.officer)?;
    let fact = Fact::RightsConfirmed { held: body.rights, parents_keep_access: body.parents_keep_access, officer };
    let step = dated(tx, "/confirmedOn", Some(day), fact)?.words(body.words.clone());
    let entry = step.event.0;
    record_of_child(tx, loaded, entry, vec![step])
}

/// Since when it is to be confirmed who holds the rights: from the day after compulsory school age until an officer has.
pub fn to_confirm(file: &File, identity: Option<&Identity>, today: NaiveDate) -> Option<NaiveDate> {
    let born = identity?.born_on?;
    let since = young_person_from(born);
    let open = died(file).is_none() && Confirmed::all(file).is_empty();
    (open && since <= today && today < birthday(born, 25)).then_some(since)
}
