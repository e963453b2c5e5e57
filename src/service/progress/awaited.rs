//! What is still awaited in a case, from whom, by when and why by then; and where it is late, why.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use super::words::{actor, capital, giver, late};
use super::{Audience, Duties};
use crate::law::{self, AdviceGiver, DeadlineState, Duty, Nature, Step};
use crate::record::*;

/// Something that is awaited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = AwaitedStep)]
pub struct Awaited {
    /// What is awaited, as a sentence.
    #[schema(example = "An educational psychologist is to give the advice that was asked for.")]
    pub words: String,
    /// From whom.
    #[schema(example = "an educational psychologist")]
    pub from: String,
    /// Whether it is awaited from the reader.
    pub from_you: bool,
    /// The day by which the law wants it. Null: the law sets none.
    pub due_on: Option<NaiveDate>,
    /// Why that is the day: the steps of the count, each with its provision.
    pub because: Vec<Step>,
    /// Whether the day has passed.
    pub late: bool,
    /// Why it is late, or will be, as far as that was said: each a sentence. An exception the law allows for says so; anything else
    /// excuses nothing.
    pub late_because: Vec<String>,
    /// The day by which it is now expected, where somebody said so. It moves no limit.
    pub expected_on: Option<NaiveDate>,
    /// The rule of the register that sets the day.
    #[schema(example = "D-ADV")]
    pub rule: Option<&'static str>,
}

/// Nothing on the record says who was invited to a meeting or sent its papers, so that nobody could be told when that is done.
const NEVER_MET: [&str; 2] = ["D-AR-NOTICE", "D-AR-DOCS"];

/// Everything that is awaited, the earliest day first, what has none last.
pub(super) fn awaited(case: &Case, plan: Option<&Plan>, duties: &Duties<'_>, reader: &Audience<'_>) -> Vec<Awaited> {
    let owed = duties.all.iter().filter(|duty| duty.rule.nature == Nature::Duty && !NEVER_MET.contains(&duty.rule.id));
    let mut all: Vec<_> = owed.filter_map(|duty| of_duty(case, plan, duties, duty, reader)).collect();
    // Of the family, and of whoever advises privately, the law asks nothing by a day; and no clock runs where the request was not received.
    let without = case.advice.iter().filter(|advice| advice.is_awaited() && !has_clock(advice, duties.facts));
    let without = without.filter(|_| !case.stage().is_closed());
    all.extend(without.map(|advice| {
        let from = giver(advice.giver).to_owned();
        Awaited {
            words: format!("{} is to give the advice that was asked for.", capital(&from)),
            from_you: reader.is_asked(advice),
            due_on: None,
            because: Vec::new(),
            late: false,
            late_because: delays(advice),
            expected_on: advice.delays.last().and_then(|delay| delay.expected_on),
            rule: None,
            from,
        }
    }));
    all.sort_by(|one, other| {
        let key = |awaited: &Awaited| (awaited.due_on.is_none(), awaited.due_on);
        (key(one), &one.words).cmp(&(key(other), &other.words))
    });
    all.dedup();
    all
}

fn has_clock(advice: &Advice, facts: &[law::Fact]) -> bool {
    let id = advice.id.to_string();
    let timed = !matches!(advice.giver, AdviceGiver::Family | AdviceGiver::Private);
    timed && facts.iter().any(|fact| fact.fact == law::FactKind::AdviceRequestReceived && fact.about.as_deref() == Some(&id))
}

fn of_duty(case: &Case, plan: Option<&Plan>, duties: &Duties<'_>, duty: &Duty, reader: &Audience<'_>) -> Option<Awaited> {
    let told = duty.explain(duties.facts, duties.today)?;
    if duty.met_on.is_some() || !matches!(told.state, DeadlineState::Running | DeadlineState::Overdue | DeadlineState::Excused) {
        return None;
    }
    let about = told.about.as_deref().unwrap_or_default();
    let advice = case.advice.iter().find(|advice| advice.id.to_string() == about);
    let consultation = case.consultations.iter().find(|one| one.id.to_string() == about);
    // Once the case is over, nobody waits for what was not given.
    if case.stage().is_closed() && (advice.is_some() || consultation.is_some()) {
        return None;
    }
    let (from, from_you) = match (advice, consultation) {
        (Some(advice), _) => (giver(advice.giver).to_owned(), reader.is_asked(advice)),
        // Which settings are asked is told to staff and to each setting of itself; that an answer is awaited, to the family as well.
        (_, Some(one)) if reader.is_consulted(one) => ((reader.name_of)(&one.setting)?, !reader.staff),
        (_, Some(_)) if reader.account.is_some() => ("a setting that was consulted".to_owned(), false),
        (_, Some(_)) => return None,
        _ => (actor(duty.rule.actor).to_owned(), reader.holds(plan, duty.rule.id)),
    };
    let mut late_because: Vec<String> = advice.map(delays).unwrap_or_default();
    let mut expected_on = advice.and_then(|advice| advice.delays.last()).and_then(|delay| delay.expected_on);
    // A letter that names a piece of advice is about that one.
    let of_this = |letter: &&DelayLetter| match advice {
        Some(advice) => letter.advice == Some(advice.id),
        None => consultation.is_none(),
    };
    for letter in case.delay_letters.iter().filter(of_this) {
        late_because.push(late(letter.reason).to_owned());
        expected_on = Some(letter.expected_by);
    }
    for claim in case.exceptions.iter().filter(|claim| claim.withdrawn.is_none() && claim.told.is_some()) {
        if duty.excused_by().any(|paragraph| paragraph == claim.paragraph)
            && let Some(exception) = law::exception(&claim.paragraph)
        {
            late_because.push(format!("The law allows for this: {}.", exception.terms.words()));
        }
    }
    late_because.dedup();
    Some(Awaited {
        words: format!("{} is to {}.", capital(&from), told.duty),
        from,
        from_you,
        due_on: Some(told.due_on),
        because: told.because,
        late: told.due_on < duties.today,
        late_because,
        expected_on,
        rule: Some(told.rule),
    })
}

/// Why advice is late, as far as that was said.
fn delays(advice: &Advice) -> Vec<String> {
    let mut all: Vec<_> = advice.delays.iter().map(|delay| late(delay.reason).to_owned()).collect();
    if let Some(nil) = advice.nil_that_stands() {
        all.push(format!("{} answered without advice: {}.", capital(giver(advice.giver)), nil.answer.words()));
    }
    all
}
