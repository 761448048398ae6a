//! Programs at the turnstile of other runtimes: the same schedules as on our loop, told in the same words.

use crate::failure;
use paintdry_core::{Runtime, gather, name_task};
use paintdry_explore::programs::{ALL, amap, gather as gathers, lost_update, lost_wakeup, paint, two_locks};
use paintdry_explore::{
    CheckError, Ended, Explored, ExploredLoop, Explorer, Play, Played, Shared, Then, Turn, Turnstile, Why,
};
use paintdry_explore::{now, work};
use paintdry_generator::EventLoop;
use paintdry_smol::{Global, Local};
use paintdry_tokio::tokio::sync::{Mutex, mpsc, oneshot};
use paintdry_tokio::{CurrentThread, MultiThread};
use std::cell::RefCell;
use std::collections::HashSet;
use std::ops::ControlFlow;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

/// The choices of a run, how it ended, and its turns.
type Ran = (Vec<u32>, Ended, Vec<Turn>);

/// Each schedule of a program.
fn all(play: impl Fn(Play<'_>) -> Played) -> Vec<Ran> {
    let (mut all, mut choices) = (Vec::new(), Vec::new());
    loop {
        let played = play(Play { choices: &choices, then: Then::OwnOrder, names: &[], is_recorded: true });
        let mut made = played.choices;
        all.push((made.iter().map(|choice| choice.chosen).collect(), played.ended, played.turns));
        while made.pop_if(|choice| choice.chosen + 1 == choice.of).is_some() {}
        let Some(last) = made.last_mut() else { return all };
        last.chosen += 1;
        choices = made.iter().map(|choice| choice.chosen).collect();
    }
}

fn all_on<R: Runtime, F: Future<Output = ()>>(program: impl Fn() -> F) -> Vec<Ran> {
    all(|play| Explorer::new().play_on::<R, _>(&program, play).expect("it has one thread"))
}

fn go_on(_: &Explored) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

fn stuck(schedules: &[Ran]) -> usize {
    schedules.iter().filter(|(_, ended, _)| matches!(ended, Ended::Failed(Why::Stuck { .. }))).count()
}

/// A program that comes with the crate, at a size of which all schedules can be run.
fn shipped<R: Runtime>(name: &str) -> Option<Pin<Box<dyn Future<Output = ()>>>> {
    Some(match name {
        "lost-update" => Box::pin(lost_update::lost_update::<R>()),
        "lost-update-repaired" => Box::pin(lost_update::repaired::<R>()),
        "lost-wakeup" => Box::pin(lost_wakeup::lost_wakeup::<R>()),
        "lost-wakeup-repaired" => Box::pin(lost_wakeup::repaired::<R>()),
        "two-locks" => Box::pin(two_locks::two_locks::<R>()),
        "two-locks-repaired" => Box::pin(two_locks::repaired::<R>()),
        "amap" => Box::pin(amap::amap::<R>(2, 2)),
        "paint" => Box::pin(paint::paint::<R>(2, 3)),
        "gather" => Box::pin(gathers::gather::<R>(3, 1)),
        "promises" | "cancel" | "clock" => return None, // they run on the loop alone
        other => panic!("add {other} here, at a size of which all schedules can be run"),
    })
}

#[test]
fn each_schedule_of_the_shipped_programs_is_the_same_on_each_runtime() {
    fn same_on<R: Runtime>(name: &str, on_the_loop: &[Ran]) {
        let here = all_on::<R, _>(|| shipped::<Turnstile<R>>(name).expect("it runs on any runtime"));
        for (here, there) in here.iter().zip(on_the_loop) {
            assert_eq!(here, there, "{name} on {}", R::NAME);
        }
        assert_eq!(here.len(), on_the_loop.len(), "{name} on {}", R::NAME);
    }
    for name in ALL.iter().map(|program| program.name).filter(|name| shipped::<ExploredLoop>(name).is_some()) {
        let program = |_| shipped::<ExploredLoop>(name).expect("it runs on any runtime");
        let on_the_loop = all(|play| Explorer::new().play(program, play));
        println!("{name}: {} schedules, {} stuck", on_the_loop.len(), stuck(&on_the_loop));
        same_on::<EventLoop>(name, &on_the_loop);
        same_on::<CurrentThread>(name, &on_the_loop);
        same_on::<Local>(name, &on_the_loop);
    }
}

#[test]
fn an_exploration_of_the_shipped_programs_is_the_same_on_each_runtime() {
    fn same_on<R: Runtime>() {
        for program in ALL {
            let here = match program.check_on::<R>(&Explorer::new(), &mut go_on) {
                Err(CheckError::OnlyOnTheLoop) => continue,
                here => here,
            };
            assert_eq!(here.is_err(), program.has_bug, "{} on {}", program.name, R::NAME);
            match (here, program.check(&Explorer::new(), &mut go_on)) {
                (Ok(here), Ok(there)) => assert_eq!(here, there, "{} on {}", program.name, R::NAME),
                (Err(CheckError::Failed(here)), Err(CheckError::Failed(there))) => {
                    assert_eq!(here.to_string(), there.to_string(), "on {}", R::NAME);
                    let seeded = Explorer::new().seed(here.schedule.clone());
                    let again = failure(program.check_on::<R>(&seeded, &mut go_on));
                    assert_eq!((again.why, again.turns), (here.why, here.turns), "the seed repeats it on {}", R::NAME);
                }
                (here, there) => panic!("{} on {}: {here:?}, on the loop: {there:?}", program.name, R::NAME),
            }
        }
    }
    same_on::<CurrentThread>();
    same_on::<Local>();
}

#[test]
fn the_orders_are_as_many_as_there_are() {
    /// The last task to end lets the main task continue.
    async fn orders<R: Runtime>(tasks: u32, turns: u32) -> Vec<u32> {
        let order = Shared::new("order", Vec::new());
        let (promise, all_have_ended) = oneshot::channel::<()>();
        let promise = Arc::new(promise); // broken when the last task drops it
        let mut handles = Vec::new(); // on smol a dropped handle cancels its task
        for task in 0..tasks {
            let (order, promise) = (order.clone(), Arc::clone(&promise));
            handles.push(Turnstile::<R>::spawn(async move {
                for turn in 1..=turns {
                    order.change(|order| order.push(task));
                    if turn < turns {
                        Turnstile::<R>::yield_now().await;
                    }
                }
                drop(promise);
            }));
        }
        drop(promise);
        let _ = all_have_ended.await;
        order.get()
    }
    fn counted_on<R: Runtime>() {
        for (tasks, turns, expected) in [(2, 3, 20), (3, 3, 1680), (4, 2, 2520)] {
            let seen = RefCell::new(HashSet::new());
            let program = || async {
                let order = orders::<R>(tasks, turns).await;
                assert!(seen.borrow_mut().insert(order));
            };
            let explored = Explorer::new().check_on::<R, _>(program).expect("no two orders are the same");
            assert_eq!((explored.schedules, explored.is_complete), (expected, true), "{}", R::NAME);
        }
    }
    counted_on::<CurrentThread>();
    counted_on::<Local>();
    counted_on::<EventLoop>();
}

#[test]
fn tokios_own_locks_are_stuck_in_four_of_eight_schedules() {
    async fn two_locks(in_one_order: bool) {
        let [red, blue]: [Arc<Mutex<()>>; 2] = Default::default();
        let (first, second) = if in_one_order { (&red, &blue) } else { (&blue, &red) };
        let painters = [("ada", &red, &blue), ("bob", first, second)].map(|(name, first, second)| {
            let (first, second) = (Arc::clone(first), Arc::clone(second));
            async move {
                name_task(name);
                let _first = first.lock().await;
                Turnstile::<CurrentThread>::yield_now().await;
                let _second = second.lock().await;
            }
        });
        gather::<Turnstile<CurrentThread>, _>(painters).await;
    }
    let [stuck_or_not, never_stuck] =
        [false, true].map(|in_one_order| all_on::<CurrentThread, _>(|| two_locks(in_one_order)));
    assert_eq!((stuck(&stuck_or_not), stuck_or_not.len()), (4, 8));
    assert_eq!((stuck(&never_stuck), never_stuck.len()), (0, 8));
    let waiting = stuck_or_not.iter().find_map(|(_, ended, _)| match ended {
        Ended::Failed(Why::Stuck { waiting }) => Some(waiting.as_slice()),
        _ => None,
    });
    assert_eq!(waiting, Some(&["main", "ada", "bob"].map(str::to_owned)[..]));
}

#[test]
fn tokios_budget_adds_no_turn() {
    let program = || async {
        let (sender, mut receiver) = mpsc::unbounded_channel();
        (0..1000).for_each(|stroke| sender.send(stroke).expect("the receiver is there"));
        let paints = async move {
            for stroke in 0..1000 {
                assert_eq!(receiver.recv().await, Some(stroke));
            }
        };
        Turnstile::<CurrentThread>::spawn(paints).await.expect("it does not panic");
    };
    let explored = Explorer::new().check_on::<CurrentThread, _>(program).expect("it passes");
    assert_eq!(explored.turns, 3, "main, the painter, main");
}

#[test]
fn a_run_continues_when_a_handle_is_dropped() {
    fn dropped_on<R: Runtime>() -> HashSet<bool> {
        let outcomes = RefCell::new(HashSet::new());
        let program = || async {
            let has_ended = Shared::new("ended", false);
            let ends = has_ended.clone();
            let handle = Turnstile::<R>::spawn(async move {
                Turnstile::<R>::yield_now().await;
                ends.set(true);
            });
            Turnstile::<R>::yield_now().await;
            drop(handle);
            for _ in 0..3 {
                Turnstile::<R>::yield_now().await;
            }
            outcomes.borrow_mut().insert(has_ended.get());
        };
        assert!(Explorer::new().check_on::<R, _>(program).expect("it passes").is_complete);
        outcomes.into_inner()
    }
    assert_eq!(dropped_on::<Local>(), [true, false].into());
    assert_eq!(dropped_on::<CurrentThread>(), [true, false].into());
}

#[test]
fn work_takes_time_and_pruning_loses_no_time_that_a_task_sees() {
    async fn looks<R: Runtime>(seen: Shared<Duration>) {
        let works = async {
            R::sleep(Duration::from_secs(1)).await;
            work(Duration::from_millis(300));
        };
        let looks = async move {
            R::sleep(Duration::from_secs(1)).await;
            seen.set(now());
        };
        let works = R::spawn(works);
        R::spawn(looks).await.expect("it does not panic");
        works.await.expect("it does not panic");
    }
    let (on_the_loop, on_tokio) = (RefCell::new(HashSet::new()), RefCell::new(HashSet::new()));
    let program = |_| async {
        let time = Shared::new("time", Duration::ZERO);
        looks::<ExploredLoop>(time.clone()).await;
        on_the_loop.borrow_mut().insert(time.get());
    };
    Explorer::new().pruned().check(program).expect("it passes");
    let program = || async {
        let time = Shared::new("time", Duration::ZERO);
        looks::<Turnstile<CurrentThread>>(time.clone()).await;
        on_tokio.borrow_mut().insert(time.get());
    };
    Explorer::new().pruned().check_on::<CurrentThread, _>(program).expect("it passes");
    assert_eq!(on_the_loop.into_inner(), [1000, 1300].map(Duration::from_millis).into());
    assert_eq!(on_tokio.into_inner(), [1000, 1300].map(Duration::from_millis).into());
}

#[test]
fn what_cannot_be_explored_is_refused() {
    let several = Explorer::new().check_on::<MultiThread, _>(|| async {});
    let Err(error @ CheckError::SeveralThreads { runtime: "tokio-multi" }) = several else { panic!("{several:?}") };
    assert!(error.to_string().contains("take a runtime that runs all tasks on the calling thread"), "{error}");
    let apart = Explorer::new().check_on::<Global, _>(|| async {});
    assert!(matches!(apart, Err(CheckError::SeveralThreads { runtime: "smol-global" })), "{apart:?}");
    let promises = ALL.iter().find(|program| program.name == "promises").expect("it is in the list");
    let refused = promises.check_on::<Local>(&Explorer::new(), &mut go_on);
    assert!(matches!(refused, Err(CheckError::OnlyOnTheLoop)), "{refused:?}");
}
