//! What did the Department publish about the authorities that the demonstration shows?
//!
//! Source: Department for Education, "Education, health and care plans, reporting year 2025", the rows for all requests, all
//! assessments and all plans issued. Contains public sector information licensed under the Open Government Licence v3.0.
//! Every count of those rows is carried over; percentages are not.

mod caseload;
mod held;
mod published;
#[cfg(test)]
mod tests;

pub use caseload::{Caseload, Ceased, NEEDS, PLACES, Reviews};
pub use published::PUBLISHED;

/// What was published about one authority and calendar year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Published {
    /// The authority, by the Department's code.
    pub authority: u16,
    /// The calendar year the figures are about.
    pub year: i32,
    /// Requests for assessments.
    pub requests: Requests,
    /// Assessments that ended.
    pub assessments: Assessments,
    /// New plans and the 20 weeks, including those that a statutory exception excuses.
    pub timeliness: Timeliness,
    /// The same without the plans that a statutory exception excuses.
    pub timeliness_without_exceptions: Timeliness,
}

/// Requests for an assessment and the decisions on them. Outcomes are as they stood on the survey day in January of the next year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Requests {
    /// Requests received in the year.
    pub received: u32,
    /// Of these, made for somebody in relevant youth accommodation.
    pub from_youth_accommodation: u32,
    /// Of these, answered by a decision to assess.
    pub assessed: u32,
    /// Of these, answered by a decision not to assess.
    pub refused: u32,
    /// Of these, not yet answered.
    pub undecided: u32,
    /// Of these, withdrawn or ended before a decision.
    pub withdrawn: u32,
    /// Decisions made in the year, whenever the request was received, of which the family was told within six weeks.
    pub decided_within_6_weeks: u32,
    /// Decisions made in the year, whenever the request was received, of which the family was told later.
    pub decided_later: u32,
    /// Requests whose decision was followed by mediation.
    pub mediation: u32,
    /// Requests whose decision was appealed to the Tribunal.
    pub appeal: u32,
    /// Requests whose decision was followed by both.
    pub appeal_after_mediation: u32,
}

/// Assessments that ended in the year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Assessments {
    /// Assessments completed in the year.
    pub completed: u32,
    /// Of these, ended by a plan.
    pub issued: u32,
    /// Of these, ended by a decision not to issue a plan.
    pub not_issued: u32,
    /// Of these, without a decision.
    pub undecided: u32,
    /// Of these, withdrawn or ended before a decision.
    pub withdrawn: u32,
    /// Decisions not to issue a plan of which the family was told within 16 weeks of the request.
    pub not_issued_within_16_weeks: u32,
    /// Decisions not to issue a plan of which the family was told later.
    pub not_issued_later: u32,
    /// Assessments whose decision whether to issue a plan was followed by mediation.
    pub mediation: u32,
    /// Assessments whose decision whether to issue a plan was appealed to the Tribunal.
    pub appeal: u32,
    /// Assessments whose decision whether to issue a plan was followed by both.
    pub appeal_after_mediation: u32,
    /// Assessments followed by mediation about anything else, such as what the plan says.
    pub other_mediation: u32,
    /// Assessments followed by an appeal about anything else.
    pub other_appeal: u32,
    /// Assessments followed by both, about anything else.
    pub other_appeal_after_mediation: u32,
}

/// New plans by the time they took. Those whose request is undated are in the first figure only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Timeliness {
    /// Plans issued in the year and measured: neither the decision to assess nor the one to issue was contested.
    pub issued: u32,
    /// Of these, issued within 20 weeks of the request.
    pub within_20_weeks: u32,
    /// Of these, issued after 20 and within 52 weeks.
    pub within_52_weeks: u32,
    /// Of these, issued after 52 weeks.
    pub over_52_weeks: u32,
}

impl Published {
    /// The authorities whose figures the demonstration knows.
    pub const AUTHORITIES: [u16; 3] = [311, 309, 310];

    /// What was published about an authority, year after year.
    pub fn of(authority: u16) -> impl Iterator<Item = &'static Published> {
        PUBLISHED.iter().filter(move |published| published.authority == authority)
    }

    /// Plans issued in the year and not measured, because the decision to assess or the one to issue was contested.
    pub const fn contested_plans(&self) -> u32 {
        self.assessments.issued - self.timeliness.issued
    }

    /// Of these, those that can only have followed a refusal of a plan: there are more than contested refusals to assess.
    pub const fn plans_after_refusing_one(&self) -> u32 {
        let refusals = self.requests.mediation + self.requests.appeal - self.requests.appeal_after_mediation;
        self.contested_plans().saturating_sub(refusals)
    }
}

impl Timeliness {
    /// Plans in the measure whose time is not known, because their request is undated.
    pub const fn undated(&self) -> u32 {
        self.issued - self.within_20_weeks - self.within_52_weeks - self.over_52_weeks
    }
}
