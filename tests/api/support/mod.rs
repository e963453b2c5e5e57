//! What every test stands on.

mod any_casework;
mod any_placement;
mod app;
mod casework;
mod database;
mod html;
pub mod log;
mod upload;

pub use any_casework::any_casework;
pub use app::{Client, Reply, TestApp, at, staff_id, subject};
pub use casework::request_for;
pub use database::{TestDatabase, owner_url};
pub use html::{Element, Html};
pub use upload::{PDF, with_form};
