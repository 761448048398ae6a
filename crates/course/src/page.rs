//! The replay page of a program.

use paintdry_diagnose::{Kind, Severity, diagnose};
use paintdry_studio::{Clock, RecordedRun, Recording, RecordingError, Source};
use std::fs;
use std::panic::Location;
use std::path::{Path, PathBuf};

/// The name of a program's source in its recording.
pub(crate) const PROGRAM: &str = "program";

/// Where assertions write their pages, below the folder in which the program runs.
const FOLDER: &str = "replay";

/// What follows the program's name in the name of a page: of the last run that failed,
const FAILED: &str = "";

/// and of the one that passed after it.
const PASSED: &str = "-passed";

/// The page that plays these runs side by side. `text` is the program's whole file.
///
/// # Errors
/// If the runs are too large to show.
pub fn page(name: &str, file: &str, text: &str, runs: Vec<RecordedRun>) -> Result<String, RecordingError> {
    paintdry_replay::page(&recording(name, file, text, runs))
}

/// The recording of these runs.
pub(crate) fn recording(name: &str, file: &str, text: &str, runs: Vec<RecordedRun>) -> Recording {
    let source = Source { name: PROGRAM.to_owned(), file: file.to_owned(), first_line: 1, text: text.to_owned() };
    let mut recording = Recording::of_program(name, Clock::Virtual, vec![source]);
    recording.runs = runs;
    recording
}

/// Writes the page of a run that did not end as it should, and says where it is, and what its events show. The page of an earlier run
/// that passed goes.
pub(crate) fn leave_failed(name: &str, run: RecordedRun, caller: &Location<'_>) -> String {
    let _ = fs::remove_file(path(name, PASSED)); // mostly there is none
    let shown = shown(name, &run).map_or_else(String::new, |what| format!("The events show: {what}.\n"));
    match write(&path(name, FAILED), name, run, caller) {
        Ok(()) => format!("{shown}To see this run, open {} in a browser.", path(name, FAILED).display()),
        Err(problem) => shown + &problem,
    }
}

/// The worst that is wrong in a run, if the run's own error does not say it: a lost wake and a panic it names itself. Why it is so, and
/// what cures it, is for the learner to find.
fn shown(name: &str, run: &RecordedRun) -> Option<String> {
    let mut recording = Recording::of_program(name, Clock::Virtual, Vec::new());
    recording.runs.push(RecordedRun { source: None, ..run.clone() });
    let worst = diagnose(&recording).ok()?.findings.into_iter().next()?;
    let says_more = worst.severity != Severity::Hint && !matches!(worst.kind, Kind::LostWake | Kind::Failed);
    says_more.then_some(worst.what)
}

/// Writes the page of a run that passed, if there is one that failed before, and says how to compare the two.
pub(crate) fn leave_passed(name: &str, run: RecordedRun, caller: &Location<'_>) -> Option<String> {
    path(name, FAILED).exists().then(|| match write(&path(name, PASSED), name, run, caller) {
        Ok(()) => comparison(name),
        Err(problem) => problem,
    })
}

/// How to compare the run that passed with the one that failed before, if there are both.
pub(crate) fn passed(name: &str) -> Option<String> {
    path(name, PASSED).exists().then(|| comparison(name))
}

fn comparison(name: &str) -> String {
    let [failed, passed] = [FAILED, PASSED].map(|ending| path(name, ending).display().to_string());
    format!(
        "{failed} plays the run that failed, and {passed} the one that passes: open both in a browser to compare them."
    )
}

fn path(name: &str, ending: &str) -> PathBuf {
    PathBuf::from(FOLDER).join(format!("{}{ending}.html", name.replace(|c: char| !c.is_alphanumeric(), "-")))
}

/// Writes a page of one run. The error is a sentence.
fn write(path: &Path, name: &str, run: RecordedRun, caller: &Location<'_>) -> Result<(), String> {
    let text = fs::read_to_string(caller.file()).unwrap_or_default();
    let page = page(name, caller.file(), &text, vec![run])
        .map_err(|error| format!("There is no page that plays it: {error}."))?;
    fs::create_dir_all(FOLDER)
        .and_then(|()| fs::write(path, page))
        .map_err(|error| format!("A page that plays it could not be written to {}: {error}.", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{seconds, sleep, spawn, watch, work};
    use std::panic::{AssertUnwindSafe, catch_unwind};

    async fn nap(takes: u64) {
        sleep(seconds(takes)).await;
    }

    #[test]
    fn after_a_failure_the_run_that_passes_has_a_page_beside_it() {
        let name = "a nap, compared";
        let pages = [FAILED, PASSED].map(|ending| path(name, ending));
        for page in &pages {
            let _ = fs::remove_file(page); // of an earlier run of this test
        }
        let outcome = |takes| {
            let seen = watch(name, nap(takes));
            let passes = catch_unwind(AssertUnwindSafe(move || {
                seen.assert_took(seconds(2), "a nap takes two seconds");
            }));
            (passes.is_ok(), pages.each_ref().map(|page| page.exists()))
        };
        assert_eq!(outcome(2), (true, [false, false]), "there is nothing to compare it with");
        assert_eq!(outcome(3), (false, [true, false]));
        assert_eq!(passed(name), None);
        let seen = watch(name, nap(2));
        seen.assert_took(seconds(2), "a nap takes two seconds");
        assert!(!pages[1].exists(), "another assertion may follow");
        drop(seen);
        let [failed, passes] = pages.each_ref().map(|page| fs::read_to_string(page).expect("the page is there"));
        assert!(failed.contains("\"wall_ns\":3000000000") && passes.contains("\"wall_ns\":2000000000"));
        let line = passed(name).expect("both are there");
        assert!(pages.iter().all(|page| line.contains(&page.display().to_string())) && !line.contains('\n'), "{line}");
        assert_eq!(outcome(4), (false, [true, false]), "the program does not pass any more");
    }

    /// A heart that beats too late says nothing about the painter that holds it up.
    #[test]
    fn a_failure_says_what_the_events_show() {
        let failed = |holds_up: bool| {
            let seen = watch("a heart, held up", async move {
                let heart = spawn("heart", sleep(seconds(1)));
                let painter = spawn("painter", async move {
                    if holds_up {
                        work(seconds(3));
                    }
                });
                painter.await.and(heart.await).expect("they do not panic");
            });
            let failed =
                catch_unwind(AssertUnwindSafe(|| seen.assert_took(seconds(2), "so it is"))).expect_err("it fails");
            failed.downcast_ref::<String>().expect("it has a message").clone()
        };
        let line =
            "\nThe events show: painter works for 3 s without an await, and heart is late.\nTo see this run, open ";
        assert!(failed(true).contains(line), "{}", failed(true));
        assert!(!failed(false).contains("The events show"), "{}", failed(false));
    }

    #[test]
    fn what_is_only_looked_at_leaves_no_page() {
        let name = "a nap, looked at";
        let run = watch(name, nap(1)).recorded("", "");
        let _ = leave_failed(name, run, Location::caller());
        let seen = watch(name, nap(2));
        assert_eq!(seen.took(), seconds(2));
        drop(seen);
        let () = watch(name, nap(2)).result();
        assert!(!path(name, PASSED).exists(), "no assertion says that it passed");
    }
}
