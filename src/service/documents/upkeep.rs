//! What is done with files beside requests: those that wait are scanned, and those that nobody filed are removed.

use chrono::TimeDelta;

use crate::access::Permit;
use crate::db::{Db, Tx};
use crate::files::{Files, Key, Verdict};
use crate::record::FileId;
use crate::service::Error;
use crate::store::files;

/// How long a file may take from its first byte until it is filed. What was not by then never will be.
const ARRIVES_WITHIN: TimeDelta = TimeDelta::hours(1);

/// Files looked at in one go.
const AT_A_TIME: i64 = 500;

/// Has one file scanned and keeps what was found. Where the daemon does not answer the file goes on waiting.
pub async fn scan(db: &Db, files: &Files, permit: Permit, file: FileId) -> Result<bool, Error> {
    let key = Key { authority: permit.authority().0, file: file.0 };
    match files.scan(key).await {
        Ok(Some(verdict)) => {
            let infected = verdict == Verdict::Infected;
            let judged = move |tx: &mut Tx<'_>| {
                // What was found is true for everybody, whoever sent the file.
                tx.act_for_authority()?;
                Ok::<_, Error>(files::judge(tx, file, infected)?)
            };
            db.write(permit, judged).await?;
            if infected {
                log::warn!(target: "files", "file {file}: infected");
            }
            Ok(true)
        }
        Ok(None) => Ok(false),
        Err(error) => {
            log::warn!(target: "files", "file {file} waits to be scanned: {error}");
            Ok(false)
        }
    }
}

/// Has every file of an authority scanned that waits for it, the earliest first.
pub async fn scan_waiting(db: &Db, files: &Files, permit: &Permit) -> Result<(), Error> {
    if !files.scans() {
        return Ok(());
    }
    let waiting = db.read(permit.clone(), |tx| files::unscanned(tx, AT_A_TIME).map_err(Error::from)).await?;
    for file in waiting {
        // One that cannot be scanned must not hold up the others; a daemon that is away holds up all.
        if !scan(db, files, permit.clone(), file).await? && files.health().await.scanning != Some(true) {
            break;
        }
    }
    Ok(())
}

/// Removes the files of an authority that began to arrive and were never filed: their uploads broke off, or were refused.
pub async fn sweep(db: &Db, files: &Files, permit: &Permit) -> Result<(), Error> {
    let before = db.clock().now() - ARRIVES_WITHIN;
    let never = db.read(permit.clone(), move |tx| files::never_filed(tx, before, AT_A_TIME).map_err(Error::from)).await?;
    for file in never {
        discard(db, files, permit.clone(), file).await?;
    }
    Ok(())
}

/// Removes a file that arrived and is not to be filed; one that was filed stays. Its row goes last, so that a file which could not
/// be removed is found again.
pub async fn discard(db: &Db, files: &Files, permit: Permit, file: FileId) -> Result<(), Error> {
    let key = Key { authority: permit.authority().0, file: file.0 };
    if !db.write(permit.clone(), move |tx| files::drop_unfiled(tx, file).map_err(Error::from)).await? {
        return Ok(());
    }
    if let Err(error) = files.remove(key).await {
        log::warn!(target: "files", "file {file} is removed later: {error}");
        return Ok(());
    }
    db.write(permit, move |tx| files::forget(tx, file).map_err(Error::from)).await
}
