//! One row of a comparison: a name, and a pass that can be counted and timed.

use crate::tally;
use crate::work::Work;
use paintdry_core::TaskError;
use std::any::Any;
use std::fmt;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;
use std::time::Duration;

/// What a contender is; the tables list it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A runtime of the course, through the trait `paintdry_core::Runtime`.
    Runtime,
    /// The same runtime, in the code that its users write: none of our crates between.
    ByHand,
    /// No runtime: OS threads that do the job.
    Threads,
    /// What a runtime cannot go below: a loop that does the work and nothing else.
    Floor,
    /// Another library that runs tasks.
    Peer,
    /// Python, in a process of its own.
    Python,
}

impl Kind {
    /// What a kind is called in tables and charts.
    pub fn label(self) -> &'static str {
        match self {
            Self::Runtime => "through the trait",
            Self::ByHand => "by hand",
            Self::Threads => "threads",
            Self::Floor => "floor",
            Self::Peer => "peer",
            Self::Python => "Python",
        }
    }
}

/// One pass, from its own clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pass {
    /// What is compared: the wall time, or for timers how late the last sleeper woke.
    pub time: Duration,
    /// The checksum of the results, made after the clock was read.
    pub results: u64,
    /// How late the sleepers woke, if the job has some.
    pub late: Option<Late>,
    /// What the two sides cost the processors, if the job has a client.
    pub cpu: Option<Cpu>,
    /// The size of what is spawned, before the runtime adds its own, if the job asks for it.
    pub task_bytes: Option<usize>,
}

impl Pass {
    /// A pass with nothing more to report.
    pub fn new(time: Duration, results: u64) -> Self {
        Self { time, results, late: None, cpu: None, task_bytes: None }
    }
}

/// The time on processors that a server and its client used in one pass. If the client used all of the pass, a faster server
/// would not show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cpu {
    /// All threads of the process but the client's.
    pub server: Duration,
    /// The client's thread.
    pub client: Duration,
}

/// How late something was in one pass: sleepers that woke, counted from the start of the pass, or answers, counted from when
/// their question was due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Late {
    /// The median of all.
    pub median: Duration,
    /// 99 of a hundred are no later.
    pub p99: Duration,
    /// 999 of a thousand are no later.
    pub p999: Duration,
    /// The last of them.
    pub worst: Duration,
}

impl Late {
    /// Of how late each was; `None` if there is none.
    pub fn of(mut all: Vec<Duration>) -> Option<Self> {
        all.sort_unstable();
        let no_later =
            |thousandths: usize| all.get((all.len() * thousandths).div_ceil(1_000).saturating_sub(1)).copied();
        Some(Self { median: no_later(500)?, p99: no_later(990)?, p999: no_later(999)?, worst: *all.last()? })
    }
}

/// Why there is no pass.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fault {
    /// It cannot run here, or not this job: the reason, as a clause. It is listed as absent.
    Absent(String),
    /// It ran and did something wrong: the reason, as a clause. It is listed as refused.
    Failed(String),
}

impl Fault {
    /// `what` happened, such as a lost connection, because of `error`.
    pub fn of(what: &str, error: &io::Error) -> Self {
        Self::Failed(format!("{what}: {error}"))
    }

    /// A thread or a pass panicked with `payload`.
    pub fn from_panic(payload: Box<dyn Any + Send>) -> Self {
        TaskError::from_panic(payload).into()
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Absent(reason) => write!(f, "absent: {reason}"),
            Self::Failed(reason) => write!(f, "refused: {reason}"),
        }
    }
}

impl std::error::Error for Fault {}

impl From<TaskError> for Fault {
    fn from(error: TaskError) -> Self {
        Self::Failed(error.to_string())
    }
}

/// The operating system gives no thread.
impl From<io::Error> for Fault {
    fn from(error: io::Error) -> Self {
        Self::Absent(format!("no thread: {error}"))
    }
}

type PassFn = Box<dyn Fn() -> Result<Pass, Fault>>;

/// One row of a group: a pass over the group's job, once to be counted and once to be timed.
pub struct Contender {
    /// The name in tables, unique in its group. A runtime's own code is named as the runtime, with " by hand" behind it:
    /// the ratio of the two is the price of the trait.
    pub name: String,
    /// Which spawn, yield or sleep it uses, or how else it does the job.
    pub how: String,
    /// Whether it is a full runtime: one that also waits for sockets, as its users get it. The fastest of these is what the
    /// others are compared with, so a row with a small pool that we chose, or with a lock that we made, is none.
    pub is_full: bool,
    /// What it is.
    pub kind: Kind,
    /// How many threads run the tasks.
    pub threads: usize,
    /// What of the job it leaves out by its nature, such as the yields of a plain loop. Only a floor may.
    pub leaves_out: &'static [Part],
    counted: PassFn,
    timed: PassFn,
}

impl fmt::Debug for Contender {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Contender").field("name", &self.name).field("how", &self.how).finish_non_exhaustive()
    }
}

/// A part of a job that a floor can leave out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// It never gives up its turn.
    Yields,
    /// It starts no tasks.
    Spawns,
    /// It does not sleep for each task.
    Sleeps,
}

impl Contender {
    /// A contender with a `state` (a started runtime, say) that lives as long as it does and is not timed.
    ///
    /// `counted` runs one pass with [`tally::On`], `timed` the same with [`tally::Off`]. Both are called again and
    /// again, on the thread of the caller, and read their own clock.
    pub fn new<S: 'static>(
        name: impl Into<String>,
        kind: Kind,
        threads: usize,
        state: S,
        counted: impl Fn(&S) -> Result<Pass, Fault> + 'static,
        timed: impl Fn(&S) -> Result<Pass, Fault> + 'static,
    ) -> Self {
        let state = Rc::new(state);
        let same_state = Rc::clone(&state);
        Self {
            name: name.into(),
            how: String::new(),
            is_full: false,
            kind,
            threads,
            leaves_out: &[],
            counted: Box::new(move || counted(&state)),
            timed: Box::new(move || timed(&same_state)),
        }
    }

    /// One that cannot run here, or not this job. `reason` is a clause.
    pub fn absent(name: impl Into<String>, kind: Kind, reason: impl Into<String>) -> Self {
        let reason = reason.into();
        let fault = move |(): &()| Err(Fault::Absent(reason.clone()));
        Self::new(name, kind, 0, (), fault.clone(), fault)
    }

    /// Says which spawn, yield or sleep it uses.
    #[must_use]
    pub fn how(mut self, how: impl Into<String>) -> Self {
        self.how = how.into();
        self
    }

    /// Says that it is a full runtime, as its users get it.
    #[must_use]
    pub fn full(mut self) -> Self {
        self.is_full = true;
        self
    }

    /// Says what of the job a floor leaves out.
    #[must_use]
    pub fn leaving_out(mut self, parts: &'static [Part]) -> Self {
        self.leaves_out = parts;
        self
    }

    /// Runs one pass and says what it did.
    ///
    /// # Errors
    /// Why there was none. A panic is a fault, too.
    pub fn count(&self) -> Result<Work, Fault> {
        tally::counted(|| caught(&self.counted).map(|pass| pass.results))
    }

    /// Runs one pass and says how long it took.
    ///
    /// # Errors
    /// Why there was none. A panic is a fault, too.
    pub fn time(&self) -> Result<Pass, Fault> {
        caught(&self.timed)
    }
}

/// A contender whose pass is generic over the tally: `contender!(name, kind, threads, state, |state, T| pass::<T>(state))`.
/// The pass is written once and compiled twice. A function could not take it, because no value is generic.
macro_rules! contender {
    ($name:expr, $kind:expr, $threads:expr, $state:expr, |$borrowed:pat_param, $tally:ident| $pass:expr) => {
        $crate::contender::Contender::new(
            $name,
            $kind,
            $threads,
            $state,
            move |$borrowed| {
                type $tally = $crate::tally::On;
                $pass
            },
            move |$borrowed| {
                type $tally = $crate::tally::Off;
                $pass
            },
        )
    };
}
pub(crate) use contender;

/// One contender that fails must not end the comparison.
fn caught(pass: &PassFn) -> Result<Pass, Fault> {
    catch_unwind(AssertUnwindSafe(pass)).map_err(Fault::from_panic)?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_thousand_the_last_but_one_is_no_later_than_999() {
        let millis = |range: std::ops::RangeInclusive<u64>| range.map(Duration::from_millis).rev().collect();
        let late = Late::of(millis(1..=1_000)).expect("there are some");
        assert_eq!([late.median, late.p99, late.p999, late.worst].map(|late| late.as_millis()), [500, 990, 999, 1_000]);
        let late = Late::of(millis(7..=7)).expect("there is one");
        assert_eq!([late.median, late.p99, late.p999, late.worst], [Duration::from_millis(7); 4]);
        assert_eq!(Late::of(vec![]), None);
    }
}
