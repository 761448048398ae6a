//! The hidden subcommand: one run in this process, with its answer on standard output.

use crate::Entry;
use crate::runtimes::caught;
use crate::scale::{Answer, NotDone, ScaleWorkload, contestant::Way, contestants};
use std::io::{self, Read};
use std::time::Duration;
use std::{process, thread};

/// What the parent tells its child. A parent and its child are the same program, so there is nothing to check.
#[derive(Debug, clap::Args)]
pub(crate) struct ChildArgs {
    name: String,
    tasks: usize,
    drying_ns: u64,
}

/// Does one run, and gives the line to print.
pub(crate) fn child(runtimes: &[Entry], args: &ChildArgs) -> String {
    let watch = thread::Builder::new().spawn(end_with_the_parent);
    drop(watch); // without it, a child whose parent is killed runs to its end
    let workload = ScaleWorkload { tasks: args.tasks, drying: Duration::from_nanos(args.drying_ns) };
    let answer = contestants(runtimes).iter().find(|contestant| contestant.name == args.name).map_or_else(
        || Answer::Error("this program does not know it".to_owned()),
        |contestant| match contestant.way {
            Way::Job(job) => caught(|| Ok(job(&workload))).unwrap_or_else(|error| Err(NotDone::from(error))).into(),
            Way::Python(_) => Answer::Error("it is run by Python".to_owned()),
        },
    );
    serde_json::to_string(&answer).map(|line| line + "\n").unwrap_or_default() // as for every JSON here, it cannot fail
}

/// Waits for the end of standard input, which the parent holds open, and ends this process with it.
fn end_with_the_parent() {
    let _ = io::stdin().read_to_end(&mut Vec::new());
    process::exit(1);
}
