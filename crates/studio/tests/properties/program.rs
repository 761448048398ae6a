//! Programs that are drawn: a small grammar, with what makes their outcome independent of the order of ready tasks.
//!
//! - Each promise has one task that may set or drop it and one that may await it: the first in the text of each. What
//!   comes later in the text does nothing and is left out. A promise that no task sets or drops is dropped by the main task
//!   at its end.
//! - A task joins only tasks that it has spawned, and at its end all that are left; so nothing outlives its parent.
//! - A task cancels only tasks that it has spawned. One that is cancelled, or panics, cancels its own.
//! - Tasks act at whole milliseconds. Only cancelling and panicking happens in between, at a time that only tasks of one
//!   depth have: so never at the moment at which the task that is hit acts itself. Whoever is woken by it goes on
//!   at the next whole millisecond.

use std::fmt;
use std::sync::Arc;

/// How many promises a program has.
pub(crate) const PROMISES: usize = 4;

/// A step as it is drawn. It may mean nothing where it stands.
#[derive(Debug, Clone)]
pub(crate) enum Drawn {
    Yield,
    Sleep(u8),
    Spawn(Vec<Drawn>),
    Join(usize),
    Cancel(usize),
    Panic,
    Set(usize),
    Drop(usize),
    Await(usize),
}

/// A step, and the line of the program's text at which it stands.
pub(crate) struct Step {
    pub(crate) line: u32,
    pub(crate) what: What,
}

/// What a step does. A task is meant by its place among those that the same task has spawned.
pub(crate) enum What {
    Yield,
    /// For this many milliseconds.
    Sleep(u8),
    Spawn(Arc<Task>),
    Join(usize),
    Cancel(usize),
    Panic,
    Set(usize),
    Drop(usize),
    Await(usize),
}

/// A task of a program.
pub(crate) struct Task {
    pub(crate) name: String,
    pub(crate) depth: u32,
    pub(crate) steps: Vec<Step>,
    /// The line after its last step, at which it joins all that are left.
    pub(crate) end: u32,
    /// The promises that it or a task below it sets or drops.
    pub(crate) writes: Vec<usize>,
    /// The promises that it or a task below it awaits.
    pub(crate) awaits: Vec<usize>,
}

/// A program. It is printed as its text.
#[derive(Clone)]
pub(crate) struct Program(pub(crate) Arc<Task>);

impl Program {
    pub(crate) fn of(main: &[Drawn]) -> Self {
        let mut written = Written::default();
        Self(Arc::new(written.task("main".to_owned(), 0, main)))
    }
}

/// What of a program has been written down so far.
#[derive(Default)]
struct Written {
    lines: u32,
    /// Which tasks set or drop the promises.
    writers: [Option<String>; PROMISES],
    /// Which promises some task awaits.
    is_awaited: [bool; PROMISES],
}

impl Written {
    fn task(&mut self, name: String, depth: u32, drawn: &[Drawn]) -> Task {
        self.lines += 1;
        let (mut steps, mut joinable) = (Vec::new(), Vec::<bool>::new());
        let (mut writes, mut awaits, mut is_done) = (Vec::new(), Vec::new(), [false; PROMISES]);
        for step in drawn {
            let line = self.lines + 1;
            let child = |n: usize| n.checked_rem(joinable.len()).filter(|n| joinable[*n]);
            let what = match step {
                Drawn::Yield => What::Yield,
                Drawn::Sleep(ms) => What::Sleep(*ms),
                Drawn::Spawn(drawn) => {
                    let letter = char::from(b'a' + u8::try_from(joinable.len() % 26).unwrap_or(0));
                    let child_name = if depth == 0 { letter.to_string() } else { format!("{name}{letter}") };
                    let child = self.task(child_name, depth + 1, drawn);
                    writes.extend(&child.writes);
                    awaits.extend(&child.awaits);
                    joinable.push(true);
                    steps.push(Step { line, what: What::Spawn(Arc::new(child)) });
                    continue;
                }
                Drawn::Join(n) => match child(*n) {
                    Some(child) => {
                        joinable[child] = false;
                        What::Join(child)
                    }
                    None => continue,
                },
                Drawn::Cancel(n) => match child(*n) {
                    Some(child) => What::Cancel(child),
                    None => continue,
                },
                Drawn::Panic if depth > 0 => What::Panic, // a main task that panics is the runtime's panic
                Drawn::Panic => continue,
                Drawn::Set(promise) | Drawn::Drop(promise) => {
                    if self.writers[*promise].get_or_insert_with(|| name.clone()) != &name || is_done[*promise] {
                        continue;
                    }
                    is_done[*promise] = true;
                    writes.push(*promise);
                    if matches!(step, Drawn::Set(_)) { What::Set(*promise) } else { What::Drop(*promise) }
                }
                Drawn::Await(promise) => {
                    if std::mem::replace(&mut self.is_awaited[*promise], true) {
                        continue;
                    }
                    awaits.push(*promise);
                    What::Await(*promise)
                }
            };
            self.lines = line;
            steps.push(Step { line, what });
        }
        Task { name, depth, steps, end: self.lines, writes, awaits }
    }
}

impl fmt::Debug for Program {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:3}  main", 1)?;
        show(&self.0, f)
    }
}

fn show(task: &Task, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let children: Vec<&str> =
        task.steps.iter().filter_map(|step| step.what.spawned()).map(|child| &*child.name).collect();
    for Step { line, what } in &task.steps {
        write!(f, "{line:3}  {:width$}", "", width = 4 * (task.depth as usize + 1))?;
        match what {
            What::Yield => writeln!(f, "yield")?,
            What::Sleep(ms) => writeln!(f, "sleep {ms} ms")?,
            What::Spawn(child) => {
                writeln!(f, "spawn {}", child.name)?;
                show(child, f)?;
            }
            What::Join(child) => writeln!(f, "join {}", children[*child])?,
            What::Cancel(child) => writeln!(f, "cancel {}", children[*child])?,
            What::Panic => writeln!(f, "panic")?,
            What::Set(promise) => writeln!(f, "set promise {promise}")?,
            What::Drop(promise) => writeln!(f, "drop promise {promise}")?,
            What::Await(promise) => writeln!(f, "await promise {promise}")?,
        }
    }
    Ok(())
}

impl What {
    fn spawned(&self) -> Option<&Task> {
        match self {
            Self::Spawn(child) => Some(child),
            _ => None,
        }
    }
}
