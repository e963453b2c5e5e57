//! What every test stands on.

mod app;
mod database;

pub use app::{Client, Reply, TestApp};
pub use database::{TestDatabase, owner_url};
