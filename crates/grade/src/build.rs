//! Builds one exercise with cargo, as rustlings does, and reads the compiler's messages.

use crate::message::cleaned;
use paintdry_terminal::program::{NotRun, Ran, run};
use paintdry_terminal::show::{printable, show};
use serde::Deserialize;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

/// How long a build may take: far more than the first one, with all dependencies, takes anywhere.
const LONGEST: Duration = Duration::from_secs(30 * 60);

/// The result of a build.
#[derive(Debug)]
pub(crate) enum Built {
    /// The program to run.
    Program(PathBuf),
    /// Why there is no program.
    DoesNotCompile(String),
    Hung(String),
}

/// A line of cargo's JSON output; only the fields that matter here.
#[derive(Debug, Deserialize)]
#[serde(tag = "reason", rename_all = "kebab-case")]
enum Line {
    CompilerMessage {
        message: Diagnostic,
    },
    CompilerArtifact {
        target: Target,
        executable: Option<PathBuf>,
    },
    #[serde(other)]
    Other,
}

#[derive(Debug, Deserialize)]
struct Diagnostic {
    level: String,
    rendered: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Target {
    name: String,
}

/// A cargo command in `folder`, without colours.
pub(crate) fn cargo(folder: &Path, subcommand: &str) -> Command {
    let mut command = Command::new("cargo");
    command.args([subcommand, "--quiet", "--color", "never"]).current_dir(folder);
    command
}

/// Builds the tests of the program `bin`, or the program itself.
pub(crate) fn build(folder: &Path, bin: &str, tests: bool, interrupted: &dyn Fn() -> bool) -> Result<Built, NotRun> {
    let mut command = if tests { cargo(folder, "test") } else { cargo(folder, "build") };
    command.args(["--bin", bin, "--message-format", "json"]);
    if tests {
        command.arg("--no-run");
    }
    Ok(match run(command, Stdio::null(), LONGEST, interrupted)? {
        Ran::Hung => Built::Hung(format!("the compiler had not ended after {}, and was stopped", show(LONGEST))),
        Ran::Ended { status, stdout, stderr } => match program(&stdout, bin) {
            Some(program) if status.success() => Built::Program(program),
            _ => Built::DoesNotCompile(first_error(&stdout, &stderr)),
        },
    })
}

fn lines(stdout: &str) -> impl Iterator<Item = Line> + '_ {
    stdout.lines().filter_map(|line| serde_json::from_str(line).ok())
}

fn program(stdout: &str, bin: &str) -> Option<PathBuf> {
    let of_bin = |line| match line {
        Line::CompilerArtifact { target, executable } if target.name == bin => executable,
        _ => None,
    };
    lines(stdout).filter_map(of_bin).last()
}

/// The compiler's first error, or else cargo's.
fn first_error(stdout: &str, stderr: &str) -> String {
    let error = lines(stdout).find_map(|line| match line {
        Line::CompilerMessage { message } if message.level.starts_with("error") => message.rendered,
        _ => None,
    });
    cleaned(&error.unwrap_or_else(|| cargos_error(stderr)))
}

/// Cargo's message from its first error on.
pub(crate) fn cargos_error(stderr: &str) -> String {
    let text = printable(stderr);
    let error = text.find("error").map_or(text.as_str(), |start| &text[start..]);
    cleaned(error.strip_prefix("error: ").unwrap_or(error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_error_and_no_warning() {
        let message = |level: &str, text: &str| {
            let message = serde_json::json!({ "level": level, "rendered": text, "message": "other" });
            serde_json::json!({ "reason": "compiler-message", "message": message }).to_string() + "\n"
        };
        let stdout =
            message("warning", "warning: unused") + "no JSON\n" + &message("error", "error[E0308]: mismatched\n\n");
        assert_eq!(
            first_error(&(stdout + &message("error", "error: second")), "error: could not"),
            "error[E0308]: mismatched"
        );
        let of_cargo = "warning: old\nerror: no bin target named `d` in default-run packages\n\nhelp: a\n";
        assert_eq!(first_error("", of_cargo), "no bin target named `d` in default-run packages\n\nhelp: a");
    }

    #[test]
    fn the_program_is_that_of_the_exercise() {
        let artifact = |name: &str, executable: Option<&str>| {
            let target = serde_json::json!({ "name": name });
            serde_json::json!({ "reason": "compiler-artifact", "target": target, "executable": executable }).to_string()
                + "\n"
        };
        let stdout =
            artifact("paint1", None) + &artifact("paint1", Some("/deps/paint1-7")) + &artifact("other", Some("/o"));
        assert_eq!(program(&stdout, "paint1").as_deref(), Some(Path::new("/deps/paint1-7")));
        assert_eq!(program("{\"reason\":\"build-finished\",\"success\":true}", "paint1"), None);
    }
}
