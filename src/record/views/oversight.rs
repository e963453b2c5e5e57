//! The rows that say why the authority keeps an eye on a child, apart from the kind of setting they are at.

use chrono::NaiveDate;
use serde::Serialize;
use uuid::Uuid;

use super::{Rows, View};
use crate::record::sealing::is_sealed;
use crate::record::{ChildFlag, File, Flagged, Related, RelationshipKind, Schooling};

/// That a child lives at a setting for a part of the year; whether it lies in the borough is the directory's to say.
const RESIDENTIAL: &str = "residential";

/// Adds a row for each flag, each social worker and each time that the child lives at a setting.
pub(super) fn add(rows: &mut Rows, file: &File, people: &[Related]) {
    let placements: Vec<_> = Schooling::all(file).into_iter().filter(|place| !is_sealed(file, place.event)).collect();
    let mut add = |reason, about, from_on, last_on, setting| {
        rows.add(View::Oversight, OversightRow { child: file.child.0, reason, about, from_on, last_on, setting });
    };
    for one in Flagged::all(file).iter().filter(|one| !is_sealed(file, one.event)) {
        add(one.flag.as_str(), one.event.0, one.from, one.until, None);
    }
    for one in people.iter().filter(|one| one.relationship.kind == RelationshipKind::SocialWorker) {
        let last_on = one.until().and_then(|until| until.pred_opt());
        add(ChildFlag::SocialWorker.as_str(), one.id.0, one.relationship.from, last_on, None);
    }
    for place in &placements {
        for (at, (from, terms)) in place.terms.iter().enumerate() {
            let next = place.terms.get(at + 1).and_then(|(next, _)| next.pred_opt());
            let last_on = [place.until, next].into_iter().flatten().min();
            if terms.residential_weeks.is_some() {
                add(RESIDENTIAL, place.id.0, *from, last_on, place.setting.as_ref().map(|setting| setting.as_str()));
            }
        }
    }
}

#[derive(Serialize)]
struct OversightRow<'a> {
    child: Uuid,
    reason: &'static str,
    about: Uuid,
    from_on: NaiveDate,
    last_on: Option<NaiveDate>,
    setting: Option<&'a str>,
}
