//! Runs a program of docs/python in virtual time, so that it takes no time and prints the same at every run.

use crate::{printed, root};
use std::process::Command;

/// Whether this machine has a `python3` of 3.11 or later.
pub(crate) fn is_there() -> bool {
    let version = Command::new("python3").args(["-c", "import sys; sys.exit(sys.version_info < (3, 11))"]).output();
    version.is_ok_and(|output| output.status.success())
}

/// What the program prints, or `None` if there is no Python.
pub(crate) fn in_virtual_time(program: &str) -> Option<String> {
    if !is_there() {
        println!("Left out: {program} needs a python3 of 3.11 or later.");
        return None;
    }
    let folder = root().join("docs/python");
    Some(printed(Command::new("python3").args(["-B", "in_virtual_time.py", program]).current_dir(folder)))
}

#[test]
fn a_program_that_hangs_in_virtual_time_says_so() {
    if !is_there() {
        println!("Left out: there is no python3 of 3.11 or later.");
        return;
    }
    let hangs = tempfile::NamedTempFile::new().expect("a file");
    let program = "import asyncio\nasync def main(): await asyncio.Event().wait()\nasyncio.run(main())";
    std::fs::write(&hangs, program).expect("it is written");
    let folder = root().join("docs/python");
    let mut python = Command::new("python3");
    let output = python.args(["-B", "in_virtual_time.py"]).arg(hangs.path()).current_dir(folder).output();
    let said = String::from_utf8_lossy(&output.expect("it starts").stderr).into_owned();
    assert!(said.contains("the program hangs"), "{said}");
}
