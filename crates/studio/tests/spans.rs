//! What a collector of `tracing` hears about watched tasks: on one thread every word, on several what always holds.

use paintdry_core::{Runtime, gather};
use paintdry_studio::{BlockingStudio, Clock, EventKind, Studio, name_task};
use std::collections::BTreeMap;
use std::fmt::{self, Write};
use std::panic::resume_unwind;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::{set_global_default, with_default};
use tracing::{Event, Metadata, Subscriber};

const SECOND: Duration = Duration::from_secs(1);

type Loop = Studio<paintdry_generator::EventLoop>;
type Pool = Studio<paintdry_tokio::MultiThread>;

/// Writes down what it hears, each time with the id of the span. Spans are numbered from 1 as they are opened.
#[derive(Debug, Clone, Default)]
struct Collector(Arc<Mutex<Told>>);

#[derive(Debug, Default)]
struct Told {
    spans: u64,
    /// File and line from which each was spawned.
    spawned_at: Vec<(String, u64)>,
    lines: Vec<(u64, String)>,
}

impl Collector {
    fn write(&self, span: u64, what: impl Into<String>) {
        self.0.lock().expect("no task panics").lines.push((span, what.into()));
    }

    /// What was told of the spans, in order.
    fn told(&self) -> Vec<(u64, String)> {
        self.0.lock().expect("no task panics").lines.clone()
    }
}

impl Subscriber for Collector {
    /// Selects as console-subscriber 0.5 does: the runtimes have spans and events of their own.
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        if metadata.is_event() { metadata.target() == "runtime::waker" } else { metadata.name() == "runtime.spawn" }
    }

    fn new_span(&self, attributes: &Attributes<'_>) -> Id {
        assert!(attributes.is_root(), "the span of a task is no part of another");
        let mut told = self.0.lock().expect("no task panics");
        told.spans += 1;
        let id = told.spans;
        let fields = Fields::of(|fields| attributes.record(fields));
        told.spawned_at.push((fields.file, fields.line));
        told.lines.push((id, format!("open{}", fields.text)));
        Id::from_u64(id)
    }

    fn record(&self, span: &Id, values: &Record<'_>) {
        self.write(span.into_u64(), format!("record{}", Fields::of(|fields| values.record(fields)).text));
    }

    fn event(&self, event: &Event<'_>) {
        let fields = Fields::of(|fields| event.record(fields));
        self.write(fields.span.expect("a waker wakes a task"), fields.op);
    }

    fn enter(&self, span: &Id) {
        self.write(span.into_u64(), "enter");
    }

    fn exit(&self, span: &Id) {
        self.write(span.into_u64(), "exit");
    }

    fn try_close(&self, span: Id) -> bool {
        self.write(span.into_u64(), "close");
        true
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}
}

/// Fields as text, and those that the console needs to understand a waker's event.
#[derive(Default)]
struct Fields {
    text: String,
    op: String,
    span: Option<u64>,
    file: String,
    line: u64,
}

impl Fields {
    fn of(record: impl FnOnce(&mut dyn Visit)) -> Self {
        let mut fields = Self::default();
        record(&mut fields);
        fields
    }
}

impl Visit for Fields {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        write!(self.text, " {}={value:?}", field.name()).expect("a string takes it");
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        match field.name() {
            "op" => value.clone_into(&mut self.op),
            "loc.file" => value.clone_into(&mut self.file),
            _ => self.record_debug(field, &value),
        }
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        match field.name() {
            "loc.line" => self.line = value,
            "loc.col" => {}
            _ => {
                self.span = Some(value);
                self.record_debug(field, &value);
            }
        }
    }
}

/// What the collector hears about a program on this thread, as lines.
fn lines(program: impl FnOnce()) -> Vec<String> {
    let collector = Collector::default();
    with_default(collector.clone(), program);
    collector.told().iter().map(|(span, what)| format!("{span} {what}")).collect()
}

#[test]
fn tasks_on_our_loop_word_by_word() {
    let lines = lines(|| {
        let studio = Loop::new(Clock::Virtual);
        let watched = studio.run(async {
            let napper = Loop::spawn(async {
                name_task("napper");
                name_task("sleeper");
                Loop::sleep(SECOND).await;
                Loop::yield_now().await;
            });
            let panics = Loop::spawn(async { resume_unwind(Box::new("on purpose")) });
            drop(Loop::spawn(std::future::pending::<()>())); // detached, and dropped with the loop
            napper.await.expect("it ends");
            let panicked: Result<(), _> = panics.await;
            assert!(panicked.is_err());
        });
        watched.result.expect("it is not stalled");
        drop(studio);
    });
    assert_eq!(
        lines,
        [
            "1 open kind=\"task\" task.id=0 task.name=\"main\"",
            "1 waker.clone",
            "1 enter",
            "2 open kind=\"task\" task.id=1",
            "2 waker.clone",
            "3 open kind=\"task\" task.id=2",
            "3 waker.clone",
            "4 open kind=\"task\" task.id=3",
            "4 waker.clone",
            "1 exit",
            "2 enter",
            "2 record task.name=\"napper\"", // the first name stays
            "2 exit",
            "3 enter",
            "3 exit",
            "3 close", // by its panic
            "4 enter",
            "4 exit",
            "2 waker.wake_by_ref", // by its timer, and so outside of its span
            "2 enter",
            "2 waker.wake_by_ref", // by itself: it yields
            "2 exit",
            "2 enter",
            "2 exit",
            "2 close",
            "1 waker.wake_by_ref",
            "1 enter",
            "1 exit",
            "1 close",
            "4 close", // with the loop: it was not polled for that
        ]
    );
}

#[test]
fn a_span_opens_with_the_name_and_the_line_of_the_spawn() {
    let collector = Collector::default();
    let mut lines = vec![];
    with_default(collector.clone(), || {
        let studio = Loop::new(Clock::Virtual);
        lines.push(line!() + 1);
        let watched = studio.run(async {
            let (named, at) = (Loop::spawn_named("napper", async { name_task("another") }), line!());
            let (other, below) = (Loop::spawn(async {}), line!());
            named.await.expect("it ends");
            other.await.expect("it ends");
            [at, below]
        });
        assert_eq!(watched.tasks, ["main", "napper", "task 2"]);
        lines.extend(watched.result.expect("it is not stalled"));
    });
    let told = collector.told();
    let opened: Vec<_> = told.iter().filter_map(|(_, what)| what.strip_prefix("open kind=\"task\" ")).collect();
    assert_eq!(opened, ["task.id=0 task.name=\"main\"", "task.id=1 task.name=\"napper\"", "task.id=2"]);
    assert!(!told.iter().any(|(_, what)| what.starts_with("record")), "the first name stays: {told:?}");
    let expected: Vec<_> = lines.into_iter().map(|line| (file!().to_owned(), u64::from(line))).collect();
    assert_eq!(collector.0.lock().expect("no task panics").spawned_at, expected);
}

#[test]
fn a_task_that_is_cancelled_is_closed() {
    type Local = Studio<paintdry_smol::Local>;
    let lines = lines(|| {
        let watched = Local::new(Clock::Virtual).run(async {
            let never_polled = Local::spawn(async {});
            let waiting = Local::spawn(std::future::pending::<()>());
            drop(never_polled);
            Local::sleep(SECOND).await;
            drop(waiting);
            Local::sleep(SECOND).await;
        });
        watched.result.expect("it is not stalled");
    });
    let of = |span: &str| lines.iter().filter_map(|line| line.strip_prefix(span)).collect::<Vec<_>>();
    assert_eq!(of("2 "), ["open kind=\"task\" task.id=1", "waker.clone", "close"]);
    assert_eq!(of("3 "), ["open kind=\"task\" task.id=2", "waker.clone", "enter", "exit", "close"]);
}

#[test]
fn work_that_blocks_is_one_poll() {
    let lines = lines(|| {
        let studio = BlockingStudio::new(Clock::Virtual, 1);
        let ended = studio.task("canvas 1").run(|| {});
        assert_eq!(ended, Ok(()));
        drop(studio.task("canvas 2"));
    });
    assert_eq!(
        lines,
        [
            "1 open kind=\"task\" task.id=0 task.name=\"canvas 1\"",
            "1 waker.clone",
            "1 enter",
            "1 exit",
            "1 close",
            "2 open kind=\"task\" task.id=1 task.name=\"canvas 2\"",
            "2 waker.clone",
            "2 close",
        ]
    );
}

#[test]
fn on_many_threads_as_many_entries_as_polls() {
    const TASKS: usize = 200;
    let collector = Collector::default();
    set_global_default(collector.clone()).expect("the other tests have one on their own threads only");
    let watched = Pool::new(Clock::Virtual).recording().run(gather::<Pool, _>((0..TASKS).map(|task| async move {
        name_task(&format!("task {task}"));
        for _ in 0..10 {
            Pool::yield_now().await;
            Pool::sleep(SECOND).await;
        }
    })));
    assert!(watched.result.expect("it is not stalled").iter().all(Result::is_ok));

    let mut of_spans = BTreeMap::<_, Vec<_>>::new();
    for (span, what) in collector.told() {
        of_spans.entry(span).or_default().push(what);
    }
    assert_eq!(of_spans.len(), TASKS + 1);
    for what in of_spans.values() {
        let number = what[0].split_once("task.id=").expect("a span has its task's number").1;
        let number = number.split(' ').next().expect("it is followed by the name, or by nothing");
        let recorded = |is_it: fn(&EventKind) -> bool| {
            let of_task = watched.events.iter().filter(|event| event.task.to_string() == number);
            of_task.filter(|event| is_it(&event.what)).count()
        };
        let told = |text| what.iter().filter(|what| *what == text).count();
        assert_eq!(told("enter"), recorded(|what| matches!(what, EventKind::Poll { .. })), "{what:?}");
        assert_eq!(told("waker.wake_by_ref"), recorded(|what| matches!(what, EventKind::Wake(_))), "{what:?}");
        assert_eq!(told("waker.clone"), 1, "{what:?}");
        let steps = what.iter().map(String::as_str).filter(|what| ["enter", "exit", "close"].contains(what));
        let steps: Vec<_> = steps.collect();
        let (close, polls) = steps.split_last().expect("it was polled");
        assert!(*close == "close" && polls.chunks(2).all(|poll| poll == ["enter", "exit"]), "{what:?}");
    }
}
