//! The front door of the exercises, and their check for teachers.

mod info;
use info::Exercise;

mod folder;
use folder::Folder;

mod state;

mod environment;

mod overview;

mod message;

mod build;

mod verdict;

mod check;
use check::{Checks, Plan, check};

mod report;
use report::{CheckReport, Checked, Verdict};

mod page;

mod junit;

mod command;
pub(crate) use command::exercises_job;

mod args;
pub(crate) use args::{EXAMPLES, ExercisesArgs};

/// The version of rustlings that the exercises are tested with, and which is proposed.
const RUSTLINGS: &str = "6.5.0";

/// What glyphs and words stand for, wherever they are printed.
const DONE: char = '✓';
const WRONG: char = '✗';
const NEXT: char = '▶';
const OPEN: char = '·';

/// The version of the JSON of both commands.
const SCHEMA: u32 = 1;
