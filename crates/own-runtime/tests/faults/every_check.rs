//! Every check of the suites can fail: some fault breaks it.

use crate::faulty::Faulty;
use crate::named::DOES_NOT_START;
use crate::surviving::{LIMIT, broken_by_any};
use crate::{Suite, TRIED, around, moments, pairs};
use paintdry_conformance::{Broken, PanicInDrop, broken_promises, broken_under_faults, broken_under_load};
use std::collections::BTreeSet;

/// A runtime that cannot be started, and so breaks every promise.
type Unstartable = Faulty<DOES_NOT_START>;

/// Code that breaks these does not compile: the compiler checks them before the suite does.
const CHECKED_BY_THE_COMPILER: [&str; 1] = ["run_until_complete takes a future that borrows from its caller"];

fn promises(broken: impl IntoIterator<Item = Broken>) -> BTreeSet<&'static str> {
    broken.into_iter().map(|broken| broken.promise).collect()
}

#[test]
fn each_check_is_broken_by_some_fault() {
    let mut all = promises(broken_promises::<Unstartable>(LIMIT));
    all.extend(promises(broken_under_faults::<Unstartable>(PanicInDrop::IsCaught, LIMIT)));
    all.extend(promises(broken_under_load::<Unstartable>(1, LIMIT)));
    assert!(all.len() > 50, "{all:#?}");
    let mut broken = promises(broken_by_any());
    let around = around::TRIED.iter().filter(|(fault, _)| fault.number != DOES_NOT_START);
    broken.extend(around.flat_map(|(_, broken)| broken).map(|broken| broken.promise));
    broken.extend(moments::BROKEN_BY_EACH.iter().chain(&*pairs::BROKEN_BY_EACH).flatten().map(|broken| broken.promise));
    broken.extend(TRIED.iter().flat_map(Suite::broken).map(|broken| broken.promise));
    let unbroken: Vec<_> = all.difference(&broken).collect();
    assert_eq!(unbroken, CHECKED_BY_THE_COMPILER.iter().collect::<Vec<_>>(), "write a fault that breaks them");
}
