//! Pruning loses no outcome: random programs have the same outcomes with and without it.

use crate::wakes::{Bell, taken_after_a_turn};
use paintdry_core::{Runtime, gather};
use paintdry_explore::{Explored, ExploredLoop, ExploredTask, Explorer, Shared, now, touch, touching};
use paintdry_studio::sync;
use proptest::collection::vec;
use proptest::prelude::{Just, Strategy, prop_oneof};
use proptest::test_runner::{Config, RngSeed, TestError, TestRunner};
use std::cell::{Cell, RefCell};
use std::collections::HashSet;
use std::env;
use std::rc::Rc;
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// A step of a task.
#[derive(Debug, Clone)]
enum Step {
    Yield,
    Sleep(u32),
    Read(usize),
    /// Writes what it read last, and more.
    Write(usize),
    /// Adds to a cell that is noted by its name.
    Add,
    /// Makes a task that, after a turn, changes a cell by what was read last.
    Spawn(usize),
    /// Waits for the end of the task before it.
    Join,
    /// Runs a loop inside its turn, whose two tasks change a cell at different times.
    Loop(usize),
    /// Rings a bell, and wakes the tasks that listen.
    Ring(usize),
    /// Listens to all bells in a `FuturesUnordered`, which yields them in the order in which they rang.
    Listen,
    /// Makes two tasks and awaits them in the same way.
    Await,
    /// Holds the studio's lock for a turn, and changes what is in it.
    Lock,
    /// Puts a message into the studio's channel, if there is room.
    Send,
    /// Takes one out, if there is one.
    Receive,
}

const CELLS: usize = 2;

/// What each task has read, and when.
type Logs = Vec<Vec<(u32, Duration)>>;

/// The outcome of a run: that, and the cells, and the sum.
type Outcome = (Logs, Vec<u32>, u32);

type Handle = Arc<Mutex<Option<ExploredTask<()>>>>;

async fn task(number: u32, steps: Vec<Step>, world: World, before: Handle) {
    let mut last = 0;
    for step in steps {
        match step {
            Step::Yield => ExploredLoop::yield_now().await,
            Step::Sleep(seconds) => ExploredLoop::sleep(Duration::from_secs(seconds.into())).await,
            Step::Read(cell) => {
                last = world.cells[cell].get();
                world.log(number, last);
            }
            Step::Write(cell) => world.cells[cell].set(10 * last + number),
            Step::Add => {
                touch("sum");
                let mut sum = world.sum.lock().expect("one thread");
                *sum = 3 * *sum + number;
            }
            Step::Spawn(cell) => {
                let cells = world.cells.clone();
                drop(ExploredLoop::spawn(async move {
                    ExploredLoop::yield_now().await;
                    cells[cell].change(|value| *value = 2 * *value + last + 1);
                }));
            }
            Step::Join => {
                let handle = before.lock().expect("one thread").take();
                if let Some(handle) = handle {
                    handle.await.expect("no task panics");
                }
                world.log(number, 0);
            }
            Step::Loop(cell) => {
                let tasks = [1, 2].map(|task| {
                    let world = world.clone();
                    async move {
                        ExploredLoop::sleep(Duration::from_secs(u64::from(last % 3))).await;
                        world.cells[cell].change(|value| *value = 3 * *value + task);
                        world.log(number, task);
                    }
                });
                ExploredLoop::start().run_until_complete(async { gather::<ExploredLoop, _>(tasks).await });
            }
            Step::Ring(bell) => world.bells[bell].ring(),
            Step::Listen => {
                for bell in taken_after_a_turn((1..).zip(&world.bells).map(|(n, bell)| bell.rung(n))).await {
                    world.log(number, bell);
                }
            }
            Step::Await => {
                let tasks = [1, 2].map(|task| ExploredLoop::spawn(async move { task }));
                for task in taken_after_a_turn(tasks).await {
                    world.log(number, task.expect("no task panics"));
                }
            }
            Step::Lock => {
                let mut inside = world.inside.lock().await;
                ExploredLoop::yield_now().await;
                *inside = 3 * *inside + number;
                world.log(number, *inside);
            }
            Step::Send => {
                let sent = world.channel.0.try_send(number);
                world.log(number, u32::from(sent.is_ok()));
            }
            Step::Receive => world.log(number, world.channel.1.try_receive().unwrap_or_default()),
        }
    }
}

#[derive(Clone)]
struct World {
    cells: Vec<Shared<u32>>,
    bells: Vec<Bell>,
    sum: Arc<Mutex<u32>>,
    inside: sync::Mutex<u32>,
    channel: (sync::Sender<u32>, sync::Receiver<u32>),
    logs: Arc<Mutex<Logs>>,
}

impl World {
    fn log(&self, number: u32, seen: u32) {
        self.logs.lock().expect("one thread")[number as usize - 1].push((seen, now()));
    }
}

/// Every outcome of the program, or `None` if there are too many schedules to try them all.
fn outcomes(program: &[Vec<Step>], explorer: &Explorer) -> Option<(HashSet<Outcome>, Explored)> {
    let outcomes = RefCell::new(HashSet::new());
    let run = async || {
        let cells = (0..CELLS).map(|cell| Shared::new(&format!("cell {cell}"), 0)).collect();
        let logs = Arc::new(Mutex::new(vec![Vec::new(); program.len()]));
        let bells = (0..CELLS).map(|_| Bell::default()).collect();
        let (inside, channel) = (sync::Mutex::new("inside", 0), sync::channel("messages", 2));
        let world = World { cells, bells, sum: Arc::default(), inside, channel, logs };
        let mut handles: Vec<Handle> = vec![Arc::default()];
        for (number, steps) in (1..).zip(program) {
            let before = Arc::clone(&handles[handles.len() - 1]);
            let task = ExploredLoop::spawn(task(number, steps.clone(), world.clone(), before));
            handles.push(Arc::new(Mutex::new(Some(task))));
        }
        for handle in handles.iter().rev() {
            let handle = handle.lock().expect("one thread").take();
            if let Some(handle) = handle {
                handle.await.expect("no task panics");
            }
        }
        ExploredLoop::sleep(Duration::from_secs(100)).await; // until the tasks that no task awaits have ended
        let cells = world.cells.iter().map(Shared::get).collect();
        let logs = world.logs.lock().expect("one thread").clone();
        outcomes.borrow_mut().insert((logs, cells, *world.sum.lock().expect("one thread")));
    };
    let done = explorer.check(|_| run()).expect("nothing fails");
    done.is_complete.then_some((outcomes.into_inner(), done))
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => Just(Step::Yield),
        1 => (0..3_u32).prop_map(Step::Sleep),
        3 => (0..CELLS).prop_map(Step::Read),
        3 => (0..CELLS).prop_map(Step::Write),
        1 => Just(Step::Add),
        2 => (0..CELLS).prop_map(Step::Spawn),
        1 => Just(Step::Join),
        1 => (0..CELLS).prop_map(Step::Loop),
        2 => (0..CELLS).prop_map(Step::Ring),
        1 => Just(Step::Listen),
        1 => Just(Step::Await),
        2 => Just(Step::Lock),
        1 => Just(Step::Send),
        1 => Just(Step::Receive),
    ]
}

#[test]
fn pruning_loses_no_outcome() {
    let asked_for = env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok());
    let config = Config {
        cases: asked_for.unwrap_or(100),
        rng_seed: RngSeed::Random,
        failure_persistence: None, // the printed program is enough
        ..Config::default()
    };
    let (compared, saved, ends) = (Cell::new(0), Cell::new(0), Cell::new(0));
    let result = TestRunner::new(config).run(&vec(vec(step(), 3..7), 2..4), |program| {
        let Some((all, unpruned)) = outcomes(&program, &Explorer::new().budget(1_000)) else { return Ok(()) };
        let (some, pruned) = outcomes(&program, &Explorer::new().pruned()).expect("these are fewer");
        compared.set(compared.get() + 1);
        saved.set(saved.get() + unpruned.schedules - pruned.schedules);
        ends.set(ends.get() + all.len());
        proptest::prop_assert_eq!(some, all);
        Ok(())
    });
    match result {
        Ok(()) => {}
        Err(TestError::Fail(reason, program)) => panic!("{program:#?}\n{reason}"),
        Err(TestError::Abort(reason)) => panic!("no program could be drawn: {reason}"),
    }
    println!("{} programs, {} outcomes, {} schedules left out", compared.get(), ends.get(), saved.get());
    assert!(
        ends.get() > compared.get() + 5 && saved.get() > 100,
        "the random programs are too simple to show anything"
    );
}

/// The orders in which three tasks of three turns can end: all, with and without pruning, though pruning runs a tenth.
#[test]
fn three_gathered_tasks_end_in_as_many_orders() {
    let ends = |explorer: &Explorer| {
        let orders = RefCell::new(HashSet::new());
        let program = async || {
            let ended = Shared::new("ended", Vec::new());
            let tasks = (0..3).map(|task| {
                let ended = ended.clone();
                async move {
                    for _ in 1..3 {
                        ExploredLoop::yield_now().await;
                    }
                    ended.change(|ended| ended.push(task));
                }
            });
            assert!(gather::<ExploredLoop, _>(tasks).await.iter().all(Result::is_ok));
            orders.borrow_mut().insert(ended.get());
        };
        let done = explorer.check(|_| program()).expect("nothing fails");
        assert!(done.is_complete);
        (orders.into_inner(), done.schedules)
    };
    let (all, unpruned) = ends(&Explorer::new());
    let (some, pruned) = ends(&Explorer::new().pruned());
    println!("{unpruned} schedules without pruning, {pruned} with it");
    assert_eq!(all.len(), 6, "3! orders: {all:?}");
    assert_eq!(some, all);
    assert!(pruned < unpruned / 10, "{pruned} of {unpruned}");
}

#[test]
fn what_is_shared_and_not_noted_is_lost() {
    let program = |is_noted: bool| {
        move |event_loop: paintdry_generator::EventLoop| async move {
            let order = Rc::new(RefCell::new(Vec::new()));
            let tasks = ["a", "b"].map(|name| {
                let order = Rc::clone(&order);
                let task = async move {
                    for _ in 0..2 {
                        if is_noted {
                            touch("order");
                        }
                        order.borrow_mut().push(name);
                        paintdry_generator::yield_now().await;
                    }
                    touch(name);
                };
                (name, event_loop.create_task(task).expect("the loop is open"))
            });
            for (name, task) in tasks {
                touching(name, task).await.expect("it does not panic");
            }
            assert_ne!(*order.borrow(), ["b", "a", "a", "b"]);
        }
    };
    assert!(Explorer::new().check(program(false)).is_err());
    assert!(Explorer::new().pruned().check(program(true)).is_err());
    assert!(Explorer::new().pruned().check(program(false)).is_ok(), "the documentation warns of this");
}
