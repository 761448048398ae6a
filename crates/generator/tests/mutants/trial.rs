//! A copy of the workspace in which mutants are tried, and the verdicts.

use crate::change::Mutant;
use serde_json::Value;
use std::collections::BTreeMap;
use std::env;
use std::fmt;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

/// What judges the loop, in this order: the test binaries, and last the one with the unit tests.
pub(crate) const SUITE: [&str; 8] =
    ["conformance", "turns", "pausing", "waking", "selecting", "both_forms", "asyncio", "hostile"];
const UNIT_TESTS: &str = "paintdry_generator";

/// How long a test binary may take. A healthy one takes some seconds. A test that this ends has caught nothing, because its
/// user would only wait.
const LIMIT: Duration = Duration::from_secs(80);

/// How much longer to wait once a test has failed.
const AFTER_A_FAILURE: Duration = Duration::from_secs(10);

/// What the crate, its tests and the workspace's manifest need.
const COPIED: [&str; 5] = ["Cargo.toml", "Cargo.lock", "crates", "benches", "docs"];

pub(crate) enum Verdict {
    /// Caught by these tests of that binary. Others hung and had to be stopped.
    Caught { binary: String, failed: Vec<String>, hung: Vec<String> },
    /// Nothing failed; these tests had to be stopped.
    Escaped { hung: Vec<String> },
}

impl Verdict {
    pub(crate) fn is_caught(&self) -> bool {
        matches!(self, Self::Caught { .. })
    }

    fn caught_by(&self) -> Option<&str> {
        if let Self::Caught { binary, .. } = self { Some(binary) } else { None }
    }

    /// Whether all tests passed.
    pub(crate) fn is_survival(&self) -> bool {
        matches!(self, Self::Escaped { hung } if hung.is_empty())
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (Self::Caught { hung, .. } | Self::Escaped { hung }) = self;
        match self {
            Self::Caught { binary, failed, .. } => {
                let others = if failed.len() > 1 { format!(" and {} more", failed.len() - 1) } else { String::new() };
                write!(f, "caught by {binary}: {}{others}", failed[0])?;
            }
            Self::Escaped { .. } => write!(f, "NOT CAUGHT")?,
        }
        if hung.is_empty() { Ok(()) } else { write!(f, " (hangs: {})", hung.join(", ")) }
    }
}

/// The workspace, without what git ignores. Its build is kept for the next time.
pub(crate) struct Copy {
    root: PathBuf,
}

impl Copy {
    pub(crate) fn of_the_workspace(root: &Path) -> Self {
        let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        fs::create_dir_all(root).expect("the copy can be written");
        for name in COPIED {
            copy(&workspace.join(name), &root.join(name));
        }
        Self { root: root.to_owned() }
    }

    fn crate_root(&self) -> PathBuf {
        self.root.join("crates/generator")
    }

    /// Makes the mutant's change, tries the suite this many times, and undoes it. A repeat begins with the test that caught it.
    pub(crate) fn try_mutant(&self, mutant: &Mutant, times: usize) -> Vec<Verdict> {
        let changed = mutant.changed(&self.crate_root()).unwrap_or_else(|error| panic!("{error}"));
        for (path, _, after) in &changed {
            fs::write(path, after).expect("the copy can be written");
        }
        let mut verdicts = Vec::new();
        for _ in 0..times {
            let caught_by = verdicts.last().and_then(Verdict::caught_by);
            verdicts.push(self.try_suite(Some(mutant), caught_by));
        }
        for (path, before, _) in &changed {
            fs::write(path, before).expect("the copy can be written");
        }
        verdicts
    }

    /// Builds the tests, and runs them until some have failed, those of the binary `first` before the others.
    pub(crate) fn try_suite(&self, mutant: Option<&Mutant>, first: Option<&str>) -> Verdict {
        let binaries = self.build(mutant.map_or("the healthy loop", |mutant| &mutant.name));
        let mut hung = Vec::new();
        let others = SUITE.into_iter().chain([UNIT_TESTS]).filter(|binary| Some(*binary) != first);
        for binary in first.into_iter().chain(others) {
            let started = Command::new(&binaries[binary])
                .current_dir(self.crate_root())
                .stdout(Stdio::piped())
                .stderr(Stdio::null())
                .spawn();
            let (failed, late) = outcome(started.expect("it was built a moment ago"));
            hung.extend(late.iter().map(|test| format!("{binary}: {test}")));
            if !failed.is_empty() {
                return Verdict::Caught { binary: binary.to_owned(), failed, hung };
            }
        }
        Verdict::Escaped { hung }
    }

    /// Where each test binary is.
    fn build(&self, what: &str) -> BTreeMap<String, PathBuf> {
        let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        cargo.args(["test", "--package", "paintdry-generator", "--no-run", "--locked", "--offline", "--lib"]);
        for test in SUITE {
            cargo.args(["--test", test]);
        }
        let output = cargo
            .args(["--message-format=json-render-diagnostics", "--quiet"])
            .current_dir(&self.root)
            .env("CARGO_TARGET_DIR", self.root.join("target"))
            .output()
            .expect("there is cargo, which has started this");
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{what} does not compile; a mutant must, so rewrite it:\n{told}");
        let messages = output.stdout.split(|&byte| byte == b'\n').filter_map(|line| serde_json::from_slice(line).ok());
        let built = messages.filter_map(|message: Value| {
            Some((message["target"]["name"].as_str()?.to_owned(), message["executable"].as_str()?.into()))
        });
        built.collect()
    }
}

/// The names of the tests that fail, and of those that had to be stopped. For the conformance suite's one test, the
/// first broken promise.
fn outcome(mut binary: Child) -> (Vec<String>, Vec<String>) {
    let output = BufReader::new(binary.stdout.take().expect("it is piped"));
    let (sender, lines) = mpsc::channel();
    let reads = thread::spawn(move || output.lines().map_while(Result::ok).for_each(|line| drop(sender.send(line))));
    let mut give_up = Instant::now() + LIMIT;
    let (mut failed, mut late, mut promise) = (Vec::new(), Vec::new(), None);
    let end = loop {
        let line = match lines.recv_timeout(give_up.saturating_duration_since(Instant::now())) {
            Ok(line) => line,
            Err(end) => break end,
        };
        promise = promise.or(line.strip_prefix("1. ").map(str::to_owned));
        let Some((test, what)) = line.strip_prefix("test ").and_then(|line| line.split_once(' ')) else { continue };
        match what {
            "... FAILED" => {
                failed.push(test.to_owned());
                give_up = give_up.min(Instant::now() + AFTER_A_FAILURE);
            }
            _ if what.starts_with("has been running") => late.push(test.to_owned()),
            _ => {}
        }
        late.retain(|late| late != test || what.starts_with("has"));
    }; // the channel is closed when it has ended
    if end == RecvTimeoutError::Timeout {
        let _ = binary.kill();
        if failed.is_empty() && late.is_empty() {
            late.push("one that began late".to_owned());
        }
    } else {
        late.clear();
    }
    let status = binary.wait().expect("it was started");
    let _ = reads.join();
    if end == RecvTimeoutError::Disconnected && !status.success() && failed.is_empty() {
        failed.push(format!("it was ended by {status}"));
    }
    (promise.map_or(failed, |promise| vec![promise]), late)
}

/// Copies a file or folder, and removes what is gone. A file that has not changed is not written, so that it is
/// not compiled again.
fn copy(from: &Path, to: &Path) {
    if from.is_dir() {
        fs::create_dir_all(to).expect("the copy can be written");
        let names = |folder: &Path| -> Vec<_> {
            let entries = fs::read_dir(folder).expect("it can be read");
            entries.map(|entry| entry.expect("it can be read").file_name()).filter(|name| name != "target").collect()
        };
        let (new, old) = (names(from), names(to));
        for name in old.iter().filter(|name| !new.contains(name)).map(|name| to.join(name)) {
            let gone = if name.is_dir() { fs::remove_dir_all(name) } else { fs::remove_file(name) };
            gone.expect("the copy can be written");
        }
        for name in new {
            copy(&from.join(&name), &to.join(&name));
        }
    } else {
        let content = fs::read(from).expect("the workspace can be read");
        if fs::read(to).ok().as_ref() != Some(&content) {
            fs::write(to, content).expect("the copy can be written");
        }
    }
}
