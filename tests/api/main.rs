//! The API as its users meet it: one binary against a real PostgreSQL, a database for each test, the app that production serves.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

mod contract;
mod habits;
mod integrity;
mod keys_and_versions;
mod migrations;
mod path;
mod record;
mod register;
