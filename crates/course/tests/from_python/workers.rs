//! Three workers and a time limit: on asyncio, on our loop and on tokio, each in virtual time.

use crate::python::{in_virtual_time, is_there};
use crate::root;
use paintdry_generator::{Chooser, EventLoop, TurnEnd};
use std::fs;
use std::ops::Range;
use std::process::Command;
use std::time::Duration;

#[allow(dead_code, reason = "its `main` runs in real time")]
#[path = "../../src/from_python/workers_on_our_loop.rs"]
mod on_our_loop;

#[allow(dead_code, reason = "its `main` runs in real time")]
#[path = "../../src/from_python/workers_on_tokio.rs"]
mod on_tokio;

const PRINTED: &str = "
the time is over
job 0: dry
job 1: dry
job 2: dry
job 3: dry
job 4: failed, out of blue
job 5: dry
job 6: not done
job 7: not done
job 8: not done
";

const LIMIT: Duration = Duration::from_millis(250);

/// Keeps the loop's own order. With a chooser, the loop's time is virtual.
struct First;

impl Chooser for First {
    fn choose(&mut self, _ready: &[u32], _time: Duration) -> Option<usize> {
        Some(0)
    }

    fn after_turn(&mut self, _task: u32, _made: Range<u32>, _end: TurnEnd<'_>) {}
}

fn expected() -> Vec<&'static str> {
    PRINTED.trim().lines().collect()
}

#[test]
fn on_our_loop() {
    let event_loop = EventLoop::new();
    let report = async { (on_our_loop::report().await, event_loop.time()) };
    let (lines, time) =
        event_loop.run_choosing(report, &mut First).expect("it ends").expect("the chooser goes to the end");
    assert_eq!(lines.expect("no worker fails"), expected());
    assert_eq!(time, LIMIT);
}

#[test]
fn on_tokio() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build();
    let (lines, time) = runtime.expect("it starts").block_on(async {
        let start = tokio::time::Instant::now();
        (on_tokio::report().await, start.elapsed())
    });
    assert_eq!(lines.expect("no worker panics"), expected());
    assert_eq!(time, LIMIT);
}

#[test]
fn on_asyncio() {
    let Some(printed) = in_virtual_time("workers.py") else { return };
    assert_eq!(printed, PRINTED.trim_start());
}

/// What `worker_with_shutdown.py` prints after these changes, in virtual time. It may fail.
fn with_shutdown(changes: &[(&str, &str)]) -> String {
    let folder = root().join("docs/python");
    let mut program = fs::read_to_string(folder.join("worker_with_shutdown.py")).expect("the program");
    for (old, new) in changes {
        assert!(program.contains(old), "{old}");
        program = program.replace(old, new);
    }
    let file = tempfile::NamedTempFile::new().expect("a file");
    fs::write(&file, program).expect("it is written");
    let mut python = Command::new("python3");
    let output = python.args(["-B", "in_virtual_time.py"]).arg(file.path()).current_dir(folder).output();
    String::from_utf8_lossy(&output.expect("it starts").stdout).replace("\r\n", "\n")
}

#[test]
fn a_worker_that_breaks_a_rule_of_the_shutdown_loses_a_job() {
    if !is_there() {
        println!("Left out: there is no python3 of 3.11 or later.");
        return;
    }
    let painted = "sky: painted\nsea: painted\n";
    let right = format!("{painted}left in the queue: sun\n");
    assert_eq!(with_shutdown(&[]), right);
    let lost = with_shutdown(&[("if get.done():", "if get.done() and not shutdown.done():")]);
    assert_eq!(lost, right.replace("sea: painted\n", ""), "the sea is neither painted nor left");
    let forgets = ("get.cancel()", "pass");
    let forgotten = with_shutdown(&[forgets, ("await asyncio.wait([get])", "break")]);
    assert_eq!(forgotten, painted, "a forgotten `get` takes the sun");

    let change = ("shutdown.set_result(None)", "[worker.cancel() for worker in workers]");
    let cancelled =
        [change, ("    queue.put_nowait(\"sea\")\n", ""), ("asyncio.gather(*workers)", "asyncio.wait(workers)")];
    assert_eq!(with_shutdown(&cancelled), right.replace("sea: painted\n", ""));
    let forgotten = with_shutdown(&[&cancelled[..], &[forgets]].concat());
    assert_eq!(forgotten, "sky: painted\n", "the `get` of a cancelled worker takes the sun");
}
