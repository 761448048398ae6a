//! Reading the events of a run as the lives of its tasks.

use crate::lives::{Act, Cause, How, Life, Lives, Ready, Step, Turn, TurnOf};
use paintdry_studio::{Event, EventKind, RecordedRun, Resource, WakeSource};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::mem;

impl<'a> Lives<'a> {
    /// The lives of all tasks in the run. Without `counts_lines`, the lines to which tasks come are no steps.
    pub(crate) fn of(run: &'a RecordedRun, counts_lines: bool) -> Self {
        let life = |name: &'a String| Life { name, ..Life::default() };
        let mut lives =
            Self { tasks: run.tasks.iter().map(life).collect(), roots: Vec::new(), turns: Vec::new(), threads: 0 };
        let mut reading = Reading { counts_lines, resources: &run.resources, ..Reading::default() };
        let last = last_turn_of_main(run);
        for (position, event) in run.events.iter().enumerate() {
            let is_main = last.is_some() && event.task == 0;
            // The end of the main task ends the run. What its runtime does with the tasks that are left is no part of it, and a main
            // task that is dropped has been given up, because nothing could run any more.
            if event.what == EventKind::Cancel && (is_main || last.is_some_and(|last| position > last)) {
                continue;
            }
            reading.read(&mut lives, position, event);
            if is_main && event.what.is_end() {
                break;
            }
        }
        let forgotten = (0..).zip(&lives.tasks).filter(|(_, life)| !life.is_made).map(|(task, _)| task);
        let forgotten: Vec<_> = forgotten.collect();
        lives.roots.extend(forgotten);
        lives.turns = reading.turns.into_iter().flatten().collect();
        lives.threads = reading.threads.len();
        lives
    }
}

/// The position of the poll with which the main task ends, or of its end, if that is outside of a poll. `None` if the run has no
/// main task.
fn last_turn_of_main(run: &RecordedRun) -> Option<usize> {
    let spawns = |event: &Event, of: &dyn Fn(u32, Option<u32>) -> bool| match event.what {
        EventKind::Spawn { by } => of(event.task, by),
        _ => false,
    };
    let has_made = run.events.iter().any(|event| spawns(event, &|_, by| by == Some(0)));
    let is_alone = !run.events.iter().any(|event| spawns(event, &|task, by| task != 0 && by.is_none()));
    let is_main = has_made || is_alone;
    let own = |event: &Event, is: fn(&EventKind) -> bool| is_main && event.task == 0 && is(&event.what);
    let end = run.events.iter().position(|event| own(event, EventKind::is_end))?;
    let is_outside = run.events[end].what == EventKind::Cancel;
    let is_poll = |event: &Event| own(event, |what| matches!(what, EventKind::Poll { .. }));
    run.events[..end].iter().rposition(is_poll).filter(|_| !is_outside).or(Some(end))
}

/// What is known while the events are read.
#[derive(Default)]
struct Reading<'a> {
    resources: &'a [Resource],
    counts_lines: bool,
    /// How many timers its task had set before each.
    timers: HashMap<u32, u32>,
    /// All turns so far. Those that count for nothing are taken out.
    turns: Vec<Option<TurnOf>>,
    /// The tasks that are being polled, by the positions of their polls.
    polled: BTreeMap<usize, u32>,
    /// The positions of the open polls of each task.
    open: HashMap<u32, Vec<usize>>,
    threads: HashSet<u32>,
    /// The task that set a timer in the event before.
    sets_a_timer: Option<u32>,
}

impl<'a> Reading<'a> {
    fn read(&mut self, lives: &mut Lives<'a>, position: usize, event: &'a Event) {
        let (task, ns) = (event.task, event.ns);
        let sets_a_timer = self.sets_a_timer.take();
        let life = &mut lives.tasks[task as usize];
        let step = |life: &mut Life<'a>, act| {
            life.steps.push(Step { act, ns, event: position, line: life.line, turn: life.turns.len() });
        };
        // Whether a claim had to wait before depends on the order of turns, and so does who closes a channel.
        if let Some(does) = use_of(&event.what) {
            let resource = event.what.resource().and_then(|resource| self.resources.get(resource as usize));
            if !life.has_ended() {
                step(life, Act::Uses(does, resource.map_or("", |resource| &resource.name)));
            }
            return;
        }
        match &event.what {
            EventKind::Spawn { by } => {
                life.is_made = true;
                life.ready = Some(Ready { event: position, how: How::Made });
                match by {
                    None => lives.roots.push(task),
                    Some(by) => {
                        let parent = &mut lives.tasks[*by as usize];
                        parent.children.push(task);
                        step(parent, Act::Makes(task));
                    }
                }
            }
            EventKind::Poll { thread } => {
                self.threads.extend(*thread);
                self.polled.insert(position, task);
                self.open.entry(task).or_default().push(position);
                let place = self.turns.len();
                self.turns.push(Some(TurnOf { task, turn: life.turns.len() }));
                life.begin_turn(position, ns, *thread, place);
                if life.turns.len() == 1 && life.steps.is_empty() {
                    step(life, Act::Begins);
                }
            }
            EventKind::Note(text) => step(life, Act::Says(text)),
            EventKind::Line(number) => {
                life.line = Some(*number);
                if self.counts_lines {
                    step(life, Act::ComesTo(*number));
                }
            }
            EventKind::Yield => {
                life.yields = true;
                step(life, Act::Yields);
            }
            EventKind::Timer { timer, due_ns } => {
                self.timers.insert(*timer, life.timers);
                self.sets_a_timer = Some(task);
                life.timers += 1;
                step(life, Act::Sleeps { due_ns: *due_ns });
            }
            EventKind::Fire { timer } => {
                life.wakes.extend(self.timers.get(timer).map(|before| Cause::Fired(*before)));
            }
            // A thread that waits for the end of another blocks as well, but only if the other has not ended yet.
            EventKind::Block if sets_a_timer == Some(task) => step(life, Act::Blocks),
            EventKind::Join { other } => {
                if let Some(turn) = life.turns.last_mut() {
                    turn.joins.push(*other);
                }
            }
            EventKind::Wake(source) => life.woken(position, task, *source),
            EventKind::Pending => {
                self.leave(task);
                if let Some(place) = life.end_turn(position) {
                    self.turns[place] = None;
                }
            }
            EventKind::Complete => {
                self.leave(task);
                life.end(position);
                step(life, Act::Ends);
            }
            EventKind::Panic(message) => {
                self.leave(task);
                life.end(position);
                step(life, Act::Panics(message));
            }
            EventKind::Cancel => {
                self.leave(task);
                life.end(position);
                let (act, turn) =
                    (Act::Cancelled { by: self.polled.values().next_back().copied() }, life.turns.len() + 1);
                life.steps.push(Step { act, ns, event: position, line: life.line, turn }); // instead of another turn
            }
            _ => {}
        }
    }

    /// Its poll ends.
    fn leave(&mut self, task: u32) {
        if let Some(position) = self.open.get_mut(&task).and_then(Vec::pop) {
            self.polled.remove(&position);
        }
    }
}

/// What a task does with a resource.
fn use_of(what: &EventKind) -> Option<&'static str> {
    Some(match what {
        EventKind::Take { .. } => "takes",
        EventKind::Release { .. } => "gives back",
        EventKind::Send { .. } => "sends to",
        EventKind::Receive { .. } => "receives from",
        EventKind::Signal { .. } => "signals",
        EventKind::Hear { .. } => "hears",
        _ => return None,
    })
}

impl Life<'_> {
    fn has_ended(&self) -> bool {
        let is_end = |act: &Act<'_>| matches!(act, Act::Ends | Act::Panics(_) | Act::Cancelled { .. });
        self.steps.last().is_some_and(|step| is_end(&step.act))
    }

    fn begin_turn(&mut self, event: usize, ns: u64, thread: Option<u32>, place: usize) {
        let mut woken_by = mem::take(&mut self.wakes);
        woken_by.sort_unstable();
        woken_by.dedup();
        let ready = self.ready.take();
        self.yields = false;
        let end = usize::MAX;
        self.turns.push(Turn { ns, event, thread, end, ready, woken_by, joins: Vec::new(), is_pending: false, place });
    }

    /// The turn ends, and the task does not. Gives the place of a turn that counts for nothing: some runtimes poll the main task now
    /// and then though nothing has woken it, and then it does nothing.
    fn end_turn(&mut self, event: usize) -> Option<usize> {
        let is_idle = self.steps.last().is_none_or(|step| step.turn != self.turns.len());
        let turn = self.turns.last_mut()?;
        if is_idle && turn.joins.is_empty() && turn.ready.is_none() {
            let turn = self.turns.pop()?;
            self.wakes.extend(turn.woken_by);
            return Some(turn.place);
        }
        turn.is_pending = true;
        turn.end = event;
        if self.yields {
            self.ready = Some(Ready { event, how: How::Yielded });
        }
        None
    }

    fn end(&mut self, event: usize) {
        self.ready = None;
        self.turns.last_mut().into_iter().for_each(|turn| turn.end = turn.end.min(event));
    }

    fn woken(&mut self, event: usize, task: u32, source: WakeSource) {
        let cause = match source {
            WakeSource::Task(by) => Cause::Task(by),
            WakeSource::Timer => Cause::Timer,
            _ => Cause::Outside,
        };
        // How a runtime ends a yield is its own affair: at once, or between two polls.
        if self.yields && (cause == Cause::Outside || cause == Cause::Task(task)) {
            return;
        }
        self.wakes.push(cause);
        self.ready.get_or_insert(Ready { event, how: How::Woken(cause) });
    }
}
