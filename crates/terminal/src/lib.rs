#![doc = include_str!("../README.md")]
//!
//! | module | what it is for |
//! |---|---|
//! | [`show`] | durations, counts, paths and long texts, as people read them |
//! | [`output`] | a result goes to standard output, or to a file that is whole or not there |
//! | [`live`] | a picture of a few lines that is drawn again and again |
//! | [`signals`] | signals that end the process, and whether one is ignored |
//! | [`leftovers`] | what would be left if the process ended now |
//! | [`program`] | another program, with a time limit, ended with all that it has started |

pub mod leftovers;
pub mod live;
pub mod output;
pub mod program;
pub mod show;
pub mod signals;
