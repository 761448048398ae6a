//! A recording of a part of the run.

use super::*;

/// A program with a task that waits all the time, and others that come and go.
fn busy(told: &Told, rounds: u32) {
    told.in_it(|| {
        let mut quiet = Task::spawn(3, pending(9));
        quiet.poll();
        for _ in 0..rounds {
            let mut task = Task::spawn(7, pending(1));
            task.poll();
            task.wake();
            task.poll();
        }
        std::mem::forget(quiet);
    });
}

#[test]
fn the_last_events_are_kept_and_what_was_there_before_is_there() {
    let told = Told::with(|options| options.last_events(1000));
    busy(&told, 5000);
    let run = told.run();
    assert!((500..=1000).contains(&run.events.len()), "{} events", run.events.len());
    assert!(run.about.starts_with("program, the last "), "{}", run.about);
    assert_eq!(run.tasks[0], "src/main.rs:3");
    assert_eq!(words(&run, 0), ["pending"]);
    assert_eq!(run.tasks.last().map(String::as_str), Some("src/main.rs:7 #5000"));
    assert_eq!(words(&run, u32::try_from(run.tasks.len() - 1).expect("few")).len(), 6);
    assert!(run.events.iter().all(|event| event.ns <= run.wall_ns));
}

#[test]
fn the_first_events_are_kept() {
    let told = Told::with(|options| options.first_events(100));
    busy(&told, 5000);
    let run = told.run();
    assert_eq!(run.tasks[1], "src/main.rs:7 #1");
    assert!((50..=100).contains(&run.events.len()), "{} events", run.events.len());
    assert!(run.about.starts_with("program, the first "), "{}", run.about);
}

#[test]
fn the_last_seconds_are_kept() {
    let told = Told::with(|options| options.last(std::time::Duration::from_nanos(500)));
    busy(&told, 5000);
    let run = told.run();
    assert!(run.wall_ns <= 501, "{} ns", run.wall_ns);
    assert!(run.events.len() > 100, "{} events", run.events.len());
}

#[test]
fn a_task_that_runs_when_the_recording_begins_is_running() {
    let told = Told::with(|options| options.last_events(300));
    told.in_it(|| {
        let many = async { (0..300).for_each(|_| Task::spawn(7, async {}).poll()) };
        Task::in_span(span("block_on", "", 1, 1), many).poll();
    });
    let run = told.run();
    assert_eq!(run.tasks[0], "block_on src/main.rs:1");
    assert_eq!(words(&run, 0), ["poll", "complete"]);
}
