//! What the command says of the pages that it writes, what they are called, what they replace, and the browser.

use crate::started::{paintdry, text};
#[cfg(unix)]
use crate::terminal::OnTerminal;
use std::fs;
use std::path::Path;
#[cfg(unix)]
use std::{os::unix::fs::PermissionsExt, sync::mpsc, thread, time::Duration};
use tempfile::TempDir;

fn folder() -> TempDir {
    tempfile::tempdir().expect("a folder for the test")
}

/// Runs the command in this folder; returns its status and what it says on standard error.
fn said(folder: &Path, arguments: &str) -> (Option<i32>, String) {
    let output = paintdry(arguments).current_dir(folder).output().expect("the command starts");
    (output.status.code(), text(&output.stderr))
}

fn is_page(path: &Path) -> bool {
    fs::read_to_string(path).is_ok_and(|text| text.starts_with("<!doctype html>") && text.ends_with("</html>\n"))
}

const JOB: &str = "--virtual --runtime generator";

#[test]
fn the_name_of_the_page_and_its_size_are_printed() {
    let folder = folder();
    let told = |name: &str| {
        let bytes = fs::read(folder.path().join(name)).expect("it was written").len();
        format!("wrote {name}, {} kB\n", bytes / 1_000)
    };
    for arguments in [format!("--replay {JOB}"), format!("paint {JOB} --replay"), format!("amap --replay {JOB}")] {
        assert_eq!(said(folder.path(), &arguments), (Some(0), told("dry.html")), "{arguments}");
        assert!(is_page(&folder.path().join("dry.html")));
    }
    assert_eq!(said(folder.path(), &format!("{JOB} --replay a.html")), (Some(0), told("a.html")));
    assert_eq!(said(folder.path(), &format!("{JOB} --replay b.html -q")), (Some(0), String::new()));
    let failed = "error: two-locks fails under the schedule 1:1,2:1,3:1\n";
    let explored = said(folder.path(), "explore two-locks --replay");
    assert_eq!(explored, (Some(1), told("dry.html") + failed));
}

#[test]
fn a_page_without_a_name_replaces_a_page_and_nothing_else() {
    let folder = folder();
    let page = folder.path().join("dry.html");
    for jobs in [format!("{JOB} --replay"), "explore two-locks --replay".to_owned()] {
        fs::write(&page, "<!doctype html>\n<p>My diary").expect("a file");
        let (status, sentence) = said(folder.path(), &jobs);
        let advice = "dry.html exists and is not a replay page; to replace it, write --replay dry.html";
        assert_eq!((status, sentence.as_str()), (Some(2), format!("error: {advice}\n").as_str()));
        assert!(!is_page(&page), "it is still the diary");
    }
    assert_eq!(said(folder.path(), &format!("{JOB} --replay dry.html")).0, Some(0), "it has a name");
    fs::write(&page, format!("{} and an older version of it", paintdry_replay::BEGIN)).expect("a file");
    assert_eq!(said(folder.path(), &format!("{JOB} --replay")).0, Some(0), "it was a page");
    assert!(is_page(&page));
}

/// Such a link may come with a stranger's folder.
#[cfg(unix)]
#[test]
fn a_page_without_a_name_does_not_follow_a_link_to_nothing() {
    let folder = folder();
    std::os::unix::fs::symlink("elsewhere", folder.path().join("dry.html")).expect("a link");
    let (status, sentence) = said(folder.path(), &format!("{JOB} --replay"));
    assert!(status == Some(2) && sentence.contains("write --replay dry.html"), "{sentence}");
    assert!(!folder.path().join("elsewhere").exists());
    assert_eq!(said(folder.path(), &format!("{JOB} --replay dry.html")).0, Some(0), "it has a name");
}

#[cfg(unix)]
#[test]
fn a_recording_that_is_called_as_its_page_would_be_needs_another_name_for_it() {
    let folder = folder();
    let recorded = said(folder.path(), &format!("{JOB} --record dry.html -q"));
    assert_eq!(recorded, (Some(0), String::new()));
    let (status, sentence) = said(folder.path(), "replay dry.html --open");
    let advice = "error: the recording dry.html has the name of a page; name the page with --output\n";
    assert_eq!((status, sentence.as_str()), (Some(2), advice));
    // What comes from standard input is not the file that is called as it is.
    fs::copy(folder.path().join("dry.html"), folder.path().join("-")).expect("a file");
    fs::remove_file(folder.path().join("dry.html")).expect("it is there");
    let mut command = paintdry("replay - --open -q");
    command.current_dir(&folder).env("BROWSER", "true");
    let stdin = fs::File::open(folder.path().join("-")).expect("it is there");
    let output = command.stdin(stdin).output().expect("the command starts");
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert!(is_page(&folder.path().join("dry.html")));
}

#[test]
fn a_job_is_not_taken_for_the_name_of_a_page() {
    let folder = folder();
    for job in ["amap", "paint"] {
        let (status, sentence) = said(folder.path(), &format!("--virtual --replay {job}"));
        assert_eq!(status, Some(2));
        assert!(sentence.contains(&format!("{job} is a job; write `paintdry {job} --replay`")), "{sentence}");
    }
    assert_eq!(said(folder.path(), &format!("{JOB} --replay ./amap -q")), (Some(0), String::new()));
    assert!(is_page(&folder.path().join("amap")));
}

#[test]
fn the_lab_goes_to_a_file_or_a_pipe() {
    let folder = folder();
    let piped = paintdry("lab").current_dir(&folder).output().expect("the command starts");
    assert!(text(&piped.stdout) == paintdry_replay::lab() && piped.stderr.is_empty());
    assert_eq!(said(folder.path(), "lab --output week3.html -q"), (Some(0), String::new()));
    assert!(is_page(&folder.path().join("week3.html")));
    fs::write(folder.path().join("lab.html"), "a diary").expect("a file");
    let (status, sentence) = said(folder.path(), "lab --open");
    assert_eq!(status, Some(2));
    assert!(sentence.contains("to replace it, write --output lab.html"), "{sentence}");
}

#[cfg(unix)]
#[test]
fn on_a_terminal_the_page_of_a_recording_is_a_file_beside_it() {
    let folder = folder();
    let (recording, page) = (folder.path().join("it.json"), folder.path().join("it.html"));
    assert_eq!(said(folder.path(), &format!("{JOB} --record it.json")).0, Some(0));
    let replay = || OnTerminal::start(24, 200, true, &format!("replay {}", recording.display())).end();
    let (status, screen, _) = replay();
    assert!(status.success() && is_page(&page), "{screen}");
    assert!(screen.starts_with(&format!("wrote {}, ", page.display())) && screen.lines().count() == 1, "{screen}");
    fs::write(&page, "a diary").expect("a file");
    let (status, screen, _) = replay();
    assert_eq!(status.code(), Some(2));
    assert!(screen.contains("exists and is not a replay page; to replace it, write --output "), "{screen}");
    assert_eq!(fs::read_to_string(&page).expect("it is there"), "a diary");
    let piped = paintdry("replay it.json").current_dir(&folder).output().expect("the command starts");
    assert!(text(&piped.stdout).starts_with("<!doctype html>") && piped.stderr.is_empty());
}

/// A program that is called as a browser is, and writes its arguments to a pipe.
#[cfg(unix)]
#[test]
fn the_page_is_opened_in_the_browser_that_was_asked_for() {
    let folder = folder();
    let (pipe, browser) = (folder.path().join("pipe"), folder.path().join("browser"));
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().expect("there is a command mkfifo").success());
    fs::write(&browser, format!("#!/bin/sh\nprintf '%s|' \"$@\" > '{}'\n", pipe.display())).expect("a file");
    fs::set_permissions(&browser, fs::Permissions::from_mode(0o755)).expect("it is ours");
    assert_eq!(said(folder.path(), &format!("{JOB} --record it.json")).0, Some(0));
    let at = fs::canonicalize(folder.path()).expect("it is there");
    for (arguments, name) in [
        (format!("{JOB} --replay --open"), "dry.html"),
        (format!("{JOB} --replay=-a.html --open"), "-a.html"),
        ("replay it.json --open".to_owned(), "it.html"),
        ("lab --open".to_owned(), "lab.html"),
    ] {
        let (opened, has_opened) = mpsc::channel();
        let read = pipe.clone();
        thread::spawn(move || opened.send(fs::read_to_string(read)));
        let mut command = paintdry(&arguments);
        let output = command.current_dir(&at).env("BROWSER", &browser).output().expect("the command starts");
        assert!(output.status.success(), "{arguments}: {}", text(&output.stderr));
        assert!(text(&output.stderr).starts_with(&format!("wrote {name}, ")), "{}", text(&output.stderr));
        let opened = has_opened.recv_timeout(Duration::from_secs(60)).expect("it is opened").expect("it is text");
        assert_eq!(opened, format!("{}|", at.join(name).display()), "{arguments}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn without_a_browser_the_command_says_where_the_page_is() {
    let folder = folder();
    let at = fs::canonicalize(folder.path()).expect("it is there");
    let mut command = paintdry(&format!("{JOB} --replay -q --open --trace t.json"));
    command.current_dir(&at).env("BROWSER", "/no/such/browser").env("PATH", &at);
    let output = command.output().expect("the command starts");
    let page = at.join("dry.html");
    let sentence = format!("error: no browser could be started; open {} yourself, ", page.display());
    assert!(text(&output.stderr).starts_with(&sentence), "{}", text(&output.stderr));
    assert!(output.status.code() == Some(2) && is_page(&page) && at.join("t.json").exists());
}

#[test]
fn only_a_file_can_be_opened() {
    let folder = folder();
    for (arguments, words) in [
        (format!("{JOB} --open"), "--replay"),
        (format!("{JOB} --replay - --output x --open"), "--open needs a file, and - is not one; name one"),
        ("explore two-locks --open".to_owned(), "--replay"),
        ("explore --replay two-locks".to_owned(), "required arguments were not provided"),
    ] {
        let (status, sentence) = said(folder.path(), &arguments);
        assert_eq!(status, Some(2), "{arguments}: {sentence}");
        assert!(sentence.contains(words), "{arguments}: {sentence}");
    }
    assert_eq!(fs::read_dir(folder.path()).expect("the folder").count(), 0);
}
