//! The command as another user, and within limits of threads and files. Most of it only root can try, and not on every system.

use crate::ending::wait_until;
use crate::started::{RUNTIMES, paintdry, text};
use crate::terminal::interrupt;
use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::os::unix::process::ExitStatusExt;
use std::process::{Command, Stdio};
use tempfile::TempDir;

/// A user who runs nothing, for each test that needs one: a limit of threads counts all threads of a user, and does not hold for root.
#[derive(Clone, Copy)]
enum User {
    FewThreads = 65534,
    NoThread = 65533,
    Ada = 65532,
}

impl User {
    /// The command, in a folder to which every user may write. `None` if this user may not start it.
    fn starts(self, folder: &TempDir, threads: u32) -> Option<Command> {
        let mut command = Command::new("setpriv");
        command.args([&format!("--reuid={}", self as u32), "--clear-groups", "prlimit", &format!("--nproc={threads}")]);
        command.current_dir(folder);
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o1777)).expect("it is ours");
        let program = folder.path().join("paintdry");
        if !program.exists() {
            fs::copy(env!("CARGO_BIN_EXE_paintdry"), &program).expect("a copy that any user can run");
        }
        command.arg(program);
        let may =
            Command::new("setpriv").args(["--reuid=65534", "--clear-groups", "prlimit", "--nproc=9", "true"]).status();
        if may.is_ok_and(|status| status.success()) {
            return Some(command);
        }
        println!("left out: only root can try this, with setpriv and prlimit");
        None
    }
}

/// Each row reports what happened; a runtime that aborts, or waits for ever, does not stop the others.
#[test]
fn with_few_threads_each_runtime_has_its_row() {
    let folder = tempfile::tempdir().expect("a folder");
    for threads in [3, 4, 6, 7, 9] {
        let Some(mut command) = User::FewThreads.starts(&folder, threads) else { return };
        let output = command.args(["amap", "--format", "json"]).output().expect("it is there");
        let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("a whole report");
        let runs = report["runs"].as_array().expect("rows");
        assert_eq!(runs.len(), RUNTIMES.len(), "{threads} threads");
        let failed: Vec<_> = runs.iter().filter(|run| !run["error"].is_null()).collect();
        assert_eq!(output.status.code(), Some(i32::from(!failed.is_empty())), "{threads} threads: {report}");
        let of_few =
            |run: &&serde_json::Value| run["error"].as_str().is_some_and(|why| why.contains("too few threads here"));
        assert!(threads > 4 || failed.into_iter().any(|run| of_few(&run)), "{threads} threads: {report}");
    }
}

/// It waits for a reader of the pipe. Without a thread it cannot hear Ctrl-C, so the system ends it.
#[test]
fn ctrl_c_ends_it_also_where_it_may_start_no_thread() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(mut command) = User::NoThread.starts(&folder, 1) else { return };
    let pipe = folder.path().join("pipe");
    assert!(Command::new("mkfifo").args(["-m", "666"]).arg(&pipe).status().expect("there is mkfifo").success());
    let files = || fs::read_dir(folder.path()).expect("the folder").count();
    let before = files();
    command.args(["amap", "--virtual", "--record", "a.json", "--replay", "pipe"]);
    let mut child = command.spawn().expect("the command starts");
    wait_until("a temporary file", || files() > before);
    interrupt(child.id());
    let mut status = None;
    wait_until("the end", || {
        status = child.try_wait().expect("it is ours");
        status.is_some()
    });
    let signal = status.and_then(|status| status.signal());
    assert!(matches!(signal, Some(2 | 15)), "{status:?}");
}

/// As when the administrator of the machine writes into a user's file.
#[test]
fn a_file_that_root_replaces_keeps_its_owner() {
    let ada = User::Ada as u32;
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("result.txt");
    fs::write(&path, "old").expect("a file");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).expect("it is ours");
    if chown(&path, Some(ada), Some(ada)).is_err() {
        return println!("left out: only root can try this");
    }
    let status = paintdry("amap --virtual --output").arg(&path).status().expect("the command starts");
    let there = fs::metadata(&path).expect("it is there");
    assert_eq!((status.code(), there.uid(), there.gid(), there.mode() & 0o7777), (Some(0), ada, ada, 0o640));
    assert!(fs::read_to_string(&path).expect("it is there").starts_with("amap: "));
}

/// In a folder like /tmp, a user may write into such a file, and not put another one in its place.
#[test]
fn a_file_of_another_user_is_overwritten_and_stays_theirs() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(mut command) = User::Ada.starts(&folder, 100) else { return };
    let path = folder.path().join("result.txt");
    fs::write(&path, "old\n".repeat(10_000)).expect("a file");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o666)).expect("it is ours");
    let before = fs::metadata(&path).expect("it is there");
    let output = command.args(["amap", "--virtual", "--output", "result.txt"]).output().expect("it starts");
    assert_eq!((text(&output.stderr).as_str(), output.status.code()), ("", Some(0)));
    let there = fs::metadata(&path).expect("it is there");
    assert_eq!((there.ino(), there.uid()), (before.ino(), before.uid()));
    let now = fs::read_to_string(&path).expect("it is there");
    assert!(now.starts_with("amap: ") && !now.contains("old"), "{now:.200}");
    assert_eq!(fs::read_dir(&folder).expect("the folder").count(), 2, "no temporary file is left");
}

/// Whichever file is one too many, the sentence says what is the matter. With three, not even the program's libraries are found.
#[test]
fn too_many_open_files_are_called_so() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("no.json"), "{}").expect("a file");
    let said = |files: u32, arguments: &str| {
        let mut command = Command::new("prlimit");
        command.args([&format!("--nofile={files}"), env!("CARGO_BIN_EXE_paintdry")]).args(arguments.split(' '));
        let output = command.current_dir(&folder).stdin(Stdio::null()).output();
        output.ok().map(|output| text(&output.stderr))
    };
    for arguments in ["amap --virtual --runtime generator --output new.txt", "diagnose no.json"] {
        let Some(said) = (4..=9).map(|files| said(files, arguments)).collect::<Option<Vec<_>>>() else {
            return println!("left out: there is no prlimit");
        };
        let too_many = "Too many open files (os error 24); allow more open files, with `ulimit -n`\n";
        assert!(said.iter().any(|said| said.ends_with(too_many)), "{arguments}: {said:?}");
        assert!(!said.iter().any(|said| said.contains("uncategorized")), "{arguments}: {said:?}");
    }
}
