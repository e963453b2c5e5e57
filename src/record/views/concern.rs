//! The rows of the concerns of cases and of placements, each with the entry in which its recorder acknowledged it.

use std::collections::BTreeMap;

use serde::Serialize;
use uuid::Uuid;

use super::{Rows, View};
use crate::record::{Case, Concern, File, Finding, Schooling};

/// The concerns of a case.
pub(super) fn of_case<'a>(rows: &mut Rows, file: &File, case: &Case, concerns: impl Iterator<Item = &'a Concern>) {
    let row = |concern: &str| ConcernRow {
        child: case.child.0,
        about: case.id.0,
        case_id: Some(case.id.0),
        acknowledged_in: file.acknowledged(case.id, concern).map(|event| event.0),
        ..ConcernRow::default()
    };
    add(rows, concerns, row);
}

/// The concerns of the placements, each with the child's last case, whose case worker answers for it.
pub(super) fn of_placements(rows: &mut Rows, file: &File, findings: &[Finding]) {
    if findings.is_empty() {
        return;
    }
    let case_id = file.cases().last().map(|case| case.0);
    for placement in Schooling::all(file) {
        let row = |concern: &str| ConcernRow {
            child: file.child.0,
            about: placement.id.0,
            case_id,
            acknowledged_in: file.acknowledged_of_child(concern).map(|event| event.0),
            ..ConcernRow::default()
        };
        add(rows, findings.iter().filter(|(about, _)| *about == placement.id.0).map(|(_, concern)| concern), row);
    }
}

fn add<'a>(rows: &mut Rows, concerns: impl Iterator<Item = &'a Concern>, row: impl Fn(&str) -> ConcernRow) {
    // There can be several of one name, such as two claims whose terms are not met: one row tells of all of them.
    let mut by_name: BTreeMap<&'static str, (Vec<&str>, &Concern)> = BTreeMap::new();
    for concern in concerns {
        by_name.entry(concern.concern).or_insert_with(|| (Vec::new(), concern)).0.push(&concern.words);
    }
    for (name, (words, concern)) in by_name {
        let citation = serde_json::to_string(&concern.citation).unwrap_or_default();
        rows.add(View::Concerns, ConcernRow { concern: name, words: words.join(" "), citation, ..row(name) });
    }
}

#[derive(Default, Serialize)]
struct ConcernRow {
    child: Uuid,
    about: Uuid,
    case_id: Option<Uuid>,
    concern: &'static str,
    words: String,
    citation: String,
    acknowledged_in: Option<Uuid>,
}
