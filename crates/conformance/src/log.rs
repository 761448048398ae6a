//! The event log of a check: which task did what, in the order in which it happened. If the check fails, the log is in the
//! message, so that the reader sees which turn came too early, too late, or never.

use std::collections::{BTreeMap, VecDeque};
use std::future::poll_fn;
use std::pin::pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Instant;

/// How many events are kept from the beginning ...
const FIRST: usize = 8;

/// ... and how many from the end. Otherwise a task that spins would fill the memory and the reader's screen.
const LAST: usize = 12;

/// Every thread may write to it, and you can read it while a check hangs.
#[derive(Debug, Clone)]
pub(crate) struct Log {
    start: Instant,
    events: Arc<Mutex<Events>>,
    tried: Arc<Mutex<Figures>>,
}

/// How often a suite has tried each thing.
pub(crate) type Figures = BTreeMap<&'static str, usize>;

#[derive(Debug, Default)]
struct Events {
    first: Vec<String>,
    left_out: usize,
    last: VecDeque<String>,
}

impl Log {
    pub(crate) fn new() -> Self {
        Self { start: Instant::now(), events: Arc::default(), tried: Arc::default() }
    }

    /// Notes an event, such as `task 1 calls its waker`, with the time since the start of the check.
    pub(crate) fn note(&self, event: &str) {
        let ms = self.start.elapsed().as_secs_f64() * 1e3;
        let event = format!("{ms:8.3} ms  {event}");
        let mut events = self.events.lock().unwrap_or_else(PoisonError::into_inner);
        if events.first.len() < FIRST {
            events.first.push(event);
            return;
        }
        events.last.push_back(event);
        if events.last.len() > LAST {
            events.last.pop_front();
            events.left_out += 1;
        }
    }

    /// Counts what the check has tried, such as `panics`, for the figures that the suite prints.
    pub(crate) fn tried(&self, what: &'static str, times: usize) {
        *self.tried.lock().unwrap_or_else(PoisonError::into_inner).entry(what).or_default() += times;
    }

    pub(crate) fn figures(&self) -> Figures {
        self.tried.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// `future` with a note for each of its polls. It is polled with the runtime's own waker.
    pub(crate) fn task<F: Future>(&self, name: &str, future: F) -> impl Future<Output = F::Output> + use<F> {
        let mut ending = Ending { log: self.clone(), name: name.to_owned(), has_ended: false };
        async move {
            let mut future = pin!(future);
            let output = poll_fn(|context| {
                ending.note("runs");
                let polled = future.as_mut().poll(context);
                if polled.is_pending() {
                    ending.note("waits");
                }
                polled
            });
            let output = output.await;
            ending.has_ended = true;
            ending.note("ends");
            output
        }
    }

    /// The events that were kept, and between them the number of the others.
    pub(crate) fn lines(&self) -> Vec<String> {
        let events = self.events.lock().unwrap_or_else(PoisonError::into_inner);
        let mut lines = events.first.clone();
        if events.left_out > 0 {
            lines.push(format!("             … {} more …", events.left_out));
        }
        lines.extend(events.last.iter().cloned());
        lines
    }
}

/// Notes if a task is dropped before its end.
struct Ending {
    log: Log,
    name: String,
    has_ended: bool,
}

impl Ending {
    fn note(&self, what: &str) {
        self.log.note(&format!("{} {what}", self.name));
    }
}

impl Drop for Ending {
    fn drop(&mut self) {
        if !self.has_ended {
            self.note(if thread::panicking() { "panics" } else { "is dropped before its end" });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures::executor::block_on;
    use futures::future::{pending, ready};

    fn events(log: &Log) -> Vec<String> {
        let event = |line: String| line.split_once(" ms  ").map(|(_, event)| event.to_owned());
        log.lines().into_iter().filter_map(event).collect()
    }

    #[test]
    fn every_poll_and_the_end_are_noted() {
        let log = Log::new();
        let mut is_first = true;
        block_on(log.task(
            "a",
            poll_fn(|context| {
                context.waker().wake_by_ref();
                if std::mem::take(&mut is_first) { std::task::Poll::Pending } else { std::task::Poll::Ready(()) }
            }),
        ));
        assert_eq!(events(&log), ["a runs", "a waits", "a runs", "a ends"]);
    }

    #[test]
    fn a_task_that_is_dropped_is_noted_and_one_that_never_ran_too() {
        let log = Log::new();
        block_on(async {
            let waiting = pin!(log.task("a", pending::<()>()));
            futures::future::select(waiting, ready(())).await;
        });
        drop(log.task("b", ready(())));
        assert_eq!(events(&log), ["a runs", "a waits", "a is dropped before its end", "b is dropped before its end"]);
    }

    #[test]
    fn of_a_long_log_the_ends_are_kept() {
        let log = Log::new();
        (0..FIRST + LAST).for_each(|n| log.note(&format!("event {n}")));
        assert_eq!(events(&log).len(), FIRST + LAST);
        (0..80).for_each(|n| log.note(&format!("late event {n}")));
        let lines = log.lines();
        assert!(lines[FIRST - 1].ends_with("event 7") && lines[FIRST].ends_with("… 80 more …"), "{lines:?}");
        assert!(
            lines[FIRST + 1].ends_with("late event 68") && lines[FIRST + LAST].ends_with("late event 79"),
            "{lines:?}"
        );
    }
}
