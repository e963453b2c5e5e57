//! What does the register say of these facts? Reads cases as JSON lines, `{"today", "facts"}`, and answers each with a line.
//!
//! It is the calculator without a server: `.ci/law_oracle.py` compares its answers with a second implementation.

use std::io::{BufRead, BufWriter, Write, stdin, stdout};

use chrono::NaiveDate;
use ehc_casework::law::{Fact, duties};
use serde::Deserialize;
use serde_json::json;

#[derive(Deserialize)]
struct Case {
    today: NaiveDate,
    facts: Vec<Fact>,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut out = BufWriter::new(stdout().lock());
    for line in stdin().lock().lines() {
        let case: Case = serde_json::from_str(&line?)?;
        let answer: Vec<_> = duties(&case.facts)
            .iter()
            .map(|duty| {
                json!([
                    duty.rule.id,
                    case.facts[duty.started_by].about,
                    duty.starts_on,
                    duty.due_on,
                    duty.met_on,
                    duty.state(case.today),
                    duty.excused_by().collect::<Vec<_>>(),
                ])
            })
            .collect();
        serde_json::to_writer(&mut out, &answer)?;
        out.write_all(b"\n")?;
    }
    Ok(out.flush()?)
}
