//! When the file is written.

use super::*;
use paintdry_studio::Recording;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};

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
    let error = recorder.write().expect_err("there is no such folder").to_string();
    assert!(error.starts_with("no/such/folder/run.json cannot be written: "), "{error}");
}
