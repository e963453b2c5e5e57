//! What does an authority of the demonstration put into its notices? Invented services, whose numbers nobody has.

use chrono::NaiveDate;

use crate::db::{Error, Tx};
use crate::record::WordingKind;
use crate::store::notices::{self, WordingRow};

/// Before the first of the histories.
const VALID_FROM: Option<NaiveDate> = NaiveDate::from_ymd_opt(2022, 1, 1);

/// What it says of itself.
const WORDS: [(WordingKind, &str); 3] = [
    (WordingKind::LetterHead, "Special educational needs and disabilities service"),
    (WordingKind::PlacementInformation, "Schools and colleges are listed in our local offer."),
    (WordingKind::Closing, "Please ask us if anything in this letter is not clear."),
];

/// Whom its letters name, and their telephone numbers, which Ofcom keeps for fiction.
const REACHED: [(WordingKind, &str, &str); 4] = [
    (WordingKind::AuthorityContact, "The SEND casework team", "020 7946 0100"),
    (WordingKind::MediationAdviser, "Lanternlight Mediation Advice (fictional)", "020 7946 0101"),
    (WordingKind::DisagreementResolution, "Common Ground Resolution (fictional)", "020 7946 0102"),
    (WordingKind::InformationAdviceSupport, "Signpost Advice for Families (fictional)", "020 7946 0103"),
];

/// Sets them for the authority.
pub(super) fn set(tx: &mut Tx<'_>) -> Result<(), Error> {
    let words = WORDS.map(|(kind, words)| (kind, Some(words), None));
    let reached = REACHED.map(|(kind, name, telephone)| (kind, None, Some((name, telephone))));
    for (kind, words, reached) in words.into_iter().chain(reached) {
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
