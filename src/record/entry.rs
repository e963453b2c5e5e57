//! One entry of the journal: the envelope around a fact, its canonical text and its place in the chain of hashes.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::detail::DetailRef;
use super::fact::Fact;
use super::ids::{ChildId, EventId, MeetingId};
use super::occurred::Occurred;
use super::organisation::AuthorityId;

/// How the chain's hash is made; written into each entry so that it can change one day.
pub const HASH_VERSION: i16 = 1;

/// What an entry's stream is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stream {
    /// A child's file.
    Child(ChildId),
    /// A panel's meeting.
    Meeting(MeetingId),
    /// The authority itself.
    Authority(Uuid),
}

impl Stream {
    /// The kind of stream, as the journal writes it.
    pub fn kind(self) -> &'static str {
        match self {
            Stream::Child(_) => "child",
            Stream::Meeting(_) => "meeting",
            Stream::Authority(_) => "authority",
        }
    }

    /// The stream's id.
    pub fn id(self) -> Uuid {
        match self {
            Stream::Child(id) => id.0,
            Stream::Meeting(id) => id.0,
            Stream::Authority(id) => id,
        }
    }

    /// The stream a journal row names, if the kind is known.
    pub fn from_parts(kind: &str, id: Uuid) -> Option<Self> {
        match kind {
            "child" => Some(Stream::Child(id.into())),
            "meeting" => Some(Stream::Meeting(id.into())),
            "authority" => Some(Stream::Authority(id)),
            _ => None,
        }
    }
}

/// Who recorded an entry, and in what capacity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorder {
    /// The person, as their token names them.
    pub actor: String,
    /// The role that allowed it.
    pub capacity: String,
    /// The organisation they acted for, when not the authority.
    pub organisation: Option<String>,
    /// On whose behalf, when for somebody else.
    pub on_behalf_of: Option<String>,
    /// The request that carried it.
    pub request_id: Uuid,
}

/// The part of an entry that says what happened; its canonical JSON text is the journal's `body`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Body {
    /// What happened.
    pub fact: Fact,
    /// The personal data that belongs to it.
    pub detail: Option<DetailRef>,
    /// The concerns its recorder accepted, by name; their reasons are in the detail.
    pub acknowledged: Vec<String>,
    /// On whose word: the recorder's, or an import that found them so.
    pub basis: Option<Basis>,
    /// Whether the request that made this entry goes on with the next of its stream. Nobody ever saw the record end between the two,
    /// so the views only follow the last.
    pub goes_on: bool,
}

/// Who answers for an accepted concern.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// The person who recorded it gave a reason.
    Recorder,
    /// It came with history from another system.
    Imported,
}

/// The stored text is not an entry of any known kind and version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnreadableBody(pub String);

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct BodyText {
    facts: Value,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    detail: Option<DetailRef>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    acknowledged: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    basis: Option<Basis>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    goes_on: bool,
}

impl Body {
    /// A fact alone.
    pub fn of(fact: Fact) -> Self {
        Self { fact, detail: None, acknowledged: Vec::new(), basis: None, goes_on: false }
    }

    /// The canonical text: keys sorted, no space, the kind left to the envelope.
    pub fn to_text(&self) -> String {
        let mut facts = serde_json::to_value(&self.fact).unwrap_or(Value::Null);
        if let Some(object) = facts.as_object_mut() {
            object.remove("kind");
        }
        let (detail, acknowledged) = (self.detail.clone(), self.acknowledged.clone());
        let text = BodyText { facts, detail, acknowledged, basis: self.basis, goes_on: self.goes_on };
        // Through `Value`, whose objects keep their keys sorted.
        serde_json::to_value(text).unwrap_or(Value::Null).to_string()
    }

    /// Reads a body of a kind and version back into today's shape.
    pub fn from_text(kind: &str, version: i16, text: &str) -> Result<Self, UnreadableBody> {
        let unreadable = |why: String| UnreadableBody(format!("{kind} version {version}: {why}"));
        if version != 1 {
            return Err(unreadable("no such version".into()));
        }
        let mut stored: BodyText = serde_json::from_str(text).map_err(|e| unreadable(e.to_string()))?;
        if let Some(object) = stored.facts.as_object_mut() {
            object.insert("kind".into(), Value::String(kind.into()));
        }
        let fact = serde_json::from_value(stored.facts).map_err(|e| unreadable(e.to_string()))?;
        let BodyText { detail, acknowledged, basis, goes_on, .. } = stored;
        Ok(Self { fact, detail, acknowledged, basis, goes_on })
    }
}

/// One entry as it stands in the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Whose journal.
    pub authority: AuthorityId,
    /// Its place in the authority's journal: 1, 2, 3, with no gaps.
    pub position: i64,
    /// Its own id.
    pub id: EventId,
    /// The stream it belongs to.
    pub stream: Stream,
    /// Its place in the stream: 1, 2, 3.
    pub seq: i32,
    /// The child it shows, if one.
    pub child: Option<ChildId>,
    /// When it happened.
    pub occurred: Occurred,
    /// When it was recorded; never earlier than the entry before it.
    pub recorded_at: DateTime<Utc>,
    /// Who recorded it.
    pub by: Recorder,
    /// What happened.
    pub body: Body,
}

impl Entry {
    /// The version of the body's shape.
    pub const VERSION: i16 = 1;

    /// The hash of this entry over the hash of the one before.
    pub fn hash(&self, previous: &[u8]) -> Vec<u8> {
        let envelope = json!([
            self.authority,
            self.position,
            self.id,
            self.stream.kind(),
            self.stream.id(),
            self.seq,
            self.child,
            self.body.fact.subject().id(),
            self.body.fact.kind(),
            Self::VERSION,
            self.occurred.on,
            self.occurred.precision,
            self.recorded_at.timestamp_micros(),
            self.by.actor,
            self.by.capacity,
            self.by.organisation,
            self.by.on_behalf_of,
            self.by.request_id,
            self.body.fact.corrects(),
            self.body.to_text(),
        ]);
        let mut hasher = Sha256::new();
        hasher.update(HASH_VERSION.to_be_bytes());
        hasher.update(previous);
        hasher.update(envelope.to_string().as_bytes());
        hasher.finalize().to_vec()
    }
}
