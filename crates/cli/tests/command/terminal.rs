//! A terminal of any size for the command to draw on: a real one of the system, and what its screen would show.

use crate::started::{paintdry, text};
use nix::pty::{OpenptyResult, Winsize, openpty};
use nix::sys::signal::{Signal, kill};
use nix::sys::wait::{WaitPidFlag, WaitStatus, waitpid};
use nix::unistd::Pid;
use paintdry_terminal::signals::is_ignored;
use rustix::io::{FdFlags, fcntl_setfd, ioctl_fionread};
use std::fs::File;
use std::io::{Read, Seek};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

/// Presses Ctrl-C for this process. If the tests run in the background, a shell has started them to ignore that, which the command
/// inherits; then they ask it to end with `kill`, for which it does the same.
pub(crate) fn interrupt(process: u32) {
    send(process, if is_ignored(Signal::SIGINT) { Signal::SIGTERM } else { Signal::SIGINT });
}

pub(crate) fn send(process: u32, signal: Signal) {
    kill(pid(process), signal).expect("it has not been waited for");
}

fn pid(process: u32) -> Pid {
    Pid::from_raw(process.try_into().expect("a process has a small number"))
}

/// The command with its display on a terminal.
pub(crate) struct OnTerminal {
    child: Child,
    terminal: File,
    /// A file and not a pipe, which would have to be read meanwhile.
    stdout: File,
    screen: vt100::Parser,
    /// Its drop says that the test has ended.
    _test: Sender<()>,
}

/// A command that draws or does nothing for so long is killed, so that its test fails and does not wait for ever.
const LIMIT: Duration = Duration::from_secs(120);

impl OnTerminal {
    /// Starts it with standard error on a terminal of this size, and standard output as well if `also_stdout`.
    pub(crate) fn start(rows: u16, columns: u16, also_stdout: bool, arguments: &str) -> Self {
        let mut command = paintdry(arguments);
        command.process_group(0); // as a shell does, so that it can be stopped
        Self::of(command, rows, columns, also_stdout)
    }

    fn of(mut command: Command, rows: u16, columns: u16, also_stdout: bool) -> Self {
        let size = Winsize { ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0 };
        let OpenptyResult { master, slave } = openpty(&size, None).expect("the system has terminals");
        // Or a command that another test starts now would keep this terminal open as long as it runs.
        for end in [&master, &slave] {
            fcntl_setfd(end, FdFlags::CLOEXEC).expect("it is open");
        }
        let stdout = tempfile::tempfile().expect("a file for the test");
        command.env("TERM", "xterm-256color").stdin(Stdio::null());
        if also_stdout {
            command.stdout(slave.try_clone().expect("a second handle"));
        } else {
            command.stdout(stdout.try_clone().expect("a second handle"));
        }
        let child = command.stderr(slave).spawn().expect("the command starts");
        drop(command); // with its handles of the terminal, so that reading ends when the child does
        let (test, ended) = channel();
        let process = child.id();
        thread::spawn(move || {
            if ended.recv_timeout(LIMIT) == Err(RecvTimeoutError::Timeout) {
                send(process, Signal::SIGKILL);
            }
        });
        Self { child, terminal: master.into(), stdout, screen: vt100::Parser::new(rows, columns, 0), _test: test }
    }

    /// Reads what is drawn next; false if the command has closed the terminal.
    pub(crate) fn read(&mut self) -> bool {
        let mut bytes = [0; 4096];
        match self.terminal.read(&mut bytes) {
            Ok(0) | Err(_) => false, // Linux reports the end as an error
            Ok(count) => {
                self.screen.process(&bytes[..count]);
                true
            }
        }
    }

    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// Stops it with this signal, and reads what it had drawn until then.
    pub(crate) fn stop(&mut self, signal: Signal) {
        kill(pid(self.id()), signal).expect("it has not been waited for");
        let stopped = waitpid(pid(self.id()), Some(WaitPidFlag::WUNTRACED)).expect("it is our child");
        assert!(matches!(stopped, WaitStatus::Stopped(..)), "{stopped:?}");
        while ioctl_fionread(&self.terminal).expect("it is a terminal") > 0 {
            self.read();
        }
    }

    /// Lets it continue after a stop.
    pub(crate) fn go_on(&self) {
        kill(pid(self.id()), Signal::SIGCONT).expect("it has not been waited for");
    }

    /// Shows this text, as if another program had printed it.
    pub(crate) fn print(&mut self, text: &str) {
        self.screen.process(text.as_bytes());
    }

    /// Gives the terminal another size. Lines that do not fit are broken, as on most terminals.
    pub(crate) fn resize(&mut self, rows: u16, columns: u16) {
        let size = rustix::termios::Winsize { ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0 };
        rustix::termios::tcsetwinsize(&self.terminal, size).expect("it is a terminal");
        let shown = self.screen().replace('\n', "\r\n");
        self.screen = vt100::Parser::new(rows, columns, 0);
        self.screen.process(shown.as_bytes());
    }

    pub(crate) fn screen(&self) -> String {
        self.screen.screen().contents()
    }

    /// Waits for its end, and returns what the screen then shows, and standard output if that was elsewhere.
    pub(crate) fn end(mut self) -> (ExitStatus, String, String) {
        while self.read() {}
        let status = self.child.wait().expect("it ends");
        let mut stdout = String::new();
        self.stdout.rewind().and_then(|()| self.stdout.read_to_string(&mut stdout)).expect("it is UTF-8");
        (status, self.screen.screen().contents(), stdout)
    }
}

/// As `script` and `ssh -t` start it. A process that stops there could never continue.
#[cfg(target_os = "linux")]
#[test]
fn ctrl_z_does_nothing_where_no_shell_could_let_it_continue() {
    let mut command = Command::new("setsid");
    command.arg(env!("CARGO_BIN_EXE_paintdry")).args("--drying 1h --poll 1h --runtime smol".split(' '));
    let mut running = OnTerminal::of(command, 24, 80, false);
    while !running.screen().contains("canvas 3") {
        assert!(running.read(), "it ends without a display");
    }
    send(running.id(), Signal::SIGTSTP);
    running.resize(24, 20);
    while !running.screen().contains('…') {
        let state = waitpid(pid(running.id()), Some(WaitPidFlag::WUNTRACED | WaitPidFlag::WNOHANG));
        assert_eq!(state, Ok(WaitStatus::StillAlive));
        if ioctl_fionread(&running.terminal).expect("it is a terminal") > 0 {
            running.read();
        }
    }
    interrupt(running.id());
    assert_eq!(running.end().0.code(), Some(130));
}

/// A program that started the session may have ended, as the first one of a service does, and its children can still be stopped.
#[cfg(target_os = "linux")]
#[test]
fn ctrl_z_works_though_the_first_process_of_the_session_has_ended() {
    let second = r#"set -m; (until ! kill -0 $$; do :; done 2>/dev/null; exec "$0" --exact "$1" </dev/null) &"#;
    let mut command = Command::new("sh"); // which takes note of the first one's end
    command
        .args(["-c", r#"setsid bash -c "$0" "$1" "$2"; true"#, second])
        .arg(std::env::current_exe().expect("a test has a path"));
    command.arg("surroundings::ctrl_z_takes_the_display_away_and_it_comes_back_below");
    let printed = text(&command.output().expect("setsid is there").stdout);
    assert!(printed.contains("1 passed"), "{printed}");
}
