//! Tasks and their turns, futures, callbacks, sleeps and gather.

use super::{Scenario, Scene, turns as give_turns};
use crate::{LATER, LATEST, MOMENT};
use futures::future::join_all;
use paintdry_generator::{Error, sleep, yield_now};
use std::cell::Cell;
use std::panic::resume_unwind;
use std::rc::Rc;
use std::time::Duration;

pub(super) const ALL: &[Scenario] = &[
    ("turns", turns),
    ("a_task_begins_later", a_task_begins_later),
    ("a_coroutine_runs_in_this_turn", a_coroutine_runs_in_this_turn),
    ("a_task_creates_a_task", a_task_creates_a_task),
    ("an_error_waits_until_it_is_awaited", an_error_waits_until_it_is_awaited),
    ("set_result_wakes_in_a_later_turn", set_result_wakes_in_a_later_turn),
    ("those_that_wait_are_woken_in_the_order_of_the_results", those_that_wait_are_woken_in_the_order_of_the_results),
    ("a_future_that_is_done_costs_no_turn", a_future_that_is_done_costs_no_turn),
    ("a_result_is_set_once", a_result_is_set_once),
    ("callbacks_soon", callbacks_soon),
    ("callbacks_later", callbacks_later),
    ("a_callback_that_fails", a_callback_that_fails),
    ("sleeps", sleeps),
    ("equal_sleeps", equal_sleeps),
    ("yields_without_end_starve_no_timer", yields_without_end_starve_no_timer),
    ("gathered_results_stand_in_order", gathered_results_stand_in_order),
    ("gathered_errors_stand_in_their_place", gathered_errors_stand_in_their_place),
    ("gather_and_the_first_error", gather_and_the_first_error),
    ("a_gather_that_is_cancelled", a_gather_that_is_cancelled),
];

fn turns(scene: &Scene) {
    let three = |name| {
        let scene = scene.clone();
        async move {
            for turn in 0..3 {
                scene.note(format!("{name}{turn}"));
                sleep(Duration::ZERO).await;
            }
        }
    };
    let all = scene.event_loop.gather(["a", "b", "c"].map(three)).unwrap();
    scene.event_loop.run_until_complete(all).unwrap();
}

fn a_task_begins_later(scene: &Scene) {
    scene.run(async {
        let tasks = ["a", "b"].map(|name| scene.task(scene.after(0, name)));
        scene.note("created");
        yield_now().await;
        scene.note("main again");
        join_all(tasks).await;
    });
}

fn a_coroutine_runs_in_this_turn(scene: &Scene) {
    scene.run(async {
        let task = scene.task(scene.after(0, "task"));
        scene.after(0, "coroutine").await;
        scene.note("main");
        task.await.unwrap();
    });
}

fn a_task_creates_a_task(scene: &Scene) {
    let own = scene.clone();
    let parent = scene.task(async move {
        let child = own.task(own.after(0, "child"));
        own.note("parent");
        child.await.unwrap();
        own.note("parent has its child's result");
    });
    let neighbour = scene.task(scene.after(2, "neighbour"));
    scene.run(async { (parent.await.unwrap(), neighbour.await.unwrap()) });
}

/// A task that notes that it fails, and does.
fn fails(scene: &Scene) -> impl Future<Output = &'static str> + use<> {
    let note = scene.noting("fails");
    async {
        note();
        resume_unwind(Box::new("it fails"))
    }
}

fn is_failure<T>(result: &Result<T, Error>) -> bool {
    matches!(result, Err(Error::Panicked(message)) if message == "it fails")
}

fn an_error_waits_until_it_is_awaited(scene: &Scene) {
    scene.run(async {
        let task = scene.task(fails(scene));
        scene.after(1, "the others go on").await;
        if is_failure(&task.await) {
            scene.note("the error is awaited");
        }
    });
}

fn set_result_wakes_in_a_later_turn(scene: &Scene) {
    let (promise, future) = scene.event_loop.create_future();
    let own = scene.clone();
    let task = scene.task(async move { own.note(format!("got {}", future.await.unwrap())) });
    scene.run(async {
        yield_now().await;
        promise.set_result(7).unwrap();
        scene.note("set");
        scene.after(1, "main again").await;
        task.await.unwrap();
    });
}

fn those_that_wait_are_woken_in_the_order_of_the_results(scene: &Scene) {
    let (promises, futures): (Vec<_>, Vec<_>) = (0..3).map(|_| scene.event_loop.create_future()).unzip();
    let tasks: Vec<_> = ["a", "b", "c"]
        .into_iter()
        .zip(futures)
        .map(|(name, future)| {
            let own = scene.clone();
            scene.task(async move {
                future.await.unwrap();
                own.note(name);
            })
        })
        .collect();
    scene.run(async {
        yield_now().await;
        for number in [2, 0, 1] {
            promises[number].set_result(()).unwrap();
        }
        join_all(tasks).await;
    });
}

fn a_future_that_is_done_costs_no_turn(scene: &Scene) {
    scene.run(async {
        let (promise, future) = scene.event_loop.create_future();
        promise.set_result(7).unwrap();
        scene.event_loop.call_soon(scene.noting("callback")).unwrap();
        scene.note(format!("got {}", future.await.unwrap()));
        yield_now().await;
    });
}

fn a_result_is_set_once(scene: &Scene) {
    let (promise, future) = scene.event_loop.create_future();
    promise.set_result(1).unwrap();
    if promise.set_result(2) == Err(2) {
        scene.note("refused");
    }
    scene.note(format!("still {}", future.result().unwrap()));
}

fn callbacks_soon(scene: &Scene) {
    scene.run(async {
        let own = scene.clone();
        let first = move || {
            own.note("first");
            own.event_loop.call_soon(own.noting("nested")).unwrap();
        };
        scene.event_loop.call_soon(first).unwrap();
        scene.event_loop.call_soon(scene.noting("second")).unwrap();
        scene.after(1, "main").await;
        scene.after(1, "main again").await;
    });
}

fn callbacks_later(scene: &Scene) {
    scene.run(async {
        let event_loop = &scene.event_loop;
        event_loop.call_later(LATER, scene.noting("late")).unwrap();
        event_loop.call_later(MOMENT, scene.noting("early")).unwrap();
        event_loop.call_later(MOMENT, scene.noting("never")).unwrap().cancel();
        event_loop.call_soon(scene.noting("soon")).unwrap();
        sleep(LATEST).await;
    });
}

fn a_callback_that_fails(scene: &Scene) {
    scene.run(async {
        let note = scene.noting("fails");
        let fails = move || {
            note();
            resume_unwind(Box::new("it fails"))
        };
        scene.event_loop.call_soon::<()>(fails).unwrap();
        scene.event_loop.call_soon(scene.noting("the next one")).unwrap();
        scene.after(1, "main").await;
    });
}

fn sleeps(scene: &Scene) {
    let sleepers = [("long", LATEST), ("short", MOMENT), ("middle", LATER)].map(|(name, duration)| {
        let own = scene.clone();
        scene.task(async move {
            sleep(duration).await;
            own.note(name);
        })
    });
    scene.run(join_all(sleepers));
}

fn equal_sleeps(scene: &Scene) {
    let sleepers = ["a", "b", "c"].map(|name| {
        let own = scene.clone();
        scene.task(async move {
            sleep(MOMENT).await;
            own.note(name);
        })
    });
    scene.run(join_all(sleepers));
}

fn yields_without_end_starve_no_timer(scene: &Scene) {
    let is_dry = Rc::new(Cell::new(false));
    let (dries, note) = (is_dry.clone(), scene.noting("dry"));
    scene.run(async {
        let dry = scene.task(async move {
            sleep(MOMENT).await;
            note();
            dries.set(true);
        });
        while !is_dry.get() {
            yield_now().await;
        }
        scene.note("the spinner sees it");
        dry.await.unwrap();
    });
}

fn gathered_results_stand_in_order(scene: &Scene) {
    let tasks = [(2, "a"), (0, "b"), (1, "c")].map(|(turns, name)| scene.after(turns, name));
    let all = scene.event_loop.gather(tasks).unwrap();
    let results = scene.event_loop.run_until_complete(all).unwrap();
    scene.note(results.into_iter().map(Result::unwrap).collect::<Vec<_>>().join(" "));
}

fn gathered_errors_stand_in_their_place(scene: &Scene) {
    let tasks = ["a", "", "c"].map(|name| {
        let own = scene.clone();
        async move {
            match name {
                "" => resume_unwind(Box::new("it fails")),
                name => own.after(u32::from(name == "a"), name).await,
            }
        }
    });
    let all = scene.event_loop.gather(tasks).unwrap();
    let results = scene.event_loop.run_until_complete(all).unwrap();
    let word = |result: Result<&'static str, Error>| if is_failure(&result) { "error" } else { result.unwrap() };
    scene.note(results.into_iter().map(word).collect::<Vec<_>>().join(" "));
}

fn gather_and_the_first_error(scene: &Scene) {
    let tasks = [0, 3].map(|turns| {
        let own = scene.clone();
        async move {
            if turns == 0 {
                resume_unwind(Box::new("it fails"));
            }
            own.after(turns, "the slow one ends").await
        }
    });
    let all = scene.event_loop.gather(tasks).unwrap();
    let results = scene.event_loop.run_until_complete(all).unwrap();
    if is_failure(&results[0]) {
        scene.note("told of the error");
    }
}

fn a_gather_that_is_cancelled(scene: &Scene) {
    let inner = scene.event_loop.gather([scene.after(3, "the inner one ends")]).unwrap();
    let outer = scene.event_loop.create_task(inner).unwrap();
    scene.run(async {
        yield_now().await;
        outer.cancel();
        if outer.await == Err(Error::Cancelled) {
            scene.note("cancelled");
        }
        give_turns(5).await;
    });
}
