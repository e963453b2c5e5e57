//! What about a child does the authority keep an eye on, since when and until when?

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr};
use utoipa::ToSchema;

use super::fact::Fact;
use super::file::File;
use super::ids::EventId;

/// What staff keep an eye on: that a child has a `social_worker`, for whatever reason, or is known to `youth_justice`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema, EnumString, IntoStaticStr)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum ChildFlag {
    /// Has a social worker.
    SocialWorker,
    /// Is known to youth justice.
    YouthJustice,
}

impl ChildFlag {
    /// The name the API and the views use.
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}

/// A flag on a child, from one day to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flagged {
    /// The entry that set it.
    pub event: EventId,
    /// Which.
    pub flag: ChildFlag,
    /// The first day.
    pub from: NaiveDate,
    /// The last day, once it was taken off.
    pub until: Option<NaiveDate>,
}

impl Flagged {
    /// Every flag in the file, by its first day. Set twice before it is taken off, it is one.
    pub fn all(file: &File) -> Vec<Self> {
        let mut all: Vec<Self> = Vec::new();
        for standing in file.standing() {
            let Some(day) = standing.day() else { continue };
            let (flag, sets) = match standing.fact {
                Fact::ChildFlagged { flag } => (flag, true),
                Fact::ChildUnflagged { flag } => (flag, false),
                _ => continue,
            };
            match all.iter_mut().find(|known| known.flag == flag && known.until.is_none()) {
                Some(_) if sets => {}
                Some(known) => known.until = Some(day),
                None if sets => all.push(Self { event: standing.event, flag, from: day, until: None }),
                None => {}
            }
        }
        all
    }
}
