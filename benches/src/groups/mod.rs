//! The groups: each file has what its job needs on every runtime, and puts its contenders together.

pub mod paints;
pub mod spawns;
pub mod starts;
pub mod timers;
pub mod wakes;
pub mod yields;
