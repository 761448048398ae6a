//! Task identity: the tasks of a loop have numbers, and a run may start several loops, even one inside another.

use crate::text::{NAME, bounded, in_one_line};
use std::collections::HashMap;

/// A task of one run of the program.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub(crate) struct TaskId {
    /// The loops of a run count from 1. 0 is the program outside all loops.
    pub(crate) of_loop: u32,
    /// Its number in the loop.
    pub(crate) number: u32,
}

/// What tasks are called.
#[derive(Debug, Default)]
pub(crate) struct Names {
    given: HashMap<TaskId, String>,
    /// The main tasks of the loops.
    mains: Vec<TaskId>,
}

impl Names {
    pub(crate) fn add_main(&mut self, task: TaskId) {
        self.mains.push(task);
    }

    /// A task keeps its first name.
    pub(crate) fn give(&mut self, task: TaskId, name: &str) {
        self.given.entry(task).or_insert_with(|| in_one_line(&bounded(name, NAME)));
    }

    pub(crate) fn of(&self, task: TaskId) -> String {
        let TaskId { of_loop, number } = task;
        let unnamed = || match (self.mains.contains(&task), of_loop) {
            (_, 0) | (true, 1) => "main".to_owned(),
            (true, _) => format!("main of loop {of_loop}"),
            (false, 1) => format!("task {number}"),
            (false, _) => format!("task {number} of loop {of_loop}"),
        };
        self.given.get(&task).cloned().unwrap_or_else(unnamed)
    }

    /// What the program calls a task that the loop calls `name`.
    pub(crate) fn known_as(&self, of_loop: u32, name: &str) -> String {
        let number = name.strip_prefix("task ").and_then(|number| number.parse().ok());
        let task = match number {
            Some(number) => Some(TaskId { of_loop, number }),
            None if name == "main" => self.mains.iter().rfind(|main| main.of_loop == of_loop).copied(),
            None => None,
        };
        task.map_or_else(|| bounded(name, NAME), |task| self.of(task))
    }
}
