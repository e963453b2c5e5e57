//! The rows of a case's concerns, each with the entry in which its recorder acknowledged it.

use std::collections::BTreeMap;

use serde::Serialize;
use uuid::Uuid;

use super::{Rows, View};
use crate::record::{Case, Concern, File};

pub(super) fn add<'a>(rows: &mut Rows, file: &File, case: &Case, concerns: impl Iterator<Item = &'a Concern>) {
    // A case can have several of one name, such as two claims whose terms are not met: one row tells of all of them.
    let mut by_name: BTreeMap<&str, (Vec<&str>, &Concern)> = BTreeMap::new();
    for concern in concerns {
        by_name.entry(concern.concern).or_insert_with(|| (Vec::new(), concern)).0.push(&concern.words);
    }
    for (words, concern) in by_name.into_values() {
        rows.add(
            View::Concerns,
            ConcernRow {
                child: case.child.0,
                case_id: case.id.0,
                concern: concern.concern,
                words: words.join(" "),
                citation: serde_json::to_string(&concern.citation).unwrap_or_default(),
                acknowledged_in: file.acknowledged(case.id, concern.concern).map(|event| event.0),
            },
        );
    }
}

#[derive(Serialize)]
struct ConcernRow {
    child: Uuid,
    case_id: Uuid,
    concern: &'static str,
    words: String,
    citation: String,
    acknowledged_in: Option<Uuid>,
}
