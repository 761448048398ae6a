//! The outcome of a watched program, and the assertions that say in words what it should have been.

use crate::{chapter, log, page};
use paintdry_studio::limits::shortened;
use paintdry_studio::{Event, EventKind, RecordedRun, Resource, Stalled};
use std::cell::Cell;
use std::fmt;
use std::io::{self, Write};
use std::mem;
use std::panic::Location;
use std::thread;
use std::time::Duration;

/// Why a program did not end.
#[derive(Debug, Clone)]
pub(crate) enum Failure {
    Stalled(Stalled),
    Panicked(String),
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Stalled(stalled) => write!(f, "{stalled}"),
            Self::Panicked(message) => write!(f, "it panics: {message}"),
        }
    }
}

/// The chapter that introduces `Pending` and wakers.
const OF_WAKERS: u32 = 6;

impl Failure {
    /// Its sentence. Before the chapter of wakers, it has no advice about them.
    fn in_chapter(&self, chapter: Option<u32>) -> String {
        let mut sentence = self.to_string();
        let knows_wakers = chapter.is_none_or(|chapter| chapter >= OF_WAKERS);
        if let Some(end) = sentence.rfind("; before a task returns Pending").filter(|_| !knows_wakers) {
            sentence.truncate(end);
        }
        sentence
    }
}

/// A program that has run, with its result, its time and its event log.
///
/// Every assertion panics with what was expected, why, what happened instead, and the log. In an exercise it also names the
/// chapter of the book. It leaves a page that plays the run. When the assertions pass after that, a second page plays the run that passed. The pages have the name of the
/// program, so give each program its own.
#[must_use = "nothing is checked before an assertion is called"]
#[derive(Debug)]
pub struct Seen<T> {
    name: String,
    runtime: String,
    result: Option<T>,
    failure: Option<Failure>,
    wall: Duration,
    tasks: Vec<String>,
    events: Vec<Event>,
    /// The locks and channels of the studio that it used.
    resources: Vec<Resource>,
    /// Where the last assertion passed.
    passed: Cell<Option<&'static Location<'static>>>,
}

impl<T> Seen<T> {
    pub(crate) fn new(
        name: &str,
        runtime: &str,
        ended: Result<T, Failure>,
        wall: Duration,
        tasks: Vec<String>,
        events: Vec<Event>,
    ) -> Self {
        let (result, failure) = match ended {
            Ok(result) => (Some(result), None),
            Err(failure) => (None, Some(failure)),
        };
        let (name, runtime, passed) = (name.to_owned(), runtime.to_owned(), Cell::default());
        Self { name, runtime, result, failure, wall, tasks, events, resources: Vec::new(), passed }
    }

    /// The same, with the locks and channels that its events name.
    pub(crate) fn with(mut self, resources: Vec<Resource>) -> Self {
        self.resources = resources;
        self
    }

    /// The program's result.
    ///
    /// # Panics
    /// If it stalled or panicked, with the log.
    #[must_use]
    #[track_caller]
    pub fn result(mut self) -> T {
        match self.result.take() {
            Some(result) => result,
            None => self.fail_as_it_ended(),
        }
    }

    /// Why the program stalled, if it did: which tasks wait, and for what.
    #[must_use]
    pub fn stalled(&self) -> Option<&Stalled> {
        match &self.failure {
            Some(Failure::Stalled(stalled)) => Some(stalled),
            _ => None,
        }
    }

    /// The message of the program's panic, if it panicked.
    #[must_use]
    pub fn panicked(&self) -> Option<&str> {
        match &self.failure {
            Some(Failure::Panicked(message)) => Some(message),
            _ => None,
        }
    }

    /// How long it took, in virtual time.
    #[must_use]
    pub fn took(&self) -> Duration {
        self.wall
    }

    /// The event log: a line for each message, with the time and the task.
    #[must_use]
    pub fn log(&self) -> String {
        log::lines(&self.tasks, &self.events).join("\n")
    }

    /// The messages in order, without the times: `sky: painted`.
    #[must_use]
    pub fn said(&self) -> Vec<String> {
        let said = |event: &Event| match &event.what {
            EventKind::Note(text) => Some(log::said_by(&self.tasks[event.task as usize], text)),
            _ => None,
        };
        self.events.iter().filter_map(said).collect()
    }

    /// Each time of this message: `sky: painted`.
    #[must_use]
    pub fn times_of(&self, said: &str) -> Vec<Duration> {
        let is_it = |event: &&Event| match &event.what {
            EventKind::Note(text) => log::said_by(&self.tasks[event.task as usize], text) == said,
            _ => false,
        };
        self.events.iter().filter(is_it).map(|event| Duration::from_nanos(event.ns)).collect()
    }

    /// Everything that was recorded, for what the assertions here do not cover.
    #[must_use]
    pub fn events(&self) -> &[Event] {
        &self.events
    }

    /// The names of its tasks, in the order in which they were made. The first is the main task.
    #[must_use]
    pub fn tasks(&self) -> &[String] {
        &self.tasks
    }

    /// How often the task with this name was polled.
    #[must_use]
    pub fn polls_of(&self, task: &str) -> usize {
        self.count(|event, name| name == task && matches!(event.what, EventKind::Poll { .. }))
    }

    /// How many tasks had not ended when the program did.
    #[must_use]
    pub fn left_alive(&self) -> usize {
        let ended =
            self.count(|event, _| matches!(event.what, EventKind::Complete | EventKind::Panic(_) | EventKind::Cancel));
        self.tasks.len().saturating_sub(ended)
    }

    fn count(&self, counts: impl Fn(&Event, &str) -> bool) -> usize {
        let name = |event: &Event| self.tasks.get(event.task as usize).map_or("", String::as_str);
        self.events.iter().filter(|event| counts(event, name(event))).count()
    }

    /// Asserts that it ended.
    ///
    /// # Panics
    /// If it did not.
    #[track_caller]
    pub fn assert_ended(&self) -> &Self {
        if self.failure.is_some() {
            self.fail_as_it_ended();
        }
        self.passed.set(Some(Location::caller()));
        self
    }

    /// Asserts that it ended after exactly this time.
    ///
    /// # Panics
    /// If it did not.
    #[track_caller]
    pub fn assert_took(&self, expected: Duration, because: &str) -> &Self {
        self.assert_ended();
        let took = self.took();
        self.assert(took == expected, &format!("it should take {expected:?} and took {took:?}: {because}"))
    }

    /// Asserts that exactly this was said, in this order: `sky: painted`.
    ///
    /// # Panics
    /// If it was not.
    #[track_caller]
    pub fn assert_said(&self, expected: &[&str], because: &str) -> &Self {
        self.assert_ended();
        let expected_lines = expected.join("\n         ");
        self.assert(self.said() == expected, &format!("{because}. It should say\n         {expected_lines}"))
    }

    /// Asserts that this is the program's result.
    ///
    /// # Panics
    /// If it is not.
    #[track_caller]
    pub fn assert_result<E: fmt::Debug>(&self, expected: E, because: &str) -> &Self
    where
        T: PartialEq<E> + fmt::Debug,
    {
        self.assert_ended();
        let Some(result) = &self.result else { return self };
        let sentence = format!("{because}. It should give\n         {expected:?}\nand gave\n         {result:?}");
        self.assert(*result == expected, &sentence)
    }

    /// Asserts `holds`.
    ///
    /// # Panics
    /// If it does not hold, with this sentence, which says what was expected and what happened.
    #[track_caller]
    pub fn assert(&self, holds: bool, sentence: &str) -> &Self {
        if !holds {
            self.fail(sentence);
        }
        self.passed.set(Some(Location::caller()));
        self
    }

    #[track_caller]
    fn fail_as_it_ended(&self) -> ! {
        let chapter = chapter::number(Location::caller().file());
        self.fail(&self.failure.as_ref().map_or_else(String::new, |failure| failure.in_chapter(chapter)))
    }

    #[track_caller]
    fn fail(&self, sentence: &str) -> ! {
        let log = log::shortened(log::lines(&self.tasks, &self.events));
        let log = if log.is_empty() { "  nothing was said".to_owned() } else { log };
        let page = page::leave_failed(&self.name, self.for_a_page(), Location::caller());
        let chapter = chapter::pointer(Location::caller().file()).map_or_else(String::new, |pointer| pointer + "\n");
        panic!("\n\n{}: {sentence}\n\nWhat happened\n{log}\n\n{chapter}{page}\n", self.name);
    }

    fn for_a_page(&self) -> RecordedRun {
        self.row(&self.runtime, "as it ran", self.tasks.clone(), self.events.clone())
    }

    /// The run as a recording holds it; `runtime` and `about` name and describe its row.
    #[must_use]
    pub fn recorded(mut self, runtime: &str, about: &str) -> RecordedRun {
        let (tasks, events) = (mem::take(&mut self.tasks), mem::take(&mut self.events));
        self.row(runtime, about, tasks, events)
    }

    fn row(&self, runtime: &str, about: &str, tasks: Vec<String>, events: Vec<Event>) -> RecordedRun {
        RecordedRun {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            source: Some(page::PROGRAM.to_owned()),
            error: self.failure.as_ref().map(|failure| shortened(failure.to_string())),
            resources: self.resources.clone(),
            ..RecordedRun::new(runtime, about, self.wall, tasks, events)
        }
    }
}

impl<T> Drop for Seen<T> {
    /// After the last assertion: if this program failed before, says where its runs can be compared.
    fn drop(&mut self) {
        if thread::panicking() {
            return;
        }
        let line = match self.passed.get() {
            Some(caller) => page::leave_passed(&self.name, self.for_a_page(), caller),
            None => page::passed(&self.name), // rustlings shows what `main` prints after the tests, and nothing of the tests
        };
        if let Some(line) = line {
            let _ = writeln!(io::stderr(), "{line}"); // not eprintln!, which a test captures
        }
    }
}
