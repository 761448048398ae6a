//! Three canvases, blocking and async: the Python programs in virtual time, and those in Rust with a short drying time.

use crate::python::in_virtual_time;
use std::cell::Cell;
use std::process::Command;
use std::time::Duration;

const BLOCKING: &str = "
sky: painted
sky: dry
paint took 2.00 s
sea: painted
sea: dry
paint took 2.00 s
sun: painted
sun: dry
paint took 2.00 s
paint_all took 6.00 s
";

const ASYNC: &str = "
sky: painted
sea: painted
sun: painted
sky: dry
paint took 2.00 s
sea: dry
paint took 2.00 s
sun: dry
paint took 2.00 s
paint_all took 2.00 s
";

const TIMED_TOO_EARLY: &str = "
paint took 0.00 s
paint took 0.00 s
paint took 0.00 s
sky: painted
sea: painted
sun: painted
sky: dry
sea: dry
sun: dry
";

/// The lines without those of the decorator, which Rust prints to standard error.
fn said(printed: &str) -> Vec<&str> {
    printed.trim().lines().filter(|line| !line.contains(" took ")).collect()
}

/// How many canvases are wet at the same time, at most.
fn most_wet_at_once(lines: &[&str]) -> usize {
    let (mut wet, mut most) = (0, 0);
    for line in lines {
        match line.split_once(": ") {
            Some((_, "painted")) => wet += 1,
            Some((_, "dry")) => wet -= 1,
            _ => panic!("what does this line say? {line}"),
        }
        most = most.max(wet);
    }
    assert_eq!(wet, 0, "all are dry at the end: {lines:?}");
    most
}

/// A program in Rust whose canvases dry in less than one look: what it says, and what its decorator says.
fn in_rust(program: &str) -> (String, Vec<String>) {
    let mut command = Command::new(program);
    let output = command.env("DRYING", "0.4").output().expect("it was built");
    let timings = String::from_utf8(output.stderr).expect("it is UTF-8");
    let names = timings.lines().map(|line| line.split(" took ").next().unwrap_or_default().to_owned());
    (String::from_utf8(output.stdout).expect("it is UTF-8"), names.collect())
}

#[test]
fn in_python_three_canvases_take_six_seconds_and_with_async_two() {
    for (program, expected) in
        [("painting_blocking.py", BLOCKING), ("painting_async.py", ASYNC), ("timed_too_early.py", TIMED_TOO_EARLY)]
    {
        let Some(printed) = in_virtual_time(program) else { return };
        assert_eq!(printed, expected.trim_start(), "{program}");
    }
}

#[test]
fn in_rust_the_same_happens_in_the_same_order_and_with_async_all_three_dry_at_the_same_time() {
    let blocking = in_rust(env!("CARGO_BIN_EXE_painting_blocking"));
    assert_eq!(said(&blocking.0), said(BLOCKING));
    let with_async = in_rust(env!("CARGO_BIN_EXE_painting_async"));
    assert_eq!(said(&with_async.0), said(ASYNC));
    assert_eq!(most_wet_at_once(&said(&blocking.0)), 1);
    assert_eq!(most_wet_at_once(&said(&with_async.0)), 3);
    for (_, timed) in [&blocking, &with_async] {
        assert_eq!(timed[..], ["paint", "paint", "paint", "paint_all"]);
    }
}

#[test]
fn without_its_variable_a_canvas_dries_for_two_seconds() {
    let text = include_str!("../../src/from_python/canvas.rs");
    assert!(text.contains("seconds.unwrap_or(2.0)"), "as in docs/python/canvas.py");
    assert!(include_str!("../../../../docs/python/canvas.py").contains("\nDRYING = 2.0\n"));
}

#[test]
fn a_decorator_that_does_not_await_times_the_call_alone() {
    let (time, took) = (Cell::new(Duration::ZERO), Cell::new(None));
    let paint = |seconds| async move { Duration::from_secs(seconds) };
    let timed = paintdry_core::timed_with("paint", paint, || time.get(), |timing| took.set(Some(timing.took)));
    let painting = timed(2);
    assert_eq!(took.get(), Some(Duration::ZERO));
    time.set(futures::executor::block_on(painting)); // the work is done here, and no clock looks
    assert_eq!((time.get(), took.get()), (Duration::from_secs(2), Some(Duration::ZERO)));
}
