//! A folder with files of every kind, in which the real command is tried.

use crate::draw::Line;
use crate::is_told;
use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use tempfile::TempDir;

const OLD: &str = "what was there before\n";

/// It is rebuilt before each command: `old.json`, and a link to it; `good.json`, a recording; `half.json`,
/// half of it; `folder`, a folder.
pub(crate) struct Folder {
    good: String,
}

impl Folder {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder for the test");
        let arguments = ["--virtual", "--runtime", "generator", "--record", "good.json"];
        let made = command(folder.path()).args(arguments).stdout(Stdio::null()).status().expect("the command starts");
        assert!(made.success());
        Self { good: fs::read_to_string(folder.path().join("good.json")).expect("it was recorded") }
    }

    fn fill(&self) -> TempDir {
        let folder = tempfile::tempdir().expect("a folder for the test");
        let at = |name: &str| folder.path().join(name);
        fs::write(at("old.json"), OLD).expect("a file for the test");
        fs::write(at("good.json"), &self.good).expect("a file for the test");
        fs::write(at("half.json"), &self.good[..self.good.len() / 2]).expect("a file for the test");
        fs::create_dir(at("folder")).expect("a folder for the test");
        #[cfg(unix)]
        std::os::unix::fs::symlink("old.json", at("link.json")).expect("a link for the test");
        folder
    }

    /// Gives the line to the real command.
    pub(crate) fn try_line(&self, Line(words): &Line) -> Result<(), String> {
        let folder = self.fill();
        let output = command(folder.path()).args(words).output().map_err(|error| error.to_string())?;
        let told = String::from_utf8_lossy(&output.stderr);
        let status = output.status.code().ok_or("a signal has ended it")?;
        match status {
            0 if told.lines().any(|line| !line.starts_with("wrote ")) => {
                return Err(format!("it succeeds and complains: {told}"));
            }
            0 => {}
            _ => is_told(status, &told)?,
        }
        for entry in fs::read_dir(folder.path()).map_err(|error| error.to_string())? {
            let path = entry.map_err(|error| error.to_string())?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            match name.as_str() {
                "folder" => {}
                "half.json" => is(&path, &self.good[..self.good.len() / 2])?,
                "good.json" => is(&path, &self.good)?,
                "old.json" | "link.json" => is(&path, OLD).or_else(|_| is_whole(&path))?,
                "new.json" | "new.html" | "new.svg" | "dry.html" | "\u{1f58c}" => is_whole(&path)?,
                other => return Err(format!("{other} is left behind")),
            }
        }
        Ok(())
    }
}

fn is(path: &Path, text: &str) -> Result<(), String> {
    let found = fs::read(path).map_err(|error| error.to_string())?;
    if found == text.as_bytes() { Ok(()) } else { Err(format!("{} has changed", path.display())) }
}

/// Whether a file was written to its end: a page, JSON, or lines.
fn is_whole(path: &Path) -> Result<(), String> {
    let text = fs::read_to_string(path).map_err(|error| error.to_string())?;
    let is_whole = match text.chars().next() {
        Some('<') => text.ends_with("</html>\n") || text.ends_with("</svg>\n"),
        Some('{') => serde_json::from_str::<Value>(&text).is_ok(),
        _ => text.ends_with('\n'),
    };
    if is_whole { Ok(()) } else { Err(format!("{} is half written: {text}", path.display())) }
}

fn command(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_paintdry"));
    command.current_dir(folder).stdin(Stdio::null()).env_remove("RUST_BACKTRACE").env_remove("TOKIO_WORKER_THREADS");
    command
}
