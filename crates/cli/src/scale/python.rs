//! The peers in Python, which a script runs.

use crate::scale::ScaleWorkload;
use std::process::Command;

/// The names of the rows, and the words by which the script knows them.
pub(crate) const WORDS: [(&str, &str); 3] =
    [("python-generators", "generators"), ("python-asyncio", "asyncio"), ("python-uvloop", "uvloop")];

pub(crate) const PROGRAM: &str = "python3";

const SCRIPT: &str = include_str!("../../assets/scale/sleepers.py");

/// The process that does `workload` in the way of `word`.
pub(crate) fn command(word: &str, workload: &ScaleWorkload) -> Command {
    let mut command = Command::new(PROGRAM);
    command.args(["-c", SCRIPT, word, &workload.tasks.to_string(), &workload.drying.as_nanos().to_string()]);
    command
}
