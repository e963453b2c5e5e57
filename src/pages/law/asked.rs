//! What did somebody type into the calculator? The rows as they were typed, and the facts they say or what is wrong with them.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use serde_json::{Map, Value};

use super::words;
use crate::law::{self, Attribute, Fact, FactKind, FactProblem};

/// Rows that one form may hold.
pub const ROWS: usize = 40;

/// Characters of the label that ties facts together: enough to tell things apart, too few for a story.
const ABOUT_CHARS: usize = 20;

/// The form as it was typed.
#[derive(Debug, Default)]
pub struct Asked {
    /// The day to judge from; empty for today.
    pub today: String,
    /// The facts; rows left empty are dropped.
    pub rows: Vec<Row>,
    /// Whether a further empty row is wanted.
    pub one_more: bool,
    /// Whether it was sent to be answered.
    pub wants_an_answer: bool,
    /// Whether there were more rows than a form may hold.
    too_many: bool,
}

/// One fact as it was typed, by field.
#[derive(Debug, Default)]
pub struct Row(BTreeMap<&'static str, String>);

/// Something wrong with what was typed.
#[derive(Debug, PartialEq, Eq)]
pub struct Fault {
    /// The name of the input, such as `on2`.
    pub input: String,
    /// Where it is, in words.
    pub place: String,
    /// What is wrong, in words.
    pub words: String,
}

impl Row {
    /// What was typed into a field.
    pub fn typed(&self, field: &str) -> &str {
        self.0.get(field).map_or("", String::as_str)
    }

    /// The kind of fact, once one is chosen.
    pub fn kind(&self) -> Option<FactKind> {
        FactKind::ALL.iter().copied().find(|kind| kind.name() == self.typed("fact"))
    }

    /// The attributes to ask for: those its kind has, and those that were typed all the same.
    pub fn attributes(&self) -> Vec<Attribute> {
        let (needs, takes) = self.kind().map(FactKind::attributes).unwrap_or_default();
        let asked = |attribute: &Attribute| {
            needs.contains(attribute) || takes.contains(attribute) || !self.typed(attribute.field()).is_empty()
        };
        Attribute::ALL.iter().copied().filter(asked).collect()
    }

    fn is_empty(&self) -> bool {
        self.typed("fact").is_empty() && self.typed("on").is_empty()
    }
}

impl Asked {
    /// Reads the names and values of a query. A row's inputs end in its number: `fact1`, `on1`, `outcome1`.
    pub fn read(pairs: Vec<(String, String)>) -> Self {
        let mut asked = Self::default();
        let mut rows: BTreeMap<usize, Row> = BTreeMap::new();
        for (name, value) in pairs {
            let value: String = value.trim().chars().filter(|letter| !letter.is_control()).collect();
            let (field, number) = name.split_at(name.find(|letter: char| letter.is_ascii_digit()).unwrap_or(name.len()));
            match (field, number.parse::<usize>()) {
                ("today", Err(_)) => asked.today = value,
                ("add", Err(_)) => asked.one_more = true,
                (_, Ok(number)) => {
                    if let Some(field) = field_named(field) {
                        rows.entry(number).or_default().0.insert(field, value);
                    }
                }
                _ => {}
            }
        }
        asked.wants_an_answer = !rows.is_empty() && !asked.one_more;
        asked.rows = rows.into_values().filter(|row| !row.is_empty()).collect();
        asked.too_many = asked.rows.len() > ROWS;
        asked.rows.truncate(ROWS);
        asked
    }

    /// The facts and the day to judge from.
    ///
    /// # Errors
    /// Everything that is wrong, in the order of the form.
    pub fn facts(&self, today: NaiveDate) -> Result<(Vec<Fact>, NaiveDate), Vec<Fault>> {
        let mut faults = Vec::new();
        let judged_from = if self.today.is_empty() { Some(today) } else { day(&self.today) };
        let mut told = Vec::new();
        if self.rows.is_empty() {
            faults.push((0, "fact", "Say at least one thing that happened.".into()));
        }
        if self.too_many {
            faults.push((
                ROWS - 1,
                "fact",
                format!("At most {ROWS} facts are counted at once; those after this one were dropped."),
            ));
        }
        for (at, row) in self.rows.iter().enumerate() {
            match fact(row) {
                Ok(fact) => told.push((at, fact)),
                Err(wrong) => faults.extend(wrong.into_iter().map(|(field, words)| (at, field, words.into()))),
            }
        }
        let (places, facts): (Vec<usize>, Vec<Fact>) = told.into_iter().unzip();
        for problem in law::check(&facts, judged_from.unwrap_or(today)) {
            if let Some(at) = places.get(problem.index) {
                faults.push((*at, problem.field, plain(problem)));
            }
        }
        faults.sort_by_key(|(at, field, _)| (*at, position(field)));
        let mut faults: Vec<Fault> = faults.into_iter().map(|(at, field, words)| Fault::in_row(at, field, words)).collect();
        match judged_from {
            Some(day) if faults.is_empty() => Ok((facts, day)),
            Some(_) => Err(faults),
            None => {
                faults.push(Fault { input: "today".into(), place: "Day to judge from".into(), words: NO_DAY.into() });
                Err(faults)
            }
        }
    }
}

impl Fault {
    fn in_row(at: usize, field: &str, words: String) -> Self {
        Self { input: input(field, at), place: format!("Fact {}, {}", at + 1, label(field).to_lowercase()), words }
    }
}

/// What the law finds wrong, in the words of a form.
fn plain(problem: FactProblem) -> String {
    match problem.code {
        "attribute_missing" => "Say this too: the fact is not complete without it.".into(),
        "attribute_not_taken" => "A fact of this kind does not say this. Leave it empty.".into(),
        _ => problem.words,
    }
}

/// The name of a row's input.
pub fn input(field: &str, at: usize) -> String {
    format!("{field}{}", at + 1)
}

/// What a field is called on the form.
pub fn label(field: &str) -> &'static str {
    match field {
        "fact" => "What happened",
        "on" => "Day",
        "about" => "Label",
        _ => Attribute::ALL.iter().copied().find(|attribute| attribute.field() == field).map_or("", words::label),
    }
}

const NO_DAY: &str = "This is no day of the calendar. Write it as 5 January 2026, 5/1/2026 or 2026-01-05.";

fn field_named(name: &str) -> Option<&'static str> {
    let of_attributes = Attribute::ALL.iter().map(|attribute| attribute.field());
    ["fact", "on", "about"].into_iter().chain(of_attributes).find(|field| *field == name)
}

/// Where a field stands in its row.
fn position(field: &str) -> usize {
    match field {
        "fact" => 0,
        "on" => 1,
        "about" => usize::MAX,
        _ => Attribute::ALL.iter().position(|attribute| attribute.field() == field).map_or(usize::MAX, |at| at + 2),
    }
}

/// A day as people write it, from the year 1900.
fn day(typed: &str) -> Option<NaiveDate> {
    let read = |format: &&str| NaiveDate::parse_from_str(typed, format).ok();
    let formats = ["%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%d %m %Y", "%d %B %Y", "%A %d %B %Y"];
    formats.iter().find_map(read).filter(|day| (1900..=9999).contains(&day.year()))
}

/// The fact a row says, or what is wrong with which of its fields.
fn fact(row: &Row) -> Result<Fact, Vec<(&'static str, &'static str)>> {
    let mut wrong = Vec::new();
    let mut object = Map::new();
    match (row.typed("fact"), row.kind()) {
        (_, Some(kind)) => drop(object.insert("fact".into(), kind.name().into())),
        ("", None) => wrong.push(("fact", "Choose what happened.")),
        _ => wrong.push(("fact", "No fact has this name. Choose one of the list.")),
    }
    match (row.typed("on"), day(row.typed("on"))) {
        (_, Some(on)) => drop(object.insert("on".into(), on.to_string().into())),
        ("", None) => wrong.push(("on", "Say the day.")),
        _ => wrong.push(("on", NO_DAY)),
    }
    if row.typed("about").chars().count() > ABOUT_CHARS {
        wrong.push(("about", "A label has at most 20 characters."));
    } else if !row.typed("about").is_empty() {
        object.insert("about".into(), row.typed("about").into());
    }
    for attribute in Attribute::ALL.iter().copied() {
        let typed = row.typed(attribute.field());
        if !typed.is_empty() {
            match value(attribute, typed) {
                Ok(value) => drop(object.insert(attribute.field().into(), value)),
                Err(words) => wrong.push((attribute.field(), words)),
            }
        }
    }
    if !wrong.is_empty() {
        return Err(wrong);
    }
    serde_json::from_value(Value::Object(object)).map_err(|_| vec![("fact", "This cannot be read as a fact.")])
}

/// What an attribute says, as the law reads it.
fn value(attribute: Attribute, typed: &str) -> Result<Value, &'static str> {
    match words::choices(attribute) {
        None => day(typed).map(|day| day.to_string().into()).ok_or(NO_DAY),
        Some(choices) if !choices.iter().any(|(value, _)| *value == typed) => Err("Choose one of the list."),
        Some(_) if matches!(attribute, Attribute::Detained | Attribute::AuthorityTookPart) => Ok((typed == "true").into()),
        Some(_) => Ok(typed.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law::Outcome;

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 2, 1).unwrap()
    }

    fn read(typed: &[(&str, &str)]) -> Asked {
        Asked::read(typed.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    fn faults(typed: &[(&str, &str)]) -> Vec<(String, String)> {
        let faults = read(typed).facts(today()).unwrap_err();
        faults.into_iter().map(|fault| (fault.input, fault.words)).collect()
    }

    #[test]
    fn a_day_is_read_as_people_write_it() {
        for typed in [
            "2026-01-05",
            "5/1/2026",
            "05/01/2026",
            "5.1.2026",
            "5 1 2026",
            "5 January 2026",
            "5 jan 2026",
            "Monday 5 January 2026",
        ] {
            assert_eq!(day(typed), NaiveDate::from_ymd_opt(2026, 1, 5), "{typed}");
        }
        for typed in ["", "2026-02-29", "31/4/2026", "1/13/2026", "5/1/26", "tomorrow", "Tuesday 5 January 2026", "5 1 12026"] {
            assert_eq!(day(typed), None, "{typed}");
        }
        assert!(day("29 February 2028").is_some());
    }

    #[test]
    fn empty_rows_are_dropped_and_the_others_move_up() {
        let asked = read(&[
            ("fact1", ""),
            ("on1", " "),
            ("fact3", "assessment_decision_notified"),
            ("on3", "30/1/2026"),
            ("outcome3", "assess"),
        ]);
        let (facts, day) = asked.facts(today()).unwrap();
        assert_eq!((facts.len(), facts[0].outcome, day), (1, Some(Outcome::Assess), today()));
        assert_eq!((asked.rows.len(), asked.rows[0].typed("on")), (1, "30/1/2026"));
    }

    #[test]
    fn everything_wrong_is_told_at_once_where_it_stands() {
        let typed = [
            ("today", "never"),
            ("fact1", "request_received"),
            ("on1", "2026-02-30"),
            ("fact2", "assessment_decision_notified"),
            ("on2", "2026-01-20"),
            ("fact3", ""),
            ("on3", "2026-01-20"),
            ("fact4", "request_received"),
            ("on4", "2026-02-02"),
            ("detained4", "perhaps"),
        ];
        let inputs: Vec<_> = faults(&typed).into_iter().map(|(input, _)| input).collect();
        assert_eq!(inputs, ["on1", "outcome2", "fact3", "detained4", "today"]);
    }

    #[test]
    fn what_the_law_finds_wrong_is_told_at_the_row_as_it_stands_on_the_form() {
        let typed =
            [("fact1", ""), ("fact2", "request_received"), ("on2", "5 1 x"), ("fact3", "request_received"), ("on3", "2 2 2026")];
        let told = faults(&typed);
        assert_eq!(told[1], ("on2".into(), "This is told as having happened, and lies in the future.".into()));
    }

    #[test]
    fn a_form_holds_forty_facts() {
        let mut names: Vec<_> = (1..=40)
            .flat_map(|n| [(format!("fact{n}"), "request_received".to_owned()), (format!("on{n}"), "5 1 2026".into())])
            .collect();
        assert_eq!(Asked::read(names.clone()).facts(today()).unwrap().0.len(), 40);
        names.push(("fact41".into(), "request_received".into()));
        assert_eq!(Asked::read(names).facts(today()).unwrap_err()[0].input, "fact40");
    }

    #[test]
    fn nothing_is_answered_before_it_is_asked() {
        assert!(!read(&[]).wants_an_answer && !read(&[("fact1", "request_received"), ("add", "row")]).wants_an_answer);
        assert_eq!(faults(&[("fact1", "")]), [("fact1".to_owned(), "Say at least one thing that happened.".to_owned())]);
    }

    #[test]
    fn an_attribute_the_kind_does_not_have_is_asked_for_only_where_it_was_typed() {
        let asked = read(&[("fact1", "request_received"), ("outcome1", "assess")]);
        assert_eq!(asked.rows[0].attributes(), [Attribute::Outcome, Attribute::Detained]);
    }
}
