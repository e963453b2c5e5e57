//! SQL. The only module that speaks diesel. Every statement that reads a child-bearing table carries the caller's scope.

pub mod advice;
pub mod advice_capacity;
pub mod audit;
pub mod cases;
pub mod children;
pub mod closures;
pub mod covers;
pub mod concerns;
pub mod directory;
pub mod duplicates;
pub mod duties;
pub mod idempotency;
pub mod integrity;
pub mod journal;
pub mod migrations;
pub mod notices;
pub mod panel_statistics;
pub mod panels;
pub mod plans;
pub mod referrals;
pub mod request_forms;
pub mod statistics;
mod schema;
mod scope;
mod statement;
pub mod views;
pub mod worklist;
