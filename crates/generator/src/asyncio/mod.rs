//! What asyncio offers around a loop: time limits, groups, shields and requests to cancel. Each is made of the loop's own
//! tasks and futures. A program that uses none of it pays for none of it.

pub(crate) mod cancel_on_drop;

pub(crate) mod timeout;

pub(crate) mod wait;

pub(crate) mod shield;

pub(crate) mod notice;

pub(crate) mod cancel_request;

pub(crate) mod group;

pub(crate) mod unrolled;
