//! `amap` is `Iterator::map`, for any function and sequence, on every runtime; and it yields once for each item.

use crate::hold::holds;
use futures::channel::oneshot;
use paintdry_core::{Runtime, amap, gather};
use proptest::collection::vec;
use proptest::prelude::{Strategy, any, prop_oneof};
use std::fmt::Debug;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};

/// A function to map. `Count` remembers its calls: it shows the order in which the items come.
#[derive(Debug, Clone, Copy)]
enum Function {
    Add(i64),
    Times(i64),
    Remainder(i64),
    Constant(i64),
    Count(i64),
}

impl Function {
    fn to_call(self) -> impl FnMut(i64) -> i64 + Send + 'static {
        let mut calls = 0;
        move |item| match self {
            Self::Add(n) => item.wrapping_add(n),
            Self::Times(n) => item.wrapping_mul(n),
            Self::Remainder(n) => item.checked_rem(n).unwrap_or(item),
            Self::Constant(n) => n,
            Self::Count(n) => {
                calls += 1;
                item.rotate_left(calls) ^ n
            }
        }
    }
}

/// The function and the sequence of each task.
type Jobs = Vec<(Function, Vec<i64>)>;

fn jobs() -> impl Strategy<Value = Jobs> {
    let function = prop_oneof![
        any::<i64>().prop_map(Function::Add),
        any::<i64>().prop_map(Function::Times),
        any::<i64>().prop_map(Function::Remainder),
        any::<i64>().prop_map(Function::Constant),
        any::<i64>().prop_map(Function::Count),
    ];
    vec((function, vec(any::<i64>(), 0..300)), 1..4)
}

fn expect<T: PartialEq + Debug>(what: &str, found: &T, expected: &T) -> Result<(), String> {
    if found == expected { Ok(()) } else { Err(format!("{what} should be {expected:?} and is {found:?}")) }
}

fn maps<R: Runtime>(runtime: &R, jobs: &Jobs) -> Result<(), String> {
    let yields = Arc::new(AtomicUsize::new(0));
    let (mut tasks, mut futures) = (Vec::new(), Vec::new());
    for (function, sequence) in jobs.clone() {
        let (promise, future) = oneshot::channel();
        let yields = Arc::clone(&yields);
        let yield_now = move || {
            yields.fetch_add(1, SeqCst);
            R::yield_now()
        };
        tasks.push(amap(promise, function.to_call(), sequence, yield_now));
        futures.push(future);
    }
    let ended = runtime.run_until_complete(gather::<R, _>(tasks));
    expect("the ends of the tasks", &ended, &vec![Ok(()); jobs.len()])?;
    let items = jobs.iter().map(|(_, sequence)| sequence.len()).sum();
    expect("the number of yields", &yields.load(SeqCst), &items)?;
    for ((function, sequence), mut future) in jobs.iter().zip(futures) {
        let expected = sequence.iter().copied().map(function.to_call()).collect();
        expect("what stands on the promise", &future.try_recv(), &Ok(Some(expected)))?;
    }
    Ok(())
}

fn on<R: Runtime>() {
    let runtime = R::start();
    holds(&jobs(), 100, |jobs| maps(&runtime, jobs));
}

#[test]
fn on_the_generator_loop() {
    on::<paintdry_generator::EventLoop>();
}

#[test]
fn on_tokio() {
    on::<paintdry_tokio::CurrentThread>();
    on::<paintdry_tokio::MultiThread>();
}

#[test]
fn on_async_std() {
    on::<paintdry_async_std::Global>();
}

#[test]
fn on_smol() {
    on::<paintdry_smol::Local>();
    on::<paintdry_smol::Global>();
}
