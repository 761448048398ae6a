//! The exercises' stubs and solutions: what is found in each. It has no test harness, because the files bring tests of their own,
//! which a stub does not pass.

use paintdry_diagnose::{Kind, Severity, diagnose};
use paintdry_studio::{Clock, RecordedRun, Recording};

/// A module with the program of an exercise, as it is and as it is solved.
macro_rules! exercise {
    ($module:ident, $path:literal, $program:expr) => {
        #[allow(warnings, clippy::all, clippy::pedantic)]
        mod $module {
            pub(crate) mod stub {
                include!(concat!("../../../exercises/exercises/", $path));
                pub(crate) fn run() -> super::super::RecordedRun {
                    paintdry_course::watch("", $program).recorded("generator", "the stub")
                }
            }
            pub(crate) mod solution {
                include!(concat!("../../../exercises/solutions/", $path));
                pub(crate) fn run() -> super::super::RecordedRun {
                    paintdry_course::watch("", $program).recorded("generator", "the solution")
                }
            }
        }
    };
}

exercise!(lazy1, "04_await/lazy1.rs", paint_all());
exercise!(await1, "05_gather/await1.rs", paint_all());
exercise!(gather1, "05_gather/gather1.rs", dry_all());
exercise!(spawn1, "05_gather/spawn1.rs", paint_all(&["sky", "sea", "sun"]));
exercise!(future1, "06_futures/future1.rs", paint_what_comes());
exercise!(future2, "06_futures/future2.rs", paint_what_comes());
exercise!(heartbeat1, "07_colour/heartbeat1.rs", paint_with_a_heartbeat());
exercise!(cancel1, "10_control/cancel1.rs", paint_with_patience(milliseconds(2_500)));
exercise!(cancel2, "10_control/cancel2.rs", wait_until_dry());
exercise!(scope1, "10_control/scope1.rs", paint_three(Some("sky")));

type Recorded = fn() -> RecordedRun;

/// Each exercise, what is found in its stub, and both programs. Nothing is found if the fault leaves no trace in the events.
const EXERCISES: [(&str, &[Kind], Recorded, Recorded); 10] = [
    ("lazy1", &[], lazy1::stub::run, lazy1::solution::run),
    ("await1", &[Kind::WaitsInARow], await1::stub::run, await1::solution::run),
    ("gather1", &[], gather1::stub::run, gather1::solution::run),
    ("spawn1", &[Kind::NeverPolled], spawn1::stub::run, spawn1::solution::run),
    ("future1", &[Kind::LostWake], future1::stub::run, future1::solution::run),
    ("future2", &[Kind::LostWake], future2::stub::run, future2::solution::run),
    ("heartbeat1", &[Kind::LongPoll], heartbeat1::stub::run, heartbeat1::solution::run),
    ("cancel1", &[], cancel1::stub::run, cancel1::solution::run),
    ("cancel2", &[Kind::RestartedWait], cancel2::stub::run, cancel2::solution::run),
    ("scope1", &[Kind::LeftBehind], scope1::stub::run, scope1::solution::run),
];

/// The kinds of what is found, and the text.
fn found(run: RecordedRun) -> (Vec<Kind>, String) {
    let mut recording = Recording::of_program("an exercise", Clock::Virtual, Vec::new());
    recording.runs.push(RecordedRun { source: None, ..run });
    let diagnosis = diagnose(&recording).unwrap_or_else(|error| panic!("{error}"));
    (diagnosis.findings.iter().map(|finding| finding.kind).collect(), diagnosis.to_string())
}

fn main() {
    let mut wrong = Vec::new();
    for (name, expected, stub, solution) in EXERCISES {
        let (kinds, text) = found(stub());
        if kinds.first() != expected.first() {
            wrong.push(format!("{name}, the stub, expected {expected:?}\n{text}"));
        }
        let (kinds, text) = found(solution());
        if kinds.iter().any(|kind| kind.severity() != Severity::Hint) {
            wrong.push(format!("{name}, the solution\n{text}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    println!("{} exercises: each stub has the finding that it should, and no solution is blamed", EXERCISES.len());
}
