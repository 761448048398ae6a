//! What each task holds and waits for, from what the run has recorded of it.

use paintdry_explore::Played;
use paintdry_studio::EventKind;
use serde::Serialize;

/// What a waiting task waits for.
#[derive(Debug, Serialize)]
pub(crate) struct Wait {
    task: u32,
    name: String,
    #[serde(flatten)]
    what: For,
}

#[derive(Debug, Clone, Serialize)]
#[serde(tag = "for", rename_all = "lowercase")]
enum For {
    Pot {
        what: String,
        held_by: Option<String>,
    },
    Bell,
    /// What the program has noted that it waits for.
    Thing {
        what: String,
    },
    Timer {
        until_ns: u64,
    },
    Tasks {
        tasks: Vec<String>,
    },
    Wake,
}

/// A pot that a task has.
#[derive(Debug, Serialize)]
pub(crate) struct Hold {
    task: u32,
    name: String,
    what: String,
}

/// A task at the end of what was recorded.
#[derive(Debug, Default, Clone)]
struct Task {
    turns: u32,
    /// What it has noted in its last turn, and the line of the last note.
    noted: Vec<String>,
    line: Option<u32>,
    state: State,
    wants: Option<For>,
    listens: bool,
    /// The timers that have not fired: the number, and when it is due. The last one is that of the current sleep.
    timers: Vec<(u32, u64)>,
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum State {
    #[default]
    Ready,
    /// It has its turn, and nothing asks yet for another.
    Running,
    /// It has its turn, and will have another.
    Woken,
    Waiting,
    Done,
}

/// All tasks, and which of them has each pot.
pub(crate) struct Tasks<'a> {
    names: &'a [String],
    all: Vec<Task>,
    holders: Vec<(String, u32)>,
}

impl<'a> Tasks<'a> {
    pub(crate) fn of(played: &'a Played) -> Self {
        let names = played.tasks();
        let mut tasks = Self { names, all: vec![Task::default(); names.len()], holders: Vec::new() };
        for event in played.events() {
            tasks.hear(event.task, &event.what);
        }
        tasks
    }

    fn hear(&mut self, number: u32, what: &EventKind) {
        let task = &mut self.all[number as usize];
        match what {
            EventKind::Poll { .. } => {
                (task.state, task.wants) = (State::Running, None);
                task.turns += 1;
                task.noted.clear();
            }
            EventKind::Line(line) => task.line = Some(*line),
            EventKind::Note(text) => {
                task.noted.push(text.to_string());
                self.hear_note(number, text);
            }
            EventKind::Timer { timer, due_ns } => task.timers.push((*timer, *due_ns)),
            EventKind::Fire { timer } => task.timers.retain(|(number, _)| number != timer),
            EventKind::Yield | EventKind::Wake(_) if task.state == State::Running => task.state = State::Woken,
            EventKind::Wake(_) => task.state = State::Ready,
            EventKind::Pending if task.state == State::Woken => task.state = State::Ready,
            EventKind::Pending => task.state = State::Waiting,
            what if what.is_end() => task.state = State::Done,
            _ => {}
        }
    }

    /// The notes of a pot and of a bell say who has what.
    fn hear_note(&mut self, number: u32, text: &str) {
        let task = &mut self.all[number as usize];
        if let Some(pot) = text.strip_prefix("takes ").filter(|pot| !pot.contains(' ')) {
            self.holders.push((pot.to_owned(), number));
        } else if let Some(pot) = text.strip_prefix("finds no ") {
            task.wants = Some(For::Pot { what: pot.to_owned(), held_by: None });
        } else if let Some(what) = text.strip_prefix("waits for ") {
            task.wants = Some(For::Thing { what: what.to_owned() });
        } else if let Some(pot) = text.strip_prefix("puts ").and_then(|text| text.strip_suffix(" back")) {
            self.holders.retain(|(held, _)| held != pot);
        } else if text == "listens" {
            task.listens = true;
        }
    }

    pub(crate) fn begins(&self, task: u32) -> bool {
        self.all[task as usize].turns == 0
    }

    pub(crate) fn noted(&self, task: u32) -> Vec<String> {
        self.all[task as usize].noted.clone()
    }

    pub(crate) fn line(&self, task: u32) -> Option<u32> {
        self.all[task as usize].line
    }

    pub(crate) fn name(&self, task: u32) -> String {
        self.names[task as usize].clone()
    }

    /// The pots that tasks have.
    pub(crate) fn holds(&self) -> Vec<Hold> {
        let hold = |(what, task): &(String, u32)| Hold { task: *task, name: self.name(*task), what: what.clone() };
        self.holders.iter().map(hold).collect()
    }

    /// What the waiting tasks wait for.
    pub(crate) fn waits(&self) -> Vec<Wait> {
        let waiting = (0..).zip(&self.all).filter(|(_, task)| task.state == State::Waiting);
        waiting
            .map(|(number, task)| Wait { task: number, name: self.name(number), what: self.what(number, task) })
            .collect()
    }

    fn what(&self, number: u32, task: &Task) -> For {
        match &task.wants {
            Some(For::Pot { what, .. }) => {
                let holder = self.holders.iter().find(|(held, _)| held == what);
                return For::Pot { what: what.clone(), held_by: holder.map(|(_, holder)| self.name(*holder)) };
            }
            Some(thing) => return thing.clone(),
            None => {}
        }
        if let Some(until_ns) = task.timers.last().map(|(_, due)| *due) {
            return For::Timer { until_ns };
        }
        if number > 0 {
            return if task.listens { For::Bell } else { For::Wake };
        }
        // The main task of each program waits for the others.
        let others = self.all.iter().zip(self.names).skip(1).filter(|(task, _)| task.state != State::Done);
        For::Tasks { tasks: others.map(|(_, name)| name.clone()).collect() }
    }
}
