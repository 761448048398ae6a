//! A pitfall as text: the log of its program's failure, and of the cure.

use super::replays;
use crate::log;
use paintdry_studio::RecordedRun;
use std::fmt::Write;
use std::time::Duration;

/// Runs the programs of the pitfall with this number, and returns the log of each run.
///
/// # Errors
/// If no pitfall has this number: the list of those that there are.
pub fn told(number: usize) -> Result<String, String> {
    let replays = replays();
    let Some(replay) = number.checked_sub(1).and_then(|index| replays.get(index)) else {
        return Err(replays.iter().map(|replay| replay.title).collect::<Vec<_>>().join("\n"));
    };
    let mut told = replay.title.to_owned();
    for run in (replay.runs)() {
        let _ = write!(told, "\n\n{}", log_of(&run));
    }
    Ok(told)
}

/// What the run is about, its log, and how it ends.
fn log_of(run: &RecordedRun) -> String {
    let seconds = Duration::from_nanos(run.wall_ns).as_secs_f64();
    let end = run.error.as_deref().unwrap_or("it ends");
    let mut lines = vec![format!("{} ({})", run.about, run.runtime)];
    lines.extend(log::lines(&run.tasks, &run.events));
    lines.push(format!("{seconds:>5.1} s  {end}"));
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use std::path::Path;

    #[test]
    fn the_first_pitfall_is_told() {
        let expected = "
Pitfall 1: awaits in a row

fails: three awaits in a row (in a row)
  1.0 s  sky: painted
  3.0 s  sky: dry
  4.0 s  sea: painted
  6.0 s  sea: dry
  7.0 s  sun: painted
  9.0 s  sun: dry
  9.0 s  it ends

cured: one await for all three (joined)
  1.0 s  sky: painted
  2.0 s  sea: painted
  3.0 s  sun: painted
  3.0 s  sky: dry
  4.0 s  sea: dry
  5.0 s  sun: dry
  5.0 s  it ends
";
        assert_eq!(told(1), Ok(expected.trim().to_owned()));
    }

    #[test]
    fn a_pitfall_that_does_not_end_says_why() {
        let (stalls, panics) = (told(13).unwrap_or_default(), told(9).unwrap_or_default());
        assert!(stalls.contains("  2.5 s  stalled: nothing can run and no timer is set: main waits"), "{stalls}");
        assert!(panics.contains("  0.0 s  it panics: Cannot start a runtime from within a runtime"), "{panics}");
    }

    #[test]
    fn another_number_lists_them() {
        for number in [0, 14] {
            let list = told(number).expect_err("there are thirteen");
            assert_eq!(list.lines().count(), 13);
        }
    }

    /// Each number is that of a section, and the section says how to run it.
    #[test]
    fn each_section_names_its_command() {
        let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs");
        let pages = ["09-pitfalls-too-late.md", "09b-pitfalls-wrong-runtime.md", "09c-pitfalls-dropped-or-held.md"];
        let pages: String = pages.map(|page| fs::read_to_string(docs.join(page)).expect("it is text")).concat();
        for (number, replay) in (1..).zip(replays()) {
            assert!(replay.title.starts_with(&format!("Pitfall {number}: ")), "{}", replay.title);
            let (_, section) = pages.split_once(&format!("\n## {number}. ")).expect("it has a section");
            let section = section.split("\n## ").next().unwrap_or_default();
            let command = format!("`cargo run -p paintdry-course --example pitfalls -- {number}`");
            assert!(section.contains(&command), "section {number} does not name {command}");
            // A picture may stand above its section, so that the first code of the page has one before it.
            assert!(pages.contains(&format!("(images/{}.svg)", replay.name)), "section {number} has no picture");
        }
    }
}
