//! Any program has the same outcome on every runtime, wherever the order of ready tasks is no part of it.

use crate::draw::programs;
use crate::hold::{counterexample, holds};
use crate::outcome::Outcome;
use crate::play::on;
use crate::program::Program;
use paintdry_core::{Runtime, TaskError};
use paintdry_generator::EventLoop;
use std::cell::{Cell, RefCell};
use std::fmt::Write;
use std::pin::Pin;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

/// How a runtime plays a program.
type Play = fn(&Program) -> Outcome;

const OTHERS: [(&str, Play); 5] = [
    ("tokio", on::<paintdry_tokio::CurrentThread>),
    ("tokio-multi", on::<paintdry_tokio::MultiThread>),
    ("async-std", on::<paintdry_async_std::Global>),
    ("smol", on::<paintdry_smol::Local>),
    ("smol-global", on::<paintdry_smol::Global>),
];

/// Plays on each runtime, side by side, and compares with the loop. One that hangs is an error, not a hang of the test.
fn same_as_on_the_loop(program: &Program, others: &[(&'static str, Play)]) -> Result<(), String> {
    const LONGEST: Duration = Duration::from_secs(60);
    let the_loop = [("generator", on::<EventLoop> as Play)];
    let played = the_loop.iter().chain(others).map(|&(name, play)| {
        let (program, (send, outcome)) = (program.clone(), mpsc::channel());
        drop(thread::spawn(move || send.send(play(&program))));
        (name, outcome)
    });
    let played: Vec<_> = played.collect();
    let mut outcomes = played.into_iter().map(|(name, outcome)| match outcome.recv_timeout(LONGEST) {
        Ok(outcome) => Ok((name, outcome)),
        Err(error) => Err(format!("no outcome on {name}: {error}")),
    });
    let Some((_, expected)) = outcomes.next().transpose()? else { return Ok(()) };
    for other in outcomes {
        let (name, outcome) = other?;
        if outcome != expected {
            return Err(format!("on generator\n{expected}on {name}\n{outcome}"));
        }
    }
    Ok(())
}

#[test]
fn a_program_has_the_same_outcome_on_every_runtime() {
    holds(&programs(), 60, |program| same_as_on_the_loop(program, &OTHERS));
}

/// What is drawn is worth drawing: all that a program can come to is among the first programs.
#[test]
fn the_programs_come_to_every_end() {
    let seen = RefCell::new(String::new());
    let drawn = counterexample(&programs(), 150, 1, |program| {
        write!(seen.borrow_mut(), "{}", on::<EventLoop>(program)).map_err(|error| error.to_string())
    });
    assert!(drawn.is_none());
    let ends = [
        "Ok(",                 // a promise that was set
        "Err(Canceled)",       // one that was dropped
        ": Ok(Some(",          // one that no task awaits
        ": cancelled",         // a task
        ": panicked at line ", // another
        " waits at line ",     // a task for a promise
        " for the end of ",    // another for a task
    ];
    for end in ends {
        assert!(seen.borrow().contains(end), "no program has come to {end:?}");
    }
}

/// The loop, but it drops the third task of a run instead of running it, and all that follow.
struct Forgetful(EventLoop);

thread_local!(static SPAWNED: Cell<u32> = const { Cell::new(0) }); // each run has a thread of its own

impl Runtime for Forgetful {
    const NAME: &'static str = "forgetful";

    type Task<T: Send + 'static> = Pin<Box<dyn Future<Output = Result<T, TaskError>> + Send>>;

    fn start() -> Self {
        Self(<EventLoop as Runtime>::start())
    }

    fn threads(&self) -> usize {
        1
    }

    fn run_until_complete<F: Future>(&self, future: F) -> F::Output {
        Runtime::run_until_complete(&self.0, future)
    }

    fn spawn<F>(future: F) -> Self::Task<F::Output>
    where
        F: Future + Send + 'static,
        F::Output: Send + 'static,
    {
        SPAWNED.set(SPAWNED.get() + 1);
        if SPAWNED.get() > 3 {
            // The studio has spawned one, to see on which thread tasks run.
            drop(future);
            return Box::pin(async { Err(TaskError::Cancelled) });
        }
        Box::pin(<EventLoop as Runtime>::spawn(future))
    }

    fn sleep(duration: Duration) -> impl Future<Output = ()> + Send + 'static {
        <EventLoop as Runtime>::sleep(duration)
    }

    fn yield_now() -> impl Future<Output = ()> + Send + 'static {
        <EventLoop as Runtime>::yield_now()
    }
}

/// Also shows that a failing program is shrunk to one that is read at a glance.
#[test]
fn a_runtime_that_forgets_a_task_is_found_with_the_shortest_program() {
    let property = |program: &Program| same_as_on_the_loop(program, &[("forgetful", on::<Forgetful>)]);
    let (program, why) = counterexample(&programs(), 1_000, 1, property).expect("a program of three tasks is drawn");
    assert_eq!(
        format!("{program:?}"),
        "  1  main\n\
         \x20 2      spawn a\n\
         \x20 3      spawn b\n\
         \x20 4      spawn c\n",
        "{why}"
    );
}
