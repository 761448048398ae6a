//! The watchdog: a run that comes to a stop ends with an error that names who waits for what, on every runtime.

use futures::FutureExt;
use futures::channel::oneshot;
use futures::stream::{FuturesUnordered, StreamExt};
use paintdry_core::{Runtime, gather};
use paintdry_studio::{Clock, Stalled, StuckTask, Studio, at_line, name_task};
use std::future::pending;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

/// One task without a wake, one that is done, and the main task, which joins them.
async fn stuck<R: Runtime>() {
    let painter = |name: &'static str, waits: bool| async move {
        name_task(name);
        R::sleep(Duration::from_millis(1)).await;
        at_line(7);
        if waits {
            pending::<()>().await;
        }
    };
    gather::<R, _>([painter("done", false), painter("stuck", true)]).await;
}

fn names_the_stuck_tasks<R: Runtime>() {
    for clock in [Clock::Virtual, Clock::Real] {
        let studio = Studio::<R>::new(clock).with_patience(Duration::from_millis(50));
        let stalled = studio.run(stuck::<Studio<R>>()).result.expect_err("it is stuck");
        let main = StuckTask { name: "main".to_owned(), line: None, joins: Some("stuck".to_owned()), wants: None };
        let task = StuckTask { name: "stuck".to_owned(), line: Some(7), joins: None, wants: None };
        assert_eq!(stalled, Stalled { tasks: vec![main, task] }, "{} {clock:?}", R::NAME);
        assert_eq!(
            stalled.to_string(),
            "stalled: nothing can run and no timer is set: main waits for the end of stuck, stuck waits at line 7 for a \
             wake that never comes; before a task returns Pending, it must store its waker where something will call it"
        );
    }
}

#[test]
fn a_stalled_run_names_its_stuck_tasks() {
    on_every_runtime!(names_the_stuck_tasks);
}

#[test]
fn a_thread_outside_that_is_quick_enough_is_waited_for() {
    type Watched = Studio<paintdry_tokio::CurrentThread>;
    for clock in [Clock::Real, Clock::Virtual] {
        let (sender, receiver) = oneshot::channel();
        let studio = Watched::new(clock).with_patience(Duration::from_secs(60));
        let (asked, question) = std::sync::mpsc::channel();
        let other = thread::spawn(move || {
            question.recv().expect("it is asked");
            sender.send("dry")
        });
        let watched = studio.run(async move {
            asked.send(()).expect("the thread is there");
            receiver.await
        });
        assert_eq!(watched.result, Ok(Ok("dry")), "{clock:?}");
        other.join().expect("it does not panic").expect("the receiver waits");
    }
}

/// A group polls only the handles that were woken, so in its last poll the main task polls no handle of a stuck task.
fn names_a_task_that_a_group_joins<R: Runtime>() {
    let studio = Studio::<R>::new(Clock::Virtual).with_patience(Duration::from_millis(50));
    let stalled = studio.run(async {
        let named = |name, waits: bool| {
            Studio::<R>::spawn_named(name, async move {
                Studio::<R>::sleep(Duration::from_secs(1)).await;
                if waits {
                    pending::<()>().await;
                }
            })
        };
        let mut group: FuturesUnordered<_> =
            [named("early", false), named("stuck", true), named("quick", false)].into_iter().collect();
        while group.next().await.is_some() {}
    });
    let stalled = stalled.result.expect_err("it is stuck");
    assert_eq!(stalled.tasks[0].joins.as_deref(), Some("stuck"), "{}: {stalled}", R::NAME);
}

#[test]
fn a_stall_names_a_task_that_a_group_joins() {
    on_every_runtime!(names_a_task_that_a_group_joins);
}

#[test]
fn a_handle_of_another_run_does_not_hide_which_task_is_joined() {
    type Watched = Studio<paintdry_generator::EventLoop>;
    let studio = Watched::new(Clock::Virtual).with_patience(Duration::ZERO);
    let mut of_another = studio.run(async { Some(Watched::spawn(async {})) }).result.expect("it ends");
    let stalled = studio.run(async move {
        let mut stuck = Watched::spawn_named("stuck", pending::<()>()); // its number is that of the other run's task
        std::future::poll_fn(|context| {
            let polled = stuck.poll_unpin(context).map(drop);
            drop(of_another.take());
            polled
        })
        .await;
    });
    let stalled = stalled.result.expect_err("it is stuck");
    assert_eq!(stalled.tasks[0].joins.as_deref(), Some("stuck"), "{stalled}");
}

/// It would be woken by the end of the first, but awaits the second.
#[test]
fn a_stall_names_the_task_that_was_polled_last_and_no_task_whose_handle_is_gone() {
    type Watched = Studio<paintdry_generator::EventLoop>;
    let studio = Watched::new(Clock::Virtual).with_patience(Duration::ZERO);
    for (is_dropped, joins) in [(false, Some("second")), (true, None)] {
        let stalled = studio.run(async {
            let [mut first, second] = ["first", "second"].map(|name| Watched::spawn_named(name, pending::<()>()));
            assert!((&mut first).now_or_never().is_none());
            Watched::yield_now().await;
            if is_dropped {
                drop((first, second));
                pending::<()>().await;
            } else {
                drop(second.await);
            }
        });
        let stalled = stalled.result.expect_err("it is stuck");
        assert_eq!(stalled.tasks[0].joins.as_deref(), joins, "{stalled}");
    }
}

#[test]
fn many_stuck_tasks_are_counted() {
    type Watched = Studio<paintdry_generator::EventLoop>;
    let tasks = (0..50).map(|_| pending::<()>());
    let studio = Watched::new(Clock::Virtual).with_patience(Duration::ZERO);
    let stalled = studio.run(gather::<Watched, _>(tasks)).result.expect_err("they are stuck");
    assert_eq!(stalled.tasks.len(), 51);
    assert!(stalled.to_string().contains("task 19 waits for a wake that never comes and 31 more"), "{stalled}");
}

#[test]
#[should_panic(expected = "stalled: nothing can run")]
fn through_the_trait_a_stall_is_a_panic() {
    Studio::<paintdry_smol::Local>::start().run_until_complete(pending::<()>());
}

#[test]
#[should_panic(expected = "a sleep was made outside of a watched task; do it inside of Studio::run")]
fn a_watched_sleep_outside_says_where_it_belongs() {
    drop(Studio::<paintdry_smol::Local>::sleep(Duration::ZERO));
}

/// The main task is dropped on its thread, and what it drops wakes a task on another.
fn no_task_continues<R: Runtime>() {
    for _ in 0..20 {
        let (done, is_done) = mpsc::channel();
        let (promise, future) = oneshot::channel::<()>();
        let watched = Studio::<R>::new(Clock::Virtual).with_patience(Duration::ZERO).run(async {
            let waiting = Studio::<R>::spawn(async move {
                let _ = future.await;
                done.send("continued").expect("the test waits");
            });
            waiting.await.expect("it is not cancelled");
            drop(promise);
        });
        assert!(watched.result.is_err(), "{}", R::NAME);
        assert!(is_done.recv_timeout(Duration::from_secs(60)).is_err(), "{}", R::NAME);
    }
}

#[test]
fn after_a_stall_no_task_continues_in_virtual_time() {
    no_task_continues::<paintdry_tokio::MultiThread>();
    no_task_continues::<paintdry_async_std::Global>();
    no_task_continues::<paintdry_smol::Global>();
}

/// Each waits for the next, so the name of another has to be found for each. (With a search through all of them it would take minutes.)
#[test]
fn many_tasks_that_wait_for_each_other_are_named_soon() {
    type Watched = Studio<paintdry_generator::EventLoop>;
    const TASKS: usize = 80_000;
    let studio = Watched::new(Clock::Virtual).with_patience(Duration::ZERO);
    let watched = studio.run(async {
        let mut next = Watched::spawn(pending::<()>());
        for _ in 1..TASKS {
            let joined = next;
            next = Watched::spawn(async move { drop(joined.await) });
        }
        drop(next.await);
    });
    let stalled = watched.result.expect_err("they are stuck");
    assert_eq!(stalled.tasks.len(), TASKS + 1);
    assert_eq!(stalled.tasks[TASKS].joins.as_deref(), Some(&*format!("task {}", TASKS - 1)));
    let text = stalled.to_string();
    assert!(text.contains(" and 79,981 more; ") && text.len() < 2_000, "{text}");
}
