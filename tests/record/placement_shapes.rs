//! What can be told of where a child is taught and of what it costs: one fact of each kind, with everything in it.

use ehc_casework::record::*;

use crate::worlds::{CASE, PAYMENTS, PLACEMENT, PLAN, TRANSPORT, day, id};

/// What an agency each bears of a cost.
fn shares() -> Shares {
    Shares::from([(Agency::Education, 60), (Agency::Health, 40)])
}

/// Terms of a placement with everything in them.
fn terms() -> PlacementTerms {
    PlacementTerms {
        weekly_hours: Some(25),
        part_time: Some(PartTime { weekly_hours: 12, until: Some(day(80)) }),
        residential_weeks: Some(38),
        need: Some(codes::NeedType::Asd),
        reintegrate_by: Some(day(70)),
        planned_end: Some(day(300)),
        funding_band: Some("Band 4".into()),
        yearly_cost: Some(24_000),
        shares: shares(),
    }
}

/// A placement at no setting.
pub fn at_home() -> Fact {
    Fact::PlacementBegan {
        placement: id(PLACEMENT, 2),
        placement_kind: PlacementKind::ElectiveHomeEducation,
        setting: None,
        from: day(30),
        alongside: true,
        terms: Some(Box::default()),
    }
}

/// One fact of every kind.
pub fn every_kind_of_placement() -> Vec<Fact> {
    let plan: PlanId = id(PLAN, 1);
    vec![
        Fact::PlacementBegan {
            placement: id(PLACEMENT, 1),
            placement_kind: PlacementKind::Setting,
            setting: "urn:900001".parse().ok(),
            from: day(30),
            alongside: false,
            terms: None,
        },
        Fact::PlacementTermsChanged { placement: id(PLACEMENT, 1), from: day(40), terms: Box::new(terms()) },
        Fact::DaysOut {
            placement: id(PLACEMENT, 1),
            because: OutBecause::Suspension,
            from: day(50),
            to: Some(day(52)),
            sessions: 5,
        },
        Fact::Reintegrated { placement: id(PLACEMENT, 1), setting: "urn:900002".parse().ok(), full_time: true },
        Fact::PlacementEnded { placement: id(PLACEMENT, 1), last_day: day(90) },
        Fact::ChildFlagged { flag: ChildFlag::YouthJustice },
        Fact::ChildUnflagged { flag: ChildFlag::YouthJustice },
        Fact::TransportArranged {
            transport: id(TRANSPORT, 1),
            means: TransportMeans::SharedVehicle,
            from: day(30),
            yearly_cost: 7200,
            shares: shares(),
        },
        Fact::TransportEnded { transport: id(TRANSPORT, 1), last_day: day(90) },
        Fact::DirectPaymentsStarted { plan, payments: id(PAYMENTS, 1), yearly_amount: 5200, shares: shares() },
        Fact::DirectPaymentsReviewed {
            plan,
            payments: id(PAYMENTS, 1),
            outcome: DirectPaymentsOutcome::Alter,
            yearly_amount: Some(4800),
        },
        Fact::DirectPaymentsEnded { plan, payments: id(PAYMENTS, 1) },
    ]
}

/// A plan that was made before the record begins, with where it places the child and whose case it becomes.
pub fn taken_over(case_worker: Option<StaffId>) -> Fact {
    Fact::PlanTakenOver {
        case: id(CASE, 1),
        plan: id(PLAN, 1),
        reference: "2021/00042".into(),
        placement: Placement::Neither,
        last_reviewed_on: Some(day(20)),
        made_by: "309".parse().ok(),
        maintained_from: Some(day(30)),
        case_worker,
    }
}
