//! A recording is the same when it is written and read again; with any bytes changed it is read, or refused with a
//! sentence. (`fuzz/` looks deeper, where there is a nightly compiler.)

use crate::draw::programs;
use crate::hold::holds;
use crate::play::on_a_recorder;
use paintdry_core::Runtime;
use paintdry_generator::EventLoop;
use paintdry_studio::{AmapWorkload, Clock, Host, RecordedRun, RecordedWorkload, Recording, RecordingError, limits};
use proptest::collection::vec;
use proptest::prelude::{Strategy, any};
use proptest::sample::Index;
use std::fs;
use std::path::Path;

/// The recording of a program, with any numbers in it that it may have.
fn recordings() -> impl Strategy<Value = Recording> {
    (programs(), 0..=limits::COUNT, any::<String>()).prop_map(|(program, items, text)| {
        let watched = on_a_recorder::<EventLoop>(&program);
        let host = Host { os: text.clone(), cores: 1 + text.len(), rustc: text };
        let workload = RecordedWorkload::Amap(AmapWorkload { tasks: 1, items });
        let mut recording = Recording::new(Clock::Virtual, workload, host, Vec::new());
        recording.runs.push(RecordedRun {
            runtime: EventLoop::NAME.to_owned(),
            version: "0".to_owned(),
            about: format!("{program:?}"),
            threads: Some(1),
            source: None,
            wall_ns: u64::try_from(watched.wall.as_nanos()).expect("some milliseconds"),
            error: watched.result.err().map(|stalled| stalled.to_string()),
            tasks: watched.tasks,
            events: watched.events,
            resources: Vec::new(),
        });
        recording
    })
}

#[test]
fn what_is_written_is_read_again() {
    holds(&recordings(), 60, |recording| match Recording::read(&recording.to_json()) {
        Ok(again) if again == *recording => Ok(()),
        Ok(again) => Err(format!("it has become {again:?}")),
        Err(error) => Err(error.to_string()),
    });
}

#[test]
fn what_is_damaged_is_read_or_refused_with_a_sentence() {
    let damage = vec((any::<Index>(), any::<Index>(), vec(any::<u8>(), 0..4)), 1..4);
    let damaged = (recordings(), damage).prop_map(|(recording, damage)| {
        let mut bytes = recording.to_json().into_bytes();
        for (from, until, new) in damage {
            let from = from.index(bytes.len() + 1);
            let until = (from + until.index(8)).min(bytes.len());
            bytes.splice(from..until, new);
        }
        String::from_utf8_lossy(&bytes).into_owned()
    });
    holds(&damaged, 100, |text| match Recording::read(text) {
        Ok(recording) => {
            let again = Recording::read(&recording.to_json()).map_err(|error| error.to_string())?;
            if again == recording { Ok(()) } else { Err("it is another when it is written and read".to_owned()) }
        }
        Err(RecordingError::Truncated) if serde_json::from_str::<serde_json::Value>(text).is_ok() => {
            Err("it is said to be truncated, and is whole".to_owned())
        }
        Err(error) if error.to_string().contains("; ") => Ok(()), // what is wrong, and what to do
        Err(error) => Err(format!("nothing to do about it is said: {error}")),
    });
}

/// The fuzzer starts from recordings, which it would hardly find by itself.
#[test]
fn the_seeds_of_the_fuzz_target_are_recordings() {
    let fuzz = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz");
    if !fuzz.exists() {
        return; // a published crate has none beside it
    }
    let mut read = 0;
    for seed in fs::read_dir(fuzz.join("seeds/recording")).expect("the seeds are there") {
        let path = seed.expect("it can be read").path();
        let text = fs::read_to_string(&path).expect("it is text");
        let recording = Recording::read(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        assert_eq!(Recording::read(&recording.to_json()).as_ref(), Ok(&recording), "{}", path.display());
        read += 1;
    }
    assert!(read > 1, "they are found");
}

/// A reader who uses serde alone gets the same error.
#[test]
fn what_is_no_recording_is_none_to_serde_either() {
    let recording = Recording::new(
        Clock::Virtual,
        RecordedWorkload::Amap(AmapWorkload::default()),
        Host { os: String::new(), cores: 1, rustc: String::new() },
        Vec::new(),
    );
    let json = recording.to_json();
    assert_eq!(serde_json::from_str::<Recording>(&json).expect("it is one"), recording);
    assert_eq!(json.parse::<Recording>(), Ok(recording));
    let tea = json.replace("paintdry-recording", "tea");
    let error = serde_json::from_str::<Recording>(&tea).expect_err("it is none");
    assert!(error.to_string().contains("its format is \"tea\""), "{error}");
    assert_eq!(tea.parse::<Recording>(), Err(RecordingError::Foreign));
}

/// A small file can name very many threads or runs.
#[test]
fn a_recording_that_is_too_large_is_refused_with_a_sentence() {
    let workload = RecordedWorkload::Program { name: "tea".to_owned() };
    let host = Host { os: String::new(), cores: 1, rustc: String::new() };
    let mut recording = Recording::new(Clock::Virtual, workload, host, Vec::new());
    let run = RecordedRun {
        runtime: String::new(),
        version: String::new(),
        about: String::new(),
        threads: Some(50_000_000),
        source: None,
        wall_ns: 0,
        error: None,
        tasks: Vec::new(),
        events: Vec::new(),
        resources: Vec::new(),
    };
    recording.runs.push(run.clone());
    let error = Recording::read(&recording.to_json()).expect_err("too many threads to see");
    let sentence = "this recording is too large to be shown: it has 50,000,000 threads in all its runs, and at most 100,000 \
                    are allowed; record less: fewer runs, fewer tasks, or a shorter program";
    assert_eq!(error.to_string(), sentence);
    recording.runs = vec![RecordedRun { threads: Some(1), ..run }; 60_000];
    let error = Recording::read(&recording.to_json()).expect_err("too many runs to see");
    assert_eq!(error, RecordingError::TooLarge { what: "runs".to_owned(), has: 60_000, most: limits::RUNS });
    let error = serde_json::from_str::<Recording>(&recording.to_json()).expect_err("serde says the same");
    assert!(error.to_string().contains("60,000 runs"), "{error}");
}
