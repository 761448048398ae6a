//! Every check of the suites can fail: some fault breaks it.

use crate::surviving::broken_by_any;
use crate::{Suite, TRIED, contract, threads};
use paintdry_conformance::{Broken, PanicInDrop, broken_promises, broken_under_faults, broken_under_load};
use paintdry_core::Runtime;
use paintdry_own_runtime::OwnRuntime;
use std::collections::BTreeSet;
use std::time::Duration;

/// A runtime that cannot be started, and so breaks every promise.
struct Unstartable;

impl Runtime for Unstartable {
    const NAME: &'static str = "unstartable";

    type Task<T: Send + 'static> = <OwnRuntime as Runtime>::Task<T>;

    fn start() -> Self {
        std::panic::resume_unwind(Box::new("it does not start")) // which prints nothing, unlike `panic!`
    }

    fn threads(&self) -> usize {
        0
    }

    fn run_until_complete<F: Future>(&self, future: F) -> F::Output {
        OwnRuntime::start().run_until_complete(future)
    }

    fn spawn<F: Future<Output: Send + 'static> + Send + 'static>(
        future: F,
    ) -> <OwnRuntime as Runtime>::Task<F::Output> {
        OwnRuntime::spawn(future)
    }

    fn sleep(duration: Duration) -> impl Future<Output = ()> + Send + 'static {
        OwnRuntime::sleep(duration)
    }

    fn yield_now() -> impl Future<Output = ()> + Send + 'static {
        OwnRuntime::yield_now()
    }
}

/// Code that breaks these does not compile: the compiler checks them before the suite does.
const CHECKED_BY_THE_COMPILER: [&str; 1] = ["run_until_complete takes a future that borrows from its caller"];

fn promises(broken: impl IntoIterator<Item = Broken>) -> BTreeSet<&'static str> {
    broken.into_iter().map(|broken| broken.promise).collect()
}

#[test]
fn each_check_is_broken_by_some_fault() {
    const LIMIT: Duration = Duration::from_secs(3);
    let mut all = promises(broken_promises::<Unstartable>(LIMIT));
    all.extend(promises(broken_under_faults::<Unstartable>(PanicInDrop::IsCaught, LIMIT)));
    all.extend(promises(broken_under_load::<Unstartable>(1, LIMIT)));
    assert!(all.len() > 50, "{all:#?}");
    let mut broken = promises(broken_by_any());
    broken.extend(promises(contract::broken_by_each().into_iter().flat_map(|(_, broken)| broken)));
    broken.extend(promises(threads::broken_by_each().into_iter().flatten()));
    broken.extend(TRIED.iter().flat_map(Suite::broken).map(|broken| broken.promise));
    let unbroken: Vec<_> = all.difference(&broken).collect();
    assert_eq!(unbroken, CHECKED_BY_THE_COMPILER.iter().collect::<Vec<_>>(), "write a fault that breaks them");
}
