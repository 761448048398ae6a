//! Reads the events of a run, one after another, into its facts.

use super::{Block, Cause, Claims, Facts, Poll, Task, Timer};
use paintdry_studio::{Clock, Event, EventKind, RecordedRun, RecordedState, States, WakeSource};
use std::collections::HashMap;

/// What is known of a task while the events are read.
#[derive(Clone, Copy, Default)]
struct Open {
    poll: Option<usize>,
    block: Option<usize>,
    ready: Option<(usize, Option<Cause>)>,
    /// The first wake or yield in the current poll.
    next: Option<Cause>,
    /// The timer that the last event of the task has set.
    just_set: Option<usize>,
    /// The timer that fired last, if the task has not been polled since.
    fired: Option<usize>,
}

struct Reading {
    states: States,
    open: Vec<Open>,
    timers: HashMap<u32, usize>,
}

impl<'a> Facts<'a> {
    pub(crate) fn of(run: &'a RecordedRun, clock: Clock) -> Self {
        let count = run.tasks.len();
        let last = run.events.last().map_or(0, |event| event.ns);
        let mut facts = Self {
            run,
            clock,
            polls: Vec::new(),
            timers: Vec::new(),
            tasks: vec![Task::default(); count],
            blocks: Vec::new(),
            claims: Claims::default(),
            end_ns: run.wall_ns.max(last),
            takes_turns: false,
        };
        let mut reading =
            Reading { states: States::new(count), open: vec![Open::default(); count], timers: HashMap::new() };
        for (at, event) in run.events.iter().enumerate().take(facts.given_up()) {
            facts.read(at, event, &mut reading);
        }
        facts.claims = Claims::of(run, facts.given_up());
        facts.takes_turns |= facts.timers.iter().any(|timer| !timer.is_of_a_thread);
        for (number, task) in (0..).zip(&mut facts.tasks) {
            task.state = reading.states.of(number);
        }
        facts
    }

    /// Where a stuck run was given up: it then drops its tasks, which the program did not do.
    fn given_up(&self) -> usize {
        let drops_main = |event: &Event| event.task == 0 && event.what == EventKind::Cancel;
        let given_up = self.run.events.iter().position(drops_main).filter(|_| self.is_stuck());
        given_up.unwrap_or(self.run.events.len())
    }

    fn read(&mut self, at: usize, event: &Event, reading: &mut Reading) {
        let (number, ns) = (event.task as usize, event.ns);
        let before = reading.states.take(event);
        let after = reading.states.of(event.task);
        let open = &mut reading.open[number];
        let just_set = open.just_set.take();
        let task = &mut self.tasks[number];
        match event.what {
            EventKind::Spawn { by } => {
                (task.spawn, task.by) = (Some(at), by);
                open.ready = Some((at, Some(Cause::Spawn)));
                self.acts(by, reading);
            }
            EventKind::Poll { thread } => {
                self.end_poll(at, ns, event.task, reading); // in a strange recording, the one before has no end
                let (open, task) = (&mut reading.open[number], &mut self.tasks[number]);
                let earlier_ns =
                    task.polls.last().map_or(0, |last| self.polls[*last].earlier_ns + self.polls[*last].length());
                let ready = open.ready.take();
                let cause = ready.and_then(|(_, cause)| cause).unwrap_or(Cause::Other);
                task.polls.push(self.polls.len());
                *open = Open { poll: Some(self.polls.len()), ..Open::default() };
                self.polls.push(Poll {
                    task: event.task,
                    thread,
                    from: at,
                    to: self.run.events.len(),
                    from_ns: ns,
                    to_ns: self.end_ns,
                    earlier_ns,
                    ready: ready.map(|(at, _)| at),
                    cause,
                    acts: 0,
                    timers: 0,
                    is_to_be_continued: false,
                });
            }
            EventKind::Line(line) => {
                task.lines.push((at, line));
                self.acts(Some(event.task), reading);
            }
            EventKind::Note(_) => {
                task.notes.push(at);
                self.acts(Some(event.task), reading);
            }
            EventKind::Yield => open.next = open.next.or(Some(Cause::Yield)),
            EventKind::Timer { timer, due_ns } => self.read_timer(at, event, (timer, due_ns), reading),
            EventKind::Join { other } => {
                task.joins.push((at, other));
                task.joined.entry(other).or_insert(at);
                self.acts(Some(event.task), reading);
            }
            EventKind::Block => {
                open.block = Some(self.blocks.len());
                let thread = reading.states.thread(event.task);
                self.blocks.push(Block { task: event.task, thread, at, from_ns: ns, to_ns: self.end_ns });
                // The timer of a thread's sleep is set right before.
                if let Some(timer) = just_set {
                    self.timers[timer].is_of_a_thread = true;
                }
                self.acts(Some(event.task), reading);
            }
            EventKind::Unblock => {
                if let Some(block) = open.block.take() {
                    self.blocks[block].to_ns = ns;
                }
            }
            EventKind::Fire { timer } => {
                if let Some(timer) = reading.timers.get(&timer) {
                    self.timers[*timer].fired = Some(at);
                    open.fired = Some(*timer);
                }
            }
            EventKind::Wake(by) => self.read_wake(at, event.task, by, before, reading),
            EventKind::Pending => self.read_pending(at, event, after, reading),
            EventKind::Complete | EventKind::Panic(_) | EventKind::Cancel => {
                task.end = Some(at);
                self.end_poll(at, ns, event.task, reading);
            }
            EventKind::Notify { .. } => {} // the task that calls the waker does something, and its own event says so
            EventKind::Release { by, .. } => self.acts(by, reading),
            _ if event.what.resource().is_some() => self.acts(Some(event.task), reading),
            _ => {}
        }
    }

    fn read_timer(&mut self, at: usize, event: &Event, (timer, due_ns): (u32, u64), reading: &mut Reading) {
        let task = event.task;
        self.tasks[task as usize].timers.push(self.timers.len());
        reading.timers.insert(timer, self.timers.len());
        reading.open[task as usize].just_set = Some(self.timers.len());
        let (set, set_ns) = (at, event.ns);
        self.timers.push(Timer { task, set, set_ns, due_ns, fired: None, is_of_a_thread: false });
        self.acts(Some(task), reading);
        if let Some(poll) = reading.open[task as usize].poll {
            self.polls[poll].timers += 1;
        }
    }

    fn read_wake(&mut self, at: usize, task: u32, by: WakeSource, before: RecordedState, reading: &mut Reading) {
        let cause = match by {
            WakeSource::Task(by) if by == task => Cause::Itself,
            WakeSource::Task(by) => {
                self.acts(Some(by), reading);
                Cause::Task(by)
            }
            WakeSource::Timer => reading.open[task as usize].fired.map_or(Cause::Other, Cause::Timer),
            _ => Cause::Other,
        };
        let open = &mut reading.open[task as usize];
        if before == RecordedState::Waiting {
            open.ready = Some((at, Some(cause)));
        } else {
            open.next = open.next.or(Some(cause));
        }
    }

    fn read_pending(&mut self, at: usize, event: &Event, after: RecordedState, reading: &mut Reading) {
        self.takes_turns = true;
        let open = &mut reading.open[event.task as usize];
        let next = open.next.take();
        if after == RecordedState::Ready {
            open.ready = Some((at, next));
            if let Some(poll) = open.poll {
                self.polls[poll].is_to_be_continued = matches!(next, Some(Cause::Yield | Cause::Itself));
            }
        }
        self.end_poll(at, event.ns, event.task, reading);
    }

    /// A task did something that can be seen.
    fn acts(&mut self, task: Option<u32>, reading: &Reading) {
        let open = task.and_then(|task| reading.open.get(task as usize)?.poll);
        if let Some(poll) = open {
            self.polls[poll].acts += 1;
        }
    }

    fn end_poll(&mut self, at: usize, ns: u64, task: u32, reading: &mut Reading) {
        if let Some(poll) = reading.open[task as usize].poll.take() {
            (self.polls[poll].to, self.polls[poll].to_ns) = (at, ns);
        }
    }
}
