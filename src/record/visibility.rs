//! Who may read a note, a message, a document or a piece of advice that is kept with a case?

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};
use utoipa::ToSchema;

/// Who may read something kept with a case. Nobody reads anything of a child who is not granted to them in the first place;
/// whoever brought something in always reads it again.
#[derive(
    Debug,
    Clone,
    Copy,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    ToSchema,
    EnumString,
    IntoStaticStr,
    VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Visibility {
    /// The authority's staff alone, and a panel for whose item it was chosen. Holds unless something else is said.
    #[default]
    Internal,
    /// Also the family, the child's setting and the advice givers, each while the child is granted to them.
    Shared,
    /// Tells of somebody else, or was given by them in confidence: staff, and a panel for whose item it was chosen.
    ThirdParty,
    /// Tells of abuse or of a risk of serious harm: staff, and a panel for whose item it was chosen.
    Safeguarding,
    /// Legal advice, or made for a dispute: staff alone. No panel reads it, for people of other bodies sit there.
    Privileged,
}

/// From where somebody reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, VariantArray)]
pub enum Reader {
    /// The authority's staff who work on cases.
    Staff,
    /// A panel's member, of what was chosen for an item and of nothing else.
    PanelMember,
    /// A school, college or nursery.
    Setting,
    /// Whoever was asked for advice.
    AdviceGiver,
    /// A parent, or the young person.
    Family,
}

impl Visibility {
    /// Whether a reader may read it.
    ///
    /// A family's right to see what is held of it has exceptions, and these are three of them: what tells of somebody else
    /// (Data Protection Act 2018, Schedule 2, paragraph 16), what could cause serious harm or tells of abuse (Schedule 3,
    /// paragraphs 19 and 21), and what is legally privileged (Schedule 2, paragraph 19). An officer weighs such a case by hand; the
    /// system never gives those out, to a school or an advice giver no more than to a family. What is shared goes to advice
    /// givers, who must have what the family sent in (SEND Regulations 2014, r.6(3)). Privilege would be lost by showing.
    pub const fn seen_by(self, reader: Reader) -> bool {
        match (self, reader) {
            (_, Reader::Staff) => true,
            (Visibility::Privileged, Reader::PanelMember) => false,
            (_, Reader::PanelMember) => true,
            (Visibility::Shared, Reader::Setting | Reader::AdviceGiver | Reader::Family) => true,
            (
                Visibility::Internal | Visibility::ThirdParty | Visibility::Safeguarding | Visibility::Privileged,
                Reader::Setting | Reader::AdviceGiver | Reader::Family,
            ) => false,
        }
    }

    /// Everything that a reader may read.
    pub fn all_seen_by(reader: Reader) -> impl Iterator<Item = Visibility> {
        Visibility::VARIANTS.iter().copied().filter(move |visibility| visibility.seen_by(reader))
    }

    /// What a reader's own contribution is, when they do not say. A family and a setting share what they send; advice is given to
    /// the authority, which sends it to the family with the draft plan (SEND Regulations 2014, rr.6(1) and 13(1)).
    pub const fn of_contribution(reader: Reader) -> Visibility {
        match reader {
            Reader::Staff | Reader::PanelMember | Reader::AdviceGiver => Visibility::Internal,
            Reader::Setting | Reader::Family => Visibility::Shared,
        }
    }

    /// Whether a reader may say this of their own contribution. Nothing from outside is privileged, and what a family or a setting
    /// sends is not internal to the authority, but anybody can ask that what they send is not passed on.
    pub const fn may_be_said_by(self, reader: Reader) -> bool {
        match (self, reader) {
            (_, Reader::Staff) | (Visibility::Shared | Visibility::ThirdParty | Visibility::Safeguarding, _) => true,
            (Visibility::Internal, Reader::AdviceGiver) => true,
            (Visibility::Internal | Visibility::Privileged, _) => false,
        }
    }

    /// The name the API and the record use.
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(reader: Reader) -> Vec<&'static str> {
        Visibility::all_seen_by(reader).map(Visibility::as_str).collect()
    }

    #[test]
    fn staff_see_everything() {
        assert_eq!(seen(Reader::Staff), ["internal", "shared", "third_party", "safeguarding", "privileged"]);
    }

    #[test]
    fn a_panel_is_never_shown_what_is_privileged() {
        assert_eq!(seen(Reader::PanelMember), ["internal", "shared", "third_party", "safeguarding"]);
    }

    #[test]
    fn families_settings_and_advice_givers_see_what_is_shared_and_nothing_else() {
        for reader in [Reader::Setting, Reader::AdviceGiver, Reader::Family] {
            assert_eq!(seen(reader), ["shared"], "{reader:?}");
        }
    }

    #[test]
    fn a_family_and_a_setting_may_not_call_their_contribution_internal_or_privileged() {
        for reader in [Reader::Setting, Reader::Family] {
            let may = Visibility::VARIANTS.iter().filter(|visibility| visibility.may_be_said_by(reader));
            assert_eq!(
                may.copied().collect::<Vec<_>>(),
                [Visibility::Shared, Visibility::ThirdParty, Visibility::Safeguarding],
                "{reader:?}"
            );
        }
    }

    #[test]
    fn an_advice_giver_advises_the_authority_and_never_its_lawyers() {
        assert_eq!(Visibility::of_contribution(Reader::AdviceGiver), Visibility::Internal);
        assert!(!Visibility::Privileged.may_be_said_by(Reader::AdviceGiver));
    }

    #[test]
    fn whoever_says_nothing_has_said_something_they_may_say() {
        assert_eq!(Visibility::of_contribution(Reader::Staff), Visibility::default());
        for reader in [Reader::Staff, Reader::Setting, Reader::AdviceGiver, Reader::Family] {
            assert!(Visibility::of_contribution(reader).may_be_said_by(reader), "{reader:?}");
        }
    }
}
