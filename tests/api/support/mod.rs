//! What every test stands on.

mod app;
mod casework;
mod database;

pub use app::{Client, Reply, TestApp, staff_id};
pub use casework::request_for;
pub use database::{TestDatabase, owner_url};
