//! "All orders" is exact: their number is known, and no two are the same.

use paintdry_core::Runtime;
use paintdry_explore::{Explored, ExploredLoop, Explorer};
use paintdry_generator::{EventLoop, yield_now};
use std::cell::{Cell, RefCell};
use std::collections::HashSet;
use std::rc::Rc;

/// Explores `tasks` tasks of `turns` turns; the last one to end lets the main task continue. Returns the orders of their
/// turns as well.
fn orders(tasks: u32, turns: u32) -> (Explored, HashSet<Vec<u32>>) {
    let orders = RefCell::new(HashSet::new());
    let program = async |event_loop: EventLoop| {
        let (order, left) = (Rc::new(RefCell::new(Vec::new())), Rc::new(Cell::new(tasks)));
        let (promise, all_have_ended) = event_loop.create_future();
        let promise = Rc::new(promise);
        for task in 0..tasks {
            let (order, left, promise) = (Rc::clone(&order), Rc::clone(&left), Rc::clone(&promise));
            let worker = async move {
                for turn in 1..=turns {
                    order.borrow_mut().push(task);
                    if turn < turns {
                        yield_now().await;
                    }
                }
                left.set(left.get() - 1);
                if left.get() == 0 {
                    promise.set_result(()).expect("there is one last task");
                }
            };
            drop(event_loop.create_task(worker).expect("the loop is open"));
        }
        all_have_ended.await.expect("the promise is kept");
        orders.borrow_mut().insert(order.borrow().clone());
    };
    let explored = Explorer::new().check(program).expect("nothing fails");
    (explored, orders.into_inner())
}

#[test]
fn the_orders_of_n_tasks_of_m_turns_are_as_many_as_there_are() {
    // (n m)! / (m!)^n
    for (tasks, turns, expected) in
        [(1, 4, 1), (4, 1, 24), (2, 3, 20), (2, 4, 70), (3, 2, 90), (3, 3, 1680), (4, 2, 2520)]
    {
        let (explored, orders) = orders(tasks, turns);
        assert_eq!(explored.schedules, expected, "{tasks} tasks of {turns} turns");
        assert_eq!(orders.len() as u64, expected, "no two schedules of {tasks} tasks of {turns} turns are alike");
        assert!(explored.is_complete && explored.pruned == 0);
    }
}

/// The explorer knows which tasks are ready at each turn. (Checking all of them at each turn would take an hour.)
#[test]
fn a_program_of_many_ready_tasks_is_run_soon() {
    let program = |_| async {
        let tasks = (0..100_000).map(|_| ExploredLoop::spawn(ExploredLoop::yield_now()));
        for task in tasks.collect::<Vec<_>>() {
            task.await.expect("no task panics");
        }
    };
    let explored =
        Explorer::new().budget(1).pruned().patience(1_000_000).depth(1_000_000).check(program).expect("nothing fails");
    assert!(explored.turns > 200_000, "{explored:?}");
}
