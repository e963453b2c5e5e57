//! Which kind of service or professional is meant, where the law's word for the advice giver leaves it open?

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};
use utoipa::ToSchema;

/// A kind of service: whom advice of `health` or `other` is asked of, or to whom a child is referred.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema, EnumString, IntoStaticStr, VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Specialism {
    /// Autism, ADHD and other neurodevelopmental conditions.
    Neurodevelopmental,
    /// Speech and language therapy.
    SpeechAndLanguageTherapy,
    /// Occupational therapy.
    OccupationalTherapy,
    /// Physiotherapy.
    Physiotherapy,
    /// Child and adolescent mental health.
    MentalHealth,
    /// Community paediatrics.
    CommunityPaediatrics,
    /// The youth offending team.
    YouthJustice,
    /// The Virtual School of a child who is looked after.
    VirtualSchool,
    /// Another, which the words name.
    Other,
}

impl Specialism {
    /// The name the API and the views write.
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}
