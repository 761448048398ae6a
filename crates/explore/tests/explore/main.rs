//! Explorations: of programs with bugs, of those of the course, and of programs that are drawn at random.

mod book;
mod counts;
mod failures;
mod own_order;
mod pruning;
mod seeds;
mod shipped;

use paintdry_explore::{CheckError, Explored, Failure};

/// The failure that there must be.
#[track_caller]
fn failure(result: Result<Explored, CheckError>) -> Failure {
    match result {
        Err(CheckError::Failed(failure)) => *failure,
        other => panic!("no schedule fails: {other:?}"),
    }
}
