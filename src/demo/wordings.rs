//! What does an authority of the demonstration put into its notices? Invented services, whose numbers nobody has.

use chrono::NaiveDate;

use crate::db::{Error, Tx};
use crate::record::WordingKind;
use crate::store::notices::{self, WordingRow};

/// Before the first of the histories.
const VALID_FROM: Option<NaiveDate> = NaiveDate::from_ymd_opt(2022, 1, 1);

/// Each part with its words and who is reached. Ofcom keeps the telephone numbers for fiction.
const WORDINGS: [(WordingKind, Option<&str>, Option<(&str, &str)>); 7] = [
    (WordingKind::LetterHead, Some("Special educational needs and disabilities service"), None),
    (WordingKind::AuthorityContact, None, Some(("The SEND casework team", "020 7946 0100"))),
    (WordingKind::MediationAdviser, None, Some(("Lanternlight Mediation Advice (fictional)", "020 7946 0101"))),
    (WordingKind::DisagreementResolution, None, Some(("Common Ground Resolution (fictional)", "020 7946 0102"))),
    (WordingKind::InformationAdviceSupport, None, Some(("Signpost Advice for Families (fictional)", "020 7946 0103"))),
    (WordingKind::PlacementInformation, Some("Schools and colleges are listed in our local offer."), None),
    (WordingKind::Closing, Some("Please ask us if anything in this letter is not clear."), None),
];

/// Sets them for the authority.
pub(super) fn set(tx: &mut Tx<'_>) -> Result<(), Error> {
    for (kind, words, reached) in WORDINGS {
        let row = WordingRow {
            kind: kind.as_str().to_owned(),
            valid_from: VALID_FROM.unwrap_or(tx.today()),
            words: words.map(str::to_owned),
            name: reached.map(|(name, _)| name.to_owned()),
            telephone: reached.map(|(_, telephone)| telephone.to_owned()),
            email: None,
            website: None,
            address: None,
        };
        notices::set_wording(tx, row)?;
    }
    Ok(())
}
