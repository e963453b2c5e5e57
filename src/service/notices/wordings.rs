//! What does the authority itself put into its notices, from which day on?

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::db::Tx;
use crate::record::{Reached, Wording, WordingKind};
use crate::service::Error;
use crate::store::notices::{self, WordingRow};

/// A wording, from a day on.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct WordingView {
    /// Which part of a notice.
    pub kind: WordingKind,
    /// The first day of letters that use it.
    pub valid_from: NaiveDate,
    /// The last day of letters that use it; null while none follows.
    pub valid_to: Option<NaiveDate>,
    /// What it says, a paragraph to each blank line.
    pub words: Option<String>,
    /// Who is reached, and how.
    pub contact: Option<Reached>,
}

/// Sets a wording from a day on.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({
    "validFrom": "2026-04-01", "words": "The adviser is independent of us and costs you nothing.",
    "contact": {"name": "Example Mediation", "telephone": "0800 000 000", "email": "advice@mediation.example", "website": "https://mediation.example"}
}))]
pub struct PutWording {
    /// The first day of letters that use it; today unless told. It lasts until the next one begins; setting the same day again takes
    /// its place. Letters that were sent stay as they were sent.
    pub valid_from: Option<NaiveDate>,
    /// What it says, a paragraph to each blank line.
    #[schema(max_length = 20_000)]
    pub words: Option<String>,
    /// Who is reached, and how. A mediation adviser, a service and the authority's own contact are of use only with a name and one
    /// way to reach them.
    pub contact: Option<Reached>,
}

/// Every wording of a kind, the latest first.
pub fn wordings(tx: &mut Tx<'_>, kind: WordingKind) -> Result<Vec<WordingView>, Error> {
    let mut until = None;
    let view = |wording: Wording| {
        let valid_to = until.replace(wording.valid_from).and_then(|next: NaiveDate| next.pred_opt());
        WordingView {
            kind,
            valid_from: wording.valid_from,
            valid_to,
            words: wording.words,
            contact: Some(wording.reached).filter(|reached| !reached.is_empty()),
        }
    };
    Ok(notices::wordings_of(tx, kind.as_str())?.into_iter().filter_map(wording).map(view).collect())
}

/// Sets a wording from a day on; gives every wording of the kind as it then is.
pub fn put_wording(tx: &mut Tx<'_>, kind: WordingKind, body: &PutWording) -> Result<Vec<WordingView>, Error> {
    let reached = body.contact.clone().unwrap_or_default();
    let row = WordingRow {
        kind: kind.as_str().to_owned(),
        valid_from: body.valid_from.unwrap_or(tx.today()),
        words: body.words.clone(),
        name: reached.name,
        telephone: reached.telephone,
        email: reached.email,
        website: reached.website,
        address: reached.address,
    };
    notices::set_wording(tx, row)?;
    wordings(tx, kind)
}

/// The wordings in force on a day.
pub(in crate::service) fn in_force(tx: &mut Tx<'_>, day: NaiveDate) -> Result<Vec<Wording>, Error> {
    Ok(notices::wordings_on(tx, day)?.into_iter().filter_map(wording).collect())
}

fn wording(row: WordingRow) -> Option<Wording> {
    let WordingRow { kind, valid_from, words, name, telephone, email, website, address } = row;
    let reached = Reached { name, telephone, email, website, address };
    Some(Wording { kind: kind.parse().ok()?, valid_from, words, reached })
}
