//! Explorations: of programs with bugs, of the course's programs, and of random programs.

mod book;
mod branches;
mod counts;
mod failures;
mod hostile;
mod locks;
mod loops;
mod observed;
mod own_order;
mod played;
mod pruning;
mod runtimes;
mod seeds;
mod shipped;
mod texts;
mod time;
mod wakes;

use paintdry_explore::{CheckError, Explored, Failure};
use paintdry_studio::{Clock, Host, RecordedWorkload, Recording};

/// The failure, which must exist.
#[track_caller]
fn failure(result: Result<Explored, CheckError>) -> Failure {
    match result {
        Err(CheckError::Failed(failure)) => *failure,
        other => panic!("no schedule fails: {other:?}"),
    }
}

/// Asserts that its recording can be read, and so be shown as a page.
#[track_caller]
fn readable(failure: &Failure) -> Recording {
    let host = Host { os: String::new(), cores: 1, rustc: String::new() };
    let workload = RecordedWorkload::Program { name: "program".to_owned() };
    let mut recording = Recording::new(Clock::Virtual, workload, host, Vec::new());
    recording.runs.push(failure.recorded("generator", None));
    let read = Recording::read(&recording.to_json()).expect("it can be read again");
    assert_eq!(read, recording);
    read
}
