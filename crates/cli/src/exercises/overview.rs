//! The front door: how far the exercises are, which is next, how to start, and what is missing.

use super::environment::{Need, install, lacks_rustlings, needs};
use super::state::{STATE, State};
use super::{DONE, Exercise, Folder, NEXT, OPEN, SCHEMA, WRONG, page};
use crate::show::{counted, flowed};
use serde::Serialize;
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// All of it, as it stands in the JSON.
#[derive(Debug, Serialize)]
pub(super) struct Overview {
    schema: u32,
    /// Its path, as far as it is text.
    folder: String,
    /// Whether rustlings has been started here.
    begun: bool,
    exercises: Vec<Listed>,
    done: usize,
    total: usize,
    /// The name of the exercise to go on with.
    next: Option<String>,
    /// What to type, line by line.
    commands: Vec<String>,
    pub(super) environment: Vec<Need>,
    /// The path of the folder as people see it.
    #[serde(skip)]
    shown: PathBuf,
}

/// One exercise.
#[derive(Debug, Serialize)]
struct Listed {
    name: String,
    dir: Option<String>,
    /// Below the folder.
    path: PathBuf,
    done: bool,
}

impl Overview {
    pub(super) fn of(folder: &Folder) -> Self {
        let state = State::of(&folder.path);
        let environment = needs(&folder.path);
        let shown = folder.shown();
        let listed = |exercise: &Exercise| Listed {
            name: exercise.name.clone(),
            dir: exercise.dir.clone(),
            path: exercise.path(),
            done: state.is_done(exercise),
        };
        let exercises: Vec<_> = folder.exercises.iter().map(listed).collect();
        let mut commands = Vec::new();
        if lacks_rustlings(&environment) {
            commands.push(install());
        }
        commands.push(start(&shown));
        Self {
            schema: SCHEMA,
            folder: folder.path.to_string_lossy().into_owned(),
            begun: state.is_begun,
            done: exercises.iter().filter(|exercise| exercise.done).count(),
            total: exercises.len(),
            next: state.next(&folder.exercises).map(|exercise| exercise.name.clone()),
            exercises,
            commands,
            environment,
            shown,
        }
    }

    /// What keeps the exercises from running.
    pub(super) fn blocked_by(&self) -> Vec<&'static str> {
        self.environment.iter().filter(|need| need.blocks).map(|need| need.name).collect()
    }

    /// The page for people, in lines that fit `columns`, with escape codes for colour.
    pub(super) fn page(&self, folder: &Folder, columns: usize) -> String {
        let mut page = format!("{}\n\n", page::bold(&self.headline()));
        for line in self.groups(folder, columns) {
            page += &line;
        }
        let _ = writeln!(page, "\n{DONE} done  {NEXT} next  {OPEN} open\n"); // to a String, it cannot fail
        page += &self.what_next();
        page += "\n";
        for need in &self.environment {
            page += &line_of(need, columns);
        }
        page::coloured(&page)
    }

    fn headline(&self) -> String {
        let total = counted(self.total as u64, "exercise", "exercises");
        match (self.begun, self.done) {
            (false, _) => format!("{total}, none begun yet (there is no {STATE})"),
            (true, done) => format!("{done} of {total} done"),
        }
    }

    fn groups<'a>(&'a self, folder: &'a Folder, columns: usize) -> impl Iterator<Item = String> + 'a {
        let groups = folder.groups();
        let widest = groups.iter().map(|(group, _)| group.chars().count()).max().unwrap_or_default();
        groups.into_iter().map(move |(group, exercises)| {
            let names: Vec<_> =
                exercises.iter().map(|exercise| format!("{} {}", self.glyph(exercise), exercise.name)).collect();
            // A name and its glyph stay together: each is one word, which may hold a space.
            let title = format!("{group:widest$} ");
            let words = std::iter::once(title.as_str()).chain(names.iter().map(String::as_str));
            flowed(words, columns, &" ".repeat(widest + 2)) + "\n"
        })
    }

    fn glyph(&self, exercise: &Exercise) -> char {
        let is_done = self.exercises.iter().any(|listed| listed.done && listed.name == exercise.name);
        match &self.next {
            Some(next) if *next == exercise.name => NEXT,
            _ if is_done => DONE,
            _ => OPEN,
        }
    }

    fn what_next(&self) -> String {
        let next = self.exercises.iter().find(|listed| self.next.as_ref() == Some(&listed.name));
        let mut text = match next {
            Some(next) => format!("Next: {}\n  {}\n", next.name, page::path(&self.shown.join(&next.path))),
            None => "All of them are done.\n".to_owned(),
        };
        text += if self.commands.len() > 1 { "To install rustlings, and start:\n" } else { "To start:\n" };
        for command in &self.commands {
            let _ = writeln!(text, "  {}", page::bold(command)); // as above
        }
        text
    }
}

/// The line of one need, or the lines, where the window is narrow.
fn line_of(need: &Need, columns: usize) -> String {
    let text = match (&need.problem, &need.remedy, &need.version) {
        // A command that stands above already would only be broken here.
        (Some(problem), Some(remedy), _) if remedy.contains(&install()) => {
            format!("{WRONG} {} {problem}: run the first command above", need.name)
        }
        (Some(problem), remedy, _) => {
            format!("{WRONG} {} {problem}: {}", need.name, remedy.as_deref().unwrap_or_default())
        }
        (None, _, Some(version)) => format!("{DONE} {} {version}", need.name),
        (None, _, None) => format!("{DONE} {} can be written to", need.name),
    };
    flowed(text.split_whitespace(), columns, "  ") + "\n"
}

/// What to type to start rustlings in this folder.
fn start(folder: &Path) -> String {
    match page::path(folder) {
        path if path.is_empty() => "rustlings".to_owned(),
        path => format!("cd {} && rustlings", quoted(&path)),
    }
}

/// A word for a shell.
fn quoted(word: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "/._-+:\\".contains(c);
    if word.chars().all(is_plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_folder_stands_as_a_shell_reads_it() {
        assert_eq!(start(Path::new("")), "rustlings");
        assert_eq!(start(Path::new("crates/exercises")), "cd crates/exercises && rustlings");
        assert_eq!(start(Path::new("my dir/it's")), r"cd 'my dir/it'\''s' && rustlings");
    }
}
