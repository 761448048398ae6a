//! The command in unusual surroundings: the terminal's size, HOME, the locale, space on the disk.

use crate::started::{paintdry, run, stdout, text};
use crate::terminal::{OnTerminal, interrupt};
use nix::sys::signal::Signal;
use paintdry_terminal::signals::is_ignored;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::Command;
#[cfg(target_os = "linux")]
use std::{ffi::OsStr, fs::File, os::unix::ffi::OsStrExt, path::Path, process::Output};

#[test]
fn the_display_leaves_terminals_of_every_size_as_they_were() {
    let jobs = [
        "--drying 250ms --poll 50ms --canvases 12",
        "amap --items 100000",
        "--virtual",
        "scale --tasks 1 --drying 250ms",
    ];
    for (rows, columns) in [(24, 80), (24, 20), (5, 20), (1, 1)] {
        let started = jobs.map(|job| {
            let arguments = format!("{job} --runtime smol --format json");
            (format!("{arguments} on {columns}x{rows}"), OnTerminal::start(rows, columns, false, &arguments))
        });
        for (tried, running) in started {
            let (status, screen, stdout) = running.end();
            assert_eq!(status.code(), Some(0), "{tried}: {screen}");
            assert_eq!(screen.trim(), "", "{tried}");
            assert!(stdout.ends_with("}\n"), "{tried}: {stdout}");
        }
    }
}

#[test]
fn the_display_is_within_a_terminal_of_20_columns() {
    let mut running = OnTerminal::start(24, 20, false, "--drying 1h --poll 1h --runtime smol");
    while !running.screen().contains("canvas 3") {
        assert!(running.read(), "it ends without a display");
    }
    interrupt(running.id());
    let (status, after, _) = running.end();
    assert_eq!((status.code(), after.trim()), (Some(130), "error: interrupted after 0 of 1 runtimes"));
}

/// The picture of a long run, with its three canvases.
fn long_run(columns: u16) -> OnTerminal {
    let mut running = OnTerminal::start(24, columns, false, "--drying 1h --poll 1h --runtime smol");
    while !running.screen().contains("canvas 3") {
        assert!(running.read(), "it ends without a display");
    }
    running
}

#[test]
fn ctrl_z_takes_the_display_away_and_it_comes_back_below() {
    if is_ignored(Signal::SIGTSTP) {
        return; // the tests were started so, and the command inherits it: it does not stop
    }
    let mut running = long_run(80);
    running.stop(Signal::SIGTSTP);
    while !running.screen().trim().is_empty() && running.read() {} // a terminal passes on late what was written
    running.print("[1]+  Stopped  paintdry\r\n$ fg\r\n");
    running.go_on();
    while !running.screen().contains("canvas 3") {
        assert!(running.read(), "it ends without a display");
    }
    interrupt(running.id());
    let (status, after, _) = running.end();
    assert_eq!(status.code(), Some(130));
    let left: Vec<_> = after.lines().filter(|line| !line.is_empty()).collect();
    assert_eq!(left, ["[1]+  Stopped  paintdry", "$ fg", "error: interrupted after 0 of 1 runtimes"]);
}

#[test]
fn a_terminal_that_becomes_narrower_keeps_one_display() {
    for columns in [30, 20, 11] {
        let mut running = long_run(80);
        running.stop(Signal::SIGSTOP);
        running.resize(24, columns);
        running.go_on();
        while !running.screen().contains('…') {
            assert!(running.read(), "it ends without a display");
        }
        let screen = running.screen();
        let count = |what| screen.matches(what).count();
        assert_eq!((count("smol"), count("canvas")), (1, 3), "{columns} columns:\n{screen}");
        interrupt(running.id());
        let (status, after, _) = running.end();
        assert_eq!(status.code(), Some(130));
        assert!(!after.contains("canvas") && !after.contains("smol"), "{columns} columns:\n{after}");
    }
}

/// On a narrow terminal each row is printed as a list, so that the terminal breaks no line, and nothing is left out.
#[test]
fn the_result_is_whole_on_a_terminal_of_80_columns_and_of_20() {
    let arguments = "--virtual --color never";
    let on = |columns| {
        let (status, screen, _) = OnTerminal::start(200, columns, true, arguments).end();
        assert_eq!(status.code(), Some(0));
        screen
    };
    let words = |text: &str| -> String { text.split_whitespace().collect() };
    assert_eq!(words(&on(80)), words(&stdout(arguments)));
    assert!(stdout(arguments).lines().all(|line| line.chars().count() <= 80), "it fits 80 columns");
    let narrow = on(20);
    for line in ["  generator", "    threads: 2", "    wall time: 6 s", "    checks: 15", "paint: 3 canvases, 2"] {
        assert!(narrow.lines().any(|drawn| drawn.trim_end() == line), "{line}:\n{narrow}");
    }
}

#[test]
fn without_home_and_with_any_locale_it_says_the_same() {
    for arguments in
        ["--virtual", "runtimes", "amap --virtual --runtime smol --format csv", "completions bash", "--help"]
    {
        let usual = stdout(arguments);
        for locale in ["C", "POSIX", "de_DE.ISO-8859-1", "no such locale"] {
            let mut command = paintdry(arguments);
            command.env_remove("HOME").env_remove("XDG_CONFIG_HOME").env_remove("PATH").env("LC_ALL", locale);
            let output = command.env("LANG", locale).output().expect("the command starts");
            assert_eq!(output.status.code(), Some(0), "{arguments} in {locale}");
            assert_eq!((text(&output.stdout), text(&output.stderr)), (usual.clone(), String::new()), "{locale}");
        }
    }
}

/// Only where names may be any bytes; macOS requires text.
#[cfg(target_os = "linux")]
#[test]
fn a_name_that_is_no_text_is_a_name() {
    let folder = tempfile::tempdir().expect("a folder");
    let name = OsStr::from_bytes(b"\xff\xfe.json");
    let tried = |word: &str, name: &OsStr| {
        let mut command = paintdry("--virtual --runtime smol --format json");
        command.current_dir(folder.path()).env("LC_ALL", "C").arg(word).arg(name).output().expect("the command starts")
    };
    let output = tried("--output", name);
    assert_eq!((output.status.code(), text(&output.stderr)), (Some(0), String::new()));
    assert!(fs::read_to_string(folder.path().join(name)).expect("it is there").ends_with("}\n"));
    assert_eq!(tried("--record", &Path::new("missing").join(name).into_os_string()).status.code(), Some(2));
    assert_eq!(tried("--runtime", name).status.code(), Some(2));
}

#[cfg(target_os = "linux")]
#[test]
fn standard_output_on_a_full_disk_is_a_failure() {
    for arguments in ["amap", "--virtual --format json", "runtimes", "completions zsh", "--help"] {
        let full = File::options().write(true).open("/dev/full").expect("Linux has it");
        let output = paintdry(arguments).stdout(full).output().expect("the command starts");
        let told = text(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{arguments}: {told}");
        assert!(told.starts_with("error: standard output cannot be written: No space left"), "{told}");
        assert_eq!(told.lines().count(), 1, "{told}");
    }
}

/// Without a worker it waits for ever, as its own programs do. It is tried once, however often it is to run.
#[test]
fn a_runtime_that_may_start_no_worker_has_a_row() {
    let mut command = paintdry("amap --runtime smol-global,tokio --runs 50 --format json");
    let output = command.env("SMOL_THREADS", "0").output().expect("the command starts");
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("a whole report");
    let why = report["runs"][1]["error"].as_str().unwrap_or_default();
    assert!(why.contains("too few threads here: its process was still running after 5 s and was killed"), "{report}");
    assert!(report["runs"][0]["error"].is_null() && output.status.code() == Some(1), "{report}");
}

/// The shell opens the recording, so the command knows it by no name of its own.
#[cfg(target_os = "linux")]
#[test]
fn a_page_does_not_replace_the_recording_that_is_read_from_standard_input() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("dry.json");
    assert_eq!(run(&format!("--virtual --runtime generator --record {}", file.display())).status.code(), Some(0));
    let before = fs::read(&file).expect("it is there");
    let mut command = paintdry("replay - --output dry.json");
    let stdin = fs::File::open(&file).expect("it is there");
    let output = command.current_dir(&folder).stdin(stdin).output().expect("the command starts");
    assert!(text(&output.stderr).contains("the page and its recording - are one file"), "{}", text(&output.stderr));
    assert_eq!((output.status.code(), fs::read(&file).expect("it is there")), (Some(2), before));
}

#[test]
fn standard_output_that_is_closed_from_the_start_is_no_error() {
    let folder = tempfile::tempdir().expect("a folder");
    for closed in [">&-", ">&- 2>&-", "<&- >&- 2>&-"] {
        let shell = |arguments: &str| {
            let script = format!("exec \"$0\" {arguments} {closed}");
            let shell =
                Command::new("sh").args(["-c", &script, env!("CARGO_BIN_EXE_paintdry")]).current_dir(&folder).output();
            shell.expect("there is a shell")
        };
        assert_eq!(shell("amap").status.code(), Some(0), "{closed}");
        assert_eq!(shell("--no-such").status.code(), Some(2), "{closed}");
        assert_eq!(shell("--virtual --format json --output a.json --record b.json").status.code(), Some(0), "{closed}");
        for name in ["a.json", "b.json"] {
            let text = fs::read_to_string(folder.path().join(name)).expect("it is there");
            assert!(text.starts_with('{') && text.ends_with("}\n"), "{closed} {name}: {text}");
        }
    }
}

/// Runs the command in `folder`, with a disk of its own mounted there with these options; then lists its files. `None`
/// where only the system's administrator may mount.
#[cfg(target_os = "linux")]
fn on_a_disk_of_its_own(folder: &Path, options: &str, arguments: &str) -> Option<Output> {
    let may_mount = Command::new("unshare").args(["-rm", "mount", "-t", "tmpfs", "none"]).arg(folder).output();
    if !may_mount.is_ok_and(|output| output.status.success()) {
        eprintln!("Left out: nothing can be mounted here.");
        return None;
    }
    let script = format!(
        "mount -t tmpfs -o {options} none . && cd \"$PWD\" && {{ echo old >old.json; }} 2>/dev/null; \
         \"$0\" {arguments}; status=$?; cat old.json 2>/dev/null; ls -A; exit $status"
    );
    let mut command = Command::new("unshare");
    command.args(["-rm", "sh", "-c", &script, env!("CARGO_BIN_EXE_paintdry")]).current_dir(folder);
    Some(command.output().expect("it has started before"))
}

#[cfg(target_os = "linux")]
#[test]
fn a_disk_that_fills_up_keeps_what_it_had() {
    let folder = tempfile::tempdir().expect("a folder");
    for option in ["--record", "--replay", "--trace"] {
        let arguments =
            format!("amap --items 5000 --virtual --runtime smol --quiet --output /dev/null {option} old.json");
        let Some(output) = on_a_disk_of_its_own(folder.path(), "size=32k", &arguments) else { return };
        let told = text(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{told}");
        assert!(told.starts_with("error: cannot write to ") && told.contains(": No space left"), "{told}");
        assert_eq!(text(&output.stdout), "old\nold.json\n", "no other file is there, and the old one is unchanged");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_disk_that_is_read_only_is_found_out_before_the_run() {
    let folder = tempfile::tempdir().expect("a folder");
    for option in ["--output", "--record", "--replay"] {
        // An hour of drying: if it were run, the test would not end.
        let arguments = format!("--drying 1h --poll 1h {option} new.json");
        let Some(output) = on_a_disk_of_its_own(folder.path(), "ro", &arguments) else { return };
        let told = text(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{told}");
        let why = "no file can be made in its folder: Read-only file system (os error 30)";
        assert_eq!(told, format!("error: cannot write to new.json: {why}; name another file\n"));
        assert_eq!(text(&output.stdout), "", "nothing is there");
    }
}

/// Not for root, who may write to any folder.
#[test]
fn a_folder_without_permission_is_found_out_before_the_run() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o555)).expect("it is ours");
    if fs::write(folder.path().join("probe"), "").is_ok() {
        eprintln!("Left out: root may write everywhere.");
        return;
    }
    let new = folder.path().join("new.json");
    let output = paintdry("--drying 1h --poll 1h --output").arg(&new).output().expect("the command starts");
    assert_eq!(output.status.code(), Some(2));
    let why = "no file can be made in its folder: Permission denied (os error 13)";
    assert_eq!(text(&output.stderr), format!("error: cannot write to {}: {why}; name another file\n", new.display()));
}
