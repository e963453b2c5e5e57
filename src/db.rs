//! The one bridge from async to sync: a use case is a closure, given one transaction on one blocking thread.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use chrono::{DateTime, NaiveDate, Utc};
use diesel::connection::{
    AnsiTransactionManager, Connection, Instrumentation, InstrumentationEvent, SimpleConnection, TransactionManager,
};
use diesel::pg::PgConnection;
use diesel::r2d2::{ConnectionManager, CustomizeConnection, Pool, PooledConnection};
use diesel::result::{DatabaseErrorKind, Error as Diesel};
use tokio::sync::Semaphore;
use uuid::Uuid;

use crate::access::{Permit, Reach};
use crate::chance::Chance;
use crate::clock::Clock;

/// How long anything may wait, and how many connections there are.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Connections to PostgreSQL, and so use cases at work at once.
    pub connections: u32,
    /// How long a request may wait for its turn.
    pub turn: Duration,
    /// How long one statement may take.
    pub statement: Duration,
    /// How long a request may take in all, with its wait.
    pub request: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections: 8,
            turn: Duration::from_secs(1),
            statement: Duration::from_millis(3500),
            request: Duration::from_millis(4500),
        }
    }
}

/// Why a transaction gave no answer.
pub enum Error {
    /// PostgreSQL did not answer in time, or is not there.
    Unavailable(String),
    /// PostgreSQL refused the statement.
    Sql(Diesel),
    /// The use case panicked.
    Panicked,
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Unavailable(why) => write!(f, "unavailable: {why}"),
            // A database's own message can quote values; its kind and constraint cannot.
            Error::Sql(Diesel::DatabaseError(kind, info)) => {
                write!(f, "database error {kind:?}, constraint {:?}, table {:?}", info.constraint_name(), info.table_name())
            }
            Error::Sql(other) => write!(f, "database error: {other}"),
            Error::Panicked => f.write_str("the use case panicked"),
        }
    }
}

impl From<Diesel> for Error {
    fn from(error: Diesel) -> Self {
        match &error {
            Diesel::DatabaseError(DatabaseErrorKind::ClosedConnection | DatabaseErrorKind::UnableToSendCommand, _) => {
                Error::Unavailable("the connection was closed".into())
            }
            Diesel::DatabaseError(DatabaseErrorKind::Unknown, info) if transient(info.message()) => {
                Error::Unavailable(info.message().to_owned())
            }
            Diesel::BrokenTransactionManager => Error::Unavailable("the connection was lost".into()),
            _ => Error::Sql(error),
        }
    }
}

/// What PostgreSQL says when it had no time or is going away; diesel gives these no kind of their own.
fn transient(message: &str) -> bool {
    [
        "statement timeout",
        "lock timeout",
        "terminating connection",
        "server closed the connection",
        "shutting down",
        "starting up",
    ]
    .iter()
    .any(|words| message.contains(words))
}

/// Which of the two fences stand. Both always do, but for the test that shows each one holds alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fences {
    /// The scope in Rust and row-level security.
    Both,
    /// Row-level security alone.
    RowLevelSecurityOnly,
}

/// What a test can listen to: the statements sent, in order.
pub type Recorder = Arc<Mutex<Vec<String>>>;

/// A handle to the database. Cheap to clone.
#[derive(Clone)]
pub struct Db {
    pool: Pool<ConnectionManager<PgConnection>>,
    turns: Arc<Semaphore>,
    limits: Limits,
    clock: Clock,
    chance: Chance,
    fences: Fences,
}

#[derive(Debug)]
struct OnAcquire {
    statement: Duration,
    recorder: Option<Recorder>,
}

impl CustomizeConnection<PgConnection, diesel::r2d2::Error> for OnAcquire {
    fn on_acquire(&self, conn: &mut PgConnection) -> Result<(), diesel::r2d2::Error> {
        let ms = self.statement.as_millis();
        conn.batch_execute(&format!(
            "SET statement_timeout = {ms}; SET lock_timeout = {ms}; SET idle_in_transaction_session_timeout = {}; \
             SET timezone = 'UTC'; SET jit = off",
            ms * 2
        ))
        .map_err(diesel::r2d2::Error::QueryError)?;
        if let Some(recorder) = &self.recorder {
            conn.set_instrumentation(Statements(Arc::clone(recorder)));
        }
        Ok(())
    }
}

struct Statements(Recorder);

impl Instrumentation for Statements {
    fn on_connection_event(&mut self, event: InstrumentationEvent<'_>) {
        if let InstrumentationEvent::StartQuery { query, .. } = event {
            let text = query.to_string();
            let text = text.split(" -- binds:").next().unwrap_or_default().to_owned();
            self.0.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).push(text);
        }
    }
}

impl Db {
    /// A handle on the database at `url`, connecting as it is needed.
    pub fn new(url: &str, limits: Limits, clock: Clock, chance: Chance) -> Self {
        Self::build(url, limits, clock, chance, Fences::Both, None)
    }

    /// A handle for a test that listens to the statements or takes a fence away.
    pub fn observed(url: &str, clock: Clock, chance: Chance, fences: Fences, recorder: Recorder) -> Self {
        Self::build(url, Limits::default(), clock, chance, fences, Some(recorder))
    }

    fn build(url: &str, limits: Limits, clock: Clock, chance: Chance, fences: Fences, recorder: Option<Recorder>) -> Self {
        let pool = Pool::builder()
            .max_size(limits.connections)
            .min_idle(Some(0))
            .connection_timeout(limits.turn)
            .test_on_check_out(false)
            .connection_customizer(Box::new(OnAcquire { statement: limits.statement, recorder }))
            .build_unchecked(ConnectionManager::new(url));
        let turns = Arc::new(Semaphore::new(limits.connections as usize));
        Self { pool, turns, limits, clock, chance, fences }
    }

    /// The clock every use case reads.
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// Runs a use case that reads. The trail of whose data it showed is committed before this returns.
    pub async fn read<T, E, F>(&self, permit: Permit, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
        F: FnOnce(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    {
        let mut work = Some(work);
        self.hop(move |db| match work.take() {
            Some(work) => db.transact(&permit, work),
            None => Err(Error::Panicked.into()),
        })
        .await
    }

    /// Runs a use case that writes; again, from the start, when PostgreSQL found it at odds with another.
    pub async fn write<T, E, F>(&self, permit: Permit, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
        F: Fn(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    {
        self.hop(move |db| db.write_now(&permit, &work)).await
    }

    /// As [`Db::write`], for callers that are on a blocking thread already.
    pub fn write_now<T, E: From<Error>>(&self, permit: &Permit, work: impl Fn(&mut Tx<'_>) -> Result<T, E>) -> Result<T, E> {
        for _ in 0..3 {
            let mut again = false;
            let result = self.transact_noting(permit, &work, &mut again);
            if !again {
                return result;
            }
        }
        self.transact(permit, &work)
    }

    /// As [`Db::read`], for callers that are on a blocking thread already.
    pub fn read_now<T, E: From<Error>>(&self, permit: &Permit, work: impl FnOnce(&mut Tx<'_>) -> Result<T, E>) -> Result<T, E> {
        self.transact(permit, work)
    }

    /// Whether PostgreSQL answers.
    pub async fn answers(&self) -> bool {
        let probe = self.hop(|db| db.checkout()?.batch_execute("SELECT 1").map_err(Error::from));
        tokio::time::timeout(Duration::from_secs(2), probe).await.is_ok_and(|answer| answer.is_ok())
    }

    async fn hop<T, E, F>(&self, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
        F: FnOnce(&Db) -> Result<T, E> + Send + 'static,
    {
        let late = |what: &str| E::from(Error::Unavailable(format!("{what} in time")));
        let turn = match tokio::time::timeout(self.limits.turn, Arc::clone(&self.turns).acquire_owned()).await {
            Ok(Ok(turn)) => turn,
            _ => return Err(late("no turn")),
        };
        let db = self.clone();
        let job = tokio::task::spawn_blocking(move || {
            // The turn ends with the thread's work, not with the caller's patience.
            let _turn = turn;
            work(&db)
        });
        match tokio::time::timeout(self.limits.request, job).await {
            Ok(Ok(result)) => result,
            Ok(Err(_)) => Err(Error::Panicked.into()),
            Err(_) => Err(late("no answer")),
        }
    }

    fn checkout(&self) -> Result<PooledConnection<ConnectionManager<PgConnection>>, Error> {
        self.pool.get().map_err(|error| Error::Unavailable(error.to_string()))
    }

    fn transact<T, E: From<Error>>(&self, permit: &Permit, work: impl FnOnce(&mut Tx<'_>) -> Result<T, E>) -> Result<T, E> {
        self.transact_noting(permit, work, &mut false)
    }

    fn transact_noting<T, E: From<Error>>(
        &self,
        permit: &Permit,
        work: impl FnOnce(&mut Tx<'_>) -> Result<T, E>,
        again: &mut bool,
    ) -> Result<T, E> {
        let now = self.clock.now();
        let mut conn = self.begin(permit, now)?;
        let mut tx = Tx {
            conn: &mut conn,
            permit,
            now,
            today: crate::clock::london_day(now),
            shown: BTreeSet::new(),
            chance: self.chance.clone(),
            fences: self.fences,
            conflicted: false,
        };
        let result = work(&mut tx);
        *again = tx.conflicted;
        match result {
            Ok(value) => {
                tx.commit()?;
                Ok(value)
            }
            Err(error) => {
                // A connection that cannot even roll back is broken, and the pool drops it.
                if AnsiTransactionManager::rollback_transaction(&mut *conn).is_err() {
                    AnsiTransactionManager::transaction_manager_status_mut(&mut *conn).set_in_error();
                }
                Err(error)
            }
        }
    }

    /// Opens the transaction and sets the caller's context in one round trip. A connection that died in the pool is dropped
    /// and the next one tried.
    fn begin(&self, permit: &Permit, now: DateTime<Utc>) -> Result<PooledConnection<ConnectionManager<PgConnection>>, Error> {
        let grantees: Vec<_> = permit.grantees().into_iter().collect();
        let sql = format!(
            "BEGIN; SET LOCAL ehc.authority = '{}'; SET LOCAL ehc.reach = '{}'; SET LOCAL ehc.today = '{}'; SET LOCAL ehc.grantees = {}",
            permit.authority(),
            permit.reach().as_str(),
            crate::clock::london_day(now),
            literal(&array(&grantees)),
        );
        let mut last = Error::Unavailable("no connection".into());
        for _ in 0..=self.limits.connections {
            let mut conn = self.checkout()?;
            match AnsiTransactionManager::begin_transaction_sql(&mut *conn, &sql) {
                Ok(()) => return Ok(conn),
                Err(error) => {
                    AnsiTransactionManager::transaction_manager_status_mut(&mut *conn).set_in_error();
                    last = error.into();
                }
            }
        }
        Err(last)
    }
}

/// One transaction, in the context of one permit.
pub struct Tx<'a> {
    conn: &'a mut PgConnection,
    permit: &'a Permit,
    now: DateTime<Utc>,
    today: NaiveDate,
    shown: BTreeSet<Uuid>,
    chance: Chance,
    fences: Fences,
    conflicted: bool,
}

impl Tx<'_> {
    /// The connection; only `store` speaks to it.
    pub fn conn(&mut self) -> &mut PgConnection {
        self.conn
    }

    /// On whose behalf.
    pub fn permit(&self) -> &Permit {
        self.permit
    }

    /// The instant the transaction began, by the injected clock.
    pub fn now(&self) -> DateTime<Utc> {
        self.now
    }

    /// The London day it began.
    pub fn today(&self) -> NaiveDate {
        self.today
    }

    /// A new id.
    pub fn new_id<T: From<Uuid>>(&self) -> T {
        self.chance.id(self.now)
    }

    /// Where its ids and keys come from.
    pub fn chance(&self) -> &Chance {
        &self.chance
    }

    /// Notes that a child's data is in what will be answered.
    pub fn saw(&mut self, child: Uuid) {
        self.shown.insert(child);
    }

    /// Whether the scope in Rust lets every child of the authority through.
    pub fn sees_all(&self) -> bool {
        self.fences == Fences::RowLevelSecurityOnly || self.permit.reach() == Reach::Authority
    }

    /// From here on the authority's own journal acts for the caller: what is recorded is recorded for all who may see it.
    pub fn act_for_authority(&mut self) -> Result<(), Error> {
        if self.permit.reach() == Reach::Authority {
            return Ok(());
        }
        Ok(self.conn.batch_execute("SET LOCAL ehc.reach = 'authority'")?)
    }

    /// Back to what the caller may see, after [`Tx::act_for_authority`].
    pub fn act_for_caller(&mut self) -> Result<(), Error> {
        if self.permit.reach() == Reach::Authority {
            return Ok(());
        }
        Ok(self.conn.batch_execute("SET LOCAL ehc.reach = 'granted'")?)
    }

    /// Lifts the limits of time, for work that walks through everything.
    pub fn take_time(&mut self) -> Result<(), Error> {
        Ok(self.conn.batch_execute("SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0")?)
    }

    /// Turns a database error into ours, noting whether trying again from the start can help.
    pub fn sql<T>(&mut self, result: Result<T, Diesel>) -> Result<T, Error> {
        result.map_err(|error| {
            self.conflicted |= matches!(&error, Diesel::DatabaseError(DatabaseErrorKind::SerializationFailure, _))
                || matches!(&error, Diesel::DatabaseError(_, info) if info.message().contains("deadlock detected"));
            error.into()
        })
    }

    /// Commits, with the trail of whose data was shown in the same round trip.
    fn commit(self) -> Result<(), Error> {
        if self.shown.is_empty() {
            return Ok(AnsiTransactionManager::commit_transaction(self.conn)?);
        }
        let caller = self.permit.caller();
        let children: Vec<_> = self.shown.iter().map(Uuid::to_string).collect();
        let sql = format!(
            "INSERT INTO trail (authority, at, actor, capacity, organisation, operation, request_id, children) \
             VALUES ({}, {}, {}, {}, {}, {}, '{}', {}); COMMIT",
            self.permit.authority(),
            literal(&self.now.to_rfc3339()),
            literal(&caller.subject),
            literal(self.permit.capacity()),
            caller.organisation.as_ref().map_or("NULL".to_owned(), |organisation| literal(organisation.as_str())),
            literal(self.permit.ask().as_str()),
            caller.request_id,
            literal(&array(&children)),
        );
        // diesel asks libpq after each batch whether a transaction is open, so the manager and the pool know that this one ended.
        self.conn.batch_execute(&sql).map_err(|error| {
            AnsiTransactionManager::transaction_manager_status_mut(&mut *self.conn).set_in_error();
            error.into()
        })
    }
}

/// The one encoder of values into SQL text: a quoted literal.
fn literal(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 3);
    // The E form reads the same whatever standard_conforming_strings says.
    out.push_str(" E'");
    for c in text.chars().filter(|c| *c != '\0') {
        if c == '\'' || c == '\\' {
            out.push(c);
        }
        out.push(c);
    }
    out.push('\'');
    out
}

/// The text form of an array of texts.
fn array(values: &[String]) -> String {
    let quoted: Vec<_> = values.iter().map(|v| format!("\"{}\"", v.replace('\\', "\\\\").replace('"', "\\\""))).collect();
    format!("{{{}}}", quoted.join(","))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quote_or_a_backslash_cannot_end_a_literal() {
        assert_eq!(literal("O'Brien\\"), " E'O''Brien\\\\'");
        assert_eq!(array(&["a\"b\\".into(), "c".into()]), "{\"a\\\"b\\\\\",\"c\"}");
    }
}
