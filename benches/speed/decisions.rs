//! Decisions for both sides: fresh cases for the server, and for pgbench the statements of one decision told of other cases.

use std::error::Error;
use std::fmt::Write;

use diesel::sql_types::{BigInt, Text};
use diesel::{PgConnection, QueryableByName, RunQueryDsl, sql_query};
use serde_json::{Value, json};
use uuid::Uuid;

use super::client::{self, Until, request};
use super::pgbench::Script;
use super::recorded::Call;
use super::server::Server;

/// A case that waits for a decision.
#[derive(Debug, Clone, QueryableByName)]
pub struct Fresh {
    #[diesel(sql_type = Text)]
    case: String,
    #[diesel(sql_type = Text)]
    child: String,
    #[diesel(sql_type = Text)]
    reference: String,
}

/// Asks for this many assessments and gives the cases.
pub fn submit(server: &Server, count: usize) -> Result<Vec<Fresh>, Box<dyn Error>> {
    let token = server.token("case_worker")?;
    let nth = |number: usize| {
        let (month, day) = (number % 12 + 1, number / 12 % 28 + 1);
        let born_on = format!("{}-{month:02}-{day:02}", 2010 + number / 336 % 10);
        let child = json!({"givenName": "Sam", "familyName": format!("Speed {}", letters(number)), "bornOn": born_on});
        let body = json!({"child": child, "requestedBy": "parent", "reasons": "Reasons of a usual length."}).to_string();
        request("POST", "/v1/requests", token, &key(), &body)
    };
    client::run(&server.address, Until::Sent(count), &nth)?;
    let found = sql_query(
        "SELECT c.case_id::text AS case, c.child::text AS child, c.reference FROM case_view c \
         JOIN child_view i ON i.child = c.child AND i.known_to IS NULL JOIN detail d ON d.id = i.identity \
         WHERE c.known_to IS NULL AND c.stage = 'considering' AND d.content LIKE '%\"Speed %' ORDER BY c.reference",
    );
    Ok(found.load(&mut server.superuser()?)?)
}

fn letters(number: usize) -> String {
    let letter = |n: usize| char::from(b'a' + u8::try_from(n % 26).unwrap_or_default());
    [number / 676, number / 26, number].into_iter().map(letter).collect()
}

fn key() -> String {
    format!("Idempotency-Key: {}\r\n", Uuid::now_v7())
}

/// The decision to assess, as an officer sends it.
pub fn decision(case: &Fresh, token: &str) -> String {
    let body = json!({"outcome": "assess", "reasons": "The legal test is met."}).to_string();
    let headers = format!("{}If-Match: \"v2\"\r\n", key());
    request("POST", &format!("/v1/cases/{}/assessment-decision", case.case), token, &headers, &body)
}

/// One recorded decision, which can be told of other cases.
pub struct Template {
    calls: Vec<Call>,
    of: Fresh,
    position: i64,
    /// Ids that were new: of the entry, its detail and the request's key.
    ids: Vec<String>,
    /// The values in which any of these stand.
    changing: Vec<String>,
}

#[derive(QueryableByName)]
struct Head {
    #[diesel(sql_type = BigInt)]
    position: i64,
}

impl Template {
    /// The decision that was recorded about a case.
    pub fn new(calls: Vec<Call>, of: Fresh) -> Result<Self, Box<dyn Error>> {
        let rows = |table: &str| inserted(&calls, table).ok_or(format!("the decision added nothing to {table}"));
        let (entries, details) = (rows("journal")?, rows("detail")?);
        let position = entries.iter().find_map(|row| row["position"].as_i64()).ok_or("an entry of no position")?;
        let mut ids: Vec<_> = entries.iter().chain(&details).filter_map(|row| row["id"].as_str().map(str::to_owned)).collect();
        ids.extend(key_of(&calls));
        let mut template = Self { calls, of, position, ids, changing: Vec::new() };
        let other = Fresh { case: String::new(), child: String::new(), reference: String::new() };
        let mut changing: Vec<_> =
            values(&template.calls).into_iter().filter(|value| template.told_of(value, &other, -1, &[]) != *value).collect();
        changing.sort();
        changing.dedup();
        template.changing = changing;
        Ok(template)
    }

    /// Lays out what pgbench is to send about these cases, from the journal's end on. Give the head its place afterwards.
    pub fn lay_out(&self, db: &mut PgConnection, cases: &[Fresh]) -> Result<(), Box<dyn Error>> {
        let columns: Vec<_> = (0..self.changing.len()).map(|n| format!("v{n} text")).collect();
        sql_query("DROP TABLE IF EXISTS speed_decision").execute(db)?;
        sql_query("DROP SEQUENCE IF EXISTS speed_next").execute(db)?;
        sql_query(format!("CREATE TABLE speed_decision (n bigint PRIMARY KEY, {})", columns.join(", "))).execute(db)?;
        sql_query("CREATE SEQUENCE speed_next").execute(db)?;
        sql_query("GRANT SELECT ON speed_decision TO ehc_app").execute(db)?;
        sql_query("GRANT USAGE ON speed_next TO ehc_app").execute(db)?;
        let end = position(db)?;
        // Every second place, so that what the server itself adds to the journal each minute finds one of its own.
        for (n, case) in (1_i64..).zip(cases) {
            let ids: Vec<_> = self.ids.iter().map(|_| Uuid::now_v7().to_string()).collect();
            let mut row = n.to_string();
            for value in &self.changing {
                let _ = write!(row, ", '{}'", self.told_of(value, case, end + 2 * n, &ids).replace('\'', "''"));
            }
            sql_query(format!("INSERT INTO speed_decision VALUES ({row})")).execute(db)?;
        }
        Ok(())
    }

    /// The script that sends one decision each time it runs.
    pub fn script(&self) -> Script {
        let columns: Vec<_> = (0..self.changing.len()).map(|n| format!("v{n}")).collect();
        let columns = columns.join(", ");
        let mut script =
            Script::new(format!("SELECT {columns} FROM speed_decision WHERE n = (SELECT nextval('speed_next')) \\gset\n"));
        script.add(&self.calls, &|value| self.changing.iter().position(|v| v == value).map(|place| format!("v{place}")));
        script
    }

    /// A value with everything that was this case's made the other's.
    fn told_of(&self, value: &str, case: &Fresh, position: i64, ids: &[String]) -> String {
        if value == self.position.to_string() {
            return position.to_string();
        }
        let mut told = value.replace(&self.of.case, &case.case).replace(&self.of.child, &case.child);
        told = told.replace(&self.of.reference, &case.reference);
        for (place, id) in self.ids.iter().enumerate() {
            told = told.replace(id, ids.get(place).map_or("", String::as_str));
        }
        for name in ["position", "known_from", "known_to"] {
            for end in [',', '}'] {
                told = told.replace(&format!("\"{name}\":{}{end}", self.position), &format!("\"{name}\":{position}{end}"));
            }
        }
        told
    }
}

/// Puts the head behind everything in the journal, where the server goes on.
pub fn mend_head(db: &mut PgConnection) -> Result<(), Box<dyn Error>> {
    let end = position(db)?;
    sql_query(format!("UPDATE journal_head SET position = {end} WHERE authority = 311")).execute(db)?;
    Ok(())
}

fn position(db: &mut PgConnection) -> Result<i64, Box<dyn Error>> {
    let head: Head = sql_query("SELECT max(position) AS position FROM journal WHERE authority = 311").get_result(db)?;
    Ok(head.position)
}

fn values(calls: &[Call]) -> Vec<String> {
    let mut all = Vec::new();
    for call in calls {
        match call {
            Call::Prepared(prepared) => all.extend(prepared.values.iter().flatten().cloned()),
            Call::Batch(parts) => {
                let inserts = parts.iter().filter(|part| part.starts_with("INSERT"));
                all.extend(inserts.flat_map(|part| part.split('\'').skip(1).step_by(2)).map(str::to_owned));
            }
        }
    }
    all
}

/// The rows a call inserted into a table.
fn inserted(calls: &[Call], table: &str) -> Option<Vec<Value>> {
    let start = format!("INSERT INTO {table} ");
    calls.iter().find_map(|call| match call {
        Call::Prepared(one) if one.sql.starts_with(&start) => serde_json::from_str(one.values.first()?.as_deref()?).ok(),
        _ => None,
    })
}

/// The request's key, under which its receipt is kept.
fn key_of(calls: &[Call]) -> Option<String> {
    calls.iter().find_map(|call| match call {
        Call::Prepared(one) if one.sql.starts_with("INSERT INTO idempotency") => {
            one.values.iter().flatten().find(|value| Uuid::parse_str(value).is_ok()).cloned()
        }
        _ => None,
    })
}
