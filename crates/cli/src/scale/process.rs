//! The process of a run as its parent sees it: its task, and what its end says about the run.

use crate::ending::wants_backtraces;
use crate::scale::answer::Measured;
use crate::scale::{Answer, Contestant, child, contestant::Way, python};
use paintdry_contenders::job::Dries;
use paintdry_contenders::python::dried;
use paintdry_core::thousands;
use paintdry_terminal::program::{self, NotRun, Ran, killed_with};
use paintdry_terminal::show::show;
use std::io::{self, Write};
use std::process::{Command, ExitStatus, Stdio};
use std::time::Duration;

/// The user does not want to wait any longer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Interrupted;

/// The process that runs `workload`, not yet started.
pub(crate) fn command(contestant: &Contestant, workload: &Dries) -> io::Result<Command> {
    if let Way::Python(word) = contestant.way {
        return Ok(python::command(word, workload));
    }
    let mut command = Command::new(std::env::current_exe()?);
    command.args([child::WORD, contestant.name]);
    command.args([workload.tasks.to_string(), workload.drying.as_nanos().to_string()]);
    Ok(command)
}

/// How long a process may take: far more than any runtime needs.
pub(crate) fn longest(ideal: Duration, tasks: usize) -> Duration {
    const START: Duration = Duration::from_secs(60);
    const FOR_A_TASK: Duration = Duration::from_micros(200);
    let for_tasks = FOR_A_TASK.saturating_mul(u32::try_from(tasks).unwrap_or(u32::MAX));
    ideal.saturating_mul(2).saturating_add(START).saturating_add(for_tasks)
}

/// Runs the process, and calls `interrupted` again and again until it has ended. If the user interrupts, the process is
/// ended and there is no answer.
pub(crate) fn run(
    command: Command,
    longest: Duration,
    read: &dyn Fn(&str) -> Option<Answer>,
    interrupted: &dyn Fn() -> bool,
) -> Result<Answer, Interrupted> {
    let program = command.get_program().to_string_lossy().into_owned();
    // It ends by itself when its standard input does, which we hold open: so nothing runs on when we are killed.
    Ok(match program::run(command, Stdio::piped(), longest, interrupted) {
        Ok(Ran::Ended { status, stdout, stderr }) => answer(status, read(&stdout), &stderr),
        Ok(Ran::Hung) => Answer::Hung(format!("its process was still running after {} and was killed", show(longest))),
        Err(NotRun::Interrupted) => return Err(Interrupted),
        Err(NotRun::Failed(error)) if program == python::PROGRAM && error.kind() == io::ErrorKind::NotFound => {
            Answer::NotRun(format!("there is no {program} on the PATH"))
        }
        Err(NotRun::Failed(error)) => Answer::Error(format!("its process {program} could not be run: {error}")),
    })
}

/// What the process of `contestant` answers; `None` if it does not.
pub(crate) fn read(contestant: &Contestant, workload: &Dries, output: &str) -> Option<Answer> {
    match contestant.way {
        Way::Python(_) => dried(output, *workload).map(|dried| dried.map(Measured::from).into()),
        Way::Contender(_) => last_line(output),
    }
}

/// The answer of a process that is this command.
pub(crate) fn last_line(output: &str) -> Option<Answer> {
    output.lines().last().and_then(|line| serde_json::from_str(line).ok())
}

/// What it answered, or what is wrong with it.
fn answer(status: ExitStatus, answer: Option<Answer>, stderr: &str) -> Answer {
    if wants_backtraces() && !matches!(answer, Some(Answer::Measured(_) | Answer::NotRun(_))) {
        let _ = io::stderr().write_all(stderr.as_bytes()); // fails if it has no reader any more
    }
    match answer {
        Some(answer) if status.success() => answer,
        _ => Answer::Error(without_answer(status, stderr)),
    }
}

fn without_answer(status: ExitStatus, stderr: &str) -> String {
    if let Some(signal) = killed_with(status) {
        let memory = if signal.contains("SIGKILL") { ", as the system does when memory runs out" } else { "" };
        return format!("its process was killed with {signal}{memory}{}", last_words(stderr));
    }
    let status =
        status.code().map_or("no exit status".to_owned(), |code| format!("exit status {}", grouped_code(code)));
    format!("its process ended with {status} and without an answer{}", last_words(stderr))
}

fn grouped_code(code: i32) -> String {
    u64::try_from(code).map_or_else(|_| code.to_string(), thousands)
}

/// What it said of its end: that memory ran out, or else its last line.
fn last_words(stderr: &str) -> String {
    let says_why = |line: &&str| !line.is_empty() && !line.starts_with("note: ");
    let lines = || stderr.lines().map(str::trim).filter(says_why);
    let out_of_memory = lines().find(|line| line.starts_with("memory allocation of "));
    out_of_memory.or_else(|| lines().next_back()).map_or(String::new(), |line| format!(": {line}"))
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn never() -> bool {
        std::thread::yield_now();
        false
    }

    /// Runs a shell with these commands as a run's process, and waits for it.
    fn shell(commands: &str, longest: Duration) -> Answer {
        let mut command = Command::new("sh");
        command.args(["-c", commands]);
        run(command, longest, &last_line, &never).expect("it is not interrupted")
    }

    fn error(commands: &str) -> String {
        match shell(commands, Duration::from_secs(60)) {
            Answer::Error(error) => error,
            other => panic!("{other:?} is no error"),
        }
    }

    #[test]
    fn the_last_line_is_the_answer() {
        let answer = shell("echo hello; echo '{\"not_run\":\"no brush\"}'", Duration::from_secs(60));
        assert_eq!(answer, Answer::NotRun("no brush".to_owned()));
    }

    #[test]
    fn an_end_without_answer_is_an_error_with_the_last_words() {
        assert_eq!(
            error("echo first >&2; echo no paint >&2; echo >&2; exit 7"),
            "its process ended with exit status 7 and without an answer: no paint"
        );
        assert_eq!(
            error("echo memory allocation of 192 bytes failed >&2; echo note: run again >&2; kill -ABRT $$"),
            "its process was killed with signal 6 (SIGABRT): memory allocation of 192 bytes failed"
        );
        assert_eq!(error("echo '{}'"), "its process ended with exit status 0 and without an answer");
        assert_eq!(
            error("echo '{\"not_run\":\"\"}'; exit 1"),
            "its process ended with exit status 1 and without an answer"
        );
        assert_eq!(
            error("kill -KILL $$"),
            "its process was killed with signal 9 (SIGKILL), as the system does when memory runs out"
        );
        assert_eq!(error("kill -ABRT $$"), "its process was killed with signal 6 (SIGABRT)");
    }

    #[test]
    fn one_that_hangs_is_ended() {
        let error = shell("exec sleep 3600", Duration::from_millis(1));
        assert_eq!(error, Answer::Hung("its process was still running after 1 ms and was killed".to_owned()));
    }

    #[test]
    fn an_interruption_ends_it_without_an_answer() {
        let mut command = Command::new("sleep");
        command.arg("3600");
        assert_eq!(run(command, Duration::MAX, &last_line, &|| true), Err(Interrupted));
    }

    #[test]
    fn what_cannot_be_started_says_so() {
        let missing =
            run(Command::new("/no/such/program"), Duration::MAX, &last_line, &never).expect("it is not interrupted");
        let Answer::Error(error) = missing else { panic!("{missing:?} is no error") };
        assert!(error.starts_with("its process /no/such/program could not be run: "), "{error}");
    }

    #[test]
    fn the_limit_grows_with_the_work() {
        let second = Duration::from_secs(1);
        assert_eq!(longest(10 * second, 1_000_000), 280 * second);
        assert!(longest(Duration::MAX, usize::MAX) == Duration::MAX);
    }
}
