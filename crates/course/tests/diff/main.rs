//! The pitfalls before and after their cure, compared: the first difference shows the mistake.

use paintdry_course::replays::all;
use paintdry_diff::{Run, diff};
use paintdry_studio::{Clock, Recording};

/// The pitfall on this page compared with the cure, which is this run of the page: the first difference, without numbers of lines.
fn compared(page: &str, cure: usize) -> String {
    let replay = all().into_iter().find(|replay| replay.name == page).expect("there is such a page");
    let mut recording = Recording::of_program(replay.title, Clock::Virtual, Vec::new());
    recording.runs = (replay.runs)();
    for run in &mut recording.runs {
        "generator".clone_into(&mut run.runtime); // the page calls them by what they do
    }
    let run = |number, name| Run::of(&recording, number).expect("there are as many runs").called(name);
    let diff = diff(&run(0, "before"), &run(cure, "after"));
    let then = diff.difference().map(|first| first.then.clone()).unwrap_or_default();
    let mut parts = then.split(" at line ");
    let begin = parts.next().unwrap_or_default().to_owned();
    let without_number = |part: &str| part.trim_start_matches(|c: char| c.is_ascii_digit()).to_owned();
    parts.fold(begin, |text, part| text + &without_number(part))
}

#[test]
fn the_first_difference_between_a_pitfall_and_its_cure_is_the_mistake() {
    let cures = [
        (
            "09-01-awaits-in-a-row",
            1,
            "Then main sleeps for 500 ms in before at 1.500 s, and says “sea: painted” in after at 2 s.",
        ),
        (
            "09-02-join-is-not-parallel",
            1,
            "Then main says “sky: painted” in before at 1 s, and starts sky in after at 0 s.",
        ),
        ("09-03-blocking-in-a-task", 1, "Then painter blocks its thread in before, and lets other tasks run in after."),
        ("09-04-not-polled", 1, "Then main ends in before at 0 s, and says “sky: painted” in after at 1 s."),
        ("09-05-spawned-and-left", 2, "Then main says “done” in before at 0 s, and says “done” in after at 5 s."),
        (
            "09-06-lost-waker",
            2,
            "Then helper waits until the run ends in before, and says “has hung the sky” in after at 4 s.",
        ),
        ("09-08-no-reactor", 1, "Then main ends at 0 s in before, and at 3 s in after."),
        (
            "09-09-runtime-in-a-runtime",
            1,
            "Then main says “calls a function that blocks” in before, and “awaits” in after.",
        ),
        ("09-10-select-loses", 1, "Then main sleeps for 500 ms in before, and sleeps for 800 ms in after."),
        (
            "09-11-dropped-handle",
            1,
            "Then sky is cancelled in before, where its handle is dropped, and continues in after.",
        ),
        (
            "09-11-dropped-handle",
            3,
            "Then main says “has dropped the handle” in before, and “waits for the end” in after.",
        ),
        (
            "09-12-guard-across-await",
            1,
            "Then main sleeps for 1 s in before at 1 s, and says “sea: painted” in after at 2 s.",
        ),
        ("09-13-futurelock", 1, "Then main starts sea in before, and starts sky in after."),
    ];
    for (page, cure, expected) in cures {
        assert_eq!(compared(page, cure), expected, "{page}");
    }
}
