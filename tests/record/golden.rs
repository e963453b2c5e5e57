//! Every kind of entry is stored as it was when its version was new: a golden file is never changed and never deleted.

use std::fs;
use std::path::PathBuf;

use ehc_casework::record::{Body, Entry, Fact};

use crate::worlds::{EVENT, day, entry, every_kind, id, other_shapes};

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden")
}

/// Every kind once, and beside it each other shape that its present version has.
fn every_shape() -> Vec<(String, Fact)> {
    let kinds = every_kind().into_iter().map(|fact| (String::new(), fact));
    kinds.chain(other_shapes().into_iter().map(|(shape, fact)| (format!("+{shape}"), fact))).collect()
}

#[test]
fn every_kind_is_written_as_its_golden_file_says() {
    for (shape, fact) in every_shape() {
        let path = folder().join(format!("{}.v{}{shape}.json", fact.kind(), Entry::VERSION));
        let text = Body::of(fact.clone()).to_text();
        if std::env::var_os("NEW_GOLDEN").is_some() && !path.exists() {
            fs::write(&path, format!("{text}\n")).unwrap();
        }
        let golden = fs::read_to_string(&path).unwrap_or_else(|_| {
            panic!("{} is missing: a new kind or version needs one (NEW_GOLDEN=1 writes it)", path.display())
        });
        assert_eq!(text, golden.trim_end(), "{}: the stored shape changed; that takes a new version", fact.kind());
    }
}

#[test]
fn every_golden_file_of_any_version_can_be_read() {
    let kinds: Vec<_> = every_shape().into_iter().map(|(_, fact)| fact).collect();
    let mut read = 0;
    for file in fs::read_dir(folder()).unwrap() {
        let path = file.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let (kind, version) = name.strip_suffix(".json").unwrap().rsplit_once(".v").unwrap();
        let (version, _) = version.split_once('+').unwrap_or((version, ""));
        let text = fs::read_to_string(&path).unwrap();
        let body = Body::from_text(kind, version.parse().unwrap(), text.trim_end()).unwrap();
        assert!(kinds.contains(&body.fact), "{name}");
        read += 1;
    }
    assert!(read >= kinds.len());
}

#[test]
fn what_is_not_an_entry_is_not_read_as_one() {
    assert!(Body::from_text("request_withdrawn", 1, r#"{"facts":{}}"#).is_err());
    assert!(Body::from_text("request_withdrawn", 2, r#"{"facts":{"case":"00000000-0000-0001-0000-000000000001"}}"#).is_err());
    assert!(Body::from_text("request_lost", 1, r#"{"facts":{}}"#).is_err());
}

#[test]
fn the_hash_covers_every_part_of_the_envelope() {
    let one = entry(1, id(EVENT, 1), Some(day(0)), every_kind().remove(2));
    let hash = one.hash(b"before");
    let changes: [fn(&mut Entry); 8] = [
        |e| e.position += 1,
        |e| e.seq += 1,
        |e| e.id = id(EVENT, 99),
        |e| e.occurred.on = Some(day(1)),
        |e| e.recorded_at += chrono::TimeDelta::microseconds(1),
        |e| e.by.actor.push('x'),
        |e| e.by.capacity.push('x'),
        |e| e.body.acknowledged.push("x".into()),
    ];
    for change in changes {
        let mut other = one.clone();
        change(&mut other);
        assert_ne!(other.hash(b"before"), hash);
    }
    assert_ne!(one.hash(b"after"), hash);
    assert_eq!(one.clone().hash(b"before"), hash);
}
