//! Plans: drafts served, the final plan sent, and what a plan says in its sections A to K.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::as_of::{AsOf, Known};
use super::cases::file_of;
use super::identity::identity_of;
use super::recording::dated;
use super::recording::{Acknowledge, Loaded, Receipt, open_case, open_child, record};
use super::reviews::{self, NextReview, ReviewView};
use super::{Error, must_match};
use crate::db::Tx;
use crate::record::*;
use crate::store::journal::Stored;
use crate::store::{directory, journal, plans};

/// The sections of a plan (SEND Regulations 2014, reg. 12(1)). One that is left out is empty; an answer has them all.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Sections {
    /// A: views, interests and aspirations of the child and the parents, or the young person.
    #[serde(default)]
    #[schema(max_length = 50_000)]
    pub a: String,
    /// B: special educational needs, all of them.
    #[serde(default)]
    #[schema(max_length = 50_000)]
    pub b: String,
    /// C: health needs related to them.
    #[serde(default)]
    #[schema(max_length = 50_000)]
    pub c: String,
    /// D: social care needs related to them or to a disability.
    #[serde(default)]
    #[schema(max_length = 50_000)]
    pub d: String,
    /// E: outcomes sought.
    #[serde(default)]
    #[schema(max_length = 50_000)]
    pub e: String,
    /// F: special educational provision, specified and normally quantified.
    #[serde(default)]
    #[schema(max_length = 50_000)]
    pub f: String,
    /// G: health provision, agreed by the health body.
    #[serde(default)]
    #[schema(max_length = 50_000)]
    pub g: String,
    /// H1: social care provision under section 2 of the Chronically Sick and Disabled Persons Act 1970.
    #[serde(default)]
    #[schema(max_length = 50_000)]
    pub h1: String,
    /// H2: other social care provision.
    #[serde(default)]
    #[schema(max_length = 50_000)]
    pub h2: String,
    /// I: the setting or its type. A draft leaves it blank.
    #[serde(default)]
    #[schema(max_length = 50_000)]
    pub i: String,
    /// J: direct payments.
    #[serde(default)]
    #[schema(max_length = 50_000)]
    pub j: String,
    /// K: the advice obtained.
    #[serde(default)]
    #[schema(max_length = 50_000)]
    pub k: String,
}

impl Sections {
    /// What each section says by its letter, those that say nothing left out.
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
        parts.into_iter().filter(|(_, text)| !text.is_empty()).map(|(letter, text)| (letter.to_owned(), text.clone())).collect()
    }

    /// The sections from what each says by its letter.
    pub fn from_letters(letters: &BTreeMap<String, String>) -> Self {
        let of = |letter: &str| letters.get(letter).cloned().unwrap_or_default();
        Self {
            a: of("A"),
            b: of("B"),
            c: of("C"),
            d: of("D"),
            e: of("E"),
            f: of("F"),
            g: of("G"),
            h1: of("H1"),
            h2: of("H2"),
            i: of("I"),
            j: of("J"),
            k: of("K"),
        }
    }
}

/// Serves a draft plan.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"servedOn": "2026-04-20", "change": "first", "sections": {"a": "Amira likes building things.", "b": "Speech and language needs.", "f": "Speech and language therapy, one hour a week."}}))]
pub struct ServeDraftPlan {
    /// The day it was served on the family: day one of at least fifteen. Today unless told.
    pub served_on: Option<NaiveDate>,
    /// Why it was served; unless told it is the `first`, or changed `by_authority` where one stands already.
    pub change: Option<DraftChange>,
    /// What it says.
    pub sections: Sections,
    /// Concerns accepted, with reasons.
    #[serde(default)]
    #[schema(max_items = 20)]
    pub acknowledge: Vec<Acknowledge>,
}

/// Records that a draft was served.
pub fn serve_draft(tx: &mut Tx<'_>, case: CaseId, body: &ServeDraftPlan, read: &[u64]) -> Result<Receipt, Error> {
    let loaded = open_case(tx, case)?;
    must_match(&loaded.file, read)?;
    let draft: DraftId = tx.new_id();
    let first = loaded.case(case)?.drafts.is_empty();
    let change = body.change.or(Some(if first { DraftChange::First } else { DraftChange::ByAuthority }));
    let fact = Fact::DraftPlanServed { case, draft, names_placement: !body.sections.i.trim().is_empty(), change };
    let mut step = dated(tx, "/servedOn", body.served_on, fact)?;
    step.detail.sections = body.sections.by_letter();
    record(tx, loaded, Action::ServeDraftPlan, case, draft.0, vec![step], &body.acknowledge)
}

/// Sends the final plan.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"sentOn": "2026-05-20", "placement": {"names": "setting", "setting": "urn:900001"}, "sections": {"b": "Speech and language needs.", "f": "Speech and language therapy, one hour a week."}}))]
pub struct SendFinalPlan {
    /// The day it was sent; today unless told.
    pub sent_on: Option<NaiveDate>,
    /// What section I names: one setting or two, one after another, a type, or none.
    pub placement: Placement,
    /// What it says.
    pub sections: Sections,
    /// Concerns accepted, with reasons.
    #[serde(default)]
    #[schema(max_items = 20)]
    pub acknowledge: Vec<Acknowledge>,
}

/// Records that the final plan was sent.
pub fn send_final(tx: &mut Tx<'_>, case: CaseId, body: &SendFinalPlan, read: &[u64]) -> Result<Receipt, Error> {
    let loaded = open_case(tx, case)?;
    must_match(&loaded.file, read)?;
    let plan: PlanId = tx.new_id();
    let health_provision = Some(!body.sections.g.trim().is_empty());
    let fact = Fact::FinalPlanSent { case, plan, placement: body.placement.clone(), health_provision };
    let mut step = dated(tx, "/sentOn", body.sent_on, fact)?;
    step.detail.sections = body.sections.by_letter();
    record(tx, loaded, Action::SendFinalPlan, case, plan.0, vec![step], &body.acknowledge)
}

/// A plan.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PlanView {
    /// Its id.
    pub id: PlanId,
    /// The child's id.
    pub child: ChildId,
    /// The case that led to it.
    pub case: CaseId,
    /// The day it was made.
    pub made_on: Option<NaiveDate>,
    /// How many versions it has had; `/v1/plans/{planId}/versions` lists them. What follows is of the last, which is in force.
    pub versions: u32,
    /// The first day on which the authority no longer maintained it. Null: it does.
    pub ceased_on: Option<NaiveDate>,
    /// What section I names.
    pub placement: Placement,
    /// What it says.
    pub sections: Sections,
    /// When it is to be reviewed next. Null: it is not, such as once it has ceased.
    pub next_review: Option<NextReview>,
    /// Its reviews, the earliest first.
    pub reviews: Vec<ReviewView>,
    /// What the answer was computed from.
    pub known: Known,
    /// The version of the child's file, as in the ETag.
    pub version: i32,
}

/// One plan.
pub fn show(tx: &mut Tx<'_>, id: PlanId, as_of: Option<AsOf>) -> Result<PlanView, Error> {
    let known = Known::at(tx, as_of)?;
    let child = plans::child_of(tx, id)?.ok_or(Error::NotFound("plan"))?;
    let stored = journal::of_child(tx, child, known.position, journal::Details::All)?;
    let file = file_of(&stored)?;
    let plan = Plan::of(&file, id).ok_or(Error::NotFound("plan"))?;
    let detail = stored.iter().find(|s| s.entry.id == plan.event).and_then(|s| s.detail.as_ref());
    Ok(PlanView {
        id,
        child,
        case: plan.case,
        made_on: plan.made_on,
        versions: u32::try_from(plan.versions.len()).unwrap_or(u32::MAX),
        ceased_on: plan.cessation.ceased_on(),
        placement: plan.placement,
        sections: detail.map(|d| Sections::from_letters(&d.sections)).unwrap_or_default(),
        next_review: reviews::next_review(&file, plan.case, identity_of(&stored).and_then(|identity| identity.born_on)),
        reviews: plan.reviews.iter().map(|one| reviews::view(tx, one, &stored)).collect(),
        known,
        version: file.version,
    })
}

/// The entries of the file that holds a plan, as known at a position, and the plan's case.
pub fn stored_with_case(tx: &mut Tx<'_>, plan: PlanId, as_of: Option<i64>) -> Result<(CaseId, Vec<Stored>), Error> {
    let child = plans::child_of(tx, plan)?.ok_or(Error::NotFound("plan"))?;
    let stored = journal::of_child(tx, child, as_of, journal::Details::All)?;
    let file = file_of(&stored)?;
    let case = file.plans().find(|(id, _)| *id == plan).map(|(_, case)| case).ok_or(Error::NotFound("plan"))?;
    Ok((case, stored))
}

/// What section I names, in words; none where it names neither a setting nor a type.
pub fn placement_in_words(tx: &mut Tx<'_>, placement: &Placement) -> Result<Option<String>, Error> {
    if let Placement::Type { setting_type } = placement {
        return Ok(Some(format!("a type of setting: {}", setting_type.label().to_lowercase())));
    }
    let mut names = Vec::new();
    for named in placement.named() {
        let id = named.setting.as_str();
        let mut words = directory::setting_name(tx, id)?.unwrap_or_else(|| id.to_owned());
        for (word, day) in [("from", named.from), ("until", named.until)] {
            words.extend(day.map(|day| format!(" {word} {}", day.format("%-d %B %Y"))));
        }
        names.push(words);
    }
    Ok(Some(names.join(" and ")).filter(|words| !words.is_empty()))
}

/// Locks and loads the file that holds a plan, and finds the plan's case.
pub fn open_plan(tx: &mut Tx<'_>, plan: PlanId) -> Result<(Loaded, CaseId), Error> {
    let child = plans::child_of(tx, plan)?.ok_or(Error::NotFound("plan"))?;
    let loaded = open_child(tx, child)?;
    let case = loaded.file.plans().find(|(id, _)| *id == plan).map(|(_, case)| case);
    let case = case.ok_or(Error::NotFound("plan"))?;
    Ok((loaded, case))
}
