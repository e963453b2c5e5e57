//! How many assessment cases a second can one core take through their duties? The goal is a million.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use ehc_casework::law::{AdviceGiver, Fact, FactKind, Outcome, deadlines, duties_into};
use std::hint::black_box;

/// A case from request to final plan with three pieces of advice.
fn assessment() -> Vec<Fact> {
    let day = |text: &str| text.parse().unwrap_or_default();
    let advice = |giver, about: &str| {
        [
            Fact::on(FactKind::AdviceRequestReceived, day("2026-02-20")).about(about).advice_giver(giver),
            Fact::on(FactKind::AdviceReturned, day("2026-04-01")).about(about),
        ]
    };
    let mut facts = vec![
        Fact::on(FactKind::RequestReceived, day("2026-01-05")),
        Fact::on(FactKind::AssessmentDecisionNotified, day("2026-02-16")).outcome(Outcome::Assess),
    ];
    facts.extend(advice(AdviceGiver::Education, "education"));
    facts.extend(advice(AdviceGiver::Health, "health"));
    facts.extend(advice(AdviceGiver::Psychology, "psychology"));
    facts.push(Fact::on(FactKind::PlanDecisionNotified, day("2026-04-20")).outcome(Outcome::Issue));
    facts.push(Fact::on(FactKind::DraftPlanServed, day("2026-04-27")).about("draft-1"));
    facts.push(Fact::on(FactKind::FinalPlanSent, day("2026-05-25")));
    facts
}

fn throughput(criterion: &mut Criterion) {
    let whole = assessment();
    let request = whole[..2].to_vec();
    let today = whole[0].on;
    let mut group = criterion.benchmark_group("law");
    group.throughput(Throughput::Elements(1));
    let mut found = Vec::new();
    group.bench_function("duties of a request under way", |bench| bench.iter(|| duties_into(black_box(&request), &mut found)));
    group.bench_function("duties of a whole assessment", |bench| bench.iter(|| duties_into(black_box(&whole), &mut found)));
    group
        .bench_function("deadlines of a whole assessment, explained", |bench| bench.iter(|| deadlines(black_box(&whole), today)));
    group.finish();
}

criterion_group!(benches, throughput);
criterion_main!(benches);
