//! Delivery of a plan's section F: what was arranged with whom, when it was not delivered and why, and how that was made good.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::as_of::{AsOf, Known};
use super::cases::detail_of;
use super::plans::open_plan;
use super::recording::{Loaded, Receipt, Step, dated, not_future, record};
use super::representations::may_read;
use super::statistics::Period;
use super::versions::Read;
use super::{Error, wrong};
use crate::access::Reach;
use crate::db::Tx;
use crate::record::*;
use crate::store::provision::{self, ShortfallRow};

/// Says with whom a piece of provision was arranged.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({
    "kind": "speech_and_language_therapy", "words": "Speech and language therapy, one hour a week, by a therapist.",
    "provider": "ods:RF4", "minutes": 60, "per": "week", "from": "2026-09-07"
}))]
pub struct ArrangeProvision {
    /// What kind it is.
    pub kind: ProvisionKind,
    /// What section F says of it.
    #[schema(min_length = 1, max_length = 5000)]
    pub words: String,
    /// Who gives it.
    pub provider: Option<Organisation>,
    /// How many minutes are to be given, where section F says so.
    #[schema(minimum = 1, maximum = 100_000)]
    pub minutes: Option<u32>,
    /// In which time.
    pub per: Option<PerTime>,
    /// The first day on which it is due; the day the plan was made unless told.
    pub from: Option<NaiveDate>,
}

/// Records it.
pub fn arrange(tx: &mut Tx<'_>, plan: PlanId, body: &ArrangeProvision) -> Result<Receipt, Error> {
    let (loaded, case) = open_plan(tx, plan)?;
    if body.minutes.is_some() != body.per.is_some() {
        let (at, words) = ("/per", "Minutes and the time they are given in are said together.");
        return Err(wrong(at, "minutes_per_time", words));
    }
    let made_on = Plan::of(&loaded.file, plan).and_then(|plan| plan.made_on);
    let provision: ProvisionId = tx.new_id();
    let from = body.from.or(made_on).unwrap_or(tx.today());
    let fact = Fact::ProvisionArranged {
        plan,
        provision,
        provision_kind: body.kind,
        provider: body.provider.clone(),
        from,
        minutes: body.minutes,
        per: body.per,
    };
    let step = Step::on(tx, tx.today(), fact).words(Some(body.words.clone()));
    record(tx, loaded, Action::ArrangeProvision, case, provision.0, vec![step], &[])
}

/// Says that a piece of provision is due no more.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"lastDay": "2027-07-20"}))]
pub struct EndProvision {
    /// The last day on which it is due; today unless told. It may lie ahead.
    pub last_day: Option<NaiveDate>,
}

/// Records it.
pub fn end(tx: &mut Tx<'_>, plan: PlanId, id: ProvisionId, body: &EndProvision) -> Result<Receipt, Error> {
    let (loaded, case) = open_provision(tx, plan, id)?;
    let last_day = body.last_day.unwrap_or(tx.today());
    let step = Step::on(tx, last_day.min(tx.today()), Fact::ProvisionEnded { plan, provision: id, last_day });
    record(tx, loaded, Action::ArrangeProvision, case, id.0, vec![step], &[])
}

/// Says that provision is delivered.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"on": "2027-01-11", "words": "The new therapist came."}))]
pub struct ReportDelivered {
    /// The day it was; today unless told. A time without it that goes on ends the day before.
    pub on: Option<NaiveDate>,
    /// What was said of it. For staff.
    #[schema(max_length = 5000)]
    pub words: Option<String>,
}

/// Records that it was delivered on a day.
pub fn report_delivered(tx: &mut Tx<'_>, plan: PlanId, id: ProvisionId, body: &ReportDelivered) -> Result<Receipt, Error> {
    let (loaded, case) = open_provision(tx, plan, id)?;
    let step = dated(tx, "/on", body.on, Fact::ProvisionDelivered { plan, provision: id })?.words(body.words.clone());
    let entry = step.event.0;
    record(tx, loaded, Action::ReportDelivery, case, entry, vec![step], &[])
}

/// Says that provision was not delivered.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"from": "2026-09-07", "to": "2026-12-18", "why": "vacancy", "words": "The therapist left in July."}))]
pub struct ReportUndelivered {
    /// The first day without it; today unless told.
    pub from: Option<NaiveDate>,
    /// The last; left out while it goes on.
    pub to: Option<NaiveDate>,
    /// Why, as far as is known.
    pub why: WhyUndelivered,
    /// Whether some of it was delivered.
    #[serde(default)]
    pub partly: bool,
    /// What was said of it. Staff read it, and the family member who said it.
    #[schema(max_length = 5000)]
    pub words: Option<String>,
}

/// Records that it was not delivered.
pub fn report_undelivered(tx: &mut Tx<'_>, plan: PlanId, id: ProvisionId, body: &ReportUndelivered) -> Result<Receipt, Error> {
    let (loaded, case) = open_provision(tx, plan, id)?;
    let from = not_future(tx, "/from", body.from.unwrap_or(tx.today()))?;
    let to = body.to.map(|to| not_future(tx, "/to", to)).transpose()?;
    let shortfall: ShortfallId = tx.new_id();
    let (why, partly) = (body.why, body.partly);
    let fact = Fact::ProvisionUndelivered { plan, provision: id, shortfall, from, to, why, partly };
    let step = Step::on(tx, from, fact).words(body.words.clone());
    record(tx, loaded, Action::ReportDelivery, case, shortfall.0, vec![step], &[])
}

/// Says how undelivered provision was made good.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"remedy": "made_up", "on": "2027-02-12", "words": "Two sessions a week until half term."}))]
pub struct RemedyShortfall {
    /// How.
    pub remedy: Remedy,
    /// The day it was made good; today unless told.
    pub on: Option<NaiveDate>,
    /// What was done.
    #[schema(max_length = 5000)]
    pub words: Option<String>,
}

/// Records it.
pub fn remedy(
    tx: &mut Tx<'_>,
    plan: PlanId,
    (provision, shortfall): (ProvisionId, ShortfallId),
    body: &RemedyShortfall,
) -> Result<Receipt, Error> {
    let (loaded, case) = open_provision(tx, plan, provision)?;
    let known = Provision::all(loaded.file.standing(), plan).into_iter().find(|one| one.id == provision);
    if !known.is_some_and(|one| one.shortfalls.iter().any(|known| known.id == shortfall)) {
        return Err(Error::NotFound("shortfall"));
    }
    let fact = Fact::ProvisionRemedied { plan, provision, shortfall, remedy: body.remedy };
    let step = dated(tx, "/on", body.on, fact)?.words(body.words.clone());
    record(tx, loaded, Action::RemedyProvision, case, shortfall.0, vec![step], &[])
}

fn open_provision(tx: &mut Tx<'_>, plan: PlanId, id: ProvisionId) -> Result<(Loaded, CaseId), Error> {
    let (loaded, case) = open_plan(tx, plan)?;
    let known = Provision::all(loaded.file.standing(), plan).iter().any(|one| one.id == id);
    if known { Ok((loaded, case)) } else { Err(Error::NotFound("provision")) }
}

/// A time in which provision was not delivered.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ShortfallView {
    /// Its id.
    pub id: ShortfallId,
    /// The first day without it.
    pub from: NaiveDate,
    /// The last. Null: it goes on.
    pub to: Option<NaiveDate>,
    /// Why.
    pub why: WhyUndelivered,
    /// Whether some of it was delivered.
    pub partly: bool,
    /// The role of whoever said so: a family, a school, or staff.
    pub reported_by: Option<String>,
    /// What was said of it. For staff and the family member who said it; null for everybody else.
    pub words: Option<String>,
    /// How it was made good. Null: it was not.
    pub remedy: Option<Remedy>,
    /// The day it was.
    pub remedied_on: Option<NaiveDate>,
    /// What was done. For staff and the family; null for everybody else.
    pub remedy_words: Option<String>,
}

/// A piece of a plan's provision, and how it was delivered.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ProvisionView {
    /// Its id.
    pub id: ProvisionId,
    /// What kind it is.
    pub kind: ProvisionKind,
    /// What section F says of it; null when erased.
    pub words: Option<String>,
    /// Who gives it. Null: nobody was found yet, or it is not known.
    pub provider: Option<Organisation>,
    /// How many minutes are to be given.
    pub minutes: Option<u32>,
    /// In which time.
    pub per: Option<PerTime>,
    /// The first day on which it is due.
    pub from: NaiveDate,
    /// The last. Null: it still is.
    pub until: Option<NaiveDate>,
    /// The last day on which it is known to have been delivered.
    pub last_delivered_on: Option<NaiveDate>,
    /// The times in which it was not, the longest ago first.
    pub shortfalls: Vec<ShortfallView>,
}

/// The provision arranged under a plan, in the order it was.
pub fn list(tx: &mut Tx<'_>, plan: PlanId, as_of: Option<AsOf>) -> Result<(Known, Vec<ProvisionView>), Error> {
    let read = Read::of(tx, plan, as_of)?;
    let staff = tx.permit().reach() == Reach::Authority;
    let family = tx.permit().acts_as(crate::access::Role::Family);
    let words = |event| detail_of(&read.stored, event).and_then(|detail| detail.words.clone());
    let reporter = |event| read.stored.iter().find(|s| s.entry.id == event).map(|s| s.entry.by.capacity.clone());
    let said = |event| {
        let by = read.stored.iter().find(|s| s.entry.id == event).map(|s| s.entry.by.actor.as_str());
        may_read(tx, by).then(|| words(event)).flatten()
    };
    let shortfall = |one: &Shortfall| ShortfallView {
        id: one.id,
        from: one.from,
        to: one.to,
        why: one.why,
        partly: one.partly,
        reported_by: reporter(one.event),
        words: said(one.event),
        remedy: one.remedy.map(|(remedy, ..)| remedy),
        remedied_on: one.remedy.and_then(|(_, _, on)| on),
        remedy_words: one.remedy.filter(|_| staff || family).and_then(|(_, event, _)| words(event)),
    };
    let views = Provision::all(read.file.standing(), plan).into_iter().map(|one| ProvisionView {
        id: one.id,
        kind: one.kind,
        words: words(one.event),
        provider: one.provider.clone(),
        minutes: one.minutes,
        per: one.per,
        from: one.from,
        until: one.until,
        last_delivered_on: one.delivered_on.iter().max().copied(),
        shortfalls: one.shortfalls.iter().map(shortfall).collect(),
    });
    let views = views.collect();
    Ok((read.known, views))
}

/// A time in which a child's provision was not delivered, in the list over all plans.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ShortfallLine {
    /// Its id.
    pub id: ShortfallId,
    /// The child.
    pub child: ChildId,
    /// The plan.
    pub plan: PlanId,
    /// The provision.
    pub provision: ProvisionId,
    /// What kind it is.
    #[schema(example = "speech_and_language_therapy")]
    pub kind: String,
    /// Who gives it.
    #[schema(example = "ods:RF4")]
    pub provider: Option<String>,
    /// The first day without it.
    pub from: NaiveDate,
    /// The last. Null: it goes on.
    pub to: Option<NaiveDate>,
    /// Why.
    #[schema(example = "vacancy")]
    pub why: String,
    /// Whether some of it was delivered.
    pub partly: bool,
    /// How it was made good. Null: it was not.
    #[schema(example = "made_up")]
    pub remedy: Option<String>,
}

/// Times in which provision was not delivered, the longest ago first.
pub fn shortfalls(
    tx: &mut Tx<'_>,
    (remedied, kind): (Option<bool>, Option<ProvisionKind>),
    after: Option<(NaiveDate, ShortfallId)>,
    limit: i64,
) -> Result<Vec<ShortfallLine>, Error> {
    let rows = provision::shortfalls(tx, (remedied, kind.map(ProvisionKind::as_str)), after, limit)?;
    let line = |row: ShortfallRow| ShortfallLine {
        id: ShortfallId(row.shortfall),
        child: ChildId(row.child),
        plan: PlanId(row.plan),
        provision: ProvisionId(row.provision),
        kind: row.kind,
        provider: row.provider,
        from: row.from_on,
        to: row.to_on,
        why: row.why,
        partly: row.partly,
        remedy: row.remedy,
    };
    Ok(rows.into_iter().map(line).collect())
}

/// How provision of one kind was delivered by one provider.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DeliveryLine {
    /// What kind it is.
    #[schema(example = "speech_and_language_therapy")]
    pub kind: String,
    /// Who gives it. Null: not known.
    #[schema(example = "ods:RF4")]
    pub provider: Option<String>,
    /// Pieces of provision that were due in the period.
    pub arranged: i64,
    /// Children to whom they were due.
    pub children: i64,
    /// Of the pieces, those that at some time in the period were not delivered, or not in full.
    pub undelivered: i64,
    /// Children who went without some of it.
    pub children_without: i64,
    /// Days of the period without it, over all children; what goes on is counted to today.
    pub days: i64,
    /// Why: how many times for each reason.
    pub why: BTreeMap<String, i64>,
    /// Of these times, those that were made good.
    pub remedied: i64,
}

/// Provision that was due in a period, by its kind and by who gives it.
pub fn delivery(tx: &mut Tx<'_>, period: Period, as_of: Option<AsOf>) -> Result<(Known, Vec<DeliveryLine>), Error> {
    let known = Known::at(tx, as_of)?;
    let window = period.window()?;
    let rows = provision::delivery(tx, (window.from, window.to, known.today), known.position)?;
    let lines = rows.into_iter().map(|row| {
        let mut why = BTreeMap::new();
        row.why.into_iter().for_each(|word| *why.entry(word).or_default() += 1);
        DeliveryLine {
            kind: row.kind,
            provider: row.provider,
            arranged: row.arranged,
            children: row.children,
            undelivered: row.undelivered,
            children_without: row.children_without,
            days: row.days,
            why,
            remedied: row.remedied,
        }
    });
    Ok((known, lines.collect()))
}
