//! A recording in a folder of its own, and the replay page made from it.

use crate::program;
use serde_json::{Value, json};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use std::{fs, io, thread};
use tempfile::TempDir;

/// What `paintdry --record` wrote, and the page that `paintdry replay` made from it. Both go away with it.
#[derive(Debug)]
pub struct Recording {
    folder: TempDir,
    /// The recording as it was written.
    pub json: Value,
}

impl Recording {
    /// Records the runs of `paintdry ARGUMENTS`.
    ///
    /// # Panics
    ///
    /// If the command fails.
    pub fn of(arguments: &str) -> Self {
        let folder = tempfile::tempdir().expect("there is room for a folder");
        let file = folder.path().join("recording.json");
        run(Command::new(program()).args(arguments.split_whitespace()).arg("--record").arg(&file));
        let json = serde_json::from_str(&fs::read_to_string(file).expect("it was written")).expect("it is JSON");
        Self::with(folder, json)
    }

    /// The recording of the shortest failing schedule that `paintdry explore PROGRAM` finds.
    ///
    /// # Panics
    ///
    /// If the program does not fail.
    pub fn of_explored(program_name: &str) -> Self {
        let folder = tempfile::tempdir().expect("there is room for a folder");
        let file = folder.path().join("failure.html");
        let mut command = Command::new(program());
        command.args(["explore", program_name, "--replay"]).arg(&file).stdout(Stdio::null()).stderr(Stdio::null());
        assert!(!command.status().expect("the command starts").success(), "it finds a failure");
        let page = fs::read_to_string(file).expect("it was written");
        let (_, rest) = page.split_once(OPENED).expect("the page has a recording");
        let (json, _) = rest.split_once("</script>").expect("the recording ends");
        let json: Value = serde_json::from_str(json).expect("it is JSON");
        fs::write(folder.path().join("recording.json"), json.to_string()).expect("there is room for a file");
        Self::with(folder, json)
    }

    /// The same recording with something changed in it.
    ///
    /// # Panics
    ///
    /// If the command does not take it.
    #[must_use]
    pub fn changed(&self, change: impl FnOnce(&mut Value)) -> Self {
        let mut json = self.json.clone();
        change(&mut json);
        let folder = tempfile::tempdir().expect("there is room for a folder");
        fs::write(folder.path().join("recording.json"), json.to_string()).expect("there is room for a file");
        Self::with(folder, json)
    }

    /// The same recording as that of a program of one's own, without its text.
    ///
    /// # Panics
    ///
    /// If the command does not take it.
    #[must_use]
    pub fn of_a_program(&self, name: &str) -> Self {
        self.changed(|recording| {
            recording["workload"] = json!({"job": "program", "name": name});
            recording["sources"] = json!([]);
            recording["runs"].as_array_mut().expect("a list").iter_mut().for_each(|run| run["source"] = json!(null));
        })
    }

    fn with(folder: TempDir, json: Value) -> Self {
        let recording = Self { folder, json };
        let (from, to) = (recording.folder.path().join("recording.json"), recording.page());
        run(Command::new(program()).arg("replay").arg(from).arg("--output").arg(to));
        recording
    }

    /// The replay page.
    pub fn page(&self) -> PathBuf {
        self.folder.path().join("replay page.html") // the space is what it may have in real life
    }

    /// The same page, but with `text` where the recording stood in it.
    ///
    /// # Panics
    ///
    /// If there is no recording in the page.
    pub fn page_with(&self, text: &str) -> PathBuf {
        let page = fs::read_to_string(self.page()).expect("the page is there");
        let (before, rest) = page.split_once(OPENED).expect("the page has a place for the recording");
        let (_, after) = rest.split_once("</script>").expect("the place ends");
        let file = self.folder.path().join("changed.html");
        fs::write(&file, [before, OPENED, text, "</script>", after].concat()).expect("there is room for a file");
        file
    }

    /// The runs, in their order.
    ///
    /// # Panics
    ///
    /// If there is no list of them.
    pub fn runs(&self) -> &[Value] {
        self.json["runs"].as_array().expect("it has a list of runs")
    }
}

/// How the element begins in which the page keeps its recording.
const OPENED: &str = r#"<script type="application/json" id="recording">"#;

/// A command that hangs must not hang the tests: these take a few seconds at most.
const PATIENCE: Duration = Duration::from_secs(60);

fn run(command: &mut Command) {
    let mut process = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("the command starts");
    // Read beside it, or it stops when the pipe is full.
    let errors = process.stderr.take().map(|errors| thread::spawn(|| io::read_to_string(errors)));
    let deadline = Instant::now() + PATIENCE;
    let status = loop {
        match process.try_wait().expect("it can be asked") {
            Some(status) => break Some(status),
            None if Instant::now() > deadline => break None,
            None => thread::sleep(Duration::from_millis(5)),
        }
    };
    if status.is_none() {
        let _ = process.kill();
        let _ = process.wait();
    }
    let errors = errors.and_then(|reading| reading.join().ok()?.ok()).unwrap_or_default();
    let status = status.unwrap_or_else(|| panic!("{command:?} hangs: {errors}"));
    assert!(status.success(), "{command:?} fails: {errors}");
}
