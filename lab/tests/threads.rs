//! Several painters of the blocking variant, each a thread that the lab's clock simulates.

use paintdry_studio::{EventKind, Recording};
use serde_json::Value;

/// The run that answers a request.
fn run(request: &str) -> Value {
    let answer: Value = serde_json::from_str(&paintdry_lab::answer(request)).expect("an answer is JSON");
    answer["run"].clone()
}

/// With more threads than one, as many canvases are painted, and dry, at a time.
#[test]
fn threads_that_wait_paint_at_the_same_time() {
    for (threads, seconds) in [(1, 9), (2, 6), (3, 3), (13, 3)] {
        let ended = run(&format!("run program=paint finish=1 threads={threads}"));
        assert_eq!(ended["time_ns"], seconds * 1_000_000_000_u64, "{threads} threads");
    }
    assert_eq!(run("run program=paint finish=1 threads=2 canvases=5 painting=500")["time_ns"], 7_500_000_000_u64);
    let turns = run("run program=paint finish=1 threads=3 takes_turns=1");
    assert_eq!(
        (&turns["threads"], &turns["time_ns"]),
        (&1.into(), &5_000_000_000_u64.into()),
        "one painter takes turns"
    );
}

#[test]
fn each_thread_has_a_clock_of_its_own_and_one_task_at_a_time() {
    let answer = run("run program=paint threads=2 canvases=5 choices=1.1");
    assert_eq!((&answer["threads"], &answer["does_not_fit"]), (&2.into(), &1.into()), "there is nothing to choose");
    let starts: Vec<_> =
        answer["turns"].as_array().into_iter().flatten().map(|turn| turn["time_ns"].as_u64()).collect();
    assert_eq!(starts, [0, 0, 3, 3, 6].map(|seconds| Some(seconds * 1_000_000_000)));
    let recording = Recording::read(&answer["recording"].to_string()).expect("a recording as any other");
    let [run] = &recording.runs[..] else { panic!("it has one run") };
    assert_eq!((run.runtime.as_str(), run.threads, run.tasks.len()), ("threads", Some(2), 5), "there is no main task");
    assert!(run.about.contains("simulated"));
    let (mut thread_of, mut busy) = (vec![None; 5], [None; 2]);
    for event in &run.events {
        let task = event.task as usize;
        match event.what {
            EventKind::Poll { thread } => {
                let thread = thread.expect("the lab knows it");
                thread_of[task] = Some(thread as usize);
                assert_eq!(busy[thread as usize].replace(task), None, "{event:?}");
            }
            EventKind::Complete => assert_eq!(busy[thread_of[task].expect("it was polled")].take(), Some(task)),
            EventKind::Spawn { by } => assert_eq!((event.ns, by), (0, None)),
            _ => assert_eq!(busy[thread_of[task].expect("it was polled")], Some(task), "{event:?}"),
        }
    }
}
