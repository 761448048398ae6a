//! What is true after each event of a run, folded from its events as docs/recording.md tells, and from nothing else.

use serde_json::Value;
use std::collections::BTreeMap;

/// What a task is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    NotThere,
    Ready,
    Running,
    Blocking,
    Waiting,
    Done,
}

#[derive(Clone, Debug)]
struct Task {
    state: State,
    /// The event at which it came into this state.
    since: usize,
    /// Its poll will end with more to do, and it is ready then.
    again: bool,
    line: Option<u64>,
}

/// A run after one of its events, or before the first.
#[derive(Clone, Debug)]
pub(crate) struct Moment {
    pub(crate) ns: u64,
    tasks: Vec<Task>,
    /// Due time and event at which it was set, for each timer of a task.
    timers: BTreeMap<(usize, u64), (u64, usize)>,
    /// Which tasks are done, in their order, and by which event.
    pub(crate) done: Vec<(usize, String)>,
}

impl Moment {
    pub(crate) fn state(&self, task: usize) -> State {
        self.tasks[task].state
    }

    /// The line at which the task stands.
    pub(crate) fn line(&self, task: usize) -> Option<u64> {
        self.tasks[task].line
    }

    /// The tasks in a state, first come first.
    pub(crate) fn tasks_in(&self, state: State) -> Vec<usize> {
        let mut found: Vec<_> = (0..self.tasks.len()).filter(|&task| self.state(task) == state).collect();
        found.sort_by_key(|&task| self.tasks[task].since);
        found
    }

    /// The timers that are set: whose, and when they are due; the next first.
    pub(crate) fn timers(&self) -> Vec<(usize, u64)> {
        let mut found: Vec<_> = self.timers.iter().map(|((task, _), (due, set))| (*due, *set, *task)).collect();
        found.sort_unstable();
        found.into_iter().map(|(due, _, task)| (task, due)).collect()
    }
}

/// A run of a recording, and what is true after each of its events.
#[derive(Debug)]
pub(crate) struct Run<'a> {
    pub(crate) name: &'a str,
    pub(crate) tasks: Vec<&'a str>,
    resources: Vec<&'a str>,
    pub(crate) events: &'a [Value],
    /// `moments[0]` is before the first event.
    moments: Vec<Moment>,
}

impl<'a> Run<'a> {
    pub(crate) fn fold(run: &'a Value) -> Self {
        let tasks: Vec<_> =
            run["tasks"].as_array().expect("a list").iter().map(|name| name.as_str().expect("a name")).collect();
        let events = run["events"].as_array().expect("a list");
        let task = Task { state: State::NotThere, since: 0, again: false, line: None };
        let mut now = Moment { ns: 0, tasks: vec![task; tasks.len()], timers: BTreeMap::new(), done: vec![] };
        let mut moments = vec![now.clone()];
        for (number, event) in events.iter().enumerate() {
            now.happens(number, event);
            moments.push(now.clone());
        }
        forget_timers_that_never_fire(&mut moments, events);
        let resources = run["resources"].as_array().into_iter().flatten();
        let resources = resources.map(|resource| resource["name"].as_str().expect("a name")).collect();
        Self { name: run["runtime"].as_str().expect("a name"), tasks, resources, events, moments }
    }

    /// After the event with this number; −1 is before the first.
    pub(crate) fn at(&self, event: i64) -> &Moment {
        &self.moments[usize::try_from(event + 1).expect("it is no earlier than before the first")]
    }

    pub(crate) fn last(&self) -> i64 {
        i64::try_from(self.events.len()).expect("a recording is not that long") - 1
    }

    /// The last event that had happened by a time.
    pub(crate) fn event_by(&self, ns: u64) -> i64 {
        let after = self.moments[1..].partition_point(|moment| moment.ns <= ns);
        i64::try_from(after).expect("a recording is not that long") - 1
    }

    pub(crate) fn kind(&self, event: i64) -> &'a str {
        self.events[usize::try_from(event).expect("an event")][1].as_str().expect("a kind")
    }

    /// The name of the lock, the channel or the signal that an event is about.
    pub(crate) fn resource(&self, event: i64) -> &'a str {
        self.resources[number(&self.events[usize::try_from(event).expect("an event")][3])]
    }

    pub(crate) fn task(&self, event: i64) -> usize {
        number(&self.events[usize::try_from(event).expect("an event")][2])
    }
}

impl Moment {
    fn happens(&mut self, event: usize, what: &Value) {
        self.ns = what[0].as_u64().expect("a time");
        let task = number(&what[2]);
        let kind = what[1].as_str().expect("a kind");
        match kind {
            "spawn" => self.enter(task, State::Ready, event),
            "poll" => {
                self.tasks[task].again = false;
                self.enter(task, State::Running, event);
            }
            "line" => self.tasks[task].line = what[3].as_u64(),
            "yield" => self.tasks[task].again = true,
            "timer" => {
                let timer = (task, what[3].as_u64().expect("a timer"));
                self.timers.insert(timer, (what[4].as_u64().expect("a time"), event));
            }
            "join" | "note" | "wait" | "notify" | "leave" | "take" | "release" | "send" | "receive" | "close"
            | "signal" | "hear" => {}
            "block" => self.enter(task, State::Blocking, event),
            "unblock" => self.enter(task, State::Running, event),
            "fire" => {
                self.timers.remove(&(task, what[3].as_u64().expect("a timer")));
            }
            "wake" if self.state(task) == State::Waiting => self.enter(task, State::Ready, event),
            "wake" => self.tasks[task].again = true,
            "pending" if self.tasks[task].again => self.enter(task, State::Ready, event),
            "pending" => self.enter(task, State::Waiting, event),
            "complete" | "panic" | "cancel" => {
                self.enter(task, State::Done, event);
                self.timers.retain(|(whose, _), _| *whose != task);
                self.done.push((task, kind.to_owned()));
            }
            other => panic!("docs/recording.md knows no {other:?}"),
        }
    }

    fn enter(&mut self, task: usize, state: State, event: usize) {
        let task = &mut self.tasks[task];
        if task.state != state {
            (task.state, task.since) = (state, event);
        }
    }
}

/// A timer that is never fired was dropped at an unknown time. It is shown until it would have been due.
fn forget_timers_that_never_fire(moments: &mut [Moment], events: &[Value]) {
    let fired: Vec<_> = events.iter().filter(|event| event[1] == "fire").map(|event| (&event[2], &event[3])).collect();
    let fires = |(task, timer): &(usize, u64)| fired.contains(&(&(*task).into(), &(*timer).into()));
    for moment in moments {
        let now = moment.ns;
        moment.timers.retain(|timer, (due, _)| now <= *due || fires(timer));
    }
}

fn number(value: &Value) -> usize {
    value.as_u64().and_then(|number| usize::try_from(number).ok()).expect("a number")
}
