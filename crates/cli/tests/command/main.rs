//! Tests of the real command, started as a user starts it.

mod ending;
mod exercises;
mod formats;
mod scale;
mod started;
mod usage;
mod watched;
