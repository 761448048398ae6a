//! The checks, in the order in which the author of a runtime meets their promises.

pub(crate) mod running;
pub(crate) mod waking;
pub(crate) mod tasks;
pub(crate) mod sleeping;
pub(crate) mod yielding;
pub(crate) mod contract;
pub(crate) mod cancelling;
pub(crate) mod panicking;
pub(crate) mod closing;
pub(crate) mod load;
