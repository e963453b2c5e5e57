//! SQL. The only module that speaks diesel. Every statement that reads a child-bearing table carries the caller's scope.

pub mod journal;
mod scope;
mod statement;
mod views;
