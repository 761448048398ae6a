//! Builds the command `paintdry`, as its own tests do.

use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// The executable of the command, built once from what is in the workspace now.
///
/// # Panics
///
/// If it cannot be built.
pub fn program() -> &'static Path {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    PROGRAM.get_or_init(build)
}

// Cargo tells a test where the executables of its own package are, and nothing about those of another one. In the words of
// `cargo test --workspace` nothing is compiled again: `build` would have other features, and so all dependencies anew.
fn build() -> PathBuf {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["test", "--no-run", "--workspace", "--test", "command", "--message-format", "json"]);
    let output = cargo.current_dir(env!("CARGO_MANIFEST_DIR")).output().expect("cargo starts");
    assert!(output.status.success(), "paintdry is built: {}", String::from_utf8_lossy(&output.stderr));
    let messages = String::from_utf8(output.stdout).expect("cargo writes text");
    let made = messages.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let mut commands =
        made.filter(|message| message["target"]["name"] == "paintdry" && message["target"]["kind"][0] == "bin");
    let command = commands.next().expect("the tests of the command have built it");
    command["executable"].as_str().expect("cargo says where it is").into()
}
