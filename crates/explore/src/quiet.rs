//! Keeps the messages of panics in explored runs from being printed by the thousand, and remembers where the last one was.

use std::cell::{Cell, RefCell};
use std::panic;
use std::sync::Once;

thread_local! {
    static IS_QUIET: Cell<bool> = const { Cell::new(false) };
    static PLACE: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Runs `work`; panics on this thread print nothing meanwhile. Those of other threads are told as before.
pub(crate) fn quietly<T>(work: impl FnOnce() -> T) -> T {
    struct Restore(bool);
    impl Drop for Restore {
        fn drop(&mut self) {
            IS_QUIET.set(self.0);
        }
    }
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let others = panic::take_hook();
        panic::set_hook(Box::new(move |panic| {
            if IS_QUIET.get() {
                let place = panic.location().map(|place| format!("{}:{}", place.file(), place.line()));
                PLACE.set(place);
            } else {
                others(panic);
            }
        }));
    });
    let _restore = Restore(IS_QUIET.replace(true));
    work()
}

/// Where the last panic was that was not printed: the file and the line.
pub(crate) fn take_place() -> Option<String> {
    PLACE.take()
}
