//! What a task says about itself and asks: its name, its notes, the time. The studio and the explorer listen.

use std::fmt::Display;
use std::panic::Location;
use std::sync::{LazyLock, OnceLock};
use std::time::{Duration, Instant};

/// Listens to the tasks that it watches. If the current thread runs none of them, it does nothing.
#[doc(hidden)]
pub trait Watcher: Sync {
    /// The time of the run, if it watches the current task.
    fn now(&self) -> Option<Duration>;

    fn name_task(&self, name: &str);

    fn note(&self, text: &dyn Display, place: &'static Location<'static>);
}

/// The watchers, in the order in which they are asked.
static WATCHERS: [OnceLock<&'static dyn Watcher>; 2] = [const { OnceLock::new() }; 2];

/// Adds a watcher. The inner one is asked first: a studio can run inside an exploration, so the studio is at place 0 and the
/// explorer at place 1.
#[doc(hidden)]
pub fn watch_words(place: usize, watcher: &'static dyn Watcher) {
    let _ = WATCHERS[place].set(watcher); // once is enough
}

fn each<T>(ask: impl Fn(&'static dyn Watcher) -> Option<T>) -> Option<T> {
    WATCHERS.iter().filter_map(OnceLock::get).find_map(|watcher| ask(*watcher))
}

/// The time since the start of the run, by the clock of the studio or the explorer that watches the task. Otherwise it is real
/// time since the first call.
#[must_use]
#[expect(clippy::redundant_closure_for_method_calls, reason = "the method is that of watchers with one lifetime")]
pub fn now() -> Duration {
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    each(|watcher| watcher.now()).unwrap_or_else(|| START.elapsed())
}

/// Gives the current task a name, which recordings and messages show. The first name stays.
pub fn name_task(name: &str) {
    each(|watcher| {
        watcher.name_task(name);
        None::<()>
    });
}

/// Notes what the current task says about itself. The text is formatted only if the task is watched.
///
/// ```
/// use paintdry_core::{name_task, note, now};
///
/// name_task("painter");
/// let start = now();
/// note("dry");
/// note(format_args!("waited {:?}", now() - start));
/// assert!(now() >= start);
/// ```
#[track_caller]
pub fn note(text: impl Display) {
    note_at(Location::caller(), text);
}

/// [`note`] for another line of the program than the caller's.
#[doc(hidden)]
pub fn note_at(place: &'static Location<'static>, text: impl Display) {
    each(|watcher| {
        watcher.note(&text, place);
        None::<()>
    });
}
