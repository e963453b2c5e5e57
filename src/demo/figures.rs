//! What did the Department publish about the authorities that the demonstration shows?
//!
//! Source: Department for Education, "Education, health and care plans, reporting year 2025", the rows for all requests, all
//! assessments and all plans issued. Contains public sector information licensed under the Open Government Licence v3.0.
//! Every count of those rows is carried over; percentages are not.

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

/// Havering, Haringey and Harrow in 2023 and 2024.
pub const PUBLISHED: [Published; 6] = [
    // Havering
    Published {
        authority: 311,
        year: 2023,
        requests: Requests {
            received: 637,
            from_youth_accommodation: 0,
            assessed: 494,
            refused: 139,
            undecided: 1,
            withdrawn: 3,
            decided_within_6_weeks: 543,
            decided_later: 105,
            mediation: 1,
            appeal: 7,
            appeal_after_mediation: 0,
        },
        assessments: Assessments {
            completed: 497,
            issued: 487,
            not_issued: 10,
            undecided: 0,
            withdrawn: 0,
            not_issued_within_16_weeks: 6,
            not_issued_later: 4,
            mediation: 0,
            appeal: 0,
            appeal_after_mediation: 0,
            other_mediation: 0,
            other_appeal: 0,
            other_appeal_after_mediation: 0,
        },
        timeliness: Timeliness { issued: 487, within_20_weeks: 459, within_52_weeks: 27, over_52_weeks: 1 },
        timeliness_without_exceptions: Timeliness { issued: 487, within_20_weeks: 459, within_52_weeks: 27, over_52_weeks: 1 },
    },
    // Havering
    Published {
        authority: 311,
        year: 2024,
        requests: Requests {
            received: 899,
            from_youth_accommodation: 0,
            assessed: 650,
            refused: 193,
            undecided: 54,
            withdrawn: 2,
            decided_within_6_weeks: 729,
            decided_later: 131,
            mediation: 39,
            appeal: 15,
            appeal_after_mediation: 15,
        },
        assessments: Assessments {
            completed: 457,
            issued: 439,
            not_issued: 18,
            undecided: 0,
            withdrawn: 0,
            not_issued_within_16_weeks: 5,
            not_issued_later: 13,
            mediation: 2,
            appeal: 1,
            appeal_after_mediation: 0,
            other_mediation: 0,
            other_appeal: 0,
            other_appeal_after_mediation: 0,
        },
        timeliness: Timeliness { issued: 439, within_20_weeks: 129, within_52_weeks: 310, over_52_weeks: 0 },
        timeliness_without_exceptions: Timeliness { issued: 439, within_20_weeks: 129, within_52_weeks: 310, over_52_weeks: 0 },
    },
    // Haringey
    Published {
        authority: 309,
        year: 2023,
        requests: Requests {
            received: 692,
            from_youth_accommodation: 0,
            assessed: 424,
            refused: 249,
            undecided: 19,
            withdrawn: 0,
            decided_within_6_weeks: 624,
            decided_later: 35,
            mediation: 29,
            appeal: 21,
            appeal_after_mediation: 7,
        },
        assessments: Assessments {
            completed: 301,
            issued: 286,
            not_issued: 15,
            undecided: 0,
            withdrawn: 0,
            not_issued_within_16_weeks: 10,
            not_issued_later: 5,
            mediation: 17,
            appeal: 10,
            appeal_after_mediation: 4,
            other_mediation: 5,
            other_appeal: 2,
            other_appeal_after_mediation: 0,
        },
        timeliness: Timeliness { issued: 225, within_20_weeks: 220, within_52_weeks: 3, over_52_weeks: 0 },
        timeliness_without_exceptions: Timeliness { issued: 222, within_20_weeks: 217, within_52_weeks: 3, over_52_weeks: 0 },
    },
    // Haringey
    Published {
        authority: 309,
        year: 2024,
        requests: Requests {
            received: 553,
            from_youth_accommodation: 0,
            assessed: 345,
            refused: 176,
            undecided: 31,
            withdrawn: 1,
            decided_within_6_weeks: 459,
            decided_later: 49,
            mediation: 46,
            appeal: 53,
            appeal_after_mediation: 25,
        },
        assessments: Assessments {
            completed: 260,
            issued: 229,
            not_issued: 31,
            undecided: 0,
            withdrawn: 0,
            not_issued_within_16_weeks: 13,
            not_issued_later: 17,
            mediation: 7,
            appeal: 11,
            appeal_after_mediation: 3,
            other_mediation: 3,
            other_appeal: 6,
            other_appeal_after_mediation: 1,
        },
        timeliness: Timeliness { issued: 219, within_20_weeks: 181, within_52_weeks: 38, over_52_weeks: 0 },
        timeliness_without_exceptions: Timeliness { issued: 215, within_20_weeks: 181, within_52_weeks: 34, over_52_weeks: 0 },
    },
    // Harrow
    Published {
        authority: 310,
        year: 2023,
        requests: Requests {
            received: 532,
            from_youth_accommodation: 0,
            assessed: 404,
            refused: 80,
            undecided: 47,
            withdrawn: 1,
            decided_within_6_weeks: 344,
            decided_later: 195,
            mediation: 11,
            appeal: 4,
            appeal_after_mediation: 0,
        },
        assessments: Assessments {
            completed: 394,
            issued: 384,
            not_issued: 10,
            undecided: 0,
            withdrawn: 0,
            not_issued_within_16_weeks: 3,
            not_issued_later: 7,
            mediation: 1,
            appeal: 1,
            appeal_after_mediation: 0,
            other_mediation: 0,
            other_appeal: 0,
            other_appeal_after_mediation: 0,
        },
        timeliness: Timeliness { issued: 382, within_20_weeks: 86, within_52_weeks: 284, over_52_weeks: 12 },
        timeliness_without_exceptions: Timeliness { issued: 316, within_20_weeks: 67, within_52_weeks: 238, over_52_weeks: 11 },
    },
    // Harrow
    Published {
        authority: 310,
        year: 2024,
        requests: Requests {
            received: 538,
            from_youth_accommodation: 0,
            assessed: 422,
            refused: 76,
            undecided: 35,
            withdrawn: 5,
            decided_within_6_weeks: 416,
            decided_later: 121,
            mediation: 17,
            appeal: 5,
            appeal_after_mediation: 3,
        },
        assessments: Assessments {
            completed: 474,
            issued: 469,
            not_issued: 5,
            undecided: 0,
            withdrawn: 0,
            not_issued_within_16_weeks: 1,
            not_issued_later: 4,
            mediation: 1,
            appeal: 2,
            appeal_after_mediation: 0,
            other_mediation: 6,
            other_appeal: 2,
            other_appeal_after_mediation: 0,
        },
        timeliness: Timeliness { issued: 468, within_20_weeks: 184, within_52_weeks: 273, over_52_weeks: 11 },
        timeliness_without_exceptions: Timeliness { issued: 403, within_20_weeks: 156, within_52_weeks: 236, over_52_weeks: 11 },
    },
];

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

#[cfg(test)]
mod tests {
    use super::*;

    /// Where the parts of a published row do not add up to its whole, in words.
    fn contradictions(published: &Published) -> Vec<String> {
        let mut found = Vec::new();
        let mut expect = |what: &str, parts: u32, whole: u32| {
            if parts != whole {
                found.push(format!("{} {}: {what}: {parts}, not {whole}", published.authority, published.year));
            }
        };
        let requests = &published.requests;
        let decided = requests.assessed + requests.refused;
        expect("outcomes of requests received", decided + requests.undecided + requests.withdrawn, requests.received);
        let assessments = &published.assessments;
        let ended = assessments.issued + assessments.not_issued + assessments.undecided + assessments.withdrawn;
        expect("outcomes of assessments completed", ended, assessments.completed);
        let timed = assessments.not_issued_within_16_weeks + assessments.not_issued_later;
        expect("refusals to issue, timed", timed, assessments.not_issued);
        for (kind, plans) in [("all plans", published.timeliness), ("unexcused plans", published.timeliness_without_exceptions)] {
            expect(kind, plans.within_20_weeks + plans.within_52_weeks + plans.over_52_weeks, plans.issued);
        }
        found
    }

    #[test]
    fn the_published_rows_add_up_but_for_what_is_undated() {
        let found: Vec<String> = PUBLISHED.iter().flat_map(contradictions).collect();
        assert_eq!(
            found,
            [
                "309 2023: all plans: 223, not 225",
                "309 2023: unexcused plans: 220, not 222",
                "309 2024: refusals to issue, timed: 30, not 31",
            ]
        );
    }

    #[test]
    fn decisions_of_a_year_are_not_the_decisions_on_the_requests_of_that_year() {
        let differences: Vec<(u16, i32, i64)> = PUBLISHED
            .iter()
            .map(|published| {
                let requests = &published.requests;
                let made = requests.decided_within_6_weeks + requests.decided_later;
                (published.authority, published.year, i64::from(made) - i64::from(requests.assessed + requests.refused))
            })
            .collect();
        assert_eq!(
            differences,
            [(311, 2023, 15), (311, 2024, 17), (309, 2023, -14), (309, 2024, -13), (310, 2023, 55), (310, 2024, 39)]
        );
    }

    #[test]
    fn plans_measured_are_the_plans_issued_but_for_the_contested() {
        let contested: Vec<(u16, i32, u32)> = PUBLISHED
            .iter()
            .map(|published| (published.authority, published.year, published.assessments.issued - published.timeliness.issued))
            .collect();
        assert_eq!(contested, [(311, 2023, 0), (311, 2024, 0), (309, 2023, 61), (309, 2024, 10), (310, 2023, 2), (310, 2024, 1)]);
    }

    #[test]
    fn each_authority_has_its_years_in_order() {
        for authority in Published::AUTHORITIES {
            assert_eq!(Published::of(authority).map(|published| published.year).collect::<Vec<_>>(), [2023, 2024]);
        }
        assert_eq!(PUBLISHED.len(), 2 * Published::AUTHORITIES.len());
    }

    #[test]
    fn an_unknown_authority_has_no_figures() {
        assert_eq!(Published::of(312).count(), 0);
    }
}
