//! Tests of the real command, started as a user starts it.

mod completions;
mod diff;
mod diagnose;
mod doctor;
mod ending;
mod explore;
mod formats;
mod grade;
#[cfg(unix)]
mod interrupted;
mod large;
#[cfg(target_os = "linux")]
mod limits;
mod pages;
mod pictures;
mod scale;
mod started;
#[cfg(unix)]
mod status;
#[cfg(unix)]
mod surroundings;
#[cfg(unix)]
mod terminal;
mod usage;
mod watched;
