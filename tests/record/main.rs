//! The record without a database: every kind of entry in its stored shape, what stands, what contradicts, what is of concern.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod consultations;
mod drafts;
mod advice;
mod amendment_shapes;
mod exception;
mod golden;
mod offers;
mod panels;
mod placement_shapes;
mod reversals;
mod review_shapes;
mod standing;
mod worlds;
