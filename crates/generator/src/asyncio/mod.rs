//! What programs write around the loop: limits, groups, shields and cancel requests, each made of the loop's own tasks and
//! futures. A program that uses none of it pays for none of it. `choosing` is a second way to run
//! the loop, for those who try all orders.

pub(crate) mod cancel_on_drop;

pub(crate) mod timeout;

pub(crate) mod wait;

pub(crate) mod shield;

pub(crate) mod notice;

pub(crate) mod cancel_request;

pub(crate) mod group;

pub(crate) mod unrolled;
