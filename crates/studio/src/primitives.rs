//! What threads meet by: std's, and in the models, which try every order in which threads can meet, loom's.
//!
//! `Arc` and `OnceLock` are std's in both: nothing here goes by how many hold an `Arc`.

#[cfg(all(test, paintdry_loom))]
pub(crate) use of_loom::*;
#[cfg(not(all(test, paintdry_loom)))]
pub(crate) use of_std::*;

#[cfg(not(all(test, paintdry_loom)))]
mod of_std {
    pub(crate) use std::{
        sync::atomic::{AtomicBool, AtomicU8, AtomicU32, AtomicU64, AtomicUsize},
        sync::{Mutex, MutexGuard},
        thread, thread_local,
    };
}

#[cfg(all(test, paintdry_loom))]
mod of_loom {
    use loom::sync::atomic as by_loom;
    pub(crate) use loom::sync::{Mutex, MutexGuard};
    use std::ops::Deref;
    use std::sync::atomic::Ordering::SeqCst;

    /// An atomic of loom's whose first value is part of the order in which all see what is `SeqCst`. loom takes it for
    /// one that may be seen at any time later.
    #[derive(Debug)]
    pub(crate) struct InOrder<A>(A);

    impl<A> Deref for InOrder<A> {
        type Target = A;

        fn deref(&self) -> &A {
            &self.0
        }
    }

    macro_rules! atomics {
        ($($name:ident of $value:ty),*) => { $(
            pub(crate) type $name = InOrder<by_loom::$name>;

            impl InOrder<by_loom::$name> {
                pub(crate) fn new(value: $value) -> Self {
                    let atomic = by_loom::$name::new(value);
                    atomic.store(value, SeqCst);
                    Self(atomic)
                }
            }

            impl Default for InOrder<by_loom::$name> {
                fn default() -> Self {
                    Self::new(<$value>::default())
                }
            }
        )* };
    }

    atomics!(AtomicBool of bool, AtomicU8 of u8, AtomicU32 of u32, AtomicU64 of u64, AtomicUsize of usize);

    macro_rules! of_each_thread {
        ($(#[$doc:meta])* static $name:ident: $value:ty = const { $first:expr };) => {
            loom::thread_local! { $(#[$doc])* static $name: $value = $first; }
        };
    }
    pub(crate) use of_each_thread as thread_local;

    pub(crate) mod thread {
        use loom::sync::Notify;
        pub(crate) use loom::thread::{JoinHandle, ThreadId, spawn};
        use std::io;
        use std::sync::Arc;
        use std::time::Duration;

        loom::thread_local! {
            static CURRENT: Thread = Thread(Arc::new(Notify::new()));
        }

        /// A thread that can be parked. loom's own loses an `unpark` that comes while the thread waits for a lock.
        #[derive(Clone)]
        pub(crate) struct Thread(Arc<Notify>);

        impl Thread {
            pub(crate) fn unpark(&self) {
                self.0.notify();
            }

            #[expect(clippy::unused_self, reason = "as std's")]
            pub(crate) fn id(&self) -> ThreadId {
                loom::thread::current().id() // who asks has just got it from `current`
            }
        }

        pub(crate) fn current() -> Thread {
            CURRENT.with(Clone::clone)
        }

        pub(crate) fn park() {
            current().0.wait();
        }

        pub(crate) fn park_timeout(_: Duration) {
            unreachable!("only a watchdog parks for a time, and none is started");
        }

        pub(crate) fn sleep(_: Duration) {
            unreachable!("a model has no time but the virtual");
        }

        /// Starts a thread that does nothing: a model checks a run itself instead of the watchdog.
        pub(crate) struct Builder;

        impl Builder {
            pub(crate) fn new() -> Self {
                Self
            }

            pub(crate) fn name(self, _: String) -> Self {
                self
            }

            #[expect(clippy::unnecessary_wraps, clippy::unused_self, reason = "as std's")]
            pub(crate) fn spawn(self, _: impl FnOnce()) -> io::Result<NotStarted> {
                Ok(NotStarted(current()))
            }
        }

        pub(crate) struct NotStarted(Thread);

        impl NotStarted {
            pub(crate) fn thread(&self) -> &Thread {
                &self.0
            }
        }
    }
}
