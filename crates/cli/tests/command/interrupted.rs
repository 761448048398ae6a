//! Ctrl-C at any moment: the command ends, and every file is either unchanged or complete.

use crate::ending::wait_until;
use crate::started::{paintdry, text};
use crate::terminal::{OnTerminal, interrupt, send};
use nix::sys::signal::Signal;
use paintdry_terminal::signals::is_ignored;
use std::fs;
use std::io::Read;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use tempfile::TempDir;

const OLD: &str = "old\n";
const FILES: [&str; 4] = ["result.json", "recording.json", "page.html", "trace.json"];

/// All four files exist before the run.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for name in FILES {
        fs::write(folder.path().join(name), OLD).expect("a file");
    }
    folder
}

fn to_files(folder: &Path, arguments: &str) -> String {
    let [result, recording, page, trace] = FILES.map(|name| folder.join(name).display().to_string());
    format!("{arguments} --format json --output {result} --record {recording} --replay {page} --trace {trace}")
}

/// How many of the files are new. Each must be complete, and no other file may exist.
fn whole(folder: &Path, when: &str) -> usize {
    let names = fs::read_dir(folder).expect("the folder").map(|entry| entry.expect("an entry").file_name());
    let mut names: Vec<_> = names.map(|name| name.into_string().expect("text")).collect();
    names.sort();
    assert_eq!(names, ["page.html", "recording.json", "result.json", "trace.json"], "{when}");
    let is_new = |name: &&str| {
        let text = fs::read_to_string(folder.join(name)).expect("a file");
        let is_whole = text.ends_with("}\n") || text.ends_with("</html>\n");
        assert!(text == OLD || is_whole, "{when}: {name} is half written");
        text != OLD
    };
    FILES.into_iter().filter(is_new).count()
}

/// At some moment of a run that takes less than a second: starting, opening files, running, writing. The machine decides
/// which moment the n-th is.
#[test]
fn at_any_moment_every_file_is_old_or_whole() {
    let mut were_ended = 0;
    for moment in 0..60 {
        let folder = folder();
        let when = format!("after {} looks", moment * moment);
        let mut command = paintdry(&to_files(folder.path(), "--virtual --runtime generator,smol,tokio"));
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("the command starts");
        // Reading the folder takes time, and is only done for that.
        let has_ended = (0..moment * moment).any(|_| {
            let _ = fs::read_dir(folder.path()).expect("the folder").count();
            child.try_wait().expect("it is ours").is_some()
        });
        if !has_ended {
            interrupt(child.id());
        }
        let output = child.wait_with_output().expect("it ends");
        let status = output.status;
        // Before the command handles Ctrl-C, the system ends it.
        let is_well = matches!((status.code(), status.signal()), (Some(0 | 130), None) | (None, Some(2 | 15)));
        assert!(is_well, "{when}: {status}, {}", text(&output.stderr));
        let new = whole(folder.path(), &when);
        assert!(status.code() != Some(0) || new == FILES.len(), "{when}: {new} files are new");
        were_ended += u32::from(status.code() != Some(0));
    }
    println!("{were_ended} of 60 were ended by it");
    assert!(were_ended > 0, "no moment was early enough");
}

/// While files are opened, one after the other: when the n-th exists.
#[test]
fn whenever_a_file_has_been_opened_all_stay_as_they_were() {
    for opened in 1..=FILES.len() {
        let folder = folder();
        let when = format!("with {opened} files opened");
        let mut command = paintdry(&to_files(folder.path(), "--drying 1h --poll 1h --runtime blocking"));
        let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the command starts");
        wait_until(&when, || fs::read_dir(folder.path()).expect("the folder").count() >= FILES.len() + opened);
        interrupt(child.id());
        let output = child.wait_with_output().expect("it ends");
        assert_eq!(output.status.code(), Some(130), "{when}");
        // Until all are open, it reports nothing: one may be a pipe without a reader.
        let (stdout, stderr) = (text(&output.stdout), text(&output.stderr));
        if (&*stdout, &*stderr) != ("", "") {
            assert_eq!(stderr, "error: interrupted after 0 of 1 runtimes; no file was written\n", "{when}");
            assert!(stdout.ends_with("}\n"), "{when}");
        }
        assert_eq!(whole(folder.path(), &when), 0, "{when}");
    }
}

/// Ctrl-\, the limit of processor time (`ulimit -t`), timers and others end a process at once. It first removes its unfinished files.
#[test]
fn a_signal_that_ends_it_at_once_leaves_nothing() {
    let sudden = [Signal::SIGQUIT, Signal::SIGXCPU, Signal::SIGALRM, Signal::SIGVTALRM, Signal::SIGPROF];
    for signal in sudden.into_iter().chain([Signal::SIGUSR1, Signal::SIGUSR2]) {
        if is_ignored(signal) {
            eprintln!("Left out: these tests were started to ignore {signal}, so the command ignores it, too.");
            continue;
        }
        let (folder, elsewhere) = (folder(), tempfile::tempdir().expect("a folder for what the system writes"));
        let mut command = paintdry(&to_files(folder.path(), "--drying 1h --poll 1h --runtime blocking"));
        let mut child = command.current_dir(&elsewhere).stdout(Stdio::null()).spawn().expect("the command starts");
        wait_until("the files are open", || {
            fs::read_dir(folder.path()).expect("the folder").count() >= 2 * FILES.len()
        });
        send(child.id(), signal);
        let status = child.wait().expect("it ends");
        assert_eq!(status.signal(), Some(signal as i32), "{status}");
        assert_eq!(whole(folder.path(), signal.as_str()), 0);
    }
}

/// As for a command that `nohup` has started, when its terminal is closed, or one that a script has started in the background, when
/// the user presses Ctrl-C.
#[cfg(target_os = "linux")]
#[test]
fn a_signal_that_is_ignored_from_the_start_ends_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let result = folder.path().join("result.json");
    let script = format!(
        "trap '' HUP INT QUIT TERM USR1; exec {} --drying 1s --poll 1s --strokes 1 --runtime smol --output {}",
        env!("CARGO_BIN_EXE_paintdry"),
        result.display()
    );
    let child = Command::new("sh").args(["-c", &script]).stderr(Stdio::piped()).spawn().expect("a shell starts");
    wait_until("the file is open", || fs::read_dir(folder.path()).expect("the folder").count() == 1);
    for signal in [Signal::SIGHUP, Signal::SIGINT, Signal::SIGQUIT, Signal::SIGTERM, Signal::SIGUSR1] {
        send(child.id(), signal);
    }
    let output = child.wait_with_output().expect("it ends");
    assert_eq!((output.status.code(), text(&output.stderr).as_str()), (Some(0), ""));
    assert!(fs::read_to_string(&result).expect("it is written").starts_with("paint: 3 canvases"));
}

/// While it draws: after the n-th piece of a picture.
#[test]
fn anything_on_the_screen_is_cleared() {
    let interrupted = |pieces: usize| {
        let folder = folder();
        let when = format!("after {pieces} pieces");
        let arguments = to_files(folder.path(), "--drying 1h --poll 1h --canvases 12 --runtime smol,blocking");
        let mut running = OnTerminal::start(24, 80, false, &arguments);
        for _ in 0..pieces {
            assert!(running.read(), "{when}: it ends without a display");
        }
        interrupt(running.id());
        let (status, screen, stdout) = running.end();
        assert_eq!(status.code(), Some(130), "{when}: {screen}");
        assert_eq!(screen.trim(), "error: interrupted after 0 of 2 runtimes; no file was written", "{when}");
        assert!(stdout.ends_with("}\n"), "{when}: {stdout}");
        assert_eq!(whole(folder.path(), &when), 0, "{when}");
    };
    thread::scope(|scope| (1..=12).for_each(|pieces| drop(scope.spawn(move || interrupted(pieces)))));
}

/// A cargo that opens a named pipe and hands it to a child of its own. When the pipe is open, both run; when it is closed, both have
/// ended. A second Ctrl-C may come before the first one has ended them, and other signals are not asked for.
#[test]
fn whatever_ends_it_ends_the_programs_that_it_runs() {
    let int = if is_ignored(Signal::SIGINT) { Signal::SIGTERM } else { Signal::SIGINT };
    for (job, signals) in [
        ("doctor", vec![int]),
        ("doctor", vec![Signal::SIGQUIT]),
        ("grade .", vec![int, int]),
        ("grade .", vec![Signal::SIGUSR1]),
    ] {
        if signals.iter().any(|signal| is_ignored(*signal)) {
            eprintln!("Left out: these tests were started to ignore one of {signals:?}.");
            continue;
        }
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name);
        fs::write(at("info.toml"), "format_version = 1\n[[exercises]]\nname = \"a\"\nhint = \"b\"").expect("a list");
        let pipe = at("pipe");
        fs::write(at("cargo"), format!("#!/bin/sh\n(sleep 60; echo late) >'{}'\n", pipe.display())).expect("a program");
        fs::set_permissions(at("cargo"), fs::Permissions::from_mode(0o755)).expect("it is ours");
        assert!(Command::new("mkfifo").arg(&pipe).status().expect("there is a command mkfifo").success());
        let path = format!("{}:{}", folder.path().display(), std::env::var("PATH").unwrap_or_default());
        let mut command = paintdry(job);
        command.current_dir(&folder).env("PATH", path).stdout(Stdio::null()).stderr(Stdio::null());
        let mut child = command.spawn().expect("the command starts");
        let mut pipe = fs::File::open(&pipe).expect("the program opens it, too");
        for signal in &signals {
            send(child.id(), *signal);
        }
        child.wait().expect("it ends");
        let mut said = String::new();
        pipe.read_to_string(&mut said).expect("it can be read");
        assert_eq!(said, "", "{job}, {signals:?}: the program was ended before it said anything");
    }
}
