//! What the loop is built of: data structures, and the wakers for futures that know nothing of it. On first reading, take
//! them as given; the first sentence of each file says what it gives.

pub(crate) mod task;

pub(crate) mod first_panic;

pub(crate) mod queue;

pub(crate) mod table;

pub(crate) mod timers;

pub(crate) mod lending;

pub(crate) mod remote;
