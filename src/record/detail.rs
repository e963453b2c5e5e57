//! What lives beside the record: personal data and free text, cited by an HMAC under a key kept with it.

use std::collections::BTreeMap;

use hmac::{Hmac, KeyInit, Mac};
use serde::{Deserialize, Serialize};
use sha2::Sha256;

use super::decision::WayForward;
use super::delay_letter::DelayLetterText;
use super::evidence::{Evidence, PersonNamed};
use super::identity::Identity;
use super::ids::DetailId;
use super::notice::Letter;
use super::relationship::Contact;
use super::review::{OutcomeWords, Pathway};

/// How an event cites the personal data that belongs to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DetailRef {
    /// The row beside the record.
    pub id: DetailId,
    /// HMAC-SHA-256 of the row's text under the row's own key, in hexadecimal.
    pub hmac: String,
}

/// The personal data of one event. Every part is optional: an event carries what its kind needs.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Detail {
    /// Who the child is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub identity: Option<Identity>,
    /// What a request tells beside its reasons.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<Evidence>,
    /// The people around the child whom a request names, where no relationship was recorded with it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub people: Vec<PersonNamed>,
    /// How somebody related to the child is reached.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<Contact>,
    /// What a notice says, as it was sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub letter: Option<Letter>,
    /// What a letter about a delay says, as it was sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delay_letter: Option<DelayLetterText>,
    /// The amendments proposed, of a decision to amend.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proposed_amendments: Option<String>,
    /// Reasons, or what was said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
    /// The professional the entry speaks of: who writes advice, or signed it off.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What a document's file is called.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file_name: Option<String>,
    /// What is awaited, as a letter about a delay says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub awaited: Option<String>,
    /// The sections A to K of a plan, by letter.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub sections: BTreeMap<String, String>,
    /// What is offered where something was refused.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub way_forward: Vec<WayForward>,
    /// Why the recorder accepted each concern, by the concern's name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub acknowledged: BTreeMap<String, String>,
    /// The outcomes a review's report speaks of, in the order of their progress.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub outcomes: Vec<OutcomeWords>,
    /// What a review's report says of preparing for adulthood, by pathway.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub pathways: BTreeMap<Pathway, String>,
    /// Why each member did not agree with a recommendation, by the member.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub dissent: BTreeMap<String, String>,
    /// Why a panel advised although fewer were there than the authority's own rule asks for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub without_quorum: Option<String>,
    /// Why an officer decided otherwise than the panel recommended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub differs_because: Option<String>,
}

impl Detail {
    /// Whether there is anything to keep.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// The citation of a detail's text under its key.
pub fn hmac_of(key: &[u8], text: &str) -> String {
    // HMAC takes a key of any length, so making one cannot fail.
    match Hmac::<Sha256>::new_from_slice(key) {
        Ok(mut mac) => {
            mac.update(text.as_bytes());
            hex::encode(mac.finalize().into_bytes())
        }
        Err(_) => String::new(),
    }
}
