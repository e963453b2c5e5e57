//! Why is that the day? A duty written out for a parent: the steps that led to its date, each with its provision.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use super::arithmetic::counting_step;
use super::citation::Citation;
use super::counting::C12;
use super::due::{counted, in_scope, other_date};
use super::duty::{DeadlineState, Duty, duties};
use super::exception::exception;
use super::fact::Fact;
use super::fact_kind::FactKind;
use super::instruments::CFA_2014;
use super::rule::{Actor, Evidence, Nature, OtherReading, Strength};

/// One duty of one case as it stands on a day, with the reasons for its date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Deadline {
    /// The rule of the register it follows.
    #[schema(example = "D-20W")]
    pub rule: &'static str,
    /// What must be done.
    #[schema(example = "send the final plan")]
    pub duty: &'static str,
    /// Who must do it.
    pub actor: Actor,
    /// The thing it is about, as the fact that started it names it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub about: Option<String>,
    /// The day it is counted from.
    #[schema(example = "2026-01-05")]
    pub starts_on: NaiveDate,
    /// The last day to do it; for what may not be done before, the first day. No exception moves it.
    #[schema(example = "2026-05-25")]
    pub due_on: NaiveDate,
    /// The day it was done.
    pub met_on: Option<NaiveDate>,
    /// How it stands today.
    pub state: DeadlineState,
    /// The paragraphs of the exceptions that cover it.
    pub excused_by: Vec<&'static str>,
    /// The provision.
    pub citation: Citation,
    /// How binding the provision is.
    pub strength: Strength,
    /// The steps that led to the day.
    pub because: Vec<Step>,
    /// The day another reading of the provision gives.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub tolerance: Option<Tolerance>,
    /// Whether the provision was not read when the row was written.
    pub unverified: bool,
}

/// One step of the way to a date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Step {
    /// The step in plain words, with its arithmetic.
    #[schema(example = "Monday 5 January 2026 plus 20 weeks is Monday 25 May 2026; the bank holiday does not move it.")]
    pub words: String,
    /// On what authority.
    pub citation: Citation,
}

/// The day another reading gives. It is shown beside the date and changes nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Tolerance {
    /// The day by the other reading.
    pub on: NaiveDate,
    /// Whose reading it is, and how it differs.
    pub note: &'static str,
}

/// The duties that follow from the facts, as they stand on a day, ordered by the day they are due.
pub fn deadlines(facts: &[Fact], today: NaiveDate) -> Vec<Deadline> {
    let mut deadlines: Vec<_> = duties(facts).iter().filter_map(|duty| duty.explain(facts, today)).collect();
    deadlines.sort_by(|one, other| (one.due_on, one.rule, &one.about).cmp(&(other.due_on, other.rule, &other.about)));
    deadlines
}

impl Duty {
    /// The duty in words. `facts` are those it was computed from; with fewer there is no answer.
    pub fn explain(&self, facts: &[Fact], today: NaiveDate) -> Option<Deadline> {
        let start = facts.get(self.started_by)?;
        let rule = self.rule;
        Some(Deadline {
            rule: rule.id,
            duty: rule.duty,
            actor: rule.actor,
            about: start.about.clone(),
            starts_on: self.starts_on,
            due_on: self.due_on,
            met_on: self.met_on,
            state: self.state(today),
            excused_by: self.excused_by().collect(),
            citation: rule.source.cite(),
            strength: rule.strength,
            because: self.steps(start, facts),
            tolerance: other_date(rule, start, facts, self.due_on).map(|on| Tolerance { on, note: rule.other_reading.note() }),
            unverified: matches!(rule.evidence, Evidence::Unverified(_)),
        })
    }

    fn steps(&self, start: &Fact, facts: &[Fact]) -> Vec<Step> {
        let mut steps = vec![self.start_step(start), counting_step(self.rule, start, facts)];
        steps.extend(self.cap_step(start, facts));
        if self.rule.as_soon_as_practicable {
            steps.push(Step { words: sentence(C12.words), citation: self.rule.source.cite() });
        }
        steps.extend(self.exception_steps(start, facts));
        if let Some((when, words)) = &self.rule.caution
            && self.is_excused()
            && facts.iter().any(|fact| when.matches(fact))
        {
            steps.push(Step { words: (*words).into(), citation: self.rule.source.cite() });
        }
        steps.extend(self.outcome_step());
        steps
    }

    fn start_step(&self, start: &Fact) -> Step {
        let verb = match self.rule.nature {
            Nature::Duty | Nature::Window | Nature::NotBefore => "must",
            Nature::Right => "may",
        };
        let happened = sentence(&format!("{} on {}", start.fact.words(), written(start.on)));
        let asked = sentence(&format!("{} {verb} {}", self.rule.actor.words(), self.rule.duty));
        Step { words: format!("{happened} {asked}"), citation: self.rule.source.cite() }
    }

    fn cap_step(&self, start: &Fact, facts: &[Fact]) -> Option<Step> {
        if let (Some(provision), Some(fixed)) = (self.rule.may_be_fixed, start.fixed_due_on) {
            let words = format!("{} was fixed in its place.", written(fixed));
            return Some(Step { words, citation: provision.cite() });
        }
        (self.due_on < counted(self.rule, start, facts)).then(|| Step {
            words: format!("The twelve months for the review end earlier, on {}: that day holds.", written(self.due_on)),
            citation: CFA_2014.at("44(1)").cite(),
        })
    }

    /// The exceptions claimed for this limit, whether or not their terms are met.
    fn exception_steps(&self, start: &Fact, facts: &[Fact]) -> Vec<Step> {
        let excused: Vec<_> = self.excused_by().collect();
        let claimed = |paragraph: &str| {
            facts.iter().any(|fact| {
                fact.fact == FactKind::ExceptionClaimed
                    && fact.paragraph.as_deref() == Some(paragraph)
                    && in_scope(self.rule.scope, start, fact)
            })
        };
        let step = |paragraph: &&'static str| {
            let exception = exception(paragraph)?;
            let terms = exception.terms.words();
            let words = if excused.contains(paragraph) {
                format!("An exception is claimed: {terms}. It excuses missing the day and does not move it.")
            } else {
                format!("An exception is claimed, and does not cover this: it takes that {terms}, within this limit's own time.")
            };
            Some(Step { words, citation: exception.source.cite() })
        };
        self.rule.excused_by.iter().filter(|paragraph| claimed(paragraph)).filter_map(step).collect()
    }

    fn outcome_step(&self) -> Option<Step> {
        let words = match (self.fell_away_on, self.cut_short_on, self.met_on) {
            (Some(on), ..) => format!("Since {} it is no longer owed.", written(on)),
            (_, Some(on), _) if self.rule.nature == Nature::NotBefore => format!("It was done on {}, too early.", written(on)),
            (_, Some(on), _) => format!("The time was cut short on {}.", written(on)),
            (.., Some(on)) if self.rule.nature == Nature::Window => format!("The family needed no more time on {}.", written(on)),
            (.., Some(on)) => match (on - self.due_on).num_days() {
                late if late > 0 && self.rule.nature != Nature::NotBefore => {
                    format!("It was done on {}, {} late.", written(on), days(late))
                }
                _ => format!("It was done on {}, in time.", written(on)),
            },
            (None, None, None) => return None,
        };
        Some(Step { words, citation: self.rule.source.cite() })
    }
}

impl Actor {
    /// Who, as the subject of a sentence.
    pub const fn words(self) -> &'static str {
        match self {
            Self::LocalAuthority => "the local authority",
            Self::AdviceGiver => "the advice giver",
            Self::Family => "the child's parent or the young person",
            Self::Setting => "the setting",
            Self::SettingOrAuthority => "whoever holds the meeting (the setting, or the authority)",
            Self::MediationAdviser => "the mediation adviser",
            Self::HealthBody => "the health body",
            Self::OldHealthBody => "the health body that was responsible before",
            Self::NewHealthBody => "the health body that becomes responsible",
            Self::AuthorityOrHealthBody => "whoever it is addressed to",
            Self::OldAuthority => "the old authority",
            Self::NewAuthority => "the new authority",
            Self::HomeAuthority => "the home authority",
        }
    }
}

impl OtherReading {
    /// Whose reading it is, and how it differs.
    pub(super) const fn note(self) -> &'static str {
        match self {
            Self::None => "",
            Self::ReceiptIsDayOne => {
                "Some count the day of receipt as day one, which ends a day earlier (LG Inform, metric 4736)."
            }
            Self::Anniversary => "Guidance treats the anniversary itself as in time (IPSEA; Surrey).",
            Self::ByTheDate => "The Code and most authorities say by the date, the Regulations before it (Code, para. 9.179).",
            Self::ClearDays => "Counted in clear days, neither the day of sending nor the meeting counts.",
            Self::OrderSentOut => "SEND18 counts from the day the order was sent out, the Regulations from the day it was made.",
            Self::LetterDate => "Many pages count from the date on the letter, the Rules from the day it was sent.",
            Self::WorkingDays(_) => "One charity counts working days here, the Regulations days.",
            Self::Weeks(_) => "The guidance seen says four weeks.",
            Self::CommonTarget(_) => "Many authorities aim to serve the draft by week 16; no provision sets that day.",
        }
    }
}

/// A day as a letter writes it.
pub(super) fn written(day: NaiveDate) -> String {
    day.format("%A %-d %B %Y").to_string()
}

/// A clause as a sentence.
pub(super) fn sentence(clause: &str) -> String {
    let mut letters = clause.chars();
    letters.next().map(|first| format!("{}{}.", first.to_uppercase(), letters.as_str())).unwrap_or_default()
}

fn days(n: i64) -> String {
    if n == 1 { "one day".into() } else { format!("{n} days") }
}
