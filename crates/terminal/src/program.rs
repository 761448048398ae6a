//! A program in a process of its own: run with a time limit, and ended together with every process that it has started.

mod dialogue;
mod reading;

pub use self::dialogue::{Dialogue, Silence};

use self::reading::Reading;
use crate::leftovers::leftovers;
use process_wrap::std::{ChildWrapper, CommandWrap};
use std::io;
use std::process::{Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

/// How long to wait for the rest of its output, if the program has ended but a child of it holds the output open.
const REST: Duration = Duration::from_secs(1);

/// How a program ended.
#[derive(Debug)]
pub enum Ran {
    /// By itself, or by a signal.
    Ended {
        /// Its exit status.
        status: ExitStatus,
        /// What it wrote to standard output: all of it, or the first 8 MiB and the last.
        stdout: String,
        /// What it wrote to standard error, likewise.
        stderr: String,
    },
    /// It was still running after its time, and was stopped.
    Hung,
}

/// Why there is no end of a program to report.
#[derive(Debug)]
pub enum NotRun {
    /// The user interrupted it.
    Interrupted,
    /// It could not be started or waited for.
    Failed(io::Error),
}

/// Runs the program, and calls `interrupted` again and again until it ends; each call should wait a moment. When this
/// returns, the program and the processes that it started have ended, unless, on Unix, one of them left the group.
///
/// # Errors
/// If the user interrupts, or the program cannot be started or waited for.
pub fn run(command: Command, input: Stdio, limit: Duration, interrupted: &dyn Fn() -> bool) -> Result<Ran, NotRun> {
    let mut running = Running::start(command, input).map_err(NotRun::Failed)?;
    if let Some(stream) = running.family.stdout().take() {
        running.stdout = Reading::start(stream).map_err(NotRun::Failed)?;
    }
    let begun = Instant::now();
    loop {
        if let Some(status) = running.process().try_wait().map_err(NotRun::Failed)? {
            let (stdout, stderr) = running.output();
            return Ok(Ran::Ended { status, stdout, stderr });
        }
        if begun.elapsed() >= limit {
            return Ok(Ran::Hung);
        }
        if interrupted() {
            return Err(NotRun::Interrupted);
        }
    }
}

/// A started process. Dropping it ends the process and its children.
#[derive(Debug)]
struct Running {
    /// The process with its children; killing it kills all of them.
    family: Box<dyn ChildWrapper>,
    stdout: Reading,
    stderr: Reading,
}

impl Running {
    fn start(mut command: Command, input: Stdio) -> io::Result<Self> {
        command.stdin(input).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut command = CommandWrap::from(command);
        with_children(&mut command);
        let mut leftovers = leftovers();
        let family = command.spawn()?;
        leftovers.groups.push(family.id());
        drop(leftovers);
        // If a reader cannot be started, dropping this ends the process.
        let mut running = Self { family, stdout: Reading::default(), stderr: Reading::default() };
        if let Some(stream) = running.family.stderr().take() {
            running.stderr = Reading::start(stream)?;
        }
        Ok(running)
    }

    /// The process without its children. We wait for it alone, because process-wrap also waits for the children. On Unix
    /// that fails if they become ours when the process ends, as in a container. On Windows it waits for a message of the
    /// job, which an earlier call may have taken already.
    fn process(&mut self) -> &mut dyn ChildWrapper {
        self.family.inner_mut()
    }

    /// All of standard output and of standard error, after the program has ended.
    fn output(&mut self) -> (String, String) {
        let Self { family, stdout, stderr } = self;
        let mut all = |output: &Reading| {
            if !output.ends_within(REST) {
                let _ = family.start_kill(); // a child is still alive and holds it open
                output.ends_within(REST); // a child that has left the family still holds it: we take what has come
            }
            output.text()
        };
        (all(stdout), all(stderr))
    }

    /// Kills the process with its children, and waits for it.
    fn end(&mut self) {
        let _ = self.family.start_kill(); // fails if all of them have ended
        let process = self.process();
        if matches!(process.try_wait(), Ok(None)) {
            let _ = process.start_kill(); // it may have left its group
        }
        let _ = process.wait(); // fails if it has been waited for
        let group = self.family.id();
        leftovers().groups.retain(|running| *running != group);
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.end();
    }
}

/// Makes a family of the process and its children: a group on Unix, a job on Windows. Ctrl-C on the terminal goes to all
/// processes of a group; these are in another one, because we end them ourselves.
fn with_children(command: &mut CommandWrap) {
    #[cfg(unix)]
    command.wrap(process_wrap::std::ProcessGroup::leader());
    #[cfg(windows)]
    {
        use process_wrap::std::{CreationFlags, JobObject};
        command.wrap(CreationFlags(windows::Win32::System::Threading::CREATE_NEW_PROCESS_GROUP)).wrap(JobObject);
    }
}

/// The signal that ended a process, if one did: `signal 6 (SIGABRT)`. Windows has no signals.
pub fn killed_with(status: ExitStatus) -> Option<String> {
    #[cfg(unix)]
    if let Some(signal) = std::os::unix::process::ExitStatusExt::signal(&status) {
        let name = nix::sys::signal::Signal::try_from(signal).map_or("unknown", nix::sys::signal::Signal::as_str);
        return Some(format!("signal {signal} ({name})"));
    }
    let _ = status;
    None
}

#[cfg(test)]
mod tests;
