//! The first choice is always the loop's own: a run without departures is like a run that is not explored.

use futures::future::join;
use paintdry_explore::{Explorer, Schedule};
use paintdry_generator::{EventLoop, sleep, yield_now};
use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

type Trace = Rc<RefCell<Vec<(u32, &'static str)>>>;

/// Yields, sleeps, a promise, a callback and a cancelled task.
async fn program(event_loop: EventLoop, trace: Trace) {
    let note = move |task, what| trace.borrow_mut().push((task, what));
    let (promise, future) = event_loop.create_future();
    let mut tasks = Vec::new();
    for task in 1..4 {
        let note = note.clone();
        let works = async move {
            for _ in 0..task {
                note(task, "yields");
                yield_now().await;
            }
            note(task, "sleeps");
            sleep(Duration::from_millis(2)).await;
            note(task, "ends");
        };
        tasks.push(event_loop.create_task(works).expect("the loop is open"));
    }
    let waits = {
        let note = note.clone();
        async move { note(4, if future.await == Ok("paint") { "has paint" } else { "has none" }) }
    };
    tasks.push(event_loop.create_task(waits).expect("the loop is open"));
    let calls = note.clone();
    drop(event_loop.call_later(Duration::from_millis(1), move || calls(5, "is called")));
    note(0, "yields");
    yield_now().await;
    promise.set_result("paint").expect("only this task sets it");
    assert!(tasks.remove(2).cancel());
    for task in tasks {
        task.await.expect("it ends");
        note(0, "has awaited a task");
    }
}

#[test]
fn a_schedule_without_departures_is_the_order_of_the_plain_loop() {
    let plain = Trace::default();
    let event_loop = EventLoop::new();
    let main = program(event_loop.clone(), Rc::clone(&plain));
    event_loop.run_until_complete(main).expect("it is not stuck");

    let explored = RefCell::new(Trace::default());
    let own_order = Explorer::new().seed(Schedule::default());
    own_order
        .check(|event_loop| {
            *explored.borrow_mut() = Trace::default();
            program(event_loop, Rc::clone(&explored.borrow()))
        })
        .expect("it passes");
    assert!(plain.borrow().len() > 12);
    assert_eq!(*explored.into_inner(), *plain);
    let _ = Explorer::new().budget(200).check(|event_loop| program(event_loop, Trace::default())).expect("it passes");
}

#[test]
fn afterwards_the_loop_continues_in_its_own_time() {
    struct First;
    impl paintdry_generator::Chooser for First {
        fn choose(&mut self, _: &[u32], _: Duration) -> Option<usize> {
            Some(0)
        }
        fn after_turn(&mut self, _: u32, _: std::ops::Range<u32>, _: paintdry_generator::TurnEnd<'_>) {}
    }
    let event_loop = EventLoop::new();
    let hour = Duration::from_secs(3600);
    let seen = event_loop.run_choosing(async { sleep(hour).await }, &mut First);
    assert_eq!(seen, Ok(Some(())));
    let time = event_loop.time();
    assert!(time < hour, "the hour was none of the machine's: {time:?}");
    event_loop.run_until_complete(sleep(Duration::from_millis(1))).expect("it ends in a moment");
}

#[test]
fn an_exploration_inside_a_task_leaves_the_outer_ones_yield_alone() {
    let explores = async { Explorer::new().check(|_| yield_now()) };
    let both = EventLoop::new().run_until_complete(join(yield_now(), explores)).unwrap();
    both.1.unwrap();
}
