//! A statement written in SQL, prepared once per connection: what diesel's own `sql_query` would parse anew each time.

use std::any::TypeId;

use chrono::{DateTime, NaiveDate, Utc};
use diesel::pg::{Pg, PgConnection};
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::sql_types::{Array, BigInt, Binary, Bool, Date, Integer, Nullable, Text, Timestamptz, Untyped, Uuid as SqlUuid};
use diesel::{QueryResult, RunQueryDsl};
use uuid::Uuid;

/// A value for a placeholder.
#[derive(Debug, Clone)]
pub enum Bind {
    /// integer
    Int(i32),
    /// bigint
    Big(Option<i64>),
    /// boolean
    Bool(bool),
    /// text
    Text(Option<String>),
    /// uuid
    Uuid(Option<Uuid>),
    /// date
    Date(Option<NaiveDate>),
    /// timestamptz
    Instant(DateTime<Utc>),
    /// bytea
    Bytes(Vec<u8>),
    /// text[]
    Texts(Vec<String>),
    /// uuid[]
    Uuids(Vec<Uuid>),
}

macro_rules! from {
    ($($type:ty => |$v:ident| $bind:expr),+ $(,)?) => {$(
        impl From<$type> for Bind {
            fn from($v: $type) -> Self { $bind }
        }
    )+};
}

from! {
    i32 => |v| Bind::Int(v),
    i64 => |v| Bind::Big(Some(v)),
    Option<i64> => |v| Bind::Big(v),
    bool => |v| Bind::Bool(v),
    &str => |v| Bind::Text(Some(v.to_owned())),
    String => |v| Bind::Text(Some(v)),
    Option<String> => |v| Bind::Text(v),
    Uuid => |v| Bind::Uuid(Some(v)),
    Option<Uuid> => |v| Bind::Uuid(v),
    NaiveDate => |v| Bind::Date(Some(v)),
    Option<NaiveDate> => |v| Bind::Date(v),
    DateTime<Utc> => |v| Bind::Instant(v),
    Vec<u8> => |v| Bind::Bytes(v),
    Vec<String> => |v| Bind::Texts(v),
    Vec<Uuid> => |v| Bind::Uuids(v),
}

/// SQL text that never changes, and the values for its placeholders.
pub struct Statement {
    sql: &'static str,
    binds: Vec<Bind>,
    planned_anew: bool,
}

/// A statement; its values follow with [`Statement::bind`], in the order of `$1`, `$2`, ….
pub fn statement(sql: &'static str) -> Statement {
    Statement { sql, binds: Vec::new(), planned_anew: false }
}

impl Statement {
    /// The value of the next placeholder.
    pub fn bind(mut self, value: impl Into<Bind>) -> Self {
        self.binds.push(value.into());
        self
    }

    /// Planned for its values at each execution, not once per connection for any.
    pub fn planned_anew(mut self) -> Self {
        self.planned_anew = true;
        self
    }
}

impl QueryFragment<Pg> for Statement {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        if self.planned_anew {
            out.unsafe_to_cache_prepared();
        }
        out.push_sql(self.sql);
        for bind in &self.binds {
            match bind {
                Bind::Int(v) => out.push_bind_param_value_only::<Integer, _>(v)?,
                Bind::Big(v) => out.push_bind_param_value_only::<Nullable<BigInt>, _>(v)?,
                Bind::Bool(v) => out.push_bind_param_value_only::<Bool, _>(v)?,
                Bind::Text(v) => out.push_bind_param_value_only::<Nullable<Text>, _>(v)?,
                Bind::Uuid(v) => out.push_bind_param_value_only::<Nullable<SqlUuid>, _>(v)?,
                Bind::Date(v) => out.push_bind_param_value_only::<Nullable<Date>, _>(v)?,
                Bind::Instant(v) => out.push_bind_param_value_only::<Timestamptz, _>(v)?,
                Bind::Bytes(v) => out.push_bind_param_value_only::<Binary, _>(v)?,
                Bind::Texts(v) => out.push_bind_param_value_only::<Array<Text>, _>(v)?,
                Bind::Uuids(v) => out.push_bind_param_value_only::<Array<SqlUuid>, _>(v)?,
            }
        }
        Ok(())
    }
}

impl QueryId for Statement {
    // No id: the cache of prepared statements then goes by the text, which never changes.
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;

    fn query_id() -> Option<TypeId> {
        None
    }
}

impl Query for Statement {
    type SqlType = Untyped;
}

impl RunQueryDsl<PgConnection> for Statement {}
