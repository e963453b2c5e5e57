//! The architecture as data: who may import whom, and what keeps a tree readable. No database; reads the sources as text.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// A module of the library: what it may import of ours, and which frameworks it may speak.
struct Module {
    name: &'static str,
    ours: &'static [&'static str],
    frameworks: &'static [&'static str],
}

/// Crates whose use is a matter of layers. Others (chrono, uuid, serde, log …) are free everywhere.
const FRAMEWORKS: &[&str] = &[
    "actix_cors",
    "actix_multipart",
    "actix_web",
    "clamav_client",
    "clap",
    "diesel",
    "diesel_migrations",
    "env_logger",
    "hmac",
    "indicatif",
    "infer",
    "jsonschema",
    "jsonwebtoken",
    "maud",
    "object_store",
    "rand",
    "rustix",
    "sha2",
    "tokio",
    "ureq",
    "utoipa",
    "utoipa_actix_web",
    "utoipa_swagger_ui",
    "zip",
];

/// Imports point one way: main → api → pages → service → store → db, and all of those may use access → record → law.
const MODULES: &[Module] = &[
    Module { name: "law", ours: &[], frameworks: &["utoipa"] },
    Module { name: "record", ours: &["law"], frameworks: &["utoipa", "sha2", "hmac"] },
    Module { name: "access", ours: &["record", "law"], frameworks: &["utoipa"] },
    Module { name: "clock", ours: &[], frameworks: &[] },
    Module { name: "chance", ours: &[], frameworks: &["rand"] },
    Module { name: "db", ours: &["access", "clock", "chance"], frameworks: &["diesel", "tokio"] },
    Module { name: "files", ours: &[], frameworks: &["object_store", "infer", "clamav_client", "sha2", "tokio"] },
    Module { name: "store", ours: &["db", "access", "record", "law"], frameworks: &["diesel", "diesel_migrations"] },
    Module {
        name: "service",
        ours: &["store", "files", "db", "access", "record", "law", "clock", "chance"],
        frameworks: &["utoipa", "sha2"],
    },
    Module { name: "pages", ours: &["service", "record", "law", "clock"], frameworks: &["actix_web", "maud"] },
    Module { name: "documents", ours: &["record", "law"], frameworks: &["maud", "zip"] },
    Module {
        name: "api",
        ours: &["pages", "documents", "service", "files", "db", "access", "record", "law", "clock"],
        frameworks: &[
            "actix_web",
            "actix_cors",
            "actix_multipart",
            "utoipa",
            "utoipa_actix_web",
            "utoipa_swagger_ui",
            "jsonschema",
            "jsonwebtoken",
            "sha2",
            "ureq",
            "rand",
            "tokio",
        ],
    },
    Module { name: "config", ours: &["access", "api", "files"], frameworks: &[] },
    Module { name: "logging", ours: &["api"], frameworks: &["env_logger"] },
    Module { name: "postgres", ours: &[], frameworks: &["rustix", "clap", "diesel", "sha2", "rand", "tokio"] },
    Module {
        name: "demo",
        ours: &["api", "service", "store", "db", "access", "record", "law", "clock", "chance"],
        frameworks: &["rand", "indicatif", "sha2"],
    },
    Module {
        name: "serve",
        ours: &["api", "service", "store", "files", "db", "access", "record", "clock", "chance", "config", "postgres"],
        frameworks: &["actix_web", "tokio", "ureq"],
    },
];

/// Names that say nothing.
const EMPTY_NAMES: &[&str] = &["utils", "util", "helpers", "helper", "common", "misc", "types", "stuff"];

/// Lines a source file may have before it becomes two.
const LINES: usize = 500;

/// Lists that are longer: every table, and every kind of fact, each of which is one type.
const LISTS: &[&str] = &["store/schema.rs", "record/fact.rs"];

#[test]
fn imports_point_one_way() {
    let mut faults = Vec::new();
    for file in sources("src") {
        let Some(module) = module_of(&file) else { continue };
        let rule = MODULES.iter().find(|m| m.name == module).unwrap_or_else(|| {
            panic!(
                "{}: module `{module}` is not in the table of tests/architecture.rs; say there what it may import",
                file.display()
            )
        });
        for (number, line) in code_lines(&file) {
            for other in MODULES.iter().filter(|m| m.name != module) {
                if line.contains(&format!("crate::{}", other.name))
                    && names(&line, "crate::", other.name)
                    && !rule.ours.contains(&other.name)
                {
                    faults.push(format!(
                        "{}:{number}: `{module}` may not import `{}` (it may: {}); the code belongs further out, or what it needs further in",
                        file.display(), other.name, rule.ours.join(", ")
                    ));
                }
            }
            for framework in FRAMEWORKS {
                if names(&line, "", framework) && line.contains(&format!("{framework}::")) && !rule.frameworks.contains(framework)
                {
                    faults.push(format!("{}:{number}: `{module}` may not speak `{framework}`", file.display()));
                }
            }
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn every_file_says_what_it_is_for_and_stays_a_room() {
    let mut faults = Vec::new();
    for file in sources("src").into_iter().chain(sources("tests")).chain(sources("benches")) {
        let text = fs::read_to_string(&file).unwrap();
        let name = file.display();
        if !text.starts_with("//!") && !file.ends_with("store/schema.rs") {
            faults.push(format!("{name}: begin with one sentence (//!) that says which question the file answers"));
        }
        let lines = text.lines().count();
        if lines > LINES && !LISTS.iter().any(|list| file.ends_with(list)) {
            faults.push(format!("{name}: {lines} lines; a file of more than {LINES} has become two"));
        }
        let stem = file.file_stem().unwrap().to_string_lossy().into_owned();
        if EMPTY_NAMES.contains(&stem.as_str()) {
            faults.push(format!("{name}: `{stem}` says nothing; name what it holds"));
        }
        for forbidden in ["TO\u{44}O", "FIX\u{4d}E", "db\u{67}!(", "#[ignor\u{65}"] {
            if text.contains(forbidden) {
                faults.push(format!("{name}: holds `{forbidden}`"));
            }
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn every_file_is_reached() {
    let mut faults = Vec::new();
    for file in sources("src") {
        let folder = file.parent().unwrap();
        let stem = file.file_stem().unwrap().to_string_lossy().into_owned();
        if ["lib", "main"].contains(&stem.as_str()) {
            continue;
        }
        let (name, parents) = if stem == "mod" {
            let above = folder.parent().unwrap();
            (folder.file_name().unwrap().to_string_lossy().into_owned(), vec![above.join("mod.rs"), above.join("lib.rs")])
        } else {
            (stem, vec![folder.join("mod.rs"), folder.join("lib.rs")])
        };
        let declared = parents.iter().filter_map(|p| fs::read_to_string(p).ok()).any(|text| {
            text.lines().any(|line| {
                line.trim_start_matches("pub ").trim_start_matches("pub(crate) ").starts_with(&format!("mod {name};"))
            })
        });
        if !declared {
            faults.push(format!("{}: no `mod {name};` reaches it", file.display()));
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn the_map_in_lib_rs_names_every_module_of_the_table() {
    let lib = fs::read_to_string(root().join("src/lib.rs")).unwrap();
    let named: BTreeSet<_> = lib.lines().filter_map(|l| l.strip_prefix("pub mod ")).filter_map(|l| l.split(';').next()).collect();
    let table: BTreeSet<_> = MODULES.iter().map(|m| m.name).collect();
    assert_eq!(named, table);
}

#[test]
fn the_readme_names_only_what_there_is_and_every_variable() {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    let mut faults = Vec::new();
    for word in readme.split('`').skip(1).step_by(2) {
        let is_path = ["src/", "tests/", "bin/", "benches/", "migrations/", "openapi/", "docs/", ".ci/"]
            .iter()
            .any(|p| word.starts_with(p));
        if is_path && !word.contains(['*', '<', ' ']) && !root().join(word).exists() {
            faults.push(format!("README.md names `{word}`, which is not there"));
        }
    }
    for variable in ehc_casework::config::VARIABLES {
        if !readme.contains(&format!("`{}`", variable.name)) {
            faults.push(format!("README.md does not name the variable `{}`", variable.name));
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

/// The first module of a file below `src`.
fn module_of(file: &Path) -> Option<String> {
    let inside = file.strip_prefix(root().join("src")).ok()?;
    let first = inside.components().next()?.as_os_str().to_string_lossy().into_owned();
    let name = first.trim_end_matches(".rs").to_owned();
    (!["lib", "main"].contains(&name.as_str())).then_some(name)
}

/// Whether `name` stands in the line as a word of its own after `prefix`.
fn names(line: &str, prefix: &str, name: &str) -> bool {
    let wanted = format!("{prefix}{name}");
    line.match_indices(&wanted).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let after = line[at + wanted.len()..].chars().next();
        let word = |c: char| c.is_alphanumeric() || c == '_';
        !before.is_some_and(|c| word(c) || (prefix.is_empty() && c == ':')) && !after.is_some_and(word)
    })
}

/// Lines without comments, with their numbers, up to the tests of the file, which may build a world of their own.
fn code_lines(file: &Path) -> Vec<(usize, String)> {
    let text = fs::read_to_string(file).unwrap();
    if file.components().any(|c| c.as_os_str() == "tests" || c.as_os_str() == "tests.rs") {
        return Vec::new();
    }
    let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    code.lines().enumerate().map(|(at, line)| (at + 1, line.split("//").next().unwrap_or_default().to_owned())).collect()
}

fn sources(folder: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![root().join(folder)];
    while let Some(dir) = open.pop() {
        let Ok(entries) = fs::read_dir(&dir) else { continue };
        for entry in entries {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}
