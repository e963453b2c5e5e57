//! What does an authority itself put into its notices: its head, its contacts, its closing words?

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};
use utoipa::ToSchema;

/// A part of a notice that each authority words for itself.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema, EnumString, IntoStaticStr, VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum WordingKind {
    /// The head of the letter.
    LetterHead,
    /// Who at the authority answers for mediation, and how they are reached.
    AuthorityContact,
    /// The mediation adviser.
    MediationAdviser,
    /// The services that help to resolve disagreements.
    DisagreementResolution,
    /// The service that gives information, advice and support.
    InformationAdviceSupport,
    /// Where families find out about schools and colleges.
    PlacementInformation,
    /// How the letter ends.
    Closing,
}

impl WordingKind {
    /// The name the API writes.
    pub fn as_str(self) -> &'static str {
        self.into()
    }

    /// Whether it is of use only when it says how somebody is reached.
    pub const fn names_a_contact(self) -> bool {
        !matches!(self, WordingKind::LetterHead | WordingKind::Closing | WordingKind::PlacementInformation)
    }
}

/// Who or where, and how they are reached.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Reached {
    /// The name of the service or the team.
    #[schema(example = "Example Mediation", max_length = 200)]
    pub name: Option<String>,
    /// Telephone number.
    #[schema(example = "0800 000 000", max_length = 40)]
    pub telephone: Option<String>,
    /// Email address.
    #[schema(example = "advice@mediation.example", max_length = 254)]
    pub email: Option<String>,
    /// Web address.
    #[schema(example = "https://mediation.example", max_length = 500)]
    pub website: Option<String>,
    /// Postal address, in one line.
    #[schema(max_length = 500)]
    pub address: Option<String>,
}

impl Reached {
    /// Whether it names somebody and says how they are reached.
    pub fn is_of_use(&self) -> bool {
        let says = |field: &Option<String>| field.as_deref().is_some_and(|text| !text.trim().is_empty());
        says(&self.name) && [&self.telephone, &self.email, &self.website, &self.address].into_iter().any(says)
    }

    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// An authority's wording as it is from a day on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wording {
    /// Which part.
    pub kind: WordingKind,
    /// From which day.
    pub valid_from: NaiveDate,
    /// What it says, a paragraph to each blank line.
    pub words: Option<String>,
    /// How somebody is reached.
    pub reached: Reached,
}
