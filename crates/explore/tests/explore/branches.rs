//! Choices inside a turn: the order of a select's branches, and where a future is cancelled.

use crate::{failure, readable};
use futures::future::{Either, select as left_first};
use paintdry_core::{Runtime, gather};
use paintdry_explore::{
    CancelAtAnyAwait, Ended, ExploredLoop, Explorer, Play, Seed, Shared, Then, Turnstile, cancel_at_any_await,
    name_task, select,
};
use paintdry_smol::Local;
use paintdry_studio::EventKind;
use paintdry_tokio::CurrentThread;
use std::future::{poll_fn, ready};
use std::pin::pin;
use std::task::Poll;

#[test]
fn a_failure_that_only_one_order_of_branches_has_is_found_and_repeated() {
    let left_is_first = |_| async {
        let rack = Shared::new("rack", 1);
        left_first(pin!(async { rack.change(|canvases| *canvases -= 1) }), ready("closes")).await;
        assert_eq!(rack.get(), 0, "a canvas is left");
    };
    let explored = Explorer::new().check(left_is_first).expect("the left future takes the canvas");
    assert_eq!((explored.schedules, explored.is_complete), (1, true));

    let both_are_ready = |_| async {
        name_task("painter");
        let rack = Shared::new("rack", 1);
        let canvas = pin!(async { rack.change(|canvases| *canvases -= 1) });
        select(canvas, ready("closes")).await;
        assert_eq!(rack.get(), 0, "a canvas is left");
    };
    let found = failure(Explorer::new().check(both_are_ready));
    let text = found.to_string();
    let turns = "
The shortest failing schedule that was found has 1 turn:
   1 * painter  polls the right future of a select first, sees rack 1, panics

Seed: 1:1";
    assert!(text.ends_with(turns), "{text}");
    assert!(text.starts_with("painter panics at ") && text.contains("a canvas is left"), "{text}");
    let seed: Seed = "1:1".parse().expect("the seed of the text");
    assert_eq!(failure(Explorer::new().seed(seed).check(both_are_ready)).to_string(), text);
    let recording = readable(&found);
    let says = |event: &&paintdry_studio::Event| matches!(&event.what, EventKind::Note(note) if note.starts_with("polls the right"));
    assert_eq!(recording.runs[0].events.iter().filter(says).count(), 1, "the page says so as well");
}

/// In both branches, and with all orders of two tasks.
#[test]
fn the_orders_of_branches_and_of_tasks_are_all_tried_pruned_or_not() {
    async fn race<R: Runtime>() {
        let first = Shared::new("first", None);
        let race = |name: &'static str| {
            let first = first.clone();
            async move {
                let won = match select(ready("left"), ready("right")).await {
                    Either::Left((won, _)) | Either::Right((won, _)) => won,
                };
                first.change(|first| *first = first.or(Some((name, won))));
            }
        };
        gather::<R, _>(["ada", "bob"].map(race)).await;
        assert_ne!(first.get(), Some(("bob", "right")));
    }
    // Two tasks of one turn, each with two branches, in two orders. When ada has ended, main may go before bob.
    let survey = Explorer::new().survey(|_| race::<ExploredLoop>()).expect("it is repeatable");
    assert_eq!((survey.schedules, survey.failing), (12, 2));
    for explorer in [Explorer::new(), Explorer::new().pruned()] {
        let found = failure(explorer.check(|_| race::<ExploredLoop>()));
        assert_eq!(found.schedule.to_string(), "1:1,2:1", "{found}");
        assert!(found.to_string().contains("1 of them (*)"), "both choices are in one turn: {found}");
    }
    for on_another in [
        Explorer::new().check_on::<CurrentThread, _>(race::<Turnstile<CurrentThread>>),
        Explorer::new().check_on::<Local, _>(race::<Turnstile<Local>>),
    ] {
        assert_eq!(failure(on_another).schedule.to_string(), "1:1,2:1");
    }
}

/// A future that waits twice, and notes how far it came.
fn carries(steps: Shared<u32>) -> CancelAtAnyAwait<impl Future<Output = ()>> {
    cancel_at_any_await(async move {
        for _ in 0..2 {
            steps.change(|steps| *steps += 1);
            ExploredLoop::yield_now().await;
        }
        steps.change(|steps| *steps += 1);
    })
}

#[test]
fn a_future_is_dropped_at_each_of_its_awaits_and_at_none() {
    for wrong in [1, 2] {
        let found = failure(Explorer::new().check(|_| async move {
            let steps = Shared::new("steps", 0);
            let ended = carries(steps.clone()).await;
            assert_eq!(ended.is_some(), steps.get() == 3, "it has ended if it was not dropped");
            assert_ne!(steps.get(), wrong, "lost");
        }));
        assert_eq!(found.schedule.to_string(), format!("{wrong}:1"), "{found}");
        assert!(found.to_string().contains("drops a future where it waits"), "{found}");
    }
    let explored = Explorer::new().check(|_| async {
        carries(Shared::new("steps", 0)).await;
    });
    assert_eq!(explored.expect("nothing is asserted").schedules, 3);
}

/// A page asks the reader for tasks alone.
#[test]
fn a_run_that_is_played_stops_between_turns_and_takes_the_first_branch() {
    let program = |_| async {
        let Either::Left(_) = select(ready(()), ready(())).await else { panic!("the right one") };
        gather::<ExploredLoop, _>([ready(()), ready(())]).await;
    };
    let play = |choices| Play { choices, then: Then::Stop, names: &[], is_recorded: true };
    let played = Explorer::new().play(program, play(&[]));
    assert_eq!((&played.ended, played.choices.len()), (&Ended::Undecided { ready: vec![1, 2] }, 1));
    assert!(matches!(Explorer::new().play(program, play(&[1])).ended, Ended::Failed(_)));
    let follows = Explorer::new().follow(program, &[0, 2, 1, 0]).expect("a schedule leads there");
    assert_eq!(follows.choices.len(), 2);
}

#[test]
fn outside_an_exploration_the_left_future_is_first_and_nothing_is_cancelled() {
    let both = CurrentThread::start().run_until_complete(async {
        let first = select(ready("left"), ready("right")).await;
        let waits_once = {
            let mut polls = 0;
            poll_fn(move |context| {
                polls += 1;
                context.waker().wake_by_ref();
                if polls > 1 { Poll::Ready(polls) } else { Poll::Pending }
            })
        };
        (matches!(first, Either::Left(("left", _))), cancel_at_any_await(waits_once).await)
    });
    assert_eq!(both, (true, Some(2)));
}
