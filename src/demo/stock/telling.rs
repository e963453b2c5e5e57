//! Which requests to the service tell a plan of the stock, and when is each sent?
//!
//! What was there when the authority's record begins comes over from the older system at its first instant. The rest is recorded as
//! it happens, or, until the older system was given up, on the day it is made.

use chrono::{DateTime, Days, NaiveDate, Utc};
use rand::RngExt;

use super::{HeldPlan, january};
use crate::clock::london_day;
use crate::demo::cast::{Person, Sender, setting};
use crate::demo::codes::{identity, meeting_held, report_sent, review_outcome, section_i};
use crate::demo::history::{Decision, Review, ReviewOutcome};
use crate::demo::load::Error;
use crate::demo::office::{Diary, recorded_on};
use crate::demo::steps::{About, Request, Teller};
use crate::demo::words;
use crate::record::codes::AuthorityCode;
use crate::record::*;
use crate::service::recording::Step;

/// The neighbour from which children come to each authority.
const NEIGHBOURS: [(u16, &str); 3] = [(309, "308"), (310, "304"), (311, "317")];

/// What happens to a plan once it is there, each with the day by which it is recorded.
enum Deed {
    Move,
    Meet(Review),
    Report(Review),
    Decide(Decision<ReviewOutcome>),
    DecideToCease,
    Cease(CeaseReason),
}

/// Whose plan it is.
struct Ids {
    child: ChildId,
    case: CaseId,
    plan: PlanId,
}

impl Teller<'_> {
    /// The requests that tell a plan of an authority whose record begins at an instant, in order.
    ///
    /// # Errors
    /// For a setting or an authority whose number is none.
    pub(in crate::demo) fn tell_held(
        &mut self,
        plan: &HeldPlan,
        authority: u16,
        opened_at: DateTime<Utc>,
    ) -> Result<Vec<Request>, Error> {
        let case_workers = &self.cast.case_workers;
        let case_worker = &case_workers[self.rng.random_range(0..case_workers.len())];
        let officers = &self.cast.decision_makers;
        let officer = &officers[self.rng.random_range(0..officers.len())];
        let mut diary = Diary::default();
        let came_on = recorded_on(plan.held_from());
        let at = if came_on <= london_day(opened_at) { opened_at } else { diary.next(came_on, &mut self.rng) };
        if london_day(at) > self.last_day {
            return Ok(Vec::new());
        }
        let chance = self.chance;
        let ids = Ids { child: chance.id(at), case: chance.id(at), plan: chance.id(at) };
        let taken_over = self.take_over(plan, &ids, case_worker.id, authority, at)?;
        let mut requests = vec![request(at, case_worker, &ids, Action::TakeOverPlan, taken_over)];
        let review: ReviewId = chance.id(at);
        for (on, deed) in deeds(plan, london_day(at)) {
            let recorded = recorded_on(on);
            if recorded > self.last_day {
                break;
            }
            let at = diary.next(recorded, &mut self.rng);
            let step = |on, fact| Step { event: chance.id(at), occurred: Occurred::on(on), fact, detail: Detail::default() };
            let report = |held: Review, on| {
                let sent = report_sent(ids.plan, review, &plan.child, held.meeting_on);
                step(on, sent).words(Some(words::report(&plan.child)))
            };
            let (sender, action, steps) = match deed {
                Deed::Move => (case_worker, Action::KeepPlacements, self.begun(plan, at, on)?.into_iter().collect()),
                Deed::Meet(held) => {
                    let mut steps = vec![step(held.meeting_on, meeting_held(ids.plan, review, &plan.child, held.meeting_on))];
                    steps.extend(held.report_on.filter(|sent_on| *sent_on <= on).map(|on| report(held, on)));
                    (case_worker, Action::HoldReviewMeeting, steps)
                }
                Deed::Report(held) => {
                    (case_worker, Action::SendReviewReport, held.report_on.map(|on| report(held, on)).into_iter().collect())
                }
                Deed::Decide(made) => {
                    let outcome = review_outcome(made.outcome);
                    let decided = Fact::ReviewDecided { plan: ids.plan, review, outcome, officer: officer.id };
                    let decided = step(made.decided_on, decided).words(Some(words::review(made.outcome).to_owned()));
                    let notified = Fact::ReviewDecisionNotified { plan: ids.plan, review };
                    (officer, Action::DecideReview, vec![decided, step(made.notified_on, notified)])
                }
                Deed::DecideToCease => {
                    let mut steps: Vec<_> = [CessationStep::FamilyTold, CessationStep::FamilyConsulted]
                        .into_iter()
                        .chain(plan.setting.is_some().then_some(CessationStep::SettingConsulted))
                        .zip([40, 20, 20])
                        .map(|(taken, days)| step(on - Days::new(days), Fact::CessationStepTaken { plan: ids.plan, step: taken }))
                        .collect();
                    let decided = Fact::CessationDecided { plan: ids.plan, officer: officer.id };
                    steps.push(step(on - Days::new(3), decided).words(Some(words::review(ReviewOutcome::Cease).to_owned())));
                    steps.push(step(on, Fact::CessationNotified { plan: ids.plan }));
                    (officer, Action::DecideCessation, steps)
                }
                Deed::Cease(reason) => {
                    (case_worker, Action::CeasePlan, vec![step(on, Fact::PlanCeased { plan: ids.plan, reason })])
                }
            };
            requests.push(request(at, sender, &ids, action, steps));
        }
        Ok(requests)
    }

    /// A file is opened, the plan taken over, and where the child is told if they are there already.
    fn take_over(
        &mut self,
        plan: &HeldPlan,
        ids: &Ids,
        case_worker: StaffId,
        authority: u16,
        at: DateTime<Utc>,
    ) -> Result<Vec<Step>, Error> {
        let reviewed_before = self.reviewed_before(plan, london_day(at));
        let step = |on, fact| Step { event: self.chance.id(at), occurred: Occurred::on(on), fact, detail: Detail::default() };
        let mut registered = step(london_day(at), Fact::ChildRegistered {});
        registered.detail.identity = Some(identity(&plan.child));
        let neighbour = NEIGHBOURS.iter().find(|(of, _)| *of == authority && plan.moved_on.is_some());
        let made_by = neighbour.map(|(_, code)| code.parse::<AuthorityCode>()).transpose()?;
        let named = plan.setting.as_ref();
        let mut taken = step(
            plan.made_on,
            Fact::PlanTakenOver {
                case: ids.case,
                plan: ids.plan,
                reference: String::new(),
                placement: section_i(plan.place, named.map(|one| setting(&one.urn)).transpose()?),
                last_reviewed_on: reviewed_before,
                made_by,
                maintained_from: plan.moved_on,
                case_worker: Some(case_worker),
            },
        );
        taken.detail.sections = words::sections(&plan.child, named.map(|one| one.name));
        let mut steps = vec![registered, taken];
        if plan.there_from <= london_day(at) {
            steps.extend(self.begun(plan, at, plan.there_from)?);
        }
        Ok(steps)
    }

    /// When a plan of more than a year that comes over on a day was last reviewed.
    fn reviewed_before(&mut self, plan: &HeldPlan, on: NaiveDate) -> Option<NaiveDate> {
        let days = self.rng.random_range(20..360);
        on.checked_sub_days(Days::new(days))
            .filter(|reviewed_on| plan.made_on + Days::new(360) <= on && *reviewed_on > plan.made_on)
    }

    /// Where the child is, from a day on.
    fn begun(&self, plan: &HeldPlan, at: DateTime<Utc>, from: NaiveDate) -> Result<Option<Step>, Error> {
        if plan.setting.is_none() && !plan.place.is_at_no_setting() {
            return Ok(None);
        }
        let there = plan.setting.as_ref().map(|one| setting(&one.urn)).transpose()?;
        let fact = plan.place.begun(self.chance.id(at), there, from);
        Ok(Some(Step { event: self.chance.id(at), occurred: Occurred::on(from), fact, detail: Detail::default() }))
    }
}

/// What happens to a plan once it is there, in order.
fn deeds(plan: &HeldPlan, there_since: NaiveDate) -> Vec<(NaiveDate, Deed)> {
    let mut deeds = Vec::new();
    if plan.there_from > there_since && (plan.setting.is_some() || plan.place.is_at_no_setting()) {
        deeds.push((plan.there_from, Deed::Move));
    }
    if let Some(review) = plan.review {
        let report_on = review.report_on.unwrap_or(review.meeting_on);
        // The meeting is told with its report; where the published January lies between the two, by itself.
        if report_on > january(2025) {
            deeds.extend([(review.meeting_on, Deed::Meet(review)), (report_on, Deed::Report(review))]);
        } else {
            deeds.push((report_on, Deed::Meet(review)));
        }
        deeds.extend(review.decision.map(|made| (made.notified_on, Deed::Decide(made))));
    }
    if let Some((on, why)) = plan.ceased {
        if why.is_decided() {
            // The family has two months to appeal, and August does not count.
            deeds.push((on - Days::new(120), Deed::DecideToCease));
        }
        deeds.push((on, Deed::Cease(why)));
    }
    deeds.sort_by_key(|(on, _)| *on);
    deeds
}

fn request(at: DateTime<Utc>, sender: &Person, ids: &Ids, action: Action, steps: Vec<Step>) -> Request {
    let about = About::File { child: ids.child, case: ids.case, action };
    Request { at, sender: Sender::from(sender), about, steps, acknowledge: Vec::new() }
}
