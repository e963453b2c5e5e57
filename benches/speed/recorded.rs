//! What does the server send to PostgreSQL for one request? Read from PostgreSQL's own log, so that nothing is retyped.

use std::error::Error;
use std::fs;
use std::thread;
use std::time::Duration;

use diesel::sql_types::{Array, Text};
use diesel::{PgConnection, QueryableByName, RunQueryDsl, sql_query};

use super::server::Server;

/// One round trip.
#[derive(Debug, Clone)]
pub enum Call {
    /// Statements sent together, without parameters.
    Batch(Vec<String>),
    /// A prepared statement.
    Prepared(Prepared),
}

/// A prepared statement and its parameters.
#[derive(Debug, Clone, Default)]
pub struct Prepared {
    /// Its text.
    pub sql: String,
    /// The parameters as text; none is NULL.
    pub values: Vec<Option<String>>,
    /// Their types.
    pub types: Vec<String>,
}

/// How many statements the calls hold.
pub fn statements(calls: &[Call]) -> usize {
    calls.iter().map(|call| if let Call::Batch(all) = call { all.len() } else { 1 }).sum()
}

/// The calls of the one transaction that `work` makes the server do; again when some other work of the server came between.
pub fn record(server: &Server, work: &mut dyn FnMut() -> Result<(), Box<dyn Error>>) -> Result<Vec<Call>, Box<dyn Error>> {
    let mut superuser = server.superuser()?;
    // The demonstration's children are invented; elsewhere these settings stay as they are.
    let settings = [
        ("log_statement", "all"),
        ("log_line_prefix", "speed "),
        ("log_error_verbosity", "default"),
        ("log_parameter_max_length", "-1"),
    ];
    for (name, value) in settings {
        sql_query(format!("ALTER SYSTEM SET {name} = '{value}'")).execute(&mut superuser)?;
    }
    reload(&mut superuser)?;
    let mut recorded = Vec::new();
    for _ in 0..5 {
        let before = fs::read(server.log())?.len();
        work()?;
        thread::sleep(Duration::from_millis(200));
        let log = fs::read(server.log())?;
        recorded = calls(&String::from_utf8_lossy(log.get(before..).unwrap_or_default()));
        if transactions(&recorded) == 1 {
            break;
        }
    }
    for (name, _) in settings {
        sql_query(format!("ALTER SYSTEM RESET {name}")).execute(&mut superuser)?;
    }
    reload(&mut superuser)?;
    if transactions(&recorded) != 1 {
        return Err("PostgreSQL did not log one transaction for one request".into());
    }
    for call in &mut recorded {
        if let Call::Prepared(prepared) = call {
            prepared.types = types(&mut superuser, prepared)?;
        }
    }
    Ok(recorded)
}

fn transactions(calls: &[Call]) -> usize {
    let begins = |call: &&Call| matches!(call, Call::Batch(parts) if parts.first().is_some_and(|part| part == "BEGIN"));
    calls.iter().filter(begins).count()
}

/// The types of a statement's parameters, as PostgreSQL finds them.
fn types(db: &mut PgConnection, prepared: &Prepared) -> Result<Vec<String>, Box<dyn Error>> {
    #[derive(QueryableByName)]
    struct Found {
        #[diesel(sql_type = Array<Text>)]
        types: Vec<String>,
    }
    let mut types = vec!["unknown"; prepared.values.len()];
    let list = |types: &[&str]| if types.is_empty() { String::new() } else { format!("({})", types.join(", ")) };
    while let Err(error) = sql_query(format!("PREPARE speed {} AS {}", list(&types), prepared.sql)).execute(db) {
        // Where anything would do, it is text.
        let open = error.to_string().split_once("data type of parameter $").and_then(|(_, n)| n.parse::<usize>().ok());
        match open.and_then(|n| types.get_mut(n - 1)) {
            Some(undetermined) if *undetermined == "unknown" => *undetermined = "text",
            _ => return Err(error.into()),
        }
    }
    let known = "SELECT parameter_types::text[] AS types FROM pg_prepared_statements WHERE name = 'speed'";
    let found = sql_query(known).get_result::<Found>(db)?;
    sql_query("DEALLOCATE speed").execute(db)?;
    Ok(found.types)
}

fn reload(superuser: &mut PgConnection) -> Result<(), Box<dyn Error>> {
    sql_query("SELECT pg_reload_conf()").execute(superuser)?;
    // The signal reaches each backend in its own time.
    thread::sleep(Duration::from_millis(300));
    Ok(())
}

fn calls(log: &str) -> Vec<Call> {
    let mut calls = Vec::new();
    for line in log.lines() {
        if let Some(text) = line.strip_prefix("speed LOG:  statement: ") {
            calls.push(Call::Batch(parts(text)));
        } else if let Some((_, sql)) = line.strip_prefix("speed LOG:  execute ").and_then(|rest| rest.split_once(": ")) {
            calls.push(Call::Prepared(Prepared { sql: sql.to_owned(), ..Prepared::default() }));
        } else if let Some(text) = line.strip_prefix("speed DETAIL:  parameters: ")
            && let Some(Call::Prepared(prepared)) = calls.last_mut()
        {
            prepared.values = values(text);
        }
    }
    calls
}

/// A batch's statements: what stands between semicolons outside of quotes.
fn parts(text: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut quoted = false;
    for c in text.chars() {
        quoted ^= c == '\'';
        match (c, quoted, parts.last_mut()) {
            (';', false, _) => parts.push(String::new()),
            (_, _, Some(part)) => part.push(c),
            (_, _, None) => {}
        }
    }
    parts.into_iter().map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect()
}

/// The values in `$1 = 'a', $2 = NULL, …`.
fn values(text: &str) -> Vec<Option<String>> {
    let mut values = Vec::new();
    let mut rest = text;
    while let Some((_, after)) = rest.split_once(" = ") {
        let Some(quoted) = after.strip_prefix('\'') else {
            values.push(None);
            rest = after;
            continue;
        };
        let (value, end) = unquoted(quoted);
        values.push(Some(value));
        rest = quoted.get(end..).unwrap_or_default();
    }
    values
}

/// What stands before the closing quote, and where the text goes on behind it.
fn unquoted(text: &str) -> (String, usize) {
    let mut value = String::new();
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if c == '\'' && chars.next_if(|(_, next)| *next == '\'').is_none() {
            return (value, at + 1);
        }
        value.push(c);
    }
    (value, text.len())
}
