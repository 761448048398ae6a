//! Chapter 15: what a move breaks, what a pin promises, and a future inside a future.

pub mod counted;
pub mod moves;
