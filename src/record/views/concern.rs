//! The rows of a case's concerns, each with the entry in which its recorder acknowledged it.

use serde::Serialize;
use uuid::Uuid;

use super::{Rows, View};
use crate::record::{Case, Concern, File};

pub(super) fn add<'a>(rows: &mut Rows, file: &File, case: &Case, concerns: impl Iterator<Item = &'a Concern>) {
    for concern in concerns {
        rows.add(
            View::Concerns,
            ConcernRow {
                child: case.child.0,
                case_id: case.id.0,
                concern: concern.concern,
                words: &concern.words,
                citation: serde_json::to_string(&concern.citation).unwrap_or_default(),
                acknowledged_in: file.acknowledged(case.id, concern.concern).map(|event| event.0),
            },
        );
    }
}

#[derive(Serialize)]
struct ConcernRow<'a> {
    child: Uuid,
    case_id: Uuid,
    concern: &'static str,
    words: &'a str,
    citation: String,
    acknowledged_in: Option<Uuid>,
}
