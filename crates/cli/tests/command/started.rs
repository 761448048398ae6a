//! Starting the command, and reading what it says.

use serde_json::Value;
use std::process::{Command, Output};

/// The built-in runtimes, in the order of the table.
pub(crate) const RUNTIMES: [&str; 8] =
    ["blocking", "threads", "generator", "tokio", "tokio-multi", "async-std", "smol", "smol-global"];

/// The command with these words as its arguments, in a default environment.
pub(crate) fn paintdry(arguments: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_paintdry"));
    command.args(arguments.split_whitespace());
    for variable in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "RUST_BACKTRACE", "TOKIO_WORKER_THREADS"] {
        command.env_remove(variable);
    }
    command
}

/// Runs the command to its end.
pub(crate) fn run(arguments: &str) -> Output {
    paintdry(arguments).output().expect("the command starts")
}

/// Runs the command, which must succeed and print nothing on standard error, and returns its standard output.
pub(crate) fn stdout(arguments: &str) -> String {
    let output = run(arguments);
    assert_eq!(text(&output.stderr), "", "off a terminal there is nothing but the result");
    assert_eq!(output.status.code(), Some(0), "paintdry {arguments}");
    text(&output.stdout)
}

/// [`stdout`] as JSON.
pub(crate) fn json(arguments: &str) -> Value {
    serde_json::from_str(&stdout(&format!("{arguments} --format json"))).expect("it is JSON")
}

/// What the command wrote, as text.
pub(crate) fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("it is UTF-8")
}
