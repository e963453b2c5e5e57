//! How a case goes, in plain words: for a school, a family, or whoever else sees it and does not work on it.

mod asked;
mod awaited;
mod happened;
mod words;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

pub use asked::Asked;
pub use awaited::Awaited;
pub use happened::Happened;

use super::Error;
use super::as_of::Known;
use super::cases::file_of;
use super::identity::{identity_of, is_staff};
use super::representations::{acts_in, decision_of};
use crate::access::{self, Ask, Role};
use crate::db::Tx;
use crate::law::{self, Step};
use crate::record::*;
use crate::store::directory::{self, ContactRow};
use crate::store::journal::{self, Details};

/// Who works on the case for the authority, and how they are reached. What is null the authority has not entered.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct NamedContact {
    /// The case worker's name.
    #[schema(example = "Jo Officer")]
    pub name: String,
    /// The case worker's email address.
    pub email: Option<String>,
    /// The case worker's telephone number.
    pub telephone: Option<String>,
    /// Their team.
    pub team: Option<String>,
    /// The team's email address.
    pub team_email: Option<String>,
    /// The team's telephone number.
    pub team_telephone: Option<String>,
}

impl From<ContactRow> for NamedContact {
    fn from(row: ContactRow) -> Self {
        Self {
            name: row.name,
            email: row.email,
            telephone: row.telephone,
            team: row.team,
            team_email: row.team_email,
            team_telephone: row.team_telephone,
        }
    }
}

/// The next date in the case.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct NextDate {
    /// The day. One that has passed without what was awaited stays the next.
    pub on: NaiveDate,
    /// Who has to do something by then.
    #[schema(example = "the authority")]
    pub whose: String,
    /// What, as a sentence.
    pub words: String,
    /// Why that is the day: the steps of the count, each with its provision.
    pub because: Vec<Step>,
    /// Whether it has passed.
    pub late: bool,
}

/// How a case goes.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Progress {
    /// The case.
    pub case: CaseId,
    /// The human reference.
    #[schema(example = "2026/00042")]
    pub reference: String,
    /// The child.
    pub child: ChildId,
    /// The child's given name; null when erased.
    pub given_name: Option<String>,
    /// The child's family name; null when erased.
    pub family_name: Option<String>,
    /// Where it stands, by the word that programs use.
    pub stage: Stage,
    /// Where it stands, as a sentence.
    #[schema(example = "The child's needs are being assessed: advice is gathered from those who know about them.")]
    pub stage_words: String,
    /// Whom to ask. Null: nobody works on the case yet.
    pub contact: Option<NamedContact>,
    /// The next date, and whose it is. Null: nothing is awaited by a day.
    pub next_date: Option<NextDate>,
    /// What is asked of the reader, or open to them, with the link to do it.
    pub asked_of_you: Vec<Asked>,
    /// What is awaited, from whom, by when and why, the earliest first.
    pub awaited: Vec<Awaited>,
    /// What has happened, the earliest first.
    pub happened: Vec<Happened>,
    /// What the answer was computed from.
    pub known: Known,
    /// The version of the child's file, as in the ETag.
    pub version: i32,
}

/// The duties of the case, as they stand on a day.
struct Duties<'a> {
    facts: &'a [law::Fact],
    all: &'a [law::Duty],
    today: NaiveDate,
}

/// Who reads, and what the setting is called that a sentence speaks of.
struct Audience<'a> {
    may: &'a dyn Fn(Action) -> bool,
    staff: bool,
    account: Option<&'a str>,
    organisation: Option<&'a Organisation>,
    name_of: &'a dyn Fn(&Organisation) -> Option<String>,
}

impl Audience<'_> {
    /// Whether the reader made this request themselves.
    fn asked(&self, request: &Request) -> bool {
        let of_setting = matches!(request.by, RequestedBy::School | RequestedBy::Post16 | RequestedBy::EarlyYearsProvider);
        let family = self.account.is_some() && request.requester.as_deref() == self.account;
        family || (of_setting && self.organisation.is_some() && request.setting.as_ref() == self.organisation)
    }

    /// Whether the reader may know of what somebody of the family said: staff of all of it, a family member of their own.
    fn is_own(&self, account: Option<&str>) -> bool {
        self.staff || (self.account.is_some() && account == self.account)
    }

    /// Whether the reader may know of a consultation: staff of all, a setting of its own.
    fn is_consulted(&self, one: &Consultation) -> bool {
        self.staff || self.organisation == Some(&one.setting)
    }

    /// Whether it is the reader whose advice was asked.
    fn is_asked(&self, advice: &Advice) -> bool {
        let family = self.account.is_some() && advice.giver == crate::law::AdviceGiver::Family;
        family || self.organisation.is_some_and(|own| advice.is_of(own))
    }

    /// Whether the reader is the setting that holds the plan's review, and the duty is to report on it.
    fn holds(&self, plan: Option<&Plan>, rule: &str) -> bool {
        let own = self.organisation.filter(|_| rule == "D-AR-REPORT");
        own.zip(plan).is_some_and(|(own, plan)| plan.placement.settings().contains(&own))
    }

    /// A sentence for the family member themselves, and one for anybody else.
    fn told(&self, mine: &str, theirs: &str) -> String {
        if self.staff { theirs.to_owned() } else { mine.to_owned() }
    }
}

/// How a case goes, as far as the caller may know.
pub fn show(tx: &mut Tx<'_>, id: CaseId) -> Result<Progress, Error> {
    let known = Known::at(tx, None)?;
    let stored = journal::of_case(tx, id, None, Details::Identity)?;
    let file = file_of(&stored)?;
    let case = Case::of(&file, id).ok_or(Error::NotFound("case"))?;
    let plan = case.final_plan.as_ref().and_then(|sent| Plan::of(&file, sent.plan));
    let contact = match case.case_worker {
        Some(staff) => directory::contact_of(tx, staff)?.map(NamedContact::from),
        None => None,
    };
    let permit = tx.permit().clone();
    let family = permit.acts_as(Role::Family);
    let names = names_of(tx, &case, family)?;
    let name_of = |setting: &Organisation| Some(names.get(setting.as_str()).map_or(setting.as_str(), String::as_str).to_owned());
    let may = |action| {
        let permitted = access::permit(permit.caller(), Ask::Record(action)).is_ok();
        permitted && decision_of(action).is_none_or(|decision| acts_in(tx, &file, decision).is_ok())
    };
    let reader = Audience {
        may: &may,
        staff: is_staff(tx),
        account: family.then_some(permit.caller().subject.as_str()),
        organisation: permit.caller().organisation.as_ref().filter(|_| !family && !is_staff(tx)),
        name_of: &name_of,
    };
    let (facts, duties) = duties(&file, id);
    let duties = Duties { facts: &facts, all: &duties, today: known.today };
    let awaited = awaited::awaited(&case, plan.as_ref(), &duties, &reader);
    let next_date = awaited.iter().find_map(|one| {
        let on = one.due_on?;
        Some(NextDate { on, whose: one.from.clone(), words: one.words.clone(), because: one.because.clone(), late: one.late })
    });
    let identity = identity_of(&stored);
    Ok(Progress {
        case: id,
        child: case.child,
        given_name: identity.as_ref().map(|identity| identity.given_name.clone()),
        family_name: identity.map(|identity| identity.family_name),
        stage: case.stage(),
        stage_words: words::stage(&case).to_owned(),
        contact,
        next_date,
        asked_of_you: asked::asked(&case, plan.as_ref(), &duties, &awaited, &reader),
        happened: happened::happened(&file, &case, plan.as_ref(), &reader),
        awaited,
        reference: case.reference,
        known,
        version: file.version,
    })
}

/// The names of the settings that the answer can speak of; nothing is asked where it speaks of none.
fn names_of(tx: &mut Tx<'_>, case: &Case, family: bool) -> Result<BTreeMap<String, String>, Error> {
    let consulted = case.consultations.iter().filter(|_| !family).map(|one| &one.setting);
    let settings: Vec<_> = consulted.chain(case.response.settings.iter().map(|asked| &asked.setting)).collect();
    if settings.is_empty() {
        return Ok(BTreeMap::new());
    }
    Ok(directory::setting_names(tx, &settings)?.into_iter().collect())
}
