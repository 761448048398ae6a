//! The generator written by hand and the compiler's, from core's `async fn`, run the same: same events, same results.

use futures::channel::oneshot;
use paintdry_core::{Canvas, Painted};
use paintdry_generator::{EventLoop, Generator, GeneratorState, Request, sleep, yield_now};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

type EventLog = Rc<RefCell<Vec<String>>>;

/// The function to map: notes the task and the item, and doubles the item.
fn double(log: &EventLog, name: char) -> impl FnMut(u32) -> u32 + 'static {
    let log = Rc::clone(log);
    move |n| {
        log.borrow_mut().push(format!("{name}{n}"));
        2 * n
    }
}

fn amap_by_hand() -> (Vec<String>, Vec<Vec<u32>>) {
    let (event_loop, log) = (EventLoop::new(), EventLog::default());
    let (promises, futures): (Vec<_>, Vec<_>) = (0..3).map(|_| event_loop.create_future()).unzip();
    let tasks = promises.into_iter().zip('a'..).zip(3..);
    let tasks = tasks.map(|((promise, name), items)| paintdry_generator::amap(promise, double(&log, name), 0..items));
    let all = event_loop.gather(tasks).unwrap();
    event_loop.run_until_complete(all).unwrap();
    (log.take(), futures.iter().map(|future| future.result().unwrap()).collect())
}

fn amap_by_the_compiler() -> (Vec<String>, Vec<Vec<u32>>) {
    let (event_loop, log) = (EventLoop::new(), EventLog::default());
    let (promises, futures): (Vec<_>, Vec<_>) = (0..3).map(|_| oneshot::channel()).unzip();
    let tasks = promises.into_iter().zip('a'..).zip(3..);
    let tasks =
        tasks.map(|((promise, name), items)| paintdry_core::amap(promise, double(&log, name), 0..items, yield_now));
    let all = event_loop.gather(tasks).unwrap();
    event_loop.run_until_complete(all).unwrap();
    (log.take(), futures.into_iter().map(|mut future| future.try_recv().unwrap().unwrap()).collect())
}

#[test]
fn amap() {
    let expected = [
        "a0", "b0", "c0", // each applies the function to its first item and yields
        "a1", "b1", "c1", // and so on, in the order of creation
        "a2", "b2", "c2", // a has done its three items; it will fulfil its promise
        "b3", "c3", // b its four
        "c4", // c its five
    ];
    let (events, results) = amap_by_hand();
    assert_eq!(events, expected);
    assert_eq!(results, [vec![0, 2, 4], vec![0, 2, 4, 6], vec![0, 2, 4, 6, 8]]);
    assert_eq!(amap_by_the_compiler(), (events, results));
}

const SECOND: Duration = Duration::from_secs(1);
/// The painters look again at once, in the next round, so that the order does not depend on the machine.
const POLL: Duration = Duration::ZERO;

/// A clock for one canvas, which advances a second at each reading and notes who looked.
fn clock(log: &EventLog, name: char) -> impl Fn() -> Duration + 'static {
    let (log, readings) = (Rc::clone(log), Cell::new(0));
    move || {
        log.borrow_mut().push(format!("{name}{}", readings.get()));
        readings.set(readings.get() + 1);
        SECOND * (readings.get() - 1)
    }
}

fn canvases() -> impl Iterator<Item = (Canvas, char)> {
    [3, 1, 2].map(|seconds| Canvas::new(seconds * SECOND)).into_iter().zip('a'..)
}

fn paint_by_hand() -> (Vec<String>, Vec<Painted>) {
    let (event_loop, log) = (EventLoop::new(), EventLog::default());
    let painters = canvases().map(|(canvas, name)| paintdry_generator::paint(canvas, 10, POLL, clock(&log, name)));
    let all = event_loop.gather(painters).unwrap();
    let painted = event_loop.run_until_complete(all).unwrap().into_iter().collect::<Result<_, _>>().unwrap();
    (log.take(), painted)
}

fn paint_by_the_compiler() -> (Vec<String>, Vec<Painted>) {
    let (event_loop, log) = (EventLoop::new(), EventLog::default());
    let painters = canvases().map(|(canvas, name)| {
        paintdry_core::paint(canvas, 10, POLL, clock(&log, name), sleep) //
    });
    let all = event_loop.gather(painters).unwrap();
    let painted = event_loop.run_until_complete(all).unwrap().into_iter().collect::<Result<_, _>>().unwrap();
    (log.take(), painted)
}

#[test]
fn paint() {
    let expected = [
        "a0", "a1", // a is painted and looked at: wet for three seconds
        "b0", "b1", "b2", // b is dry at the first look, at second 1, and notes the time
        "c0", "c1", // c has a second to go
        "a2", // the sleeps end in the order in which they began
        "c2", "c3", // c is dry
        "a3", "a4", // a is dry
    ];
    let (events, painted) = paint_by_hand();
    assert_eq!(events, expected);
    assert_eq!(painted.iter().map(|painted| painted.looks).collect::<Vec<_>>(), [3, 1, 2]);
    assert_eq!(paint_by_the_compiler(), (events, painted));
}

/// Yields until the first number has reached the second, and returns that.
struct Countdown(u32, u32);

impl Generator for Countdown {
    type Return = u32;

    fn resume(&mut self) -> GeneratorState<u32> {
        if self.0 == self.1 {
            return GeneratorState::Complete(self.1);
        }
        self.0 += 1;
        GeneratorState::Yielded(Request::Turn)
    }
}

#[test]
fn generators_of_several_types_are_gathered_in_boxes() {
    struct Both<A, B>(A, B);
    impl<A: Generator<Return = u32>, B: Generator<Return = u32>> Generator for Both<A, B> {
        type Return = u32;

        fn resume(&mut self) -> GeneratorState<u32> {
            match (self.0.resume(), self.1.resume()) {
                (GeneratorState::Complete(a), GeneratorState::Complete(b)) => GeneratorState::Complete(a + b),
                _ => GeneratorState::Yielded(Request::Turn),
            }
        }
    }
    let boxes: [Box<dyn Generator<Return = u32>>; 2] =
        [Box::new(Countdown(0, 3)), Box::new(Both(Countdown(0, 1), Countdown(0, 1)))];
    let event_loop = EventLoop::new();
    let results = event_loop.run_until_complete(event_loop.gather(boxes).unwrap());
    assert_eq!(results, Ok(vec![Ok(3), Ok(2)]));
}

#[test]
fn a_generator_that_was_lent_to_the_loop_is_yours_again() {
    let mut countdown = Countdown(0, 3);
    assert_eq!(EventLoop::new().run_until_complete(&mut countdown), Ok(3));
    assert_eq!(countdown.0, 3);
}

#[test]
fn a_future_is_run_as_it_is() {
    let event_loop = EventLoop::new();
    let name = String::from("the sky");
    let borrows = event_loop.run_until_complete(async { (yield_now().await, name.len()).1 });
    assert_eq!(borrows, Ok(7));
    let task = event_loop.create_named_task("a task", async { (yield_now().await, 8).1 }).unwrap();
    assert_eq!(event_loop.run_until_complete(task), Ok(Ok(8)));
    let all = event_loop.gather([1, 2].map(async |n| n)).unwrap();
    assert_eq!(event_loop.run_until_complete(async { all.await.len() }), Ok(2));
}
