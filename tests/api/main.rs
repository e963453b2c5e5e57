//! The API as its users meet it: one binary against a real PostgreSQL, a database for each test, the app that production serves.

mod support;

mod contract;
mod habits;
mod integrity;
mod migrations;
mod path;
mod stories;
mod record;
