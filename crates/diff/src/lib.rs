#![doc = include_str!("../README.md")]
//!
//! | item | what it is | file, in reading order |
//! |---|---|---|
//! | [`Run`] | a run, and what it is called | [`run.rs`] |
//! | inside | what each task did, in steps and in turns | [`lives.rs`], [`reading.rs`] |
//! | | which task of one run is which of the other | [`pairs.rs`] |
//! | | the step in which each task first differs, and which of these no other one causes | [`steps.rs`] |
//! | | the turn from which the order differs, and whose turn came before a step | [`order.rs`] |
//! | | the table of what is particular to each runtime | [`particular.rs`] |
//! | [`Reason`] | why a step or an order differs | [`reason.rs`] |
//! | inside | both as sentences | [`words.rs`], [`because.rs`] |
//! | [`Diff`] | the result | [`difference.rs`] |
//! | [`diff()`] | all of it together | [`compare.rs`] |
//! | [`group()`] | many runs | [`groups.rs`] |
//!
//! [`run.rs`]: ../src/paintdry_diff/run.rs.html
//! [`lives.rs`]: ../src/paintdry_diff/lives.rs.html
//! [`reading.rs`]: ../src/paintdry_diff/reading.rs.html
//! [`pairs.rs`]: ../src/paintdry_diff/pairs.rs.html
//! [`steps.rs`]: ../src/paintdry_diff/steps.rs.html
//! [`order.rs`]: ../src/paintdry_diff/order.rs.html
//! [`particular.rs`]: ../src/paintdry_diff/particular.rs.html
//! [`reason.rs`]: ../src/paintdry_diff/reason.rs.html
//! [`words.rs`]: ../src/paintdry_diff/words.rs.html
//! [`because.rs`]: ../src/paintdry_diff/because.rs.html
//! [`difference.rs`]: ../src/paintdry_diff/difference.rs.html
//! [`compare.rs`]: ../src/paintdry_diff/compare.rs.html
//! [`groups.rs`]: ../src/paintdry_diff/groups.rs.html

mod run;
pub use run::Run;

mod lives;

mod reading;

mod pairs;

mod steps;

mod order;

mod particular;

mod reason;
pub use reason::Reason;

mod words;

mod because;

mod difference;
pub use difference::{Diff, Difference, Side, Verdict};

mod compare;
pub use compare::diff;

mod groups;
pub use groups::{Between, Groups, group};
