//! What could PostgreSQL do alone? pgbench sends the statements the server sent, in as many round trips.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write;
use std::path::PathBuf;
use std::process::Command;
use std::{env, fs};

use super::client::{CLIENTS, Until};
use super::recorded::{Call, Prepared};
use super::server::Server;

/// pgbench, where there is one: beside PostgreSQL's programs or on PATH.
pub fn find(server: &Server) -> Option<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    let mut folders: Vec<_> = env::split_paths(&path).collect();
    folders.insert(0, server.programs());
    folders.into_iter().map(|folder| folder.join("pgbench")).find(|program| program.is_file())
}

/// A script for pgbench, and the values that stay the same in it.
pub struct Script {
    text: String,
    constants: BTreeMap<String, String>,
    /// How many requests one run of it is worth.
    requests: usize,
}

impl Script {
    /// Begins with lines that set what changes from run to run.
    pub fn new(fetch: String) -> Self {
        Self { text: fetch, constants: BTreeMap::new(), requests: 0 }
    }

    /// Adds one request's calls. `changing` names the variable of a value that changes; every other value is a constant.
    pub fn add(&mut self, calls: &[Call], changing: &dyn Fn(&str) -> Option<String>) {
        self.requests += 1;
        for call in calls {
            match call {
                Call::Prepared(prepared) => {
                    let sql = self.with_values(prepared, changing);
                    let _ = writeln!(self.text, "{sql};");
                }
                Call::Batch(parts) => self.add_batch(parts, changing),
            }
        }
    }

    /// Statements sent together are a pipeline: the one way in which pgbench sends several prepared ones in one round trip.
    fn add_batch(&mut self, parts: &[String], changing: &dyn Fn(&str) -> Option<String>) {
        let pipeline = parts.len() > 1;
        if pipeline {
            self.text.push_str("\\startpipeline\n");
        }
        for part in parts {
            let part = if part.starts_with("INSERT") { self.with_literals(part, changing) } else { part.clone() };
            let _ = writeln!(self.text, "{part};");
        }
        if pipeline {
            self.text.push_str("\\endpipeline\n");
        }
    }

    fn with_values(&mut self, prepared: &Prepared, changing: &dyn Fn(&str) -> Option<String>) -> String {
        let mut pieces = prepared.sql.split('$');
        let mut out = pieces.next().unwrap_or_default().to_owned();
        for piece in pieces {
            let digits = piece.chars().take_while(char::is_ascii_digit).count();
            let (number, rest) = piece.split_at(digits);
            let place = number.parse::<usize>().map_or(usize::MAX, |n| n - 1);
            match prepared.values.get(place).cloned().flatten() {
                Some(value) => out.push_str(&self.variable(&value, changing)),
                // pgbench has no variable that is NULL.
                None => out.push_str("NULL"),
            }
            // Each use of a variable is a parameter of its own to pgbench, so each has to say its type.
            if let Some(of_type) = prepared.types.get(place) {
                let _ = write!(out, "::{of_type}");
            }
            out.push_str(rest);
        }
        out
    }

    /// Turns the literals of a batch into variables: pgbench would take a colon in them for one.
    fn with_literals(&mut self, sql: &str, changing: &dyn Fn(&str) -> Option<String>) -> String {
        let mut out = String::new();
        for (place, piece) in sql.split('\'').enumerate() {
            if place % 2 == 0 {
                out.push_str(piece.strip_suffix('E').unwrap_or(piece));
            } else {
                out.push_str(&self.variable(piece, changing));
            }
        }
        out
    }

    fn variable(&mut self, value: &str, changing: &dyn Fn(&str) -> Option<String>) -> String {
        if let Some(name) = changing(value) {
            return format!(":{name}");
        }
        let known = self.constants.iter().find(|(_, known)| *known == value).map(|(name, _)| name.clone());
        let name = known.unwrap_or_else(|| format!("c{}", self.constants.len()));
        self.constants.insert(name.clone(), value.to_owned());
        format!(":{name}")
    }

    /// Runs it by as many clients as ask the server; gives requests a second.
    pub fn run(&self, server: &Server, pgbench: &PathBuf, until: Until) -> Result<f64, Box<dyn Error>> {
        let file = env::temp_dir().join(format!("ehc-speed-{}.sql", std::process::id()));
        fs::write(&file, &self.text)?;
        let mut command = Command::new(pgbench);
        command.args(["--no-vacuum", "--protocol=prepared", &format!("--client={CLIENTS}")]);
        match until {
            Until::Elapsed(time) => command.arg(format!("--time={}", time.as_secs().max(1))),
            Until::Sent(count) => command.arg(format!("--transactions={}", count / CLIENTS)),
        };
        for (name, value) in &self.constants {
            command.arg(format!("--define={name}={value}"));
        }
        command.arg("--file").arg(&file).arg("demo");
        command.env("PGHOST", &server.socket).env("PGPORT", "5432").env("PGUSER", "ehc_app");
        let output = command.output()?;
        fs::remove_file(&file)?;
        let said = String::from_utf8_lossy(&output.stdout);
        let rate = said.lines().find_map(|line| line.strip_prefix("tps = ")?.split(' ').next()?.parse::<f64>().ok());
        match rate {
            #[expect(clippy::cast_precision_loss, reason = "a script holds a handful of requests")]
            Some(rate) if output.status.success() => Ok(rate * self.requests as f64),
            _ => Err(format!("pgbench: {}", String::from_utf8_lossy(&output.stderr)).into()),
        }
    }
}
