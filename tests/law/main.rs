//! Does the register give the dates that the sources give? Worked examples, every row's edges, and laws of counting.

mod checking;
mod counting;
mod edges;
mod engine;
mod explanation;
mod register;
mod vectors;
