//! A task as the `tracing` crate sees it: a span and events under the names that tokio-console reads. Without the
//! feature of that name it is nothing, and costs nothing.
//!
//! The names are those that console-subscriber 0.5 looks for (its `register_callsite`) and that tokio 1.54 gives to
//! tasks of its own (its `util/trace.rs` and `runtime/task/waker.rs`).

#[cfg(feature = "tracing")]
pub(crate) use emitted::TaskSpan;
#[cfg(not(feature = "tracing"))]
pub(crate) use none::TaskSpan;

#[cfg(feature = "tracing")]
mod emitted {
    use std::mem;
    use std::panic::Location;
    use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
    use std::sync::{Mutex, MutexGuard, PoisonError};
    use tracing::span::Id;
    use tracing::{Dispatch, Span, trace, trace_span};

    /// The span of one task. It is entered at each poll, so a collector's count of entries is the count of polls.
    pub(crate) struct TaskSpan {
        /// Dropped at the task's end: that closes it.
        span: Mutex<Span>,
        /// Its id and its collector, if there is one; readable without the lock, because the collector may wake
        /// tasks of ours, and is then told of that.
        listener: Option<(Id, Dispatch)>,
        is_entered: AtomicBool,
    }

    impl TaskSpan {
        /// Opens it, with the name that the task has by now, and the line that spawned it: later the console reads
        /// neither. It has no parent, as in tokio: a task is no part of its spawner.
        pub(crate) fn new(number: u32, name: Option<&str>, spawned_at: &Location<'_>) -> Self {
            let span = trace_span!(
                target: "paintdry::task", // the console finds spans by name, so this need not claim to be tokio
                parent: None,
                "runtime.spawn",
                kind = "task",
                task.id = number,
                task.name = name,
                loc.file = spawned_at.file(),
                loc.line = spawned_at.line(),
                loc.col = spawned_at.column(),
            );
            let listener = span.with_subscriber(|(id, listener)| (id.clone(), listener.clone()));
            let this = Self { span: Mutex::new(span), listener, is_entered: AtomicBool::new(false) };
            // Copies of a waker cannot be counted without `unsafe`. One stands for all of them until the end: of a
            // waiting task without any the console says that it will never be woken again.
            this.waker_event("waker.clone");
            this
        }

        pub(crate) fn named(&self, name: &str) {
            self.span().record("task.name", name);
        }

        /// A poll begins on this thread.
        pub(crate) fn enter(&self) {
            if let Some((id, listener)) = &self.listener {
                listener.enter(id);
                self.is_entered.store(true, Relaxed);
            }
        }

        /// The poll on this thread ends, if there is one.
        pub(crate) fn exit(&self) {
            if let Some((id, listener)) = &self.listener
                && self.is_entered.swap(false, Relaxed)
            {
                listener.exit(id);
            }
        }

        /// Its waker was called. It may have been used up by that, but to the console this would be one copy less.
        pub(crate) fn woken(&self) {
            self.waker_event("waker.wake_by_ref");
        }

        /// The task has ended. To close it twice does no harm.
        pub(crate) fn close(&self) {
            self.exit();
            let span = mem::replace(&mut *self.span(), Span::none());
            drop(span); // when nothing is locked any more
        }

        fn waker_event(&self, op: &str) {
            if let Some((id, _)) = &self.listener {
                // Here `task.id` is the span's id, and in the span itself the task's number. So it is in tokio.
                trace!(target: "runtime::waker", op, task.id = id.into_u64());
            }
        }

        fn span(&self) -> MutexGuard<'_, Span> {
            self.span.lock().unwrap_or_else(PoisonError::into_inner)
        }
    }
}

#[cfg(not(feature = "tracing"))]
mod none {
    use std::panic::Location;

    /// No span.
    pub(crate) struct TaskSpan;

    #[expect(clippy::unused_self, reason = "the shape of the other one")]
    impl TaskSpan {
        pub(crate) fn new(_number: u32, _name: Option<&str>, _spawned_at: &Location<'_>) -> Self {
            Self
        }

        pub(crate) fn named(&self, _name: &str) {}

        pub(crate) fn enter(&self) {}

        pub(crate) fn exit(&self) {}

        pub(crate) fn woken(&self) {}

        pub(crate) fn close(&self) {}
    }
}
