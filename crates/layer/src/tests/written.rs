//! When the file is written.

use super::*;
use paintdry_studio::Recording;
use std::error::Error;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use tracing::subscriber::{self, NoSubscriber};

fn read(path: &PathBuf) -> Recording {
    let text = fs::read_to_string(path).expect("it was written");
    fs::remove_file(path).expect("it is there");
    Recording::read(&text).expect("it is a recording")
}

#[test]
fn it_is_written_when_the_recorder_is_dropped() {
    let path = place();
    let (layer, recorder) = Options::new(&path).layer();
    let dispatch = Dispatch::new(Registry::default().with(layer));
    dispatcher::with_default(&dispatch, || drop(Task::spawn(3, pending(0))));
    drop(recorder);
    dispatcher::with_default(&dispatch, || drop(Task::spawn(4, pending(0))));
    assert_eq!(read(&path).runs[0].tasks, ["src/main.rs:3"]);
}

#[test]
fn it_is_written_once() {
    let path = place();
    let (_layer, recorder) = Options::new(&path).layer::<Registry>();
    assert_eq!(recorder.write().expect("the folder can be written to"), path);
    read(&path);
    assert!(!path.exists());
}

#[test]
fn it_is_written_when_main_panics() {
    let path = place();
    catch_unwind(AssertUnwindSafe(|| {
        let (_layer, _recorder) = Options::new(&path).layer::<Registry>();
        panic!("the easel fell over");
    }))
    .expect_err("it panics");
    read(&path);
}

#[test]
fn a_file_that_cannot_be_written_is_named() {
    let (_layer, recorder) = Options::new("no/such/folder/run.json").layer::<Registry>();
    let error = recorder.write().expect_err("there is no such folder");
    assert!(error.to_string().starts_with("no/such/folder/run.json cannot be written: "), "{error}");
    assert_eq!(format!("{error:?}"), error.to_string(), "`unwrap` shows the sentence");
    assert!(error.source().is_none(), "which has the words of the source");
}

#[test]
fn a_program_with_a_very_long_name_has_a_recording() {
    let (_layer, recorder) = Options::new(place()).name(&"x".repeat(200_000)).layer::<Registry>();
    recorder.recording().check().expect("it is within the limits");
    recorder.discard();
}

#[cfg(unix)]
#[test]
fn a_link_stays_and_a_pipe_is_written_to() {
    use std::io::{Read, pipe};
    use std::os::fd::AsRawFd;
    let (file, link) = (place(), place());
    fs::write(&file, "old").expect("a file for the test");
    std::os::unix::fs::symlink(&file, &link).expect("a link for the test");
    let (_layer, recorder) = Options::new(&link).layer::<Registry>();
    recorder.write().expect("it is written");
    assert!(link.is_symlink(), "it leads to the recording");
    read(&file);
    fs::remove_file(&link).expect("it is there");

    let (mut reader, writer) = pipe().expect("there is a pipe");
    let (_layer, recorder) = Options::new(format!("/dev/fd/{}", writer.as_raw_fd())).layer::<Registry>();
    recorder.write().expect("it is written");
    drop(writer);
    let mut text = String::new();
    reader.read_to_string(&mut text).expect("it is text");
    Recording::read(&text).expect("it is a recording");
}

/// `main` gets this error, and prints its `Debug`.
#[test]
fn a_program_with_a_subscriber_reads_what_to_do() {
    let _ = subscriber::set_global_default(NoSubscriber::default()); // it fails if it is set already, which will do
    let error = Options::new(place()).record().expect_err("it is set");
    assert!(error.to_string().starts_with("this program has a global subscriber of tracing already; "), "{error}");
    assert_eq!(format!("{error:?}"), error.to_string());
}
