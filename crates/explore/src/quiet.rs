//! Keeps panics in explored runs from printing thousands of messages, and remembers where the last ones were.

use paintdry_core::TaskError;
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::panic;
use std::sync::Once;

/// How many panics are remembered. A panic may cause others, in what it drops.
const REMEMBERED: usize = 16;

/// The message, the file and the line of each panic.
type Places = VecDeque<(String, Option<String>)>;

thread_local! {
    static IS_QUIET: Cell<bool> = const { Cell::new(false) };
    static PLACES: RefCell<Places> = const { RefCell::new(Places::new()) };
}

/// Runs `work`, which does not panic; panics caught in it print nothing. Panics of other threads print as before.
pub(crate) fn quietly<T>(work: impl FnOnce() -> T) -> T {
    static HOOK: Once = Once::new();
    if cfg!(panic = "abort") {
        return work(); // a panic ends everything, and the program's own hook says what it was
    }
    HOOK.call_once(|| {
        let others = panic::take_hook();
        panic::set_hook(Box::new(move |panic| {
            if IS_QUIET.get() {
                let place = panic.location().map(|place| format!("{}:{}", place.file(), place.line()));
                remember(TaskError::panic_message(panic.payload()), place);
            } else {
                others(panic);
            }
        }));
    });
    let outer = (IS_QUIET.replace(true), PLACES.take());
    let result = work();
    IS_QUIET.set(outer.0);
    PLACES.set(outer.1);
    result
}

fn remember(message: String, place: Option<String>) {
    PLACES.with_borrow_mut(|places| {
        places.truncate(REMEMBERED - 1);
        places.push_front((message, place));
    });
}

/// Where the last panic with this message was: the file and the line.
pub(crate) fn place_of(message: &str) -> Option<String> {
    PLACES.with_borrow(|places| places.iter().find(|(told, _)| told == message)?.1.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ExploredLoop, Explorer};
    use paintdry_core::{Runtime, gather};
    use std::ops::ControlFlow;

    /// Its message would be missing: it ends the check.
    #[test]
    fn a_panic_of_a_watcher_is_printed() {
        let mut calls = 0;
        let program = |_| async {
            assert!(IS_QUIET.get());
            gather::<ExploredLoop, _>((0..2).map(|_| ExploredLoop::yield_now())).await;
        };
        let watched = Explorer::new().check_watched(program, |_| {
            calls += 1;
            assert!(!IS_QUIET.get());
            ControlFlow::Continue(())
        });
        assert!(watched.is_ok() && calls > 1);
    }
}
