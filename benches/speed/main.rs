//! How fast is it, and how near to what PostgreSQL could do alone? Four kinds of request against the demonstration, each beside
//! pgbench running the same statements on the same database, in turns (ABBA), so that a busy machine slows both.

mod client;
mod decisions;
mod pgbench;
mod recorded;
mod server;

use std::error::Error;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use diesel::sql_types::Text;
use diesel::{QueryableByName, RunQueryDsl, sql_query};

use client::{Answers, Until, ask, request};
use decisions::{Fresh, Template};
use pgbench::Script;
use recorded::{Call, record, statements};
use server::{Server, Spent};

type Outcome<T> = Result<T, Box<dyn Error>>;

/// Turns of each side; an even number, as every second pair of turns begins with pgbench.
const ROUNDS: usize = 4;
/// How long a turn lasts.
const TURN: Until = Until::Elapsed(Duration::from_secs(2));
/// Decisions of a turn.
const DECISIONS: usize = 240;
/// More cases than decisions, as recording one may take several.
const SPARE: usize = 5;
/// Cases read, chosen at random.
const CASES: usize = 500;
/// Reads in one run of a script, whose cases are fetched together beforehand.
const READS: usize = 10;

fn main() -> ExitCode {
    // `cargo bench` says `--bench`; `cargo test --benches` does not, and has nothing to learn from a measurement.
    if !std::env::args().any(|argument| argument == "--bench") {
        return ExitCode::SUCCESS;
    }
    match measure() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("speed: {error}");
            ExitCode::FAILURE
        }
    }
}

fn measure() -> Outcome<()> {
    println!("Starting the demonstration …");
    let server = Server::start()?;
    // As on a server that has been up for a while: plans follow what is known of the tables.
    sql_query("VACUUM ANALYZE").execute(&mut server.superuser()?)?;
    let pgbench = pgbench::find(&server);
    if pgbench.is_none() {
        println!("pgbench is not on PATH: what PostgreSQL could do alone is left out.");
    }
    println!(
        "{} clients over loopback, durable commits, {ROUNDS} turns each; times include tokens, JSON and the trail.",
        client::CLIENTS
    );
    let bench = Bench { server: &server, pgbench };
    bench.case_read()?;
    bench.worklist()?;
    bench.decision()?;
    bench.timeliness()
}

struct Bench<'a> {
    server: &'a Server,
    pgbench: Option<PathBuf>,
}

/// A case and its child.
#[derive(QueryableByName)]
struct Known {
    #[diesel(sql_type = Text)]
    case: String,
    #[diesel(sql_type = Text)]
    child: String,
}

impl Bench<'_> {
    fn case_read(&self) -> Outcome<()> {
        let db = &mut self.server.superuser()?;
        sql_query("CREATE TABLE speed_case (n serial PRIMARY KEY, id text, children text)").execute(db)?;
        sql_query("GRANT SELECT ON speed_case TO ehc_app").execute(db)?;
        let filled = sql_query(format!(
            "INSERT INTO speed_case (id, children) SELECT case_id, '{{\"' || child || '\"}}' FROM case_view \
             WHERE authority = 311 AND known_to IS NULL ORDER BY md5(case_id::text) LIMIT {CASES}"
        ));
        filled.execute(db)?;
        let cases: Vec<Known> = sql_query("SELECT id AS case, children AS child FROM speed_case ORDER BY n").load(db)?;
        let token = self.server.token("case_worker")?;
        let nth = |number: usize| {
            let case = cases.get(number % cases.len()).map_or("", |known| known.case.as_str());
            request("GET", &format!("/v1/cases/{case}"), token, "", "")
        };
        let calls = self.recorded(&nth)?;
        let first = cases.first().ok_or("the demonstration has no cases")?;
        let columns = (1..=READS)
            .map(|n| format!("(array_agg(id ORDER BY n))[{n}] AS id{n}, (array_agg(children ORDER BY n))[{n}] AS children{n}"));
        let mut script = Script::new(format!(
            "\\set first random(1, {})\nSELECT {} FROM speed_case WHERE n >= :first AND n < :first + {READS} \\gset\n",
            cases.len() - READS + 1,
            columns.collect::<Vec<_>>().join(", ")
        ));
        for n in 1..=READS {
            script.add(&calls, &|value| match value {
                _ if value == first.case => Some(format!("id{n}")),
                _ if value == first.child => Some(format!("children{n}")),
                _ => None,
            });
        }
        let mut result = Measured::default();
        self.in_turns(&mut result, &mut || client::run(&self.server.address, TURN, &nth), &mut |pgbench| {
            script.run(self.server, pgbench, TURN)
        })?;
        result.print("Reading a case, with its trail", &calls);
        Ok(())
    }

    fn worklist(&self) -> Outcome<()> {
        let all = request("GET", "/v1/cases?limit=50", self.server.token("case_worker")?, "", "");
        self.same_each_time("A page of 50 of the worklist", &all)
    }

    fn timeliness(&self) -> Outcome<()> {
        let path = "/v1/statistics/timeliness?from=2024-01-01&to=2024-12-31";
        self.same_each_time("An authority's timeliness for a year", &request("GET", path, self.server.token("manager")?, "", ""))
    }

    fn same_each_time(&self, what: &str, text: &str) -> Outcome<()> {
        let nth = |_: usize| text.to_owned();
        let calls = self.recorded(&nth)?;
        let mut script = Script::new(String::new());
        script.add(&calls, &|_| None);
        let mut result = Measured::default();
        self.in_turns(&mut result, &mut || client::run(&self.server.address, TURN, &nth), &mut |pgbench| {
            script.run(self.server, pgbench, TURN)
        })?;
        result.print(what, &calls);
        Ok(())
    }

    fn decision(&self) -> Outcome<()> {
        let db = &mut self.server.superuser()?;
        let officer = self.server.token("decision_maker")?;
        let warm = client::CLIENTS * 2;
        let mut fresh = decisions::submit(self.server, warm + SPARE + 2 * ROUNDS * DECISIONS)?.into_iter();
        let mut some = |count: usize| fresh.by_ref().take(count).collect::<Vec<_>>();
        let decide = |cases: &[Fresh]| {
            let nth = |number: usize| cases.get(number).map(|case| decisions::decision(case, officer)).unwrap_or_default();
            client::run(&self.server.address, Until::Sent(cases.len()), &nth)
        };
        decide(&some(warm))?;
        let mut one = None;
        let calls = record(self.server, &mut || {
            let case = some(1).pop().ok_or("no case waits for a decision")?;
            ask(&self.server.address, &decisions::decision(&case, officer))?;
            one = Some(case);
            Ok(())
        })?;
        let template = Template::new(calls.clone(), one.ok_or("no decision was recorded")?)?;
        let script = template.script();
        let (mut ours, mut theirs) = (Vec::new(), Vec::new());
        for _ in 0..ROUNDS {
            ours.push(some(DECISIONS));
            theirs.push(some(DECISIONS));
        }
        let mut result = Measured::default();
        self.in_turns(&mut result, &mut || decide(&ours.pop().unwrap_or_default()), &mut |pgbench| {
            template.lay_out(db, &theirs.pop().unwrap_or_default())?;
            let rate = script.run(self.server, pgbench, Until::Sent(DECISIONS))?;
            decisions::mend_head(db)?;
            Ok(rate)
        })?;
        result.print("Recording a decision", &calls);
        Ok(())
    }

    /// The calls of the first request, once every connection has prepared its statements.
    fn recorded(&self, nth: &(dyn Fn(usize) -> String + Sync)) -> Outcome<Vec<Call>> {
        client::run(&self.server.address, Until::Sent(client::CLIENTS * 20), nth)?;
        record(self.server, &mut || ask(&self.server.address, &nth(0)).map(drop))
    }

    fn in_turns(
        &self,
        result: &mut Measured,
        ours: &mut dyn FnMut() -> Outcome<Answers>,
        theirs: &mut dyn FnMut(&PathBuf) -> Outcome<f64>,
    ) -> Outcome<()> {
        for round in 0..ROUNDS {
            let alone = |theirs: &mut dyn FnMut(&PathBuf) -> _| self.pgbench.as_ref().map(theirs).transpose();
            let before = if round % 2 == 1 { alone(theirs)? } else { None };
            let spent = self.server.spent();
            let answers = ours()?;
            result.add(answers, spent, self.server.spent());
            let rate = if round % 2 == 1 { before } else { alone(theirs)? };
            result.alone.extend(rate);
        }
        Ok(())
    }
}

/// What the turns gave.
#[derive(Default)]
struct Measured {
    each: Vec<Duration>,
    rates: Vec<f64>,
    alone: Vec<f64>,
    spent: Spent,
}

impl Measured {
    #[expect(clippy::cast_precision_loss, reason = "counts of requests are far below 2^52")]
    fn add(&mut self, answers: Answers, before: Spent, after: Spent) {
        self.rates.push(answers.each.len() as f64 / answers.elapsed.as_secs_f64());
        self.each.extend(answers.each);
        self.spent.server += after.server - before.server;
        self.spent.postgres += after.postgres - before.postgres;
    }

    fn print(mut self, what: &str, calls: &[Call]) {
        self.each.sort();
        let percentile = |of: usize| self.each.get(self.each.len() * of / 100).copied().unwrap_or_default();
        let each = |spent: u64| spent / self.each.len().max(1) as u64;
        println!("\n{what}");
        println!("  {:.0} requests/s; p50 {:.1?}, p99 {:.1?}", median(&self.rates), percentile(50), percentile(99));
        println!("  CPU per request: server {} µs, PostgreSQL {} µs", each(self.spent.server), each(self.spent.postgres));
        println!("  {} statements in {} round trips", statements(calls), calls.len());
        if self.alone.is_empty() {
            return;
        }
        let ratios: Vec<_> = self.rates.iter().zip(&self.alone).map(|(ours, alone)| ours / alone).collect();
        let (least, most) = ratios.iter().fold((f64::MAX, 0.0_f64), |(least, most), r| (least.min(*r), most.max(*r)));
        println!(
            "  {:.2} of pgbench with the same statements ({:.0}/s); {least:.2} to {most:.2} in {} turns",
            median(&ratios),
            median(&self.alone),
            ratios.len()
        );
    }
}

fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let at = |place: usize| sorted.get(place).copied().unwrap_or_default();
    (at(sorted.len().saturating_sub(1) / 2) + at(sorted.len() / 2)) / 2.0
}
