//! One run, folded into what a picture shows: which task was in which state from when to when.
//!
//! A moment of a run is the number of events that have happened, `done`.

pub(super) use paintdry_studio::RecordedState as State;
use paintdry_studio::{EventKind, RecordedRun, States};
use std::collections::HashSet;

/// A task was in one state, from one event to another. The second event, or the end of the run, is no longer part of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stretch {
    pub(super) task: usize,
    pub(super) state: State,
    pub(super) thread: Option<u32>,
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) from_ns: u64,
    pub(super) to_ns: u64,
}

#[derive(Debug)]
pub(super) struct Run<'a> {
    pub(super) recorded: &'a RecordedRun,
    pub(super) wall: u64,
    /// In the order in which they begin.
    pub(super) stretches: Vec<Stretch>,
    /// The stretches of each task.
    of_task: Vec<Vec<Stretch>>,
    /// The event that ended each task.
    ends: Vec<Option<usize>>,
    /// The events at which each task came to a line.
    pub(super) lines: Vec<Vec<usize>>,
    /// The first task only starts the others and waits for them.
    has_helper: bool,
    /// The threads that polled a task that is no helper, in the order in which they began.
    pub(super) painters: Vec<u32>,
}

/// What is known while the events are read.
struct Reading {
    states: States,
    /// The stretch of each task that has not ended.
    open: Vec<Option<usize>>,
    painters: HashSet<u32>,
}

impl<'a> Run<'a> {
    pub(super) fn new(recorded: &'a RecordedRun) -> Self {
        let tasks = recorded.tasks.len();
        let events = &recorded.events;
        let mut run = Self {
            recorded,
            wall: recorded.wall_ns.max(events.last().map_or(0, |event| event.ns)),
            stretches: Vec::new(),
            of_task: vec![Vec::new(); tasks],
            ends: vec![None; tasks],
            lines: vec![Vec::new(); tasks],
            has_helper: has_helper(recorded),
            painters: Vec::new(),
        };
        let mut reading = Reading { states: States::new(tasks), open: vec![None; tasks], painters: HashSet::new() };
        for number in 0..events.len() {
            run.fold(number, &mut reading);
        }
        for open in &reading.open {
            run.close(*open, events.len(), run.wall);
        }
        for stretch in &run.stretches {
            run.of_task[stretch.task].push(*stretch);
        }
        run
    }

    fn fold(&mut self, number: usize, Reading { states, open, painters }: &mut Reading) {
        let event = &self.recorded.events[number];
        let task = event.task as usize;
        let before = states.take(event);
        let state = states.of(event.task);
        match event.what {
            EventKind::Line(_) => self.lines[task].push(number),
            EventKind::Poll { thread: Some(thread) } if !self.is_helper(task) && painters.insert(thread) => {
                self.painters.push(thread);
            }
            _ => {}
        }
        if state == before {
            return;
        }
        self.close(open[task].take(), number, event.ns);
        if state == State::Done {
            self.ends[task] = Some(number);
            return;
        }
        open[task] = Some(self.stretches.len());
        let (from, from_ns, thread) = (number, event.ns, states.thread(event.task));
        self.stretches.push(Stretch { task, state, thread, from, to: from, from_ns, to_ns: from_ns });
    }

    fn close(&mut self, stretch: Option<usize>, to: usize, to_ns: u64) {
        if let Some(at) = stretch {
            self.stretches[at].to = to;
            self.stretches[at].to_ns = to_ns;
        }
    }

    pub(super) fn size(&self) -> usize {
        self.recorded.events.len()
    }

    pub(super) fn is_helper(&self, task: usize) -> bool {
        self.has_helper && task == 0
    }

    /// The tasks that do something of their own.
    pub(super) fn tasks(&self) -> impl Iterator<Item = usize> + use<> {
        usize::from(self.has_helper)..self.recorded.tasks.len()
    }

    pub(super) fn of_task(&self, task: usize) -> &[Stretch] {
        &self.of_task[task]
    }

    pub(super) fn state(&self, task: usize, done: usize) -> State {
        let list = &self.of_task[task];
        let begun = list.partition_point(|stretch| stretch.from < done);
        match begun.checked_sub(1).map(|at| list[at]) {
            None => State::Absent,
            Some(stretch) if stretch.to >= done => stretch.state,
            Some(_) => State::Done,
        }
    }

    /// The event that ended the task, and whether that was a good end.
    pub(super) fn end(&self, task: usize, done: usize) -> Option<(usize, bool)> {
        let end = self.ends[task].filter(|end| *end < done)?;
        Some((end, self.recorded.events[end].what == EventKind::Complete))
    }

    pub(super) fn ns(&self, event: usize) -> u64 {
        self.recorded.events[event].ns
    }

    /// How many events have happened by this time, with all the events of that nanosecond.
    pub(super) fn done_by(&self, ns: u64) -> usize {
        self.recorded.events.partition_point(|event| event.ns <= ns)
    }

    pub(super) fn done_before(&self, ns: u64) -> usize {
        self.recorded.events.partition_point(|event| event.ns < ns)
    }

    /// Whether a task of the run ever put its thread to sleep.
    pub(super) fn blocks(&self) -> bool {
        self.stretches.iter().any(|stretch| stretch.state == State::Blocking)
    }

    /// Whether a task runs on after this moment.
    pub(super) fn runs_at(&self, done: usize) -> bool {
        let is_running = |task| self.state(task, done) == State::Running;
        done > 0 && done < self.size() && (0..self.recorded.tasks.len()).any(is_running)
    }

    /// How many times tasks were polled.
    pub(super) fn polls(&self) -> impl Iterator<Item = usize> + '_ {
        let polled = |event: &paintdry_studio::Event| {
            matches!(event.what, EventKind::Poll { .. }).then_some(event.task as usize)
        };
        self.recorded.events.iter().filter_map(polled)
    }
}

/// Whether the first task comes to no line, says nothing and sets no timer, and others do.
fn has_helper(run: &RecordedRun) -> bool {
    let acts = |what: &EventKind| {
        use EventKind::{Block, Line, Note, Panic, Timer, Yield};
        matches!(what, Line(_) | Note(_) | Timer { .. } | Block | Yield | Panic(_))
    };
    let mut of_first = run.events.iter().filter(|event| acts(&event.what)).map(|event| event.task == 0).peekable();
    of_first.peek().is_some() && !of_first.any(|is_first| is_first)
}
