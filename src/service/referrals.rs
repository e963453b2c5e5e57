//! Referrals of a child to services such as therapies or neurodevelopmental assessment, and how long children wait for them.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::as_of::{AsOf, Known};
use super::recording::{Loaded, Receipt, Step, dated, not_future, open_child, record_of_child};
use super::statistics::tenth;
use super::{Error, wrong};
use crate::access::Reach;
use crate::db::Tx;
use crate::record::*;
use crate::store::referrals::{self, Row, WaitRow};

/// Refers a child to a service.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({
    "service": "neurodevelopmental", "organisation": "local:ep-service", "referredOn": "2026-01-12",
    "words": "School and parents see signs of autism."
}))]
pub struct MakeReferral {
    /// The kind of service.
    pub service: Specialism,
    /// Its organisation.
    pub organisation: Option<Organisation>,
    /// The case it came up in, if in one.
    pub case: Option<CaseId>,
    /// The day of the referral; today unless told.
    pub referred_on: Option<NaiveDate>,
    /// Why; for `other`, also which service.
    #[schema(max_length = 5000)]
    pub words: Option<String>,
}

/// Says what became of a referral.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"seenOn": "2026-02-16"}))]
pub struct RecordReferral {
    /// The day of the first appointment.
    pub seen_on: Option<NaiveDate>,
    /// The day treatment began.
    pub treated_on: Option<NaiveDate>,
    /// A note. For staff.
    #[schema(max_length = 5000)]
    pub words: Option<String>,
}

/// Says that a referral is over.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"why": "completed"}))]
pub struct EndReferral {
    /// Why.
    pub why: ReferralEnd,
    /// The day; today unless told.
    pub on: Option<NaiveDate>,
    /// The reason in words. For staff.
    #[schema(max_length = 5000)]
    pub words: Option<String>,
}

/// Records a referral. Outside the authority, one to the caller's own organisation.
pub fn make(tx: &mut Tx<'_>, child: ChildId, body: &MakeReferral) -> Result<Receipt, Error> {
    let loaded = open_child(tx, child)?;
    if !is_own(tx, body.organisation.as_ref()) {
        return Err(wrong("/organisation", "not_yours", "Is not the organisation you act for."));
    }
    if body.case.is_some_and(|case| !loaded.file.cases().any(|known| known == case)) {
        return Err(wrong("/case", "unknown_case", "Is no case of this child."));
    }
    let referral: ReferralId = tx.new_id();
    let (service, organisation, case) = (body.service, body.organisation.clone(), body.case);
    let fact = Fact::ReferralMade { referral, service, organisation, case };
    let step = dated(tx, "/referredOn", body.referred_on, fact)?.words(body.words.clone());
    record_of_child(tx, loaded, referral.0, vec![step])
}

/// Records that a child was seen or treated.
pub fn record(tx: &mut Tx<'_>, child: ChildId, referral: ReferralId, body: &RecordReferral) -> Result<Receipt, Error> {
    let loaded = open_own(tx, child, referral)?;
    let mut steps = Vec::new();
    if let Some(day) = body.seen_on {
        steps.push(Step::on(tx, not_future(tx, "/seenOn", day)?, Fact::ReferralSeen { referral }));
    }
    if let Some(day) = body.treated_on {
        steps.push(Step::on(tx, not_future(tx, "/treatedOn", day)?, Fact::ReferralTreated { referral }));
    }
    let Some(last) = steps.pop() else {
        return Err(wrong("", "nothing_to_record", "Say when the child was seen, or when treatment began, or both."));
    };
    steps.push(last.words(body.words.clone()));
    record_of_child(tx, loaded, referral.0, steps)
}

/// Records that a referral is over.
pub fn end(tx: &mut Tx<'_>, child: ChildId, referral: ReferralId, body: &EndReferral) -> Result<Receipt, Error> {
    let loaded = open_own(tx, child, referral)?;
    let step = dated(tx, "/on", body.on, Fact::ReferralEnded { referral, why: body.why })?.words(body.words.clone());
    record_of_child(tx, loaded, referral.0, vec![step])
}

/// Opens the file for a referral. To an advice giver only referrals to its organisation are there.
fn open_own(tx: &mut Tx<'_>, child: ChildId, referral: ReferralId) -> Result<Loaded, Error> {
    let loaded = open_child(tx, child)?;
    let known = Referral::all(&loaded.file).into_iter().find(|one| one.id == referral);
    known.filter(|one| is_own(tx, one.organisation.as_ref())).map(|_| loaded).ok_or(Error::NotFound("referral"))
}

fn is_own(tx: &Tx<'_>, organisation: Option<&Organisation>) -> bool {
    let permit = tx.permit();
    permit.reach() == Reach::Authority || (organisation.is_some() && permit.caller().organisation.as_ref() == organisation)
}

/// A referral, and how long the child waited or waits.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Referral)]
pub struct ReferralView {
    /// Its id.
    pub id: ReferralId,
    /// The kind of service.
    pub service: Specialism,
    /// Its organisation.
    pub organisation: Option<Organisation>,
    /// The case it came up in.
    pub case: Option<CaseId>,
    /// The day of the referral.
    pub referred_on: Option<NaiveDate>,
    /// The day of the first appointment.
    pub seen_on: Option<NaiveDate>,
    /// The day treatment began.
    pub treated_on: Option<NaiveDate>,
    /// The day it came to its end.
    pub ended_on: Option<NaiveDate>,
    /// Why it did. Null: it goes on.
    pub end_reason: Option<ReferralEnd>,
    /// Whether the child waits for the first appointment.
    pub waits_to_be_seen: bool,
    /// Whether the child waits for treatment.
    pub waits_for_treatment: bool,
    /// Weeks from the referral to the first appointment, or until now while the child waits for it; to one decimal place.
    #[schema(example = 5.0)]
    pub weeks_to_appointment: Option<f64>,
    /// Weeks from the referral to the treatment, or until now while the child waits for it; to one decimal place.
    #[schema(example = 12.3)]
    pub weeks_to_treatment: Option<f64>,
    /// Why the child was referred.
    pub words: Option<String>,
}

/// The referrals of a child, by day.
pub fn list(tx: &mut Tx<'_>, child: ChildId, as_of: Option<AsOf>) -> Result<(Known, Vec<ReferralView>), Error> {
    let known = Known::at(tx, as_of)?;
    let rows = referrals::of_child(tx, child, known.position)?.ok_or(Error::NotFound("child"))?;
    let data = rows.iter().filter_map(|row| view(row, known.today)).collect();
    Ok((known, data))
}

fn view(row: &Row, today: NaiveDate) -> Option<ReferralView> {
    let waited = |until: Option<NaiveDate>, waits: Option<bool>| {
        let until = until.or_else(|| waits.filter(|waits| *waits).map(|_| today));
        row.referred_on
            .zip(until)
            .map(|(from, until)| weeks(f64::from(i32::try_from((until - from).num_days()).unwrap_or(i32::MAX))))
    };
    Some(ReferralView {
        id: ReferralId(row.referral?),
        service: row.service.as_deref()?.parse().ok()?,
        organisation: row.organisation.as_deref().and_then(|one| one.parse().ok()),
        case: row.case_id.map(CaseId),
        referred_on: row.referred_on,
        seen_on: row.seen_on,
        treated_on: row.treated_on,
        ended_on: row.ended_on,
        end_reason: row.end_reason.as_deref().and_then(|why| why.parse().ok()),
        waits_to_be_seen: row.waits_to_be_seen == Some(true),
        waits_for_treatment: row.waits_for_treatment == Some(true),
        weeks_to_appointment: waited(row.seen_on, row.waits_to_be_seen),
        weeks_to_treatment: waited(row.treated_on, row.waits_for_treatment),
        words: row.words(),
    })
}

/// Days as weeks, to one decimal place: the one home of how waits are counted.
fn weeks(days: f64) -> f64 {
    tenth(days / 7.0)
}

/// How long children waited, or wait.
#[derive(Debug, Clone, Default, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Wait {
    /// How many children's referrals.
    #[schema(example = 42)]
    pub number: i64,
    /// Median weeks from the referral, to one decimal place; null when there is none.
    #[schema(example = 38.4)]
    pub median_weeks: Option<f64>,
    /// The longest, in weeks.
    #[schema(example = 91.1)]
    pub longest_weeks: Option<f64>,
}

/// The waits for one kind of service.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ReferralsLine {
    /// The kind of service.
    pub service: Specialism,
    /// Those who wait for their first appointment, until now.
    pub waiting_to_be_seen: Wait,
    /// Those who wait for treatment, whether they were seen or not, until now.
    pub waiting_for_treatment: Wait,
    /// Those who had their first appointment in the time asked about, from the referral to it.
    pub seen: Wait,
    /// Those whose treatment began in the time asked about, from the referral to it.
    pub treated: Wait,
    /// Referrals that came to their end in the time asked about without an appointment or treatment.
    pub ended_unseen: i64,
}

/// The waits by kind of service.
pub fn waits(
    tx: &mut Tx<'_>,
    days: (Option<NaiveDate>, Option<NaiveDate>),
    as_of: Option<AsOf>,
) -> Result<(Known, Vec<ReferralsLine>), Error> {
    let known = Known::at(tx, as_of)?;
    let rows = referrals::waits(tx, days.0, days.1, known.position, known.today)?;
    let mut lines: Vec<ReferralsLine> = Vec::new();
    for row in rows {
        let Ok(service) = row.service.parse() else { continue };
        if lines.last().is_none_or(|line| line.service != service) {
            let (waiting_to_be_seen, waiting_for_treatment) = (Wait::default(), Wait::default());
            let (seen, treated) = (Wait::default(), Wait::default());
            lines.push(ReferralsLine { service, waiting_to_be_seen, waiting_for_treatment, seen, treated, ended_unseen: 0 });
        }
        let Some(line) = lines.last_mut() else { continue };
        match row.what.as_str() {
            "waiting_to_be_seen" => line.waiting_to_be_seen = wait(&row),
            "waiting_for_treatment" => line.waiting_for_treatment = wait(&row),
            "seen" => line.seen = wait(&row),
            "treated" => line.treated = wait(&row),
            _ => line.ended_unseen = row.number,
        }
    }
    Ok((known, lines))
}

fn wait(row: &WaitRow) -> Wait {
    Wait {
        number: row.number,
        median_weeks: row.median_days.map(weeks),
        longest_weeks: row.longest_days.map(|days| weeks(f64::from(days))),
    }
}
