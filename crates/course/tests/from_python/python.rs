//! Runs a program of docs/python in virtual time, so that it takes no time and prints the same at every run.

use crate::{printed, root};
use std::process::Command;

/// What the program prints, or `None` if this machine has no `python3` of 3.11 or later.
pub(crate) fn in_virtual_time(program: &str) -> Option<String> {
    let version = Command::new("python3").args(["-c", "import sys; sys.exit(sys.version_info < (3, 11))"]).output();
    if !version.is_ok_and(|output| output.status.success()) {
        println!("Left out: {program} needs a python3 of 3.11 or later.");
        return None;
    }
    let folder = root().join("docs/python");
    Some(printed(Command::new("python3").arg("-B").arg("in_virtual_time.py").arg(program).current_dir(folder)))
}

#[test]
fn a_program_that_hangs_in_virtual_time_says_so() {
    let hangs = tempfile::NamedTempFile::new().expect("a file");
    std::fs::write(&hangs, "import asyncio\nasync def main(): await asyncio.Event().wait()\nasyncio.run(main())")
        .expect("it is written");
    let folder = root().join("docs/python");
    let output =
        Command::new("python3").arg("-B").arg("in_virtual_time.py").arg(hangs.path()).current_dir(folder).output();
    let Ok(output) = output else {
        println!("Left out: there is no python3.");
        return;
    };
    assert!(String::from_utf8_lossy(&output.stderr).contains("the program hangs"), "{output:?}");
}
