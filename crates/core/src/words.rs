//! What a task says about itself, and what it asks: the same words under the studio, in an exploration, and where nobody watches.

use std::fmt::Display;
use std::panic::Location;
use std::sync::{LazyLock, OnceLock};
use std::time::{Duration, Instant};

/// Whoever watches tasks. Each is asked, and does nothing if the thread does not run a task of its own.
#[doc(hidden)]
pub trait Watcher: Sync {
    /// The time of the run, if one goes on here.
    fn now(&self) -> Option<Duration>;

    fn name_task(&self, name: &str);

    fn note(&self, text: &dyn Display, place: &'static Location<'static>);
}

/// In the order in which they are asked.
static WATCHERS: [OnceLock<&'static dyn Watcher>; 2] = [const { OnceLock::new() }; 2];

/// From now on this one is asked, too. What runs inside of another is asked first: the studio, with 0, before the explorer, with 1.
#[doc(hidden)]
pub fn watch_words(place: usize, watcher: &'static dyn Watcher) {
    let _ = WATCHERS[place].set(watcher); // once is enough
}

fn each<T>(ask: impl Fn(&'static dyn Watcher) -> Option<T>) -> Option<T> {
    WATCHERS.iter().filter_map(OnceLock::get).find_map(|watcher| ask(*watcher))
}

/// The time since the start of the run, by the clock of whoever watches it. Where nobody does, it is the machine's, from the first
/// time that it is asked for.
#[must_use]
#[expect(clippy::redundant_closure_for_method_calls, reason = "the method is that of watchers with one lifetime")]
pub fn now() -> Duration {
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    each(|watcher| watcher.now()).unwrap_or_else(|| START.elapsed())
}

/// Gives the task a name, under which whoever watches it knows it. The first name stays.
pub fn name_task(name: &str) {
    each(|watcher| {
        watcher.name_task(name);
        None::<()>
    });
}

/// Notes what the task says about itself, such as `"dry"` or `format_args!("takes {colour}")`, for whoever watches it. The text is
/// made only if somebody writes it down.
#[track_caller]
pub fn note(text: impl Display) {
    note_at(Location::caller(), text);
}

/// The same, said at another place in the program.
#[doc(hidden)]
pub fn note_at(place: &'static Location<'static>, text: impl Display) {
    each(|watcher| {
        watcher.note(&text, place);
        None::<()>
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_nobody_watches_words_do_nothing_and_time_is_the_machines() {
        let start = now();
        name_task("painter");
        note("dry");
        assert!(now() >= start);
    }
}
