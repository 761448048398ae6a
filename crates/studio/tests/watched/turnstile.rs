//! A run with a chooser: on each runtime the schedules are exactly those that exist.

use paintdry_core::{Chooser, Runtime, TurnEnd, gather, name_task};
use paintdry_studio::{Clock, Studio};
use std::collections::HashSet;
use std::ops::Range;
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// Follows a list of choices, and then takes the first task. It notes how many tasks were ready at each choice.
#[derive(Clone, Default)]
struct Follows(Arc<Mutex<Choices>>);

#[derive(Default)]
struct Choices {
    given: Vec<usize>,
    /// Position and number of ready tasks.
    made: Vec<(usize, usize)>,
    ends: Vec<(u32, Range<u32>, String)>,
}

impl Chooser for Follows {
    fn choose(&mut self, ready: &[u32], _: Duration) -> Option<usize> {
        let choices = &mut *self.0.lock().unwrap();
        if ready.len() == 1 {
            return Some(0);
        }
        let position = choices.given.get(choices.made.len()).copied().unwrap_or(0);
        choices.made.push((position, ready.len()));
        Some(position)
    }

    fn after_turn(&mut self, task: u32, made: Range<u32>, end: TurnEnd<'_>) {
        self.0.lock().unwrap().ends.push((task, made, format!("{end:?}")));
    }
}

/// Runs `program` under every schedule, and calls `see` with what came of each.
fn explore<R: Runtime, F: Future>(program: impl Fn() -> F, mut see: impl FnMut(Option<F::Output>)) -> u32 {
    let mut given = Vec::new();
    let mut runs = 0;
    loop {
        let follows = Follows::default();
        follows.0.lock().unwrap().given = given;
        let studio = Studio::<R>::new(Clock::Virtual);
        see(studio.run_choosing(program(), Box::new(follows.clone())).result.ok());
        runs += 1;
        let mut made = std::mem::take(&mut follows.0.lock().unwrap().made);
        while made.pop_if(|(position, of)| *position + 1 == *of).is_some() {}
        let Some(last) = made.last_mut() else { return runs };
        last.0 += 1;
        given = made.into_iter().map(|(position, _)| position).collect();
    }
}

/// `tasks` tasks of `turns` turns. The last one to end lets the main task continue, so no choice is left then.
async fn turns<R: Runtime>(tasks: u32, turns: u32) -> Vec<u32> {
    let order = Arc::new(Mutex::new(Vec::new()));
    let (all_have_ended, wait) = futures::channel::oneshot::channel();
    let all_have_ended = Arc::new(Mutex::new(Some(all_have_ended)));
    let mut handles = Vec::new(); // kept: on smol a dropped handle cancels its task
    for task in 0..tasks {
        let (order, all_have_ended) = (Arc::clone(&order), Arc::clone(&all_have_ended));
        let works = async move {
            for turn in 1..=turns {
                order.lock().unwrap().push(task);
                if turn < turns {
                    Studio::<R>::yield_now().await;
                }
            }
            if order.lock().unwrap().len() == (tasks * turns) as usize {
                let _ = all_have_ended.lock().unwrap().take().unwrap().send(());
            }
        };
        handles.push(Studio::<R>::spawn(works));
    }
    wait.await.expect("the last task says so");
    std::mem::take(&mut *order.lock().unwrap())
}

fn counts_on<R: Runtime>() {
    for (tasks, length, expected) in [(1, 4, 1), (4, 1, 24), (2, 3, 20), (3, 3, 1680), (4, 2, 2520)] {
        let mut orders = HashSet::new();
        let runs = explore::<R, _>(|| turns::<R>(tasks, length), |order| orders.extend(order));
        assert_eq!((runs, orders.len()), (expected, expected as usize), "{}: {tasks} of {length}", R::NAME);
    }
}

#[test]
fn all_orders_on_tokio() {
    counts_on::<paintdry_tokio::CurrentThread>();
}

#[test]
fn all_orders_on_smol() {
    counts_on::<paintdry_smol::Local>();
}

#[test]
fn all_orders_on_our_loop() {
    counts_on::<paintdry_generator::EventLoop>();
}

#[test]
fn one_poll_at_a_time_on_several_threads() {
    fn twenty_on<R: Runtime>() {
        let mut orders = HashSet::new();
        let runs = explore::<R, _>(|| turns::<R>(2, 3), |order| orders.extend(order));
        assert_eq!((runs, orders.len()), (20, 20), "{}", R::NAME);
    }
    twenty_on::<paintdry_tokio::MultiThread>();
    twenty_on::<paintdry_async_std::Global>();
    twenty_on::<paintdry_smol::Global>();
}

/// How many of the schedules of two tasks that take two locks are stuck: in different orders, or in one.
async fn two_locks<R: Runtime>(in_one_order: bool) {
    let locks = [(); 2].map(|()| Arc::new(async_lock::Mutex::new(())));
    let [red, blue] = locks;
    let second = if in_one_order { (red.clone(), blue.clone()) } else { (blue.clone(), red.clone()) };
    gather::<Studio<R>, _>([(red, blue), second].map(|(first, second)| async move {
        let _first = first.lock().await;
        Studio::<R>::yield_now().await;
        let _second = second.lock().await;
    }))
    .await;
}

#[test]
fn two_locks_are_stuck_in_the_same_number_of_schedules_everywhere() {
    fn stuck_on<R: Runtime>(in_one_order: bool) -> (u32, u32) {
        let mut stuck = 0;
        let runs = explore::<R, _>(|| two_locks::<R>(in_one_order), |ended| stuck += u32::from(ended.is_none()));
        (stuck, runs)
    }
    let on_the_loop = [false, true].map(stuck_on::<paintdry_generator::EventLoop>);
    println!("{on_the_loop:?}");
    assert!(on_the_loop[0].0 > 0 && on_the_loop[1].0 == 0);
    assert_eq!([false, true].map(stuck_on::<paintdry_tokio::CurrentThread>), on_the_loop);
    assert_eq!([false, true].map(stuck_on::<paintdry_smol::Local>), on_the_loop);
}

#[test]
fn the_chooser_hears_of_each_turn_in_virtual_time() {
    async fn naps<R: Runtime>() {
        let nap = Studio::<R>::spawn(async {
            name_task("napper");
            Studio::<R>::sleep(Duration::from_secs(3600)).await;
        });
        Studio::<R>::yield_now().await;
        nap.await.unwrap();
    }
    fn heard_on<R: Runtime>() -> Vec<(u32, Range<u32>, String)> {
        let follows = Follows::default();
        let watched = Studio::<R>::new(Clock::Real).run_choosing(naps::<R>(), Box::new(follows.clone()));
        assert_eq!((watched.result, watched.wall), (Ok(()), Duration::from_secs(3600)));
        std::mem::take(&mut follows.0.lock().unwrap().ends)
    }
    let turns =
        [(1, 2..3, "Yielded"), (2, 3..3, "Waits"), (1, 3..3, "Waits"), (2, 3..3, "Complete"), (1, 3..3, "Complete")];
    let turns = turns.map(|(task, made, end)| (task, made, end.to_owned()));
    assert_eq!(heard_on::<paintdry_generator::EventLoop>(), turns);
    assert_eq!(heard_on::<paintdry_tokio::CurrentThread>(), turns);
    assert_eq!(heard_on::<paintdry_smol::Local>(), turns);
    assert_eq!(heard_on::<paintdry_tokio::MultiThread>(), turns);
}

#[test]
fn a_stuck_run_names_its_tasks_at_once_and_a_chooser_may_end_a_run() {
    struct Ends;
    impl Chooser for Ends {
        fn choose(&mut self, _: &[u32], _: Duration) -> Option<usize> {
            None
        }
        fn after_turn(&mut self, _: u32, _: Range<u32>, _: TurnEnd<'_>) {}
    }
    let studio = Studio::<paintdry_smol::Local>::new(Clock::Virtual).with_patience(Duration::MAX);
    let stuck = studio.run_choosing(std::future::pending::<()>(), Box::new(Follows::default()));
    assert_eq!(stuck.result.unwrap_err().tasks[0].name, "main");
    let ended = studio.run_choosing(std::future::pending::<()>(), Box::new(Ends));
    assert!(ended.result.unwrap_err().tasks.is_empty());
}
