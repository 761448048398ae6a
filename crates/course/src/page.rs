//! The replay page of a program.

use paintdry_studio::{Clock, RecordedRun, Recording, RecordingError, Source};
use std::fs;
use std::panic::Location;
use std::path::PathBuf;

/// The name of a program's source in its recording.
pub(crate) const PROGRAM: &str = "program";

/// Where failed assertions write their pages, below the folder in which the program runs.
const FOLDER: &str = "replay";

/// The page that plays these runs side by side. `text` is the program's whole file.
///
/// # Errors
/// If the runs are too large to show.
pub fn page(name: &str, file: &str, text: &str, runs: Vec<RecordedRun>) -> Result<String, RecordingError> {
    let source = Source { name: PROGRAM.to_owned(), file: file.to_owned(), first_line: 1, text: text.to_owned() };
    let mut recording = Recording::of_program(name, Clock::Virtual, vec![source]);
    recording.runs = runs;
    paintdry_replay::page(&recording)
}

/// Writes the page of a run that did not end as it should, and says where it is.
pub(crate) fn leave(name: &str, run: RecordedRun, caller: &Location<'_>) -> String {
    let text = fs::read_to_string(caller.file()).unwrap_or_default();
    let path = PathBuf::from(FOLDER).join(format!("{}.html", name.replace(|c: char| !c.is_alphanumeric(), "-")));
    let page = match page(name, caller.file(), &text, vec![run]) {
        Ok(page) => page,
        Err(error) => return format!("There is no page that plays it: {error}."),
    };
    match fs::create_dir_all(FOLDER).and_then(|()| fs::write(&path, page)) {
        Ok(()) => format!("To see it, open {} in a browser.", path.display()),
        Err(error) => format!("A page that plays it could not be written to {}: {error}.", path.display()),
    }
}
