//! Threads, and runs inside runs, drawn at random: each goes by the time of its own run, as a model says.

use crate::hold::holds;
use paintdry_generator::EventLoop;
use paintdry_studio::{BlockingStudio, BlockingThread, Clock, Studio, now, sleep_blocking, spawn_thread, work};
use proptest::collection::vec;
use proptest::prelude::{Strategy, prop_oneof};
use std::collections::BTreeMap;
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::Duration;

const MILLISECOND: Duration = Duration::from_millis(1);

#[derive(Debug, Clone)]
enum Step {
    /// For this many milliseconds.
    Sleep(u8),
    Work(u8),
    /// Starts a thread that does these.
    Start(Vec<Step>),
    /// Joins the thread that was started last, maybe by a run that has ended, and has not been joined.
    Join,
    /// Does these in a run of its own, inside this one.
    Run(Vec<Step>),
    /// Does these as another task of the first run.
    Task(Vec<Step>),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let pause = || prop_oneof![(0..4_u8).prop_map(Step::Sleep), (0..4_u8).prop_map(Step::Work)];
    vec(pause(), 0..3).prop_recursive(4, 24, 5, move |inner| {
        let step = prop_oneof![
            2 => pause(),
            3 => inner.clone().prop_map(Step::Start),
            3 => (0..1_u8).prop_map(|_| Step::Join),
            1 => inner.clone().prop_map(Step::Run),
            1 => inner.prop_map(Step::Task),
        ];
        vec(step, 0..6)
    })
}

/// The times, in milliseconds, that a thread and those that it has joined have seen, one after each step.
type Times = Vec<u128>;

/// A thread as the model sees it.
#[derive(Default)]
struct Model {
    /// The time of each run that it works for.
    now: BTreeMap<u32, u128>,
    /// The run that it works for, and those around it.
    runs: Vec<u32>,
    /// The threads that it has started: of which run, when they end, and what they see.
    started: Vec<(u32, u128, Times)>,
}

const FIRST_RUN: u32 = 0;

impl Model {
    /// A thread of this run that begins at this time.
    fn of(run: u32, now: u128) -> Self {
        Self { now: BTreeMap::from([(run, now)]), runs: vec![run], started: Vec::new() }
    }

    fn run(&self) -> u32 {
        *self.runs.last().expect("a thread works for a run")
    }

    fn time(&mut self) -> &mut u128 {
        self.now.get_mut(&self.run()).expect("the run has not ended")
    }

    /// Does the steps, and returns what it sees. `runs` numbers the runs.
    fn play(&mut self, steps: &[Step], runs: &mut u32) -> Times {
        let mut seen = Vec::new();
        for step in steps {
            match step {
                Step::Sleep(length) | Step::Work(length) => *self.time() += u128::from(*length),
                Step::Start(steps) => {
                    let mut thread = Self::of(self.run(), *self.time());
                    let saw = thread.play(steps, runs);
                    self.started.push((self.run(), *thread.time(), saw));
                }
                Step::Join => {
                    if let Some((run, end, saw)) = self.started.pop()
                        && let Some(now) = self.now.get_mut(&run)
                    {
                        *now = end.max(*now);
                        seen.extend(saw);
                    }
                }
                Step::Run(steps) => {
                    *runs += 1;
                    let run = *runs;
                    self.now.insert(run, 0);
                    self.runs.push(run);
                    seen.extend(self.play(steps, runs));
                    self.runs.pop();
                    self.now.remove(&run);
                }
                Step::Task(steps) if self.runs.contains(&FIRST_RUN) => {
                    self.runs.push(FIRST_RUN);
                    seen.extend(self.play(steps, runs));
                    self.runs.pop();
                }
                Step::Task(_) => continue,
            }
            seen.push(*self.time());
        }
        seen
    }
}

/// A thread that plays the steps.
struct Player {
    first: Arc<BlockingStudio>,
    /// The runs that it works for, by their places among all that it has worked for.
    runs: Vec<usize>,
    /// How many runs it has worked for.
    count: usize,
    started: Vec<(usize, BlockingThread<Times>)>,
    is_of_first: bool,
}

impl Player {
    fn new(first: Arc<BlockingStudio>, is_of_first: bool) -> Self {
        Self { first, runs: vec![0], count: 0, started: Vec::new(), is_of_first }
    }

    fn run(&self) -> usize {
        *self.runs.last().expect("a thread works for a run")
    }

    fn play(&mut self, steps: &[Step]) -> Times {
        let mut seen = Vec::new();
        for step in steps {
            match step {
                Step::Sleep(length) => sleep_blocking(MILLISECOND * u32::from(*length)),
                Step::Work(length) => work(MILLISECOND * u32::from(*length)),
                Step::Start(steps) => {
                    let mut player = Self::new(Arc::clone(&self.first), self.is_of_first && self.run() == 0);
                    let steps = steps.clone();
                    self.started.push((self.run(), spawn_thread("thread", move || player.play(&steps))));
                }
                Step::Join => {
                    if let Some((run, thread)) = self.started.pop() {
                        let saw = thread.join().expect("no task panics");
                        if self.runs.contains(&run) {
                            seen.extend(saw); // else its run has ended, and with it its time
                        }
                    }
                }
                Step::Run(steps) => {
                    self.count += 1;
                    self.runs.push(self.count);
                    let inner = Studio::<EventLoop>::new(Clock::Virtual).run(async { self.play(steps) });
                    seen.extend(inner.result.expect("it is not stalled"));
                    self.runs.pop();
                }
                Step::Task(steps) if self.is_of_first => {
                    self.runs.push(0);
                    let first = Arc::clone(&self.first);
                    seen.extend(first.task("task").run(|| self.play(steps)).expect("no task panics"));
                    self.runs.pop();
                }
                Step::Task(_) => continue,
            }
            seen.push(now().as_millis());
        }
        seen
    }
}

#[test]
fn threads_and_runs_inside_runs_go_by_their_own_times() {
    const LONGEST: Duration = Duration::from_secs(60);
    holds(&steps(), 200, |steps| {
        let expected = Model::of(FIRST_RUN, 0).play(steps, &mut 0);
        for threads in [1, usize::MAX] {
            let (steps, (send, outcome)) = (steps.clone(), mpsc::channel());
            thread::spawn(move || {
                let studio = Arc::new(BlockingStudio::new(Clock::Virtual, threads));
                let mut player = Player::new(Arc::clone(&studio), true);
                send.send(studio.task("main").run(|| player.play(&steps)))
            });
            let seen = outcome.recv_timeout(LONGEST).map_err(|error| format!("no outcome: {error}"))?;
            if seen.as_ref() != Ok(&expected) {
                return Err(format!("{seen:?} instead of {expected:?}"));
            }
        }
        Ok(())
    });
}
