//! Chapter 18: plain code that needs async code.

use tokio::runtime::Handle;

/// A library for plain code. It asks for a shade when it needs one.
pub trait Palette {
    /// The shade of a colour.
    fn shade(&self, colour: &str) -> String;
}

/// Paints with a palette: plain code, which may block.
pub fn mix(palette: &impl Palette) -> String {
    ["red", "blue"].map(|colour| palette.shade(colour)).join(" and ")
}

/// A palette whose shades come from async code. The handle says which runtime runs that code.
#[derive(Debug)]
pub struct AsyncPalette {
    tokio: Handle,
}

impl Palette for AsyncPalette {
    fn shade(&self, colour: &str) -> String {
        self.tokio.block_on(ask_for_shade(colour)) // only on a thread that may block
    }
}

/// Asks for a shade, and waits for the answer.
async fn ask_for_shade(colour: &str) -> String {
    tokio::task::yield_now().await;
    format!("dark {colour}")
}

/// Fails: this thread polls the task, and must not block.
#[expect(clippy::unused_async, reason = "it is the mistake that is shown")]
pub async fn mixes_in_the_task() -> String {
    mix(&AsyncPalette { tokio: Handle::current() })
}

/// Cured: the library runs on a thread that may block.
pub async fn mixes_on_the_pool() -> String {
    let palette = AsyncPalette { tokio: Handle::current() };
    tokio::task::spawn_blocking(move || mix(&palette)).await.expect("mixing does not panic")
}

/// Cured as well, on a runtime with several threads: this one hands its other tasks over before it blocks.
#[expect(clippy::unused_async, reason = "it runs on a thread of the runtime")]
pub async fn mixes_in_place() -> String {
    tokio::task::block_in_place(|| mix(&AsyncPalette { tokio: Handle::current() }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::TwoThreads;
    use paintdry_core::Runtime;
    use paintdry_tokio::CurrentThread;
    use std::panic::{AssertUnwindSafe, catch_unwind};
    use std::thread;

    const MIXED: &str = "dark red and dark blue";

    #[test]
    fn plain_code_outside_the_runtime_uses_its_handle() {
        let tokio = tokio::runtime::Runtime::new().expect("there is memory left");
        let palette = AsyncPalette { tokio: tokio.handle().clone() };
        let visitor = thread::spawn(move || mix(&palette));
        assert_eq!(visitor.join().expect("it does not panic"), MIXED);
    }

    fn panics<R: Runtime, T>(program: impl Future<Output = T>) -> bool {
        let tokio = R::start();
        catch_unwind(AssertUnwindSafe(|| tokio.run_until_complete(program))).is_err()
    }

    #[test]
    fn a_task_must_not_block() {
        assert!(panics::<CurrentThread, _>(mixes_in_the_task()));
        assert!(panics::<TwoThreads, _>(mixes_in_the_task()));
    }

    #[test]
    fn a_thread_of_the_pool_may_block() {
        assert_eq!(CurrentThread::start().run_until_complete(mixes_on_the_pool()), MIXED);
        assert_eq!(TwoThreads::start().run_until_complete(mixes_on_the_pool()), MIXED);
    }

    #[test]
    fn to_block_in_place_needs_several_threads() {
        assert!(panics::<CurrentThread, _>(mixes_in_place()));
        let mixed = TwoThreads::start().run_until_complete(async { TwoThreads::spawn(mixes_in_place()).await });
        assert_eq!(mixed.as_deref(), Ok(MIXED));
    }

    /// smol has no handle: its `block_on` needs none.
    #[test]
    fn on_smol_a_thread_of_the_pool_may_block_as_well() {
        let shade = smol::unblock(|| smol::block_on(ask_for_shade("red")));
        assert_eq!(smol::block_on(shade), "dark red");
    }

    /// A library that hides a runtime.
    struct Gallery {
        runtime: tokio::runtime::Runtime,
    }

    impl Gallery {
        fn new() -> Self {
            Self { runtime: tokio::runtime::Builder::new_current_thread().build().expect("there is memory left") }
        }

        fn shade(&self, colour: &str) -> String {
            self.runtime.block_on(ask_for_shade(colour))
        }
    }

    #[test]
    fn a_hidden_runtime_works_in_plain_code_and_panics_in_a_task() {
        assert_eq!(Gallery::new().shade("red"), "dark red");
        let gallery = Gallery::new();
        assert!(panics::<CurrentThread, _>(async { gallery.shade("red") }));
        // Even if a task only drops it.
        assert!(panics::<CurrentThread, _>(async { drop(Gallery::new()) }));
    }
}
