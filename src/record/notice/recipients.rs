//! Who must receive a notice, and which provision says so?

use chrono::NaiveDate;

use super::{NoticeKind, RecipientKind};
use crate::law::instruments::{CFA_2014, SEND_REGS_2014};
use crate::law::{AdviceGiver, Citation, Provision};
use crate::record::case::Case;
use crate::record::ids::RelationshipId;
use crate::record::organisation::Organisation;
use crate::record::plan::Plan;
use crate::record::relationship::{CourtRestriction, Related};

/// Somebody who must receive a notice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipient {
    /// Who.
    pub kind: RecipientKind,
    /// Which of the people around the child.
    pub relationship: Option<RelationshipId>,
    /// Which body, where the record knows it.
    pub organisation: Option<Organisation>,
    /// The account of a family member who is known only by it.
    pub account: Option<String>,
    /// The provision that says so.
    pub citation: Citation,
}

impl Recipient {
    fn body(kind: RecipientKind, organisation: Option<Organisation>, by: Provision) -> Self {
        Self { kind, relationship: None, organisation, account: None, citation: by.cite() }
    }
}

/// Everybody who must receive a notice of that kind on a day. Of the family, those are listed who receive notices then; where the
/// record knows of none, whoever asked through the API, and else the family as such.
pub fn recipients(kind: NoticeKind, case: &Case, plan: Option<&Plan>, people: &[Related], on: NaiveDate) -> Vec<Recipient> {
    let mut all = family(case, people, on, family_by(kind));
    let mut add = |kind, organisation, by| all.push(Recipient::body(kind, organisation, by));
    match kind {
        NoticeKind::RefusalToAssess => {
            add(RecipientKind::SettingAttended, case.setting.clone(), SEND_REGS_2014.at("5(2)"));
            add(RecipientKind::HealthBody, health_body(case), SEND_REGS_2014.at("5(2)"));
            add(RecipientKind::SocialCare, None, SEND_REGS_2014.at("5(2)"));
        }
        NoticeKind::NoPlan => {
            add(RecipientKind::SettingAttended, case.setting.clone(), SEND_REGS_2014.at("10(2)"));
            add(RecipientKind::HealthBody, health_body(case), SEND_REGS_2014.at("10(2)"));
        }
        NoticeKind::DraftPlan | NoticeKind::AmendmentWithoutReview | NoticeKind::AmendmentDeclined => {}
        NoticeKind::FinalPlan | NoticeKind::AmendedPlan => {
            for setting in named(plan) {
                add(RecipientKind::SettingNamed, Some(setting), family_by(kind));
            }
            add(RecipientKind::HealthBody, health_body(case), family_by(kind));
        }
        NoticeKind::Amendment | NoticeKind::Maintain => {
            for setting in named(plan) {
                add(RecipientKind::SettingNamed, Some(setting), SEND_REGS_2014.at("20(10)"));
            }
        }
        NoticeKind::Cease => {
            for setting in named(plan) {
                add(RecipientKind::SettingNamed, Some(setting), SEND_REGS_2014.at("31(2)"));
            }
            add(RecipientKind::HealthBody, health_body(case), SEND_REGS_2014.at("31(2)"));
        }
    }
    all
}

const fn family_by(kind: NoticeKind) -> Provision {
    match kind {
        NoticeKind::RefusalToAssess => CFA_2014.at("36(5)"),
        NoticeKind::NoPlan => CFA_2014.at("36(9)"),
        NoticeKind::DraftPlan => CFA_2014.at("38(2)"),
        NoticeKind::FinalPlan => SEND_REGS_2014.at("13(2)"),
        NoticeKind::Amendment => SEND_REGS_2014.at("22(2)"),
        NoticeKind::AmendmentWithoutReview => SEND_REGS_2014.at("28"),
        NoticeKind::AmendedPlan => SEND_REGS_2014.at("22(3)"),
        NoticeKind::AmendmentDeclined => SEND_REGS_2014.at("22(4)"),
        NoticeKind::Maintain => SEND_REGS_2014.at("20(10)"),
        NoticeKind::Cease => SEND_REGS_2014.at("31(2)"),
    }
}

/// Somebody of the family who receives notices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FamilyRecipient {
    /// Which of the people around the child; none for a family of whom nobody is recorded.
    pub relationship: Option<RelationshipId>,
    /// The account of a family member who is known only by it.
    pub account: Option<String>,
}

/// Those of the family who receive notices on a day; where the record knows of none, whoever asked through the API, and else the
/// family as such.
pub fn family_recipients(case: &Case, people: &[Related], on: NaiveDate) -> Vec<FamilyRecipient> {
    let receives = |person: &&Related| {
        let terms = &person.relationship;
        terms.receives_notices
            && !terms.court_restriction.is_some_and(CourtRestriction::ends_access)
            && terms.from <= on
            && person.until().is_none_or(|until| on < until)
    };
    let known: Vec<_> =
        people.iter().filter(receives).map(|person| FamilyRecipient { relationship: Some(person.id), account: None }).collect();
    if !known.is_empty() {
        return known;
    }
    vec![FamilyRecipient { relationship: None, account: case.requests.family_account() }]
}

fn family(case: &Case, people: &[Related], on: NaiveDate, by: Provision) -> Vec<Recipient> {
    let cited = |FamilyRecipient { relationship, account }| Recipient {
        relationship,
        account,
        ..Recipient::body(RecipientKind::Family, None, by)
    };
    family_recipients(case, people, on).into_iter().map(cited).collect()
}

/// The health body, where advice was asked of one.
fn health_body(case: &Case) -> Option<Organisation> {
    case.advice.iter().rev().find(|advice| advice.giver == AdviceGiver::Health)?.organisation.clone()
}

/// The settings that the plan names.
fn named(plan: Option<&Plan>) -> Vec<Organisation> {
    let settings = plan.map(|plan| plan.placement.settings()).unwrap_or_default();
    settings.into_iter().cloned().collect()
}
