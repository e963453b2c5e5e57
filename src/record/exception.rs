//! An exception the authority claims: what it says, whether its terms are met, and what became of the claim.

use chrono::{Days, NaiveDate};

use super::advice::Advice;
use super::fact::Fact;
use super::file::Standing;
use super::ids::*;
use super::organisation::Organisation;
use crate::law::{self, AdviceGiver, FactKind, Verdict, advice_window};

/// An exception the authority claims: it excuses a missed limit and never moves it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exception {
    /// The entry that claimed it.
    pub event: EventId,
    /// The day it was claimed.
    pub claimed_on: Option<NaiveDate>,
    /// The paragraph of the Regulations, as the register names it.
    pub paragraph: String,
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
    /// The setting that was closed.
    pub setting: Option<Organisation>,
    /// The advice it made late; every advice unless told.
    pub advice: Option<AdviceId>,
    /// The day the setting was asked, where the claim says so.
    pub asked_on: Option<NaiveDate>,
    /// The day the family was told, if it was; the inner option is an unknown day.
    pub told: Option<Option<NaiveDate>>,
    /// The day the claim was withdrawn, if it was; the inner option is an unknown day.
    pub withdrawn: Option<Option<NaiveDate>>,
}

/// What a claim comes to.
#[derive(Debug, Clone)]
pub enum Terms {
    /// Nothing shows that the setting was asked for advice at all.
    NeverAsked,
    /// For each duty that runs and that the paragraph can excuse: whether it does.
    ForDuties(Vec<Verdict>),
}

impl Terms {
    /// Whether it excuses anything.
    pub fn are_met(&self) -> bool {
        matches!(self, Terms::ForDuties(verdicts) if verdicts.iter().any(|verdict| verdict.shortfall.is_none()))
    }

    /// Why they are met or not, as a sentence.
    pub fn words(&self) -> String {
        let verdicts = match self {
            Terms::NeverAsked => {
                return "Its terms are not met: no request for the setting's advice is on record, and the claim does not say when \
                        the setting was asked."
                    .into();
            }
            Terms::ForDuties(verdicts) => verdicts,
        };
        let met: Vec<_> = verdicts.iter().filter(|v| v.shortfall.is_none()).map(|v| v.rule.id).collect();
        match verdicts.first().and_then(|verdict| verdict.shortfall) {
            _ if !met.is_empty() => format!("Its terms are met: it excuses {}.", met.join(", ")),
            Some(shortfall) => format!("Its terms are not met: {}.", shortfall.words()),
            None => "Its terms are not met: no limit that it could excuse runs in this case.".into(),
        }
    }
}

impl Exception {
    /// The exceptions claimed in a case, as its standing facts describe them. What became of a claim can be entered before it.
    pub(super) fn all<'a>(facts: impl Iterator<Item = &'a Standing> + Clone) -> Vec<Self> {
        let mut all: Vec<Self> = facts.clone().filter_map(Self::claimed).collect();
        for standing in facts {
            let on = standing.day();
            match &standing.fact {
                Fact::ExceptionTold { claim, .. } => all.iter_mut().filter(|e| e.event == *claim).for_each(|e| e.told = Some(on)),
                Fact::ExceptionWithdrawn { claim, .. } => {
                    all.iter_mut().filter(|e| e.event == *claim).for_each(|e| e.withdrawn = Some(on));
                }
                _ => {}
            }
        }
        all
    }

    fn claimed(standing: &Standing) -> Option<Self> {
        let Fact::ExceptionClaimed { paragraph, from, to, setting, advice, asked_on, .. } = &standing.fact else { return None };
        Some(Self {
            event: standing.event,
            claimed_on: standing.day(),
            paragraph: paragraph.clone(),
            from: *from,
            to: *to,
            setting: setting.clone(),
            advice: *advice,
            asked_on: *asked_on,
            told: None,
            withdrawn: None,
        })
    }

    /// The claim as the law sees it: with the day the setting was asked, by the claim's own word or by the requests on record.
    /// None where a closure is claimed and nothing shows that the setting was asked: it was summer is not enough (SEND Regulations
    /// 2014, reg. 10(4)(a)); nor where nobody knows when it was claimed.
    fn law_fact(&self, advice: &[Advice]) -> Option<law::Fact> {
        let mut fact = law::Fact::on(FactKind::ExceptionClaimed, self.claimed_on?)
            .paragraph(self.paragraph.clone())
            .between(self.from, Some(self.to));
        fact.about = self.advice.map(|advice| advice.to_string());
        if law::exception(&self.paragraph).is_some_and(|exception| exception.terms.are_of_a_closure()) {
            fact.asked_on = Some(self.asked_on.or_else(|| self.asked_by_record(advice))?);
        }
        Some(fact)
    }

    /// The day on which the record shows the setting was asked for advice: one that counts if there is one.
    fn asked_by_record(&self, advice: &[Advice]) -> Option<NaiveDate> {
        let asked = asked_of_setting(advice, self.setting.as_ref());
        counting_day((self.from, self.to), &asked).or_else(|| asked.first().copied())
    }

    /// What the claim comes to among the facts of its case, whether or not it was withdrawn.
    pub fn terms(&self, advice: &[Advice], facts: &[law::Fact]) -> Terms {
        match self.law_fact(advice) {
            Some(claim) => Terms::ForDuties(law::verdicts(&claim, facts)),
            None => Terms::NeverAsked,
        }
    }
}

/// The claims that stand, as the law sees them.
pub(super) fn law_facts<'a>(facts: impl Iterator<Item = &'a Standing> + Clone) -> Vec<law::Fact> {
    let claims = Exception::all(facts.clone());
    if claims.is_empty() {
        return Vec::new();
    }
    let advice = Advice::all(facts);
    claims.iter().filter(|claim| claim.withdrawn.is_none()).filter_map(|claim| claim.law_fact(&advice)).collect()
}

/// The days on which a setting, or any setting, was asked for its advice.
pub fn asked_of_setting(advice: &[Advice], setting: Option<&Organisation>) -> Vec<NaiveDate> {
    let of_it = |asked: &&Advice| {
        let same = setting.is_none() || asked.organisation.is_none() || asked.organisation.as_ref() == setting;
        asked.giver == AdviceGiver::Education && same
    };
    advice.iter().filter(of_it).filter_map(|asked| asked.requested_on).collect()
}

/// The first day of those on which a setting was asked that counts for a closure from a first to a last day.
pub fn counting_day((from, to): (NaiveDate, NaiveDate), asked: &[NaiveDate]) -> Option<NaiveDate> {
    let reopens_on = to.checked_add_days(Days::new(1))?;
    let (first, last) = advice_window(from, reopens_on);
    asked.iter().copied().find(|day| first <= *day && *day <= last)
}

/// A letter to the family about a delay: an apology for lateness and no excuse for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DelayLetter {
    /// The entry that recorded it, whose detail holds its words.
    pub event: EventId,
    /// Why.
    pub reason: super::DelayReason,
    /// The advice awaited.
    pub advice: Option<AdviceId>,
    /// The day it was sent.
    pub sent_on: Option<NaiveDate>,
    /// The day by which the family was told to expect what is late.
    pub expected_by: NaiveDate,
    /// To whom it was sent, where that is known.
    pub recipients: Vec<super::DelayRecipient>,
}

impl DelayLetter {
    /// The letter an entry records, if it does.
    pub(super) fn of(standing: &Standing) -> Option<Self> {
        let Fact::DelayTold { reason, advice, expected_by, recipients, .. } = &standing.fact else { return None };
        Some(Self {
            event: standing.event,
            reason: *reason,
            advice: *advice,
            sent_on: standing.day(),
            expected_by: *expected_by,
            recipients: recipients.clone(),
        })
    }
}
