//! One item of an agenda: what was asked, what the members had before them, what they advised.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveTime};

use super::{Agency, Limb, Missing, Question, Recommendation, Why};
use crate::record::fact::Fact;
use crate::record::file::Standing;
use crate::record::ids::*;

/// A panel's advice on an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Advised {
    /// What it recommended.
    pub recommendation: Recommendation,
    /// The day.
    pub on: Option<NaiveDate>,
    /// Limbs of the legal test it found met.
    pub met: Vec<Limb>,
    /// Limbs it found not met.
    pub not_met: Vec<Limb>,
    /// Members who did not agree; why is beside the record.
    pub dissent: Vec<String>,
    /// The percentage of the yearly cost each agency is to bear; adds up to 100 where any is set.
    pub shares: BTreeMap<Agency, u8>,
    /// Whether the health body agreed its share.
    pub health_agreed: Option<bool>,
    /// Of a deferral, what is missing.
    pub missing: Vec<Missing>,
    /// Whether fewer were there than the authority's own rule asks for.
    pub short_of_quorum: bool,
    /// The reasons, beside the record.
    pub detail: Option<DetailId>,
}

/// One item of the agenda.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Its id.
    pub id: ItemId,
    /// Whose case.
    pub child: ChildId,
    /// The case.
    pub case: CaseId,
    /// The day it was put on the agenda.
    pub added_on: Option<NaiveDate>,
    /// Why it comes.
    pub why: Vec<Why>,
    /// What is asked. None in items of before questions were kept.
    pub question: Option<Question>,
    /// The yearly cost asked for, in whole pounds.
    pub yearly_cost: Option<u32>,
    /// The item of an earlier meeting that was deferred to this one.
    pub follows: Option<ItemId>,
    /// Why it comes in words, beside the record.
    pub words: Option<DetailId>,
    /// When its turn is, in London.
    pub starts_at: Option<NaiveTime>,
    /// The entries of the case that the members have before them.
    pub papers: Vec<EventId>,
    /// Members who declared a conflict of interest.
    pub conflicts: Vec<String>,
    /// What the panel advised.
    pub advised: Option<Advised>,
    /// What the minutes say, beside the record.
    pub minutes: Option<DetailId>,
}

impl Item {
    pub(super) fn added(standing: &Standing) -> Option<Self> {
        let Fact::ItemAdded { item, child, case, why, question, yearly_cost, follows } = &standing.fact else { return None };
        Some(Self {
            id: *item,
            child: *child,
            case: *case,
            added_on: standing.day(),
            why: why.clone().unwrap_or_default(),
            question: *question,
            yearly_cost: *yearly_cost,
            follows: *follows,
            words: standing.detail,
            starts_at: None,
            papers: Vec::new(),
            conflicts: Vec::new(),
            advised: None,
            minutes: None,
        })
    }

    pub(super) fn add(&mut self, standing: &Standing) {
        match &standing.fact {
            Fact::PapersChosen { papers, .. } => self.papers.clone_from(papers),
            Fact::ConflictDeclared { member, .. } if !self.conflicts.contains(member) => self.conflicts.push(member.clone()),
            Fact::MinutesTaken { .. } => self.minutes = standing.detail,
            Fact::Recommended {
                recommendation, met, not_met, dissent, shares, health_agreed, missing, short_of_quorum, ..
            } => {
                self.advised = Some(Advised {
                    recommendation: *recommendation,
                    on: standing.day(),
                    met: met.clone().unwrap_or_default(),
                    not_met: not_met.clone().unwrap_or_default(),
                    dissent: dissent.clone().unwrap_or_default(),
                    shares: shares.clone().unwrap_or_default(),
                    health_agreed: *health_agreed,
                    missing: missing.clone().unwrap_or_default(),
                    short_of_quorum: short_of_quorum.unwrap_or_default(),
                    detail: standing.detail,
                });
            }
            _ => {}
        }
    }
}
