//! A program that is not ours: run with a time limit, and ended with all that it has started.

use crate::scale::apart_from_ctrl_c;
use std::io::{self, Read};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant};

/// How much of what it says is kept; more would only fill the memory.
const MOST_BYTES: u64 = 16 << 20;

/// How long to wait for the rest of what it said, when it has ended but somebody else holds its output open.
const REST: Duration = Duration::from_secs(1);

/// What became of it.
#[derive(Debug)]
pub(super) enum Ran {
    Ended {
        status: ExitStatus,
        stdout: String,
        stderr: String,
    },
    /// It had not ended after its time, and was ended.
    Hung,
}

/// Why there is nothing to say of it.
#[derive(Debug)]
pub(super) enum NotRun {
    /// Somebody does not want to wait any longer.
    Interrupted,
    /// It could not be started or waited for.
    Failed(io::Error),
}

/// Runs the program, and asks again and again whether somebody interrupts, which waits a moment each time. It has no
/// input. When this returns, it and its children have ended, unless they left its group of processes.
pub(super) fn run(command: &mut Command, limit: Duration, interrupted: &dyn Fn() -> bool) -> Result<Ran, NotRun> {
    let mut running = Running::start(command).map_err(NotRun::Failed)?;
    let begun = Instant::now();
    loop {
        if let Some(status) = running.child.try_wait().map_err(NotRun::Failed)? {
            let (stdout, stderr) = running.said();
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

/// A process that has been started, in a group of its own. Dropping it ends the group.
struct Running {
    child: Child,
    stdout: Receiver<String>,
    stderr: Receiver<String>,
}

impl Running {
    fn start(command: &mut Command) -> io::Result<Self> {
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        apart_from_ctrl_c(command);
        let mut child = command.spawn()?;
        let stdout = child.stdout.take().map(reader);
        let stderr = child.stderr.take().map(reader);
        match (stdout, stderr) {
            (Some(stdout), Some(stderr)) => Ok(Self { child, stdout, stderr }),
            _ => Err(io::ErrorKind::BrokenPipe.into()), // both were asked for
        }
    }

    fn said(&self) -> (String, String) {
        let all = |said: &Receiver<String>| {
            let rest = said.recv_timeout(REST).or_else(|_| {
                self.end_group(); // a child of it lives on and holds it open
                said.recv_timeout(REST)
            });
            rest.unwrap_or_default()
        };
        (all(&self.stdout), all(&self.stderr))
    }

    fn end_group(&self) {
        #[cfg(unix)]
        if let Ok(group) = i32::try_from(self.child.id()) {
            // It fails for a group that has ended already.
            let _ = nix::sys::signal::killpg(nix::unistd::Pid::from_raw(group), nix::sys::signal::Signal::SIGKILL);
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.end_group();
        // Both fail for a process that has ended and been waited for.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Reads as it comes: a program that says much would wait for its reader. What is too much is read, and thrown away.
fn reader(mut stream: impl Read + Send + 'static) -> Receiver<String> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let mut bytes = Vec::new();
        // What has been read until an error is all there is.
        let _ = stream.by_ref().take(MOST_BYTES).read_to_end(&mut bytes);
        let _ = io::copy(&mut stream, &mut io::sink());
        let _ = sender.send(String::from_utf8_lossy(&bytes).into_owned()); // unless nobody waits for it any more
    });
    receiver
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::fs::File;
    use std::sync::atomic::{AtomicBool, Ordering};

    const LONG: Duration = Duration::from_secs(60);

    fn shell(commands: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", commands]);
        command
    }

    fn nobody() -> bool {
        thread::yield_now();
        false
    }

    fn said(commands: &str) -> (Option<i32>, String, String) {
        match run(&mut shell(commands), LONG, &nobody) {
            Ok(Ran::Ended { status, stdout, stderr }) => (status.code(), stdout, stderr),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn what_it_says_and_how_it_ends() {
        assert_eq!(said("echo a; echo b >&2; exit 3"), (Some(3), "a\n".to_owned(), "b\n".to_owned()));
        assert_eq!(said("cat"), (Some(0), String::new(), String::new()), "it has no input");
    }

    #[test]
    fn one_that_says_too_much_is_read_to_its_end() {
        let (status, stdout, _) = said("head -c 20000000 /dev/zero; echo end >&2");
        assert_eq!((status, stdout.len() as u64), (Some(0), MOST_BYTES));
    }

    /// Runs a shell that starts a process, and then does what `own_end` says. Returns when that process has ended, which
    /// closes the named pipe that it has open.
    fn ends_its_child(own_end: &str) -> Result<Ran, NotRun> {
        let folder = tempfile::tempdir().expect("a folder");
        let pipe = folder.path().join("pipe");
        assert!(Command::new("mkfifo").arg(&pipe).status().expect("there is a command mkfifo").success());
        let is_started = AtomicBool::new(false);
        let commands = format!("(sleep 30; echo late) > '{}' & {own_end}", pipe.display());
        thread::scope(|scope| {
            let child = scope.spawn(|| {
                let mut pipe = File::open(&pipe).expect("it is there");
                is_started.store(true, Ordering::Release);
                let mut said = String::new();
                pipe.read_to_string(&mut said).map(|_| said)
            });
            let ran = run(&mut shell(&commands), LONG, &|| nobody() || is_started.load(Ordering::Acquire));
            assert_eq!(
                child.join().expect("it reads").expect("it can be read"),
                "",
                "it was ended before it said anything"
            );
            ran
        })
    }

    #[test]
    fn its_children_end_with_it() {
        let ran = ends_its_child("wait");
        assert!(matches!(ran, Err(NotRun::Interrupted)), "{ran:?}");
    }

    #[test]
    fn one_that_hangs_is_ended() {
        let ran = run(&mut shell("exec sleep 3600"), Duration::from_millis(1), &nobody);
        assert!(matches!(ran, Ok(Ran::Hung)), "{ran:?}");
    }

    #[test]
    fn a_child_that_lives_on_keeps_nobody_waiting() {
        let Ok(Ran::Ended { status, stdout, .. }) = run(&mut shell("sleep 3600 & echo done"), LONG, &nobody) else {
            panic!("it ends by itself")
        };
        assert_eq!((status.code(), stdout.as_str()), (Some(0), "done\n"));
    }

    #[test]
    fn what_cannot_be_started_says_so() {
        let missing = run(&mut Command::new("/no/such/program"), LONG, &nobody);
        assert!(matches!(missing, Err(NotRun::Failed(_))), "{missing:?}");
    }
}
