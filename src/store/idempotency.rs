//! The receipts of creating requests, by the client's key.

use diesel::sql_types::{Binary, Bool, Text};
use diesel::{OptionalExtension, QueryableByName, RunQueryDsl};

use super::statement::statement;
use crate::db::{Error, Tx};

/// Takes the key for this transaction; false when another transaction has it.
pub fn claim(tx: &mut Tx<'_>, operation: &str, key: &str) -> Result<bool, Error> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Bool)]
        claimed: bool,
    }
    let row =
        statement("SELECT pg_try_advisory_xact_lock(hashtextextended(concat_ws(chr(31), $1::text, $2, $3, $4), 1)) AS claimed")
            .bind(tx.permit().authority().0)
            .bind(tx.permit().caller().subject.clone())
            .bind(operation)
            .bind(key)
            .get_result::<Row>(tx.conn());
    Ok(tx.sql(row)?.claimed)
}

/// The fingerprint and receipt kept under a key.
pub fn find(tx: &mut Tx<'_>, operation: &str, key: &str) -> Result<Option<(Vec<u8>, String)>, Error> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Binary)]
        fingerprint: Vec<u8>,
        #[diesel(sql_type = Text)]
        receipt: String,
    }
    let row = statement(
        "SELECT fingerprint, receipt FROM idempotency WHERE authority = $1 AND actor = $2 AND operation = $3 AND key = $4",
    )
    .bind(tx.permit().authority().0)
    .bind(tx.permit().caller().subject.clone())
    .bind(operation)
    .bind(key)
    .get_result::<Row>(tx.conn())
    .optional();
    Ok(tx.sql(row)?.map(|row| (row.fingerprint, row.receipt)))
}

/// Keeps a receipt under a key.
pub fn keep(tx: &mut Tx<'_>, operation: &str, key: &str, fingerprint: &[u8], receipt: &str) -> Result<(), Error> {
    let done = statement(
        "INSERT INTO idempotency (authority, actor, operation, key, fingerprint, receipt, at) VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(tx.permit().authority().0)
    .bind(tx.permit().caller().subject.clone())
    .bind(operation)
    .bind(key)
    .bind(fingerprint.to_vec())
    .bind(receipt)
    .bind(tx.now())
    .execute(tx.conn());
    tx.sql(done).map(drop)
}
