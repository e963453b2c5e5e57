//! The API as its users meet it: one binary against a real PostgreSQL, a database for each test, the app that production serves.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

mod advice;
mod advice_capacity;
mod advice_quality;
mod advice_queue;
mod bucket;
mod concerns;
mod contacts;
mod contract;
mod corrections;
mod documents;
mod at_risk;
mod covers;
mod delay_letters;
mod drafts;
mod endpoints;
mod everything;
mod exceptions;
mod families;
mod fences;
mod habits;
mod intake;
mod integrity;
mod keys_and_versions;
mod likeness;
mod messages;
mod migrations;
mod naming;
mod notices;
mod pages;
mod operations;
mod death;
mod papers;
mod path;
mod placements;
mod people;
mod stories;
mod record;
mod referrals;
mod refusals;
mod register;
mod reminders;
mod request_forms;
mod rights;
mod schools;
mod sealing;
mod since;
mod secrets;
mod statements;
mod takeover;
mod trail;
mod workloads;
mod worklist;
