//! Which exercises are done: the notes that rustlings keeps.

use super::Exercise;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// The file in which rustlings keeps them.
pub(super) const STATE: &str = ".rustlings-state.txt";

/// What has been done.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct State {
    /// Whether rustlings has noted anything yet.
    pub(super) is_begun: bool,
    done: BTreeSet<String>,
    current: Option<String>,
}

impl State {
    /// What rustlings has noted in this folder. A file that it would not read counts as none, as it does there.
    pub(super) fn of(folder: &Path) -> Self {
        fs::read_to_string(folder.join(STATE)).map_or_else(|_| Self::default(), |text| Self::read(&text))
    }

    /// Two lines for the reader, the current exercise, an empty line, and the names of those that are done.
    fn read(text: &str) -> Self {
        let mut lines = text.split('\n').skip(2);
        match (lines.next(), lines.next()) {
            (Some(current), Some(_)) if !current.is_empty() => Self {
                is_begun: true,
                done: lines.take_while(|name| !name.is_empty()).map(str::to_owned).collect(),
                current: Some(current.to_owned()),
            },
            _ => Self::default(),
        }
    }

    pub(super) fn is_done(&self, exercise: &Exercise) -> bool {
        self.done.contains(&exercise.name)
    }

    /// The exercise to go on with: the one that rustlings opens, or if that is done, the next one that is not.
    pub(super) fn next<'a>(&self, exercises: &'a [Exercise]) -> Option<&'a Exercise> {
        let is_current = |exercise: &Exercise| self.current.as_ref() == Some(&exercise.name);
        let current = exercises.iter().position(is_current).unwrap_or_default();
        let (before, from_there) = exercises.split_at(current);
        from_there.iter().chain(before).find(|exercise| !self.is_done(exercise))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exercises() -> Vec<Exercise> {
        ["a", "b", "c"].map(|name| Exercise { name: name.to_owned(), dir: None, test: true }).to_vec()
    }

    fn next(text: &str) -> Option<String> {
        State::read(text).next(&exercises()).map(|exercise| exercise.name.clone())
    }

    #[test]
    fn as_rustlings_writes_it() {
        const HEAD: &str = "DON'T EDIT THIS FILE!\n\n";
        let state = State::read(&format!("{HEAD}b\n\na\nc"));
        assert_eq!(exercises().iter().map(|exercise| state.is_done(exercise)).collect::<Vec<_>>(), [true, false, true]);
        assert_eq!(next(&format!("{HEAD}b\n\na\nc")).as_deref(), Some("b"));
        assert_eq!(next(&format!("{HEAD}b\n")).as_deref(), Some("b"), "nothing is done");
        assert_eq!(next(&format!("{HEAD}b\n\nb")).as_deref(), Some("c"), "the current one is done");
        assert_eq!(next(&format!("{HEAD}c\n\nb\nc")).as_deref(), Some("a"), "one before it was left out");
        assert_eq!(next(&format!("{HEAD}gone\n\na")).as_deref(), Some("b"), "the list has changed since");
        assert_eq!(next(&format!("{HEAD}c\n\na\nb\nc")), None);
    }

    #[test]
    fn what_rustlings_would_not_read_is_no_progress() {
        for text in ["", "\n\n", "one line", "one\n\nname without its end", "\n\n\n\na"] {
            assert_eq!(State::read(text), State::default(), "{text:?}");
            assert_eq!(next(text).as_deref(), Some("a"));
        }
    }
}
