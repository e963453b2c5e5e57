//! Who has to be in the room for a panel's advice to count? The authority's own rule; the law knows none.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Whom a member speaks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Agency {
    /// The authority's education service.
    Education,
    /// A health body.
    Health,
    /// Social care.
    SocialCare,
    /// The authority otherwise: its SEN service, its finance.
    Authority,
    /// A school, college or nursery.
    School,
    /// Anybody else, such as a parent representative.
    Other,
}

/// How many members must be there, and from which agencies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"members": 3, "agencies": ["health", "social_care"]}))]
pub struct Quorum {
    /// At least this many members.
    #[schema(minimum = 1, maximum = 50)]
    pub members: u16,
    /// Among them at least one of each of these.
    #[serde(default)]
    #[schema(max_items = 6)]
    pub agencies: Vec<Agency>,
}

/// Whether those who were there were enough.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct QuorumCount {
    /// Whether the authority's own rule was met. The law sets no quorum for panels: advice given without one is not unlawful.
    pub met: bool,
    /// How many count: those present, without those who declared a conflict of interest.
    pub present: u16,
    /// How many the rule asks for.
    pub needed: u16,
    /// Agencies the rule asks for and that were not there.
    pub missing_agencies: Vec<Agency>,
}

impl Quorum {
    /// Counts those present against the rule.
    pub fn count<'a>(&self, present: impl Iterator<Item = &'a str>, agencies: &BTreeMap<String, Agency>) -> QuorumCount {
        let present: BTreeSet<_> = present.collect();
        let there: BTreeSet<_> = present.iter().filter_map(|member| agencies.get(*member)).collect();
        let missing_agencies: Vec<_> = self.agencies.iter().copied().filter(|agency| !there.contains(agency)).collect();
        let number = u16::try_from(present.len()).unwrap_or(u16::MAX);
        QuorumCount {
            met: number >= self.members && missing_agencies.is_empty(),
            present: number,
            needed: self.members,
            missing_agencies,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn agencies() -> BTreeMap<String, Agency> {
        [("a", Agency::Health), ("b", Agency::Authority), ("c", Agency::School)].map(|(m, a)| (m.to_owned(), a)).into()
    }

    #[test]
    fn the_number_is_enough_at_the_number_and_not_one_below() {
        let rule = Quorum { members: 2, agencies: Vec::new() };
        assert!(rule.count(["a", "b"].into_iter(), &agencies()).met);
        assert!(!rule.count(["a"].into_iter(), &agencies()).met);
        assert!(!rule.count(["a", "a"].into_iter(), &agencies()).met, "a person counts once");
    }

    #[test]
    fn an_agency_that_must_be_there_is_named_when_it_is_not() {
        let rule = Quorum { members: 1, agencies: vec![Agency::Health, Agency::School] };
        let count = rule.count(["a", "b"].into_iter(), &agencies());
        assert!(!count.met);
        assert_eq!(count.missing_agencies, [Agency::School]);
        assert!(rule.count(["a", "c"].into_iter(), &agencies()).met);
    }
}
