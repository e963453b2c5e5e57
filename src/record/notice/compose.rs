//! What does a notice say on a day, given what was decided and how the authority words its letters, and what does it lack?

use std::collections::BTreeMap;

use chrono::NaiveDate;
use strum::VariantArray;

use super::item::{Lack, NoticeItem, required};
use super::letter::{Letter, LetterDate, Part, Reason};
use super::{NoticeKind, Reached, Wording, WordingKind, words};
use crate::law::instruments::CFA_2014;
use crate::law::{self, Citation, Deadline, Fact, FactKind};
use crate::record::decision::WayForward;
use crate::record::plan_text::paragraphs;

/// What a letter is composed from.
#[derive(Debug, Clone)]
pub struct Ground<'a> {
    /// Which notice.
    pub kind: NoticeKind,
    /// The day the letter carries.
    pub dated: NaiveDate,
    /// The case's human reference.
    pub reference: &'a str,
    /// The authority's name.
    pub authority: &'a str,
    /// The child's given name and family name, unless erased.
    pub child: Option<(&'a str, &'a str)>,
    /// The decision it tells; none of a plan that comes with it.
    pub decided: Option<Decided<'a>>,
    /// The plan it comes with; none for a decision alone.
    pub enclosed: Option<Enclosed>,
    /// The authority's wordings in force on the day, one of each kind at most.
    pub wordings: &'a [Wording],
}

/// A decision, as the letter tells it.
#[derive(Debug, Clone, Default)]
pub struct Decided<'a> {
    /// The day it was decided.
    pub on: Option<NaiveDate>,
    /// The reasons.
    pub reasons: Option<&'a str>,
    /// What support there can be without a plan.
    pub way_forward: &'a [WayForward],
    /// The amendments proposed, as the decision to amend words them.
    pub proposed_amendments: Option<&'a str>,
    /// The day of the review meeting that it follows.
    pub met_on: Option<NaiveDate>,
    /// The amendments proposed, section by section.
    pub proposed: Option<Proposed<'a>>,
}

/// Amendments as they were proposed.
#[derive(Debug, Clone, Copy)]
pub struct Proposed<'a> {
    /// What each section would say, by its letter.
    pub sections: &'a BTreeMap<String, String>,
    /// The day they were sent.
    pub sent_on: Option<NaiveDate>,
    /// The day from which the family's fifteen days run.
    pub served_on: Option<NaiveDate>,
}

/// A plan that comes with the letter.
#[derive(Debug, Clone)]
pub struct Enclosed {
    /// The day a draft was served, from which the family's time runs.
    pub served_on: Option<NaiveDate>,
    /// Whether any section says anything.
    pub says_something: bool,
    /// What section I names, in words: the setting, or its type.
    pub placement: Option<String>,
}

/// The letter, and what it lacks of what the law asks for.
pub fn compose(ground: &Ground<'_>) -> (Letter, Vec<Lack>) {
    let mut parts = Vec::new();
    let mut lacks = Vec::new();
    for item in NoticeItem::VARIANTS.iter().copied() {
        let asked_by = required(ground.kind).iter().find(|(asked, _)| *asked == item).map(|(_, by)| by.cite());
        match (ground.part(item, asked_by.clone()), asked_by) {
            (Ok(Some(part)), _) => parts.push(part),
            (Ok(None), Some(citation)) => lacks.push(Lack { item, why: "Nothing here tells it.".into(), citation }),
            (Err(why), Some(citation)) => lacks.push(Lack { item, why, citation }),
            (Ok(None) | Err(_), None) => {}
        }
    }
    let head = ground.wording(WordingKind::LetterHead);
    let letter = Letter {
        kind: ground.kind,
        title: words::title(ground.kind).to_owned(),
        authority: ground.authority.to_owned(),
        head: head.map(paragraphs_of).unwrap_or_default(),
        head_contact: head.map(|head| head.reached.clone()).filter(|reached| !reached.is_empty()),
        dated: ground.dated,
        reference: ground.reference.to_owned(),
        about: ground.child.map(|(given, family)| format!("{given} {family}")),
        parts,
        closing: ground.wording(WordingKind::Closing).map(paragraphs_of).unwrap_or_default(),
    };
    (letter, lacks)
}

impl Ground<'_> {
    /// The part that tells an item; an error says why it cannot be told, none that this letter has no use for it.
    fn part(&self, item: NoticeItem, asked_by: Option<Citation>) -> Result<Option<Part>, String> {
        let needed = asked_by.is_some();
        let mut part = Part {
            item,
            heading: words::heading(item).to_owned(),
            words: Vec::new(),
            dates: Vec::new(),
            contact: None,
            citation: asked_by,
        };
        let decided = self.decided.as_ref();
        match item {
            NoticeItem::Decision if needed => part.words = self.decision()?,
            NoticeItem::Reasons => {
                part.words = told(decided.and_then(|d| d.reasons), "No reasons are recorded with the decision.")?
            }
            NoticeItem::WayForward => match decided.map(|d| d.way_forward) {
                Some(offered) if !offered.is_empty() => part.words = words::way_forward(offered),
                _ => return Ok(None),
            },
            NoticeItem::ProposedAmendments => {
                part.words = decided.and_then(|d| d.proposed_amendments).map(paragraphs).unwrap_or_default();
                part.words.extend(decided.and_then(|d| d.proposed).map(|of| words::proposed(of.sections)).unwrap_or_default());
                if part.words.is_empty() {
                    return Err("No proposed amendments are recorded with the decision to amend, or with their notice.".into());
                }
            }
            NoticeItem::Plan if needed => part.words = self.plan()?,
            NoticeItem::Representations if needed => {
                part.words = words::representations(self.kind, self.name());
            }
            NoticeItem::ResponseTime if needed => {
                part.words = words::response_time();
                part.dates = self.response_time()?;
            }
            NoticeItem::RightOfAppeal if needed => {
                part.words = words::right_of_appeal(self.kind, self.name());
                part.citation = Some(CFA_2014.at(words::appeal_paragraph(self.kind)).cite());
            }
            NoticeItem::AppealTimeLimit if needed => {
                part.words = words::appeal_time_limit(self.kind);
                part.dates = self.appeal_time_limit()?;
            }
            NoticeItem::TribunalRecommendations if needed => part.words = words::tribunal_recommendations(),
            NoticeItem::Mediation if needed => {
                part.words = words::mediation(self.kind);
                part.dates = vec![self.counted("M-CONTACT", "The last day to contact the mediation adviser")?];
            }
            NoticeItem::MediationAdviser if needed => self.worded(WordingKind::MediationAdviser, &mut part)?,
            NoticeItem::AuthorityContact if needed => {
                part.words = words::tell_the_authority();
                self.worded(WordingKind::AuthorityContact, &mut part)?;
            }
            NoticeItem::DisagreementResolution if needed => self.worded(WordingKind::DisagreementResolution, &mut part)?,
            NoticeItem::InformationAdviceSupport => self.worded(WordingKind::InformationAdviceSupport, &mut part)?,
            NoticeItem::PlacementInformation if needed => self.worded(WordingKind::PlacementInformation, &mut part)?,
            _ => return Ok(None),
        }
        Ok(Some(part))
    }

    fn name(&self) -> &str {
        self.child.map_or("the child or young person", |(given, _)| given)
    }

    fn decision(&self) -> Result<Vec<String>, String> {
        let decided = self.decided.as_ref().ok_or("No such decision stands.")?;
        Ok(words::decision(self.kind, self.name(), decided.on))
    }

    fn plan(&self) -> Result<Vec<String>, String> {
        match &self.enclosed {
            Some(plan) if plan.says_something => Ok(words::plan(self.kind, self.name(), plan.placement.as_deref())),
            _ => Err("The plan recorded here has no text in any section.".into()),
        }
    }

    fn response_time(&self) -> Result<Vec<LetterDate>, String> {
        let last = "The last day on which you can answer";
        if self.kind.proposes() {
            let send = "The day by which we must send the amended plan, or tell you that we do not amend it";
            let eight = self.counted("D-AR-FINAL8", send)?;
            // After a review both limits hold, so the earlier is the day.
            let twelve = self.counted("D-AR-FINAL12", send).ok().filter(|twelve| twelve.on < eight.on);
            return Ok(vec![self.counted("D-AR-REPS", last)?, twelve.unwrap_or(eight)]);
        }
        match self.enclosed.as_ref().and_then(|plan| plan.served_on) {
            Some(_) => Ok(vec![self.counted("D-REPS15", last)?]),
            None => Err("The day the draft was served is not known, so its fifteen days cannot be counted.".into()),
        }
    }

    fn appeal_time_limit(&self) -> Result<Vec<LetterDate>, String> {
        let mut dates = vec![self.counted("AP-1", "The last day on which the Tribunal can receive your appeal")?];
        if self.kind == NoticeKind::Cease {
            dates.push(self.counted("CE-2", "The first day on which the plan can end, if nobody appeals")?);
        }
        Ok(dates)
    }

    /// A day as the register of law counts it, from the day the letter carries or the draft was served.
    fn counted(&self, rule: &str, what: &str) -> Result<LetterDate, String> {
        let deadlines = law::deadlines(&self.facts(), self.dated);
        let found = deadlines.into_iter().find(|deadline| deadline.rule == rule);
        found.map(|deadline| date(deadline, what)).ok_or_else(|| format!("The register of law gives no day by rule {rule}."))
    }

    fn facts(&self) -> Vec<Fact> {
        let on = |kind| Fact::on(kind, self.dated);
        match (self.kind, self.kind.matter()) {
            (_, Some(matter)) => vec![on(FactKind::DecisionNoticeSent).matter(matter)],
            (kind, None) if kind.proposes() => {
                let proposed = self.decided.as_ref().and_then(|decided| decided.proposed);
                let sent = proposed.and_then(|of| of.sent_on).unwrap_or(self.dated);
                let served = proposed.and_then(|of| of.served_on).unwrap_or(sent);
                let met = self
                    .decided
                    .as_ref()
                    .and_then(|decided| decided.met_on)
                    .map(|met| Fact::on(FactKind::ReviewMeetingHeld, met));
                let days = [(FactKind::AmendmentNoticeSent, sent), (FactKind::AmendmentNoticeServed, served)];
                days.into_iter().map(|(kind, day)| Fact::on(kind, day)).chain(met).collect()
            }
            _ => {
                let served = self.enclosed.as_ref().and_then(|plan| plan.served_on);
                served.map(|served| Fact::on(FactKind::DraftPlanServed, served)).into_iter().collect()
            }
        }
    }

    fn wording(&self, kind: WordingKind) -> Option<&Wording> {
        self.wordings.iter().find(|wording| wording.kind == kind)
    }

    /// Adds what the authority itself says.
    fn worded(&self, kind: WordingKind, part: &mut Part) -> Result<(), String> {
        let lacking = |what: &str| {
            let path = format!("PUT /v1/notice-wordings/{} sets one", kind.as_str());
            format!("No wording of the authority in force on the letter's day {what}; {path}.")
        };
        let wording = self.wording(kind).ok_or_else(|| lacking("tells it"))?;
        if kind.names_a_contact() && !wording.reached.is_of_use() {
            return Err(lacking("names who it is and how they are reached"));
        }
        part.words.extend(paragraphs_of(wording));
        part.contact = Some(wording.reached.clone()).filter(|reached: &Reached| !reached.is_empty());
        if part.words.is_empty() && part.contact.is_none() { Err(lacking("says anything")) } else { Ok(()) }
    }
}

fn date(deadline: Deadline, what: &str) -> LetterDate {
    LetterDate {
        what: what.to_owned(),
        rule: deadline.rule.to_owned(),
        on: deadline.due_on,
        because: deadline.because.into_iter().map(|step| Reason { words: step.words, citation: step.citation }).collect(),
    }
}

fn told(text: Option<&str>, none: &str) -> Result<Vec<String>, String> {
    let paragraphs = text.map(paragraphs).unwrap_or_default();
    if paragraphs.is_empty() { Err(none.to_owned()) } else { Ok(paragraphs) }
}

fn paragraphs_of(wording: &Wording) -> Vec<String> {
    wording.words.as_deref().map(paragraphs).unwrap_or_default()
}
