//! Between whom does a message about a case pass, and who is that in the terms in which children are granted?

use std::fmt;
use std::str::FromStr;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr};
use utoipa::ToSchema;

use super::file::File;
use super::ids::RelationshipId;
use super::organisation::{Organisation, person};
use super::views::may_see_on;

/// A side of the messages of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Party {
    /// The authority: the case's case worker, or whoever stands in.
    CaseWorker,
    /// The family: one person of it, or everybody who may see the case.
    Family,
    /// The setting.
    School,
}

/// Somebody who writes or is written to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Correspondent {
    /// The authority's staff.
    CaseWorker,
    /// One of the people around the child.
    Related(RelationshipId),
    /// A member of the family of whom only the account is known.
    Account(String),
    /// A setting.
    Setting(Organisation),
}

impl Correspondent {
    /// Which side they are on.
    pub fn party(&self) -> Party {
        match self {
            Correspondent::CaseWorker => Party::CaseWorker,
            Correspondent::Related(_) | Correspondent::Account(_) => Party::Family,
            Correspondent::Setting(_) => Party::School,
        }
    }
}

/// As it is kept: for those outside the authority, the reason or the name under which the child is granted to them.
impl fmt::Display for Correspondent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Correspondent::CaseWorker => f.write_str("case_worker"),
            Correspondent::Related(id) => write!(f, "relationship:{id}"),
            Correspondent::Account(subject) => f.write_str(&person(subject)),
            Correspondent::Setting(setting) => f.write_str(setting.as_str()),
        }
    }
}

/// The text is no correspondent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoCorrespondent;

impl FromStr for Correspondent {
    type Err = NoCorrespondent;

    fn from_str(text: &str) -> Result<Self, NoCorrespondent> {
        if text == "case_worker" {
            return Ok(Correspondent::CaseWorker);
        }
        if let Some(id) = text.strip_prefix("relationship:") {
            return id.parse::<uuid::Uuid>().map(|id| Correspondent::Related(id.into())).map_err(|_| NoCorrespondent);
        }
        if let Some(subject) = text.strip_prefix("person:") {
            return Ok(Correspondent::Account(subject.to_owned()));
        }
        text.parse().map(Correspondent::Setting).map_err(|_| NoCorrespondent)
    }
}

/// What is kept of a message beside the columns that lists are made by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct MessageContent {
    /// What its thread is about; said by its first message.
    pub subject: Option<String>,
    /// What it says.
    pub words: String,
    /// The name of the member of the family who wrote it, as the record had it then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub written_by: Option<String>,
}

/// Why a message needs no reply here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema, EnumString, IntoStaticStr)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Closing {
    /// It was answered in another way, such as by a call.
    AnsweredOtherwise,
    /// It asks for nothing.
    NeedsNoReply,
}

impl Closing {
    /// The name the API writes.
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}

/// Who outside the authority may see a child on a day, and as what.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Grants {
    /// Each member of the family who has an account and may see the child: the account, and who that is.
    family: Vec<(String, Correspondent)>,
    /// Each setting that may see the child because it teaches them: not one that was only consulted or asked for advice.
    settings: Vec<Organisation>,
    /// Every other body that may see the child, such as a setting that was consulted.
    others: Vec<Organisation>,
}

impl Grants {
    /// By the same grants that the fences go by.
    pub fn on(file: &File, day: NaiveDate) -> Self {
        let mut grants = Self::default();
        for (grantee, reason) in may_see_on(file, day) {
            grants.add(&grantee, &reason);
        }
        grants.tell_once();
        grants
    }

    fn add(&mut self, grantee: &str, reason: &str) {
        if let Some(account) = grantee.strip_prefix("person:") {
            let who = match reason.parse() {
                Ok(who @ Correspondent::Related(_)) => who,
                _ => Correspondent::Account(account.to_owned()),
            };
            let known = (account.to_owned(), who);
            if !self.family.contains(&known) {
                self.family.push(known);
            }
        } else if let Ok(body) = grantee.parse::<Organisation>() {
            let teaches = !reason.starts_with("advice:") && !reason.starts_with("consultation:");
            let known = if teaches { &mut self.settings } else { &mut self.others };
            if !known.contains(&body) {
                known.push(body);
            }
        }
    }

    /// Who is known by a relationship is not written to a second time by the account alone.
    fn tell_once(&mut self) {
        let is_related = |who: &Correspondent| matches!(who, Correspondent::Related(_));
        let related: Vec<_> = self.family.iter().filter(|(_, who)| is_related(who)).map(|(account, _)| account.clone()).collect();
        self.family.retain(|(account, who)| is_related(who) || !related.contains(account));
    }

    /// Everybody of the family who may see the child.
    pub fn family(&self) -> impl Iterator<Item = &Correspondent> {
        self.family.iter().map(|(_, who)| who)
    }

    /// Who an account of the family is.
    pub fn of_account(&self, account: &str) -> Option<&Correspondent> {
        self.family.iter().find(|(known, _)| known == account).map(|(_, who)| who)
    }

    /// Whether somebody could read what is sent to them.
    pub fn can_read(&self, who: &Correspondent) -> bool {
        match who {
            Correspondent::CaseWorker => true,
            Correspondent::Related(_) => self.family().any(|known| known == who),
            Correspondent::Account(account) => self.of_account(account).is_some(),
            Correspondent::Setting(setting) => self.settings.contains(setting) || self.others.contains(setting),
        }
    }

    /// The settings that teach the child.
    pub fn settings(&self) -> &[Organisation] {
        &self.settings
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_correspondent_is_read_as_it_was_written() {
        let setting: Organisation = "urn:900001".parse().unwrap_or_else(|_| unreachable!());
        for who in [
            Correspondent::CaseWorker,
            Correspondent::Related(uuid::Uuid::from_u128(7).into()),
            Correspondent::Account("https://login.example|rana".into()),
            Correspondent::Setting(setting),
        ] {
            assert_eq!(who.to_string().parse(), Ok(who));
        }
        assert_eq!("relationship:x".parse::<Correspondent>(), Err(NoCorrespondent));
        assert_eq!("nobody".parse::<Correspondent>(), Err(NoCorrespondent));
    }

    #[test]
    fn an_account_that_is_related_to_the_child_is_written_to_once() {
        let mut grants = Grants::default();
        grants.add("person:rana", "family");
        grants.add("person:rana", "relationship:00000000-0000-0000-0000-000000000007");
        grants.add("urn:900001", "attends");
        grants.add("urn:900002", "consultation:1");
        grants.add("local:ep", "advice:1");
        assert_eq!(grants.settings().iter().map(Organisation::as_str).collect::<Vec<_>>(), ["urn:900001"]);
        grants.tell_once();
        assert!(matches!(grants.of_account("rana"), Some(Correspondent::Related(_))));
        assert_eq!(grants.family().count(), 1);
        assert_eq!(grants.of_account("nobody"), None);
        let can_read = |text: &str| text.parse().is_ok_and(|who| grants.can_read(&who));
        assert!(can_read("urn:900002") && can_read("person:rana") && can_read("case_worker"));
        assert!(!can_read("urn:900003") && !can_read("person:nobody"));
    }
}
