//! Makes a recording from a file of console-subscriber, which records for tokio-console.
//!
//! Such a file is JSON, a line for each thing that happened. It tells when the span of a task was entered and left, and when its
//! waker was called. It does not tell which thread that was, who made the task, who called the waker (unless it was the task
//! itself), or how the task ended. So threads and wakers are unknown in the recording, and a panic is an end like any other.

mod lines;

use self::lines::{Line, What, lines};
use super::error::RecordingError;
use super::limits::shortened;
use super::{RecordedRun, Recording};
use crate::clock::Clock;
use crate::event::{Event, EventKind, WakeSource};
use std::collections::HashMap;
use std::time::Duration;

const ABOUT: &str = "recorded by console-subscriber, which does not tell threads, parents and wakers";

/// tokio enters the span of a task once more to drop its future: at once, if the task has ended. After a longer pause, the task was
/// cancelled.
const AT_ONCE_NS: u64 = 1_000_000;

impl Recording {
    /// Whether this text is a file of console-subscriber, by its first line.
    #[must_use]
    pub fn is_of_console(text: &str) -> bool {
        lines::version(text).is_some()
    }

    /// Reads a file of console-subscriber: its `recording_path`, or `TOKIO_CONSOLE_RECORD_PATH`.
    ///
    /// # Errors
    /// If a line is not of that format, or the recording is larger than the [limits](crate::limits) allow. The end of the file may be
    /// missing, because console-subscriber does not wait for its last lines to be written.
    ///
    /// ```
    /// use paintdry_studio::{EventKind, Recording};
    ///
    /// let at = r#""at":{"secs_since_epoch":7,"nanos_since_epoch":5}"#;
    /// let spawn = format!(r#"{{"Spawn":{{"id":1,{at},"fields":[]}}}}"#);
    /// let enter = format!(r#"{{"Enter":{{"id":1,{at}}}}}"#);
    /// let file = format!("{{\"v\":1}}\n{spawn}\n{enter}\n");
    /// assert!(Recording::is_of_console(&file));
    /// let run = &Recording::read_console(&file)?.runs[0];
    /// assert_eq!(run.threads, None);
    /// assert_eq!(run.events[1].what, EventKind::Poll { thread: None });
    /// # Ok::<(), paintdry_studio::RecordingError>(())
    /// ```
    pub fn read_console(text: &str) -> Result<Self, RecordingError> {
        let lines = lines(text)?;
        let from_ns = lines.first().map_or(0, |line| line.ns);
        let wall = Duration::from_nanos(lines.last().map_or(0, |line| line.ns - from_ns));
        let mut reading = Reading { from_ns, ..Reading::default() };
        for line in lines {
            reading.read(line);
        }
        let (tasks, events) = reading.made();
        let mut run = RecordedRun::new("unknown", ABOUT, wall, tasks, events);
        run.threads = None;
        let mut recording = Self::of_program("a recording of console-subscriber", Clock::Real, Vec::new());
        recording.runs.push(run);
        recording.check()?;
        Ok(recording)
    }
}

/// What is known while the lines are read.
#[derive(Default)]
struct Reading {
    from_ns: u64,
    /// The events so far, in their order. Those that turn out not to have happened to the task are taken out.
    events: Vec<Option<Event>>,
    tasks: Vec<Task>,
    /// The positions of the tasks whose spans are open, by the numbers of the spans.
    open: HashMap<u64, u32>,
}

struct Task {
    name: String,
    is_main: bool,
    /// Whether its span is entered once more to drop it.
    is_of_tokio: bool,
    /// How often its span has been entered and not left.
    depth: u32,
    /// Its last two turns. Of a task of tokio that is closed, the last one is the drop.
    before: Option<Turn>,
    last: Option<Turn>,
    /// The wakes since the last turn but one ended.
    wakes: Vec<usize>,
}

/// A time in which the span of a task was entered: the events at which it begins and ends.
#[derive(Clone, Copy)]
struct Turn {
    from: usize,
    to: Option<usize>,
}

impl Reading {
    fn read(&mut self, Line { ns, span, what }: Line) {
        let ns = ns - self.from_ns;
        let what = match what {
            What::Spawn(spawn) => {
                let position = u32::try_from(self.tasks.len()).unwrap_or(u32::MAX);
                self.open.insert(span, position);
                let (name, is_main, is_of_tokio) = (spawn.name, spawn.is_main, spawn.is_of_tokio);
                self.tasks.push(Task {
                    name,
                    is_main,
                    is_of_tokio,
                    depth: 0,
                    before: None,
                    last: None,
                    wakes: Vec::new(),
                });
                self.events.push(Some(Event { ns, task: position, what: EventKind::Spawn { by: None } }));
                return;
            }
            what => what,
        };
        let Some(&task) = self.open.get(&span) else { return }; // the span is of something else, or closed
        let (at, state) = (self.events.len(), &mut self.tasks[task as usize]);
        let what = match what {
            What::Enter => {
                state.depth += 1;
                if state.depth > 1 {
                    return;
                }
                state.before = state.last.replace(Turn { from: at, to: None });
                let since = state.before.and_then(|before| before.to).unwrap_or(at);
                state.wakes.retain(|wake| *wake > since);
                EventKind::Poll { thread: None }
            }
            What::Exit => {
                state.depth = state.depth.saturating_sub(1);
                let Some(turn) = state.last.as_mut().filter(|turn| state.depth == 0 && turn.to.is_none()) else {
                    return;
                };
                turn.to = Some(at);
                EventKind::Pending
            }
            What::Wake { by_itself } => {
                state.wakes.push(at);
                EventKind::Wake(if by_itself { WakeSource::Task(task) } else { WakeSource::Unknown })
            }
            What::Close => {
                self.open.remove(&span);
                return self.end(task, ns);
            }
            What::Spawn(_) => return,
        };
        self.events.push(Some(Event { ns, task, what }));
    }

    /// The span of the task is closed: the task has ended.
    fn end(&mut self, task: u32, ns: u64) {
        let state = &mut self.tasks[task as usize];
        let (before, last) = (state.before.take(), state.last.take());
        let ended = |turn: Turn| turn.to.map(|to| (turn.from, to));
        let Some((from, to)) = last.and_then(ended) else {
            return self.events.push(Some(Event { ns, task, what: EventKind::Cancel }));
        };
        let mut completes_at = to;
        if state.is_of_tokio {
            let drop_ns = time(&self.events, from);
            self.events[from] = None; // no poll: its future is dropped
            match before.and_then(ended).filter(|(_, to)| drop_ns - time(&self.events, *to) < AT_ONCE_NS) {
                Some((_, before)) => {
                    self.events[to] = None;
                    completes_at = before;
                }
                None => return self.say(to, EventKind::Cancel),
            }
        }
        for late in std::mem::take(&mut self.tasks[task as usize].wakes) {
            if late > completes_at {
                self.events[late] = None;
            }
        }
        self.say(completes_at, EventKind::Complete);
    }

    fn say(&mut self, at: usize, what: EventKind) {
        if let Some(event) = &mut self.events[at] {
            event.what = what;
        }
    }

    /// The names of the tasks and the events. A task that a thread waits for is the main task, and comes first.
    fn made(self) -> (Vec<String>, Vec<Event>) {
        let (main, others): (Vec<_>, Vec<_>) = (0..self.tasks.len()).partition(|task| self.tasks[*task].is_main);
        let mut places = vec![0; self.tasks.len()];
        let mut names = Vec::with_capacity(places.len());
        for (place, task) in (0..).zip(main.into_iter().chain(others)) {
            places[task] = place;
            names.push(shortened(self.tasks[task].name.clone()));
        }
        let place = |task: u32| places[task as usize];
        let moved = |event: Event| {
            let what = match event.what {
                EventKind::Wake(WakeSource::Task(by)) => EventKind::Wake(WakeSource::Task(place(by))),
                what => what,
            };
            Event { ns: event.ns, task: place(event.task), what }
        };
        (names, self.events.into_iter().flatten().map(moved).collect())
    }
}

fn time(events: &[Option<Event>], at: usize) -> u64 {
    events[at].as_ref().map_or(0, |event| event.ns)
}
