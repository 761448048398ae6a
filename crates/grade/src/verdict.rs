//! One exercise: built, run, and judged.

use crate::build::{Built, build};
use crate::message::{cleaned, of_failed_test};
use crate::{Exercise, Verdict};
use paintdry_terminal::program::{NotRun, Ran, killed_with, run};
use paintdry_terminal::show::{show, shown_path};
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};
use std::time::Duration;

/// Which file of an exercise to judge, and how long it may run.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Judging<'a> {
    pub(crate) folder: &'a Path,
    pub(crate) solutions: bool,
    pub(crate) limit: Duration,
}

/// A verdict, and its reason unless the exercise passed.
pub(crate) type Judgement = (Verdict, Option<String>);

impl Judging<'_> {
    /// Builds the exercise and runs its tests. `doing` gets the current step, and returns whether the user
    /// interrupts.
    pub(crate) fn judge(&self, exercise: &Exercise, doing: &dyn Fn(&str) -> bool) -> Result<Judgement, NotRun> {
        let (path, bin) = if self.solutions {
            (exercise.solution_path(), format!("{}_sol", exercise.name))
        } else {
            (exercise.path(), exercise.name.clone())
        };
        if !self.folder.join(&path).is_file() {
            return Ok((Verdict::Missing, Some(format!("there is no {}", shown_path(&path)))));
        }
        let program = match build(self.folder, &bin, exercise.test, &|| doing("building"))? {
            Built::Program(program) => program,
            Built::DoesNotCompile(why) => return Ok((Verdict::DoesNotCompile, Some(why))),
            Built::Hung(why) => return Ok((Verdict::Hung, Some(why))),
        };
        let mut command = Command::new(program);
        command.current_dir(self.folder).env("CARGO_MANIFEST_DIR", self.folder);
        // Variables that would add to the messages, or print output while the tests run.
        command.env("RUST_BACKTRACE", "0").env_remove("RUST_LIB_BACKTRACE").env_remove("RUST_TEST_NOCAPTURE");
        let ran = match run(command, Stdio::null(), self.limit, &|| doing("running")) {
            // Something has made it another machine's program, or not executable: a matter of this exercise alone.
            Err(NotRun::Failed(error)) => {
                return Ok((Verdict::Failed, Some(format!("its program was built and cannot be started: {error}"))));
            }
            ran => ran?,
        };
        Ok(match ran {
            Ran::Hung => (Verdict::Hung, Some(format!("it had not ended after {}, and was stopped", show(self.limit)))),
            Ran::Ended { status, stdout, stderr } => match complaint(exercise.test, status, &stdout, &stderr) {
                Some(why) => (Verdict::Failed, Some(why)),
                None => (Verdict::Passed, None),
            },
        })
    }
}

/// Why a program that has ended has not passed.
fn complaint(tests: bool, status: ExitStatus, stdout: &str, stderr: &str) -> Option<String> {
    let how = match killed_with(status) {
        Some(signal) => format!("it was killed with {signal}"),
        None => format!("it ended with exit status {}", status.code().unwrap_or_default()),
    };
    match (tests, status.success()) {
        (false, true) => None,
        (false, false) => Some(last_words(stderr, &how)),
        // A harness that ended too early, by `process::exit(0)`, has not passed.
        (true, true) => match passed_tests(stdout) {
            Some(0) => Some("no test was run: put the tests of the exercise back".to_owned()),
            Some(_) => None,
            None => Some("its tests ended too early, as if all was well: something in it ends the process".to_owned()),
        },
        // Without a failed test, other code has ended the harness, such as the course's own watch for programs that hang.
        (true, false) => Some(of_failed_test(stdout).unwrap_or_else(|| last_words(stderr, &how))),
    }
}

/// A program's output, and how it ended.
fn last_words(stderr: &str, how: &str) -> String {
    let said = cleaned(stderr);
    if said.is_empty() { how.to_owned() } else { format!("{said}\n({how})") }
}

/// How many tests passed, if the harness ran to its end.
fn passed_tests(stdout: &str) -> Option<u64> {
    let result = stdout.lines().rev().find_map(|line| line.strip_prefix("test result: ok. "))?;
    result.split_once(" passed")?.0.parse().ok()
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::process::ExitStatusExt;

    fn complaint_of(tests: bool, status: i32, stdout: &str) -> Option<String> {
        complaint(tests, ExitStatus::from_raw(status), stdout, "no paint\n\n")
    }

    const EXIT_3: i32 = 3 << 8;

    #[test]
    fn tests_pass_if_they_are_run_to_their_end() {
        let ok = |passed| format!("running 1 test\n\ntest result: ok. {passed} passed; 0 failed; 0 ignored\n\n");
        assert_eq!(complaint_of(true, 0, &ok(1)), None);
        assert!(complaint_of(true, 0, &ok(0)).is_some_and(|why| why.starts_with("no test was run")));
        assert!(complaint_of(true, 0, "running 1 test\n").is_some_and(|why| why.contains("ended too early")));
        assert!(complaint_of(true, EXIT_3, &ok(1)).is_some_and(|why| why.ends_with("(it ended with exit status 3)")));
    }

    #[test]
    fn without_tests_it_is_enough_to_run() {
        assert_eq!(complaint_of(false, 0, ""), None);
        let said = complaint_of(false, EXIT_3, "");
        assert_eq!(said.as_deref(), Some("no paint\n(it ended with exit status 3)"));
        let killed = complaint(true, ExitStatus::from_raw(6), "", "");
        assert_eq!(killed.as_deref(), Some("it was killed with signal 6 (SIGABRT)"));
    }
}
