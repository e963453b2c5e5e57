//! A child has died: recorded at once.

use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::ToSchema;

use super::identity::identity_of;
use super::recording::{Receipt, dated, open_child, record_of_child};
use super::{Error, wrong};
use crate::db::Tx;
use crate::record::*;
use crate::store::journal::{self, Details};

/// Records that a child has died.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"diedOn": "2026-02-18", "words": "Told by the hospital's safeguarding lead."}))]
pub struct RecordDeath {
    /// The day; today unless told.
    pub died_on: Option<NaiveDate>,
    /// By whom it became known. For staff.
    #[schema(max_length = 2000)]
    pub words: Option<String>,
}

/// Records that the child has died.
pub fn record(tx: &mut Tx<'_>, child: ChildId, body: &RecordDeath) -> Result<Receipt, Error> {
    let loaded = open_child(tx, child)?;
    let stored = journal::of_child(tx, child, None, Details::Identity)?;
    let step = dated(tx, "/diedOn", body.died_on, Fact::ChildDied {})?.words(body.words.clone());
    let born = identity_of(&stored).and_then(|identity| identity.born_on);
    if step.occurred.on.zip(born).is_some_and(|(day, born)| day < born) {
        return Err(wrong("/diedOn", "before_birth", "Is before the date of birth."));
    }
    let entry = step.event.0;
    record_of_child(tx, loaded, entry, vec![step])
}
