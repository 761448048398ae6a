//! Runs the programs of the pages for people who come from Python: those in docs/python with the real interpreter, and beside
//! each the same program in Rust.

mod amap;
mod canvases;
mod guide;
mod python;
mod starting;
mod workers;

use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// What a command prints. It must succeed.
fn printed(command: &mut Command) -> String {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("it is UTF-8").replace("\r\n", "\n")
}
