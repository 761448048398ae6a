//! The process of one run: it does what its arguments say, and answers on standard output.

use crate::Entry;
use crate::runtimes::caught;
use crate::scale::answer::measured;
use crate::scale::{Answer, contestant::Way, contestants, limits};
use paintdry_contenders::contender::Fault;
use paintdry_contenders::job::Dries;
use std::ffi::OsString;
use std::io::{self, Read};
use std::time::Duration;
use std::{process, thread};

/// The word before what a child is asked for. It is not a subcommand, because the help need not show it.
pub(crate) const WORD: &str = "scale-child";

/// What the parent asks of its child: who, and what.
#[derive(Debug)]
pub(crate) struct Asked {
    name: String,
    workload: Dries,
}

/// What these arguments ask of a child; `None` if they are those of a user.
pub(crate) fn asked_of_a_child(arguments: impl Iterator<Item = OsString>) -> Option<Asked> {
    let arguments = arguments.skip(1).map(|argument| argument.into_string().ok()).collect::<Option<Vec<_>>>()?;
    let [word, name, tasks, drying_ns] = arguments.as_slice() else { return None };
    let drying = Duration::from_nanos(drying_ns.parse().ok()?);
    let workload = Dries { tasks: limits::tasks(tasks).ok()?, drying };
    (word == WORD).then(|| Asked { name: name.clone(), workload })
}

/// Does one run, and gives the line to print.
pub(crate) fn child(runtimes: &[Entry], Asked { name, workload }: &Asked) -> String {
    let watch = thread::Builder::new().spawn(end_with_the_parent);
    drop(watch); // without it, a child whose parent is killed runs to its end
    let answer = contestants(runtimes).iter().find(|contestant| contestant.name == name).map_or_else(
        || Answer::Error("this program has no such runtime".to_owned()),
        |contestant| match contestant.way {
            Way::Contender(start) => caught(|| Ok(measured(&start(*workload))))
                .unwrap_or_else(|error| Err(Fault::Failed(error.to_string())))
                .into(),
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
