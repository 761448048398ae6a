//! Files of console-subscriber: one that tokio has written, and the pieces of others.

use paintdry_studio::{EventKind, RecordedRun, Recording, RecordingError, WakeSource};
use std::fmt::Write;

/// A small program on tokio's current-thread runtime, recorded by console-subscriber 0.5. Its main task is `block_on #1`.
const TOKIO: &str = include_str!("console/tokio.json");

fn read(file: &str) -> RecordedRun {
    assert!(Recording::is_of_console(file));
    let mut recording = Recording::read_console(file).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(Recording::read(&recording.to_json()).as_ref(), Ok(&recording), "it can be written and read again");
    assert!(recording.to_trace().starts_with('{'));
    recording.runs.remove(0)
}

/// A file with these lines: what, the number of the span, the nanosecond, and what else it has.
fn file(lines: &[(&str, u64, u64, &str)]) -> String {
    let mut file = "{\"v\":1}\n".to_owned();
    for (what, span, ns, more) in lines {
        let at = format!("{{\"secs_since_epoch\":1700000000,\"nanos_since_epoch\":{ns}}}");
        let _ = writeln!(file, "{{\"{what}\":{{\"id\":{span},\"at\":{at}{more}}}}}");
    }
    file
}

const TASK: &str = r#","fields":[{"name":"kind","value":"task"},{"name":"task.name","value":""},{"name":"task.id","value":8},{"name":"size.bytes","value":16}]"#;
const WAKE: &str = r#","op":{"Wake":{"self_wake":false}}"#;

fn kinds(run: &RecordedRun) -> Vec<(u64, EventKind)> {
    run.events.iter().map(|event| (event.ns, event.what.clone())).collect()
}

const POLL: EventKind = EventKind::Poll { thread: None };
const UNKNOWN: EventKind = EventKind::Wake(WakeSource::Unknown);
const SPAWN: EventKind = EventKind::Spawn { by: None };

#[test]
fn lines_of_several_threads_are_put_in_order_and_the_drop_of_a_task_is_no_poll() {
    let lines = [
        ("Spawn", 5, 1_000, TASK),
        ("Enter", 5, 1_010, ""),
        ("Waker", 5, 1_030, WAKE), // written before the end of the poll, by another thread
        ("Exit", 5, 1_020, ""),
        ("Enter", 7, 1_022, ""), // the span of a resource
        ("Enter", 5, 1_040, ""),
        ("Enter", 5, 1_041, ""), // the task enters its own span
        ("Exit", 5, 1_042, ""),
        ("Exit", 5, 1_050, ""),
        ("Waker", 5, 1_055, WAKE), // too late
        ("Enter", 5, 1_060, ""),
        ("Exit", 5, 1_070, ""),
        ("Close", 5, 1_080, ""),
        ("Waker", 5, 1_090, WAKE),
    ];
    let run = read(&file(&lines));
    let expected =
        [(0, SPAWN), (10, POLL), (20, EventKind::Pending), (30, UNKNOWN), (40, POLL), (50, EventKind::Complete)];
    assert_eq!(kinds(&run), expected);
    assert_eq!((run.tasks, run.wall_ns, run.threads), (vec!["task #8".to_owned()], 90, None));
}

#[test]
fn a_task_that_is_dropped_later_or_was_never_polled_is_cancelled() {
    let late = 5_000_000;
    let waits = [("Spawn", 5, 0, TASK), ("Enter", 5, 10, ""), ("Exit", 5, 20, "")];
    let dropped = [("Enter", 5, late, ""), ("Exit", 5, late + 5, ""), ("Close", 5, late + 9, "")];
    let run = read(&file(&[waits, dropped].concat()));
    let expected = [(0, SPAWN), (10, POLL), (20, EventKind::Pending), (late + 5, EventKind::Cancel)];
    assert_eq!(kinds(&run), expected);
    let run = read(&file(&[&waits[..1], &dropped[..]].concat()));
    assert_eq!(kinds(&run), [(0, SPAWN), (late + 5, EventKind::Cancel)]);
    let run = read(&file(&waits));
    assert_eq!(kinds(&run), expected[..3], "it is still there when the file ends");
}

/// The program: sky sleeps and sends to sea, idle is aborted, task #8 yields twice, and the names of the others say what they do.
#[test]
fn a_program_on_tokio_is_read_from_its_file() {
    let run = read(TOKIO);
    let tasks = ["block_on #4", "sky", "sea", "idle", "task #8", "wakes itself", "panics", "blocking #11"];
    assert_eq!((run.runtime.as_str(), run.tasks.as_slice()), ("unknown", &tasks.map(str::to_owned)[..]));
    let of = |task: u32| {
        run.events.iter().filter(|event| event.task == task).map(|event| event.what.clone()).collect::<Vec<_>>()
    };
    let itself = EventKind::Wake(WakeSource::Task(5));
    let (pending, complete) = (EventKind::Pending, EventKind::Complete);
    let waits_once = [SPAWN, POLL, pending.clone(), UNKNOWN, POLL, complete.clone()];
    assert_eq!((of(1), of(2)), (waits_once.to_vec(), waits_once.to_vec()));
    assert_eq!(of(3), [SPAWN, POLL, pending.clone(), EventKind::Cancel]);
    assert_eq!(of(4), [&waits_once[..5], std::slice::from_ref(&pending), &waits_once[3..]].concat());
    let once_more = [POLL, itself, pending];
    assert_eq!(of(5), [&[SPAWN][..], &once_more, &once_more, &[POLL, complete.clone()]].concat());
    assert_eq!(of(6), waits_once, "that it panicked is not told");
    assert_eq!(of(7), [SPAWN, POLL, complete]);
}

/// compio drops a task without entering its span, and so does the studio.
#[test]
fn a_task_of_another_runtime_ends_with_its_last_poll() {
    let task = r#","fields":[{"name":"task.name","value":"sky"},{"name":"thread","value":"1"},{"name":"size.bytes","value":9}]"#;
    let polled = [("Enter", 5, 3_000_000, ""), ("Exit", 5, 3_000_005, ""), ("Close", 5, 3_000_009, "")];
    let run = read(&file(&[&[("Spawn", 5, 0, task)][..], &polled[..]].concat()));
    assert_eq!(kinds(&run), [(0, SPAWN), (3_000_000, POLL), (3_000_005, EventKind::Complete)]);
    assert_eq!(run.tasks, ["sky"]);
}

#[test]
fn a_number_of_a_span_may_be_used_again_and_worker_threads_are_left_out() {
    let worker = r#","fields":[{"name":"kind","value":"blocking"},{"name":"fn","value":"tokio::runtime::scheduler::multi_thread::worker::Launch"}]"#;
    let lines = [
        ("Spawn", 4, 0, worker),
        ("Enter", 4, 1, ""),
        ("Spawn", 5, 2, TASK),
        ("Close", 5, 3, ""),
        ("Spawn", 5, 4, TASK),
        ("Enter", 5, 5, ""),
    ];
    let run = read(&file(&lines));
    let tasks: Vec<_> = run.events.iter().map(|event| event.task).collect();
    assert_eq!((tasks, run.tasks.len()), (vec![0, 0, 1, 1], 2));
}

#[test]
fn the_last_line_may_be_cut_off_and_no_other_one() {
    let whole = file(&[("Spawn", 5, 0, TASK), ("Enter", 5, 10, ""), ("Exit", 5, 20, "")]);
    for cut in 1..80 {
        let kept = &whole[..whole.len() - cut];
        let events = read(kept).events.len();
        assert!(events == 2 || cut == 1 && events == 3, "{kept}");
    }
    let error = |text: &str| Recording::read_console(text).expect_err("it is damaged").to_string();
    assert_eq!(
        error(&whole.replacen("\"Enter\"", "\"Enters\"", 1)),
        "this recording is damaged: line 3: unknown variant `Enters`, expected one of `Spawn`, `Enter`, `Exit`, `Close`, `Waker`; \
         record the run again"
    );
    assert!(error(&whole.replacen("\"value\":8", "\"value\":[8]", 1)).contains("line 2: invalid type: sequence"));
    assert!(error(&whole.replacen("\"v\":1", "\"v\":2", 1)).contains("version 2 of console-subscriber's format"));
    assert!(read("{\"v\":1}\n").events.is_empty());
    assert!(!Recording::is_of_console("") && !Recording::is_of_console("{\"v\":1,\"format\":\"\"}"));
    assert_eq!(Recording::read_console("{}"), Err(RecordingError::Foreign));
}

/// The file is larger than any program writes: names, numbers and times that no clock has.
#[test]
fn numbers_that_no_clock_has_are_kept_within_bounds() {
    let last = r#"{"Enter":{"id":5,"at":{"secs_since_epoch":18446744073709551615,"nanos_since_epoch":4294967295}}}"#;
    let run = read(&format!("{}{last}\n", file(&[("Spawn", 5, 0, TASK)])));
    assert_eq!(run.events[1].ns, u64::MAX - 1_700_000_000 * 1_000_000_000);
    let long = TASK.replace("\"\"", &format!("\"{}\"", "x".repeat(200_000)));
    let run = read(&file(&[("Spawn", 5, 0, &long)]));
    assert!(run.tasks[0].ends_with("x…") && run.tasks[0].chars().count() == 100_000);
}
