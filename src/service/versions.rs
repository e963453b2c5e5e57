//! Versions of a plan: what each says, how two of them differ section by section, who changed it and why.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Error;
use super::as_of::{AsOf, Known};
use super::cases::{detail_of, file_of};
use super::plans::{Sections, stored_with_case};
use crate::db::Tx;
use crate::record::*;
use crate::store::journal::Stored;

/// What changed sections say, in whole: one that is left out, or null, stays as it is; an empty text empties it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct SectionChanges {
    /// A: views, interests and aspirations.
    #[schema(max_length = 50_000)]
    pub a: Option<String>,
    /// B: special educational needs.
    #[schema(max_length = 50_000)]
    pub b: Option<String>,
    /// C: health needs.
    #[schema(max_length = 50_000)]
    pub c: Option<String>,
    /// D: social care needs.
    #[schema(max_length = 50_000)]
    pub d: Option<String>,
    /// E: outcomes sought.
    #[schema(max_length = 50_000)]
    pub e: Option<String>,
    /// F: special educational provision.
    #[schema(max_length = 50_000)]
    pub f: Option<String>,
    /// G: health provision.
    #[schema(max_length = 50_000)]
    pub g: Option<String>,
    /// H1: social care provision under the Act of 1970.
    #[schema(max_length = 50_000)]
    pub h1: Option<String>,
    /// H2: other social care provision.
    #[schema(max_length = 50_000)]
    pub h2: Option<String>,
    /// I: the setting or its type.
    #[schema(max_length = 50_000)]
    pub i: Option<String>,
    /// J: direct payments.
    #[schema(max_length = 50_000)]
    pub j: Option<String>,
    /// K: the advice obtained.
    #[schema(max_length = 50_000)]
    pub k: Option<String>,
}

impl SectionChanges {
    /// What each changed section says by its letter.
    pub fn by_letter(&self) -> BTreeMap<String, String> {
        let parts = [
            ("A", &self.a),
            ("B", &self.b),
            ("C", &self.c),
            ("D", &self.d),
            ("E", &self.e),
            ("F", &self.f),
            ("G", &self.g),
            ("H1", &self.h1),
            ("H2", &self.h2),
            ("I", &self.i),
            ("J", &self.j),
            ("K", &self.k),
        ];
        parts.into_iter().filter_map(|(letter, text)| Some((letter.to_owned(), text.clone()?))).collect()
    }
}

/// What changed of a section.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SectionChange {
    /// The section's letter.
    #[schema(example = "F")]
    pub section: String,
    /// What it said; empty where it said nothing.
    pub was: String,
    /// What it says instead, or would say.
    pub becomes: String,
}

/// The sections that differ, by their letters.
pub(super) fn differences(was: &BTreeMap<String, String>, becomes: &BTreeMap<String, String>) -> Vec<SectionChange> {
    let letters: std::collections::BTreeSet<_> = was.keys().chain(becomes.keys()).collect();
    let text = |of: &BTreeMap<String, String>, letter: &str| of.get(letter).cloned().unwrap_or_default();
    letters
        .into_iter()
        .map(|letter| SectionChange { section: letter.clone(), was: text(was, letter), becomes: text(becomes, letter) })
        .filter(|change| change.was != change.becomes)
        .collect()
}

/// Why there is a version: the plan was `made`, or amended `after_review`, or amended `without_review` (SEND Regulations 2014, reg. 28).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum VersionCause {
    /// It is the first.
    Made,
    /// Amended after a review.
    AfterReview,
    /// Amended without a review.
    WithoutReview,
}

/// A version of a plan, without what it says.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct VersionLine {
    /// Its id.
    pub id: VersionId,
    /// Its place: 1 for the plan as it was made.
    pub number: u32,
    /// The day it was sent; from then on it is what the authority must secure.
    pub sent_on: Option<NaiveDate>,
    /// The last day on which it was in force. Null: it is in force, or the day is not known.
    pub until: Option<NaiveDate>,
    /// Why there is this version.
    pub cause: VersionCause,
    /// The amendment that made it. Null: the first.
    pub amendment: Option<AmendmentId>,
    /// The review it follows.
    pub review: Option<ReviewId>,
    /// The officer who decided on it.
    pub officer: Option<StaffId>,
    /// Why it was changed, in the officer's words. For staff; null for everybody else.
    pub reasons: Option<String>,
    /// The letters of the sections that changed with it.
    pub changed: Vec<String>,
    /// What its section I names.
    pub placement: Placement,
}

/// A version of a plan.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PlanVersionView {
    /// Which version it is.
    #[serde(flatten)]
    pub line: VersionLine,
    /// What it says.
    pub sections: Sections,
    /// What the answer was computed from.
    pub known: Known,
    /// The version of the child's file, as in the ETag.
    pub version: i32,
}

/// How two versions of a plan differ.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct VersionComparison {
    /// The version that is compared.
    pub version: VersionId,
    /// The version it is compared with. Null: there is none before the first, which is compared with nothing.
    pub with: Option<VersionId>,
    /// The sections that differ, by their letters; `was` is what `with` says, `becomes` what `version` says.
    pub sections: Vec<SectionChange>,
    /// What section I of `with` names.
    pub placement_was: Option<Placement>,
    /// What section I of `version` names.
    pub placement_becomes: Placement,
    /// What the answer was computed from.
    pub known: Known,
}

/// A plan as read, with the entries it was folded from.
pub(super) struct Read {
    pub plan: Plan,
    pub file: File,
    pub case: Option<Case>,
    pub stored: Vec<Stored>,
    pub known: Known,
}

impl Read {
    /// # Errors
    /// [`Error::NotFound`] where the plan is not, or was not then.
    pub fn of(tx: &mut Tx<'_>, id: PlanId, as_of: Option<AsOf>) -> Result<Self, Error> {
        let known = Known::at(tx, as_of)?;
        let (case, stored) = stored_with_case(tx, id, known.position)?;
        let file = file_of(&stored)?;
        let plan = Plan::of(&file, id).ok_or(Error::NotFound("plan"))?;
        Ok(Self { plan, case: Case::of(&file, case), file, stored, known })
    }

    fn line(&self, tx: &Tx<'_>, place: usize, version: &PlanVersion) -> VersionLine {
        let amendment = self.plan.amendments.iter().find(|one| Some(one.id) == version.amendment);
        let review = amendment.and_then(|one| one.review);
        let next = self.plan.versions.get(place + 1).and_then(|next| next.sent_on);
        let decision = self.case.as_ref().and_then(|case| case.plan_decision.as_ref());
        let staff = tx.permit().reach() == crate::access::Reach::Authority;
        let words = |event| detail_of(&self.stored, event)?.words.clone();
        VersionLine {
            id: version.id,
            number: u32::try_from(place + 1).unwrap_or(u32::MAX),
            sent_on: version.sent_on,
            until: next.or_else(|| self.plan.cessation.ceased_on()).and_then(|day| day.pred_opt()),
            cause: match (version.amendment, review) {
                (None, _) => VersionCause::Made,
                (Some(_), Some(_)) => VersionCause::AfterReview,
                (Some(_), None) => VersionCause::WithoutReview,
            },
            amendment: version.amendment,
            review,
            officer: version.officer.or_else(|| decision.filter(|_| place == 0).map(|decision| decision.officer)),
            reasons: words(version.event).or_else(|| words(amendment?.notice?)).filter(|_| staff),
            changed: version.sections.clone(),
            placement: version.placement.clone(),
        }
    }

    fn place(&self, id: VersionId) -> Result<usize, Error> {
        self.plan.versions.iter().position(|version| version.id == id).ok_or(Error::NotFound("plan_version"))
    }

    /// What a version says, by letter.
    pub fn sections(&self, version: &PlanVersion) -> BTreeMap<String, String> {
        detail_of(&self.stored, version.event).map(|detail| detail.sections.clone()).unwrap_or_default()
    }
}

/// The versions of a plan, the first first.
pub fn list(tx: &mut Tx<'_>, plan: PlanId, as_of: Option<AsOf>) -> Result<(Known, Vec<VersionLine>), Error> {
    let read = Read::of(tx, plan, as_of)?;
    let lines = read.plan.versions.iter().enumerate().map(|(place, version)| read.line(tx, place, version)).collect();
    Ok((read.known, lines))
}

/// One version.
pub fn show(tx: &mut Tx<'_>, plan: PlanId, id: VersionId, as_of: Option<AsOf>) -> Result<PlanVersionView, Error> {
    let read = Read::of(tx, plan, as_of)?;
    let place = read.place(id)?;
    let version = &read.plan.versions[place];
    Ok(PlanVersionView {
        line: read.line(tx, place, version),
        sections: Sections::from_letters(&read.sections(version)),
        version: read.file.version,
        known: read.known,
    })
}

/// How a version differs from another; from the one before it unless told.
pub fn compare(
    tx: &mut Tx<'_>,
    plan: PlanId,
    id: VersionId,
    with: Option<VersionId>,
    as_of: Option<AsOf>,
) -> Result<VersionComparison, Error> {
    let read = Read::of(tx, plan, as_of)?;
    let place = read.place(id)?;
    let other = match with {
        Some(with) => Some(read.place(with)?),
        None => place.checked_sub(1),
    };
    let version = &read.plan.versions[place];
    let other = other.map(|other| &read.plan.versions[other]);
    let was = other.map(|other| read.sections(other)).unwrap_or_default();
    Ok(VersionComparison {
        version: id,
        with: other.map(|other| other.id),
        sections: differences(&was, &read.sections(version)),
        placement_was: other.map(|other| other.placement.clone()),
        placement_becomes: version.placement.clone(),
        known: read.known,
    })
}
