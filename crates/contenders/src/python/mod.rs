//! Python's asyncio, uvloop and plain generators, as contenders: the programs in the folder `python`, each in a process of
//! its own that does a pass on request, so that its passes are between those of the others.

mod child;
#[cfg(test)]
mod tests;

use crate::contender::{Contender, Fault, Kind, Late, Pass};
use crate::job::{Dries, Job};
use crate::kits::dries;
use crate::tally::{On, Tally};
use child::Child;
use serde_json::{Value, json};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::time::Duration;

/// More tasks than this are not tried.
const MOST_TASKS: usize = 100_000;
const TOO_MANY: &str = "it is tried with 100,000 tasks at most: a million take asyncio minutes and over a gigabyte";

/// How long a pass may take before the process counts as hung.
const LIMIT: Duration = Duration::from_secs(120);

/// Those that can do `job`, and those that are absent with their reason. No process is started before the first pass;
/// it ends with its contender.
pub(crate) fn contenders(job: &Job) -> Vec<Contender> {
    let Some((tasks, job, [asyncio, uvloop, generators])) = in_python(job) else { return Vec::new() };
    let contender = |loop_name, how: How| {
        let name = format!("Python {loop_name}");
        let how = match how {
            Ok(how) if tasks <= MOST_TASKS => how,
            Ok(_) => return Contender::absent(name, Kind::Python, TOO_MANY),
            Err(reason) => return Contender::absent(name, Kind::Python, reason),
        };
        let python = Python { loop_name, job: job.clone(), child: RefCell::default() };
        Contender::new(name, Kind::Python, 1, python, Python::counted, Python::timed).how(how)
    };
    vec![
        contender("asyncio", asyncio).full(),
        contender("uvloop", uvloop).full(),
        contender("generators", generators), //
    ]
}

/// How a loop does a job, or why it cannot.
type How = Result<&'static str, &'static str>;

/// The number of tasks, the job in the words of `peers.py`, and how asyncio, uvloop and the generators do it; `None` if
/// there is no program for it. The request spells out each sleep and each limit, so that the times are in one place.
fn in_python(job: &Job) -> Option<(usize, Value, [How; 3])> {
    match *job {
        Job::Yields { tasks, items } => {
            let job = json!({ "job": "yields", "tasks": tasks, "items": items });
            Some((tasks, job, ["create_task, sleep(0)", "create_task, sleep(0)", "yield, in a deque"].map(Ok)))
        }
        Job::Spawns { tasks } => {
            let job = json!({ "job": "spawns", "tasks": tasks });
            Some((tasks, job, ["create_task", "create_task", "in a deque"].map(Ok)))
        }
        Job::Timers(timers) => {
            let sleeps: Vec<_> = (0..timers.sleepers).map(|n| nanoseconds(timers.duration(n))).collect();
            let job = json!({ "job": "timers", "sleeps": sleeps });
            let hows =
                ["create_task, sleep", "create_task, sleep, granularity 1 ms, rounded up", "a deque and a heapq"];
            Some((timers.sleepers, job, hows.map(Ok)))
        }
        Job::Timeouts(timeouts) => {
            let limits_of =
                |task| (0..timeouts.rounds).map(|n| nanoseconds(timeouts.limit(task, n))).collect::<Vec<_>>();
            let limits: Vec<_> = (0..timeouts.tasks).map(limits_of).collect();
            let timeout = Ok("create_task, timeout of sleep(0); wait_for before Python 3.11");
            Some((timeouts.tasks, json!({ "job": "timeouts", "limits": limits }), [timeout, timeout, Err(ONE_THING)]))
        }
        Job::Selects { tasks, .. } => Some((tasks, Value::Null, [Err(TASKS_ALONE), Err(TASKS_ALONE), Err(ONE_THING)])),
        Job::Cancels { tasks } => {
            let job = json!({ "job": "cancels", "tasks": tasks });
            let cancel = Ok("cancel of all, then a join of each");
            Some((tasks, job, [cancel, cancel, Ok("close of each, in a deque")]))
        }
        _ => None,
    }
}

const ONE_THING: &str = "a plain generator waits for one thing at a time";
const TASKS_ALONE: &str = "asyncio selects between tasks, so each select would also spawn two";

/// The versions of Python and of uvloop, as far as they are there.
pub fn versions() -> BTreeMap<String, String> {
    let hello = ["uvloop", "generators"].into_iter().find_map(|loop_name| start(loop_name).ok());
    hello.and_then(|child| serde_json::from_value(child.hello().clone()).ok()).unwrap_or_default()
}

/// The command that is Python 3.
fn program() -> OsString {
    std::env::var_os("PYTHON").unwrap_or_else(|| "python3".into())
}

fn start(loop_name: &str) -> Result<Child, Fault> {
    Child::start(&program(), &["-I", "-c", &text(), loop_name], LIMIT)
}

/// The program, with the text of its modules: an installed command has no files beside it.
fn text() -> String {
    let modules = json!({
        "on_asyncio": include_str!("../../python/on_asyncio.py"),
        "on_generators": include_str!("../../python/on_generators.py"),
    });
    // What JSON writes as a text, Python reads as the same text.
    format!("SOURCES = {modules}\n{}", include_str!("../../python/peers.py"))
}

/// What `python3` is started with to do one pass of `job` on this loop, and then end. With `-I` it takes modules from its own
/// folders alone, and not from the current one, which may hold a stranger's `asyncio.py`.
pub fn arguments(loop_name: &str, job: Dries) -> [String; 5] {
    let command = json!({ "do": "pass", "job": "dries", "tasks": job.tasks, "drying": nanoseconds(job.drying) });
    ["-I".to_owned(), "-c".to_owned(), text(), loop_name.to_owned(), command.to_string()]
}

/// What that pass came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dried {
    /// The version of Python, or of uvloop.
    pub version: Option<String>,
    /// Its wall time and results.
    pub pass: Pass,
    /// The processor time of the process around the pass.
    pub cpu: Option<Duration>,
    /// The most memory that the process had, in bytes, where the system tells.
    pub peak: Option<u64>,
}

/// Reads what a process with these [`arguments`] wrote; `None` if it wrote no answer.
///
/// # Errors
/// If it did not dry all canvases of `job`, or cannot.
pub fn dried(output: &str, job: Dries) -> Option<Result<Dried, Fault>> {
    let mut lines = output.lines().map_while(|line| serde_json::from_str::<Value>(line).ok());
    let hello = lines.next()?;
    if let Some(reason) = hello["absent"].as_str() {
        return Some(Err(Fault::Absent(reason.to_owned())));
    }
    let answer = lines.next()?;
    if let Some(error) = answer["error"].as_str() {
        return Some(Err(Fault::Failed(error.to_owned())));
    }
    let versions = &hello["hello"];
    let version = versions["uvloop"].as_str().or(versions["python"].as_str()).map(str::to_owned);
    Some(pass_of(&answer, job).map(|pass| Dried {
        version,
        pass,
        cpu: answer["cpu"].as_u64().map(Duration::from_nanos),
        peak: answer["peak"].as_u64(),
    }))
}

fn pass_of(answer: &Value, job: Dries) -> Result<Pass, Fault> {
    let time = Duration::from_nanos(number(answer, "pass")?);
    dries::checked(job, Pass::new(time, number(answer, "results")?))
}

/// One job on one loop.
struct Python {
    loop_name: &'static str,
    job: Value,
    /// The process, once the first pass has started it, or why it cannot continue.
    child: RefCell<Option<Result<Child, Fault>>>,
}

impl Python {
    /// A pass that is counted. Python counts for itself; what it counted is noted here.
    fn counted(&self) -> Result<Pass, Fault> {
        let answer = self.ask("prove")?;
        let proved = &answer["prove"];
        On::yielded(number(proved, "yields")?);
        On::spawned(number(proved, "spawns")?);
        On::slept(number(proved, "sleeps")?);
        On::cancelled(number(proved, "cancels")?);
        Ok(Pass::new(Duration::ZERO, number(proved, "results")?))
    }

    /// A pass that is timed, by Python's clock.
    fn timed(&self) -> Result<Pass, Fault> {
        let answer = self.ask("pass")?;
        let time = Duration::from_nanos(number(&answer, "pass")?);
        let pass = Pass::new(time, number(&answer, "results")?);
        if self.job["job"] != "timers" {
            return Ok(pass);
        }
        let late: Option<Vec<_>> = answer["late"].as_array().and_then(|late| late.iter().map(Value::as_u64).collect());
        let late = late.ok_or_else(|| Fault::Failed("a sleeper woke early".to_owned()))?;
        let late = Late::of(late.into_iter().map(Duration::from_nanos).collect());
        Ok(Pass { time: late.map_or(Duration::ZERO, |late| late.worst), late, ..pass })
    }

    /// Has the process do the job once. After a fault it is gone, and every later pass has the same fault.
    fn ask(&self, what: &str) -> Result<Value, Fault> {
        let mut command = self.job.clone();
        command["do"] = what.into();
        let mut child = self.child.borrow_mut();
        let started = child.get_or_insert_with(|| start(self.loop_name));
        let answer = match started {
            Ok(process) => process.ask(&command),
            Err(fault) => Err(fault.clone()),
        };
        answer.inspect_err(|fault| *child = Some(Err(fault.clone())))
    }
}

fn nanoseconds(duration: Duration) -> u64 {
    u64::try_from(duration.as_nanos()).expect("no sleep takes centuries")
}

fn number(answer: &Value, name: &str) -> Result<u64, Fault> {
    answer[name].as_u64().ok_or_else(|| Fault::Failed(format!("Python gave no {name}")))
}
