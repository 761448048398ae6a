//! What tasks are called.

use super::*;

#[test]
fn tasks_have_their_names_or_their_lines() {
    let told = Told::new();
    told.in_it(|| {
        for (kind, name, line, column) in [
            ("task", "painter", 3, 5),
            ("task", "painter", 3, 5),
            ("task", "", 7, 5),
            ("task", "", 7, 5),
            ("task", "", 9, 5),
            ("task", "", 9, 30),
            ("blocking", "", 11, 5),
            ("block_on", "", 1, 1),
        ] {
            drop(Task::in_span(span(kind, name, line, column), pending(0)));
        }
    });
    let expected = [
        "block_on src/main.rs:1",
        "src/main.rs:9:5",
        "src/main.rs:9:30",
        "blocking src/main.rs:11",
        "painter",
        "painter #2",
        "src/main.rs:7 #1",
        "src/main.rs:7 #2",
    ];
    assert_eq!(told.run().tasks, expected);
}

#[test]
fn of_one_line_the_tasks_that_panicked_come_first() {
    let told = Told::new();
    told.in_it(|| {
        drop(Task::spawn(7, pending(0)));
        let mut failing = Task::spawn(7, async { panic!("out of paint") });
        std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| failing.poll())).expect_err("it panics");
        failing.cancel();
    });
    assert_eq!(told.run().tasks, ["src/main.rs:7 #2", "src/main.rs:7 #1"]);
}

#[test]
fn the_runtime_is_the_target_of_the_spans() {
    let told = Told::new();
    told.in_it(|| drop(Task::spawn(3, pending(0))));
    let run = told.run();
    assert_eq!((run.runtime.as_str(), run.version.as_str(), run.about.as_str()), ("tokio", "", "program"));
    assert_eq!(Told::new().run().runtime, "unknown");
}
