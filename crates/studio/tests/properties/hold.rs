//! Trying a property on cases that are drawn at random, and saying in what small case it does not hold.

use proptest::strategy::Strategy;
use proptest::test_runner::{Config, RngSeed, TestCaseError, TestError, TestRunner};
use std::env;
use std::fmt::Debug;
use std::hash::{BuildHasher, RandomState};

/// How many cases are tried: as many as `PROPTEST_CASES` says, or else `usual`.
fn cases(usual: u32) -> u32 {
    env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(usual)
}

/// The seed that `PROPTEST_RNG_SEED` gives, or another one each time.
fn seed() -> u64 {
    let given = env::var("PROPTEST_RNG_SEED").ok().and_then(|seed| seed.parse().ok());
    given.unwrap_or_else(|| RandomState::new().hash_one("a case"))
}

/// A small case in which the property does not hold, and why; `None` if it holds in all that were tried.
pub(crate) fn counterexample<T: Debug>(
    strategy: &impl Strategy<Value = T>,
    cases: u32,
    seed: u64,
    property: impl Fn(&T) -> Result<(), String>,
) -> Option<(T, String)> {
    let config = Config {
        cases,
        rng_seed: RngSeed::Fixed(seed),
        failure_persistence: None, // the case is printed, and small enough to become a test of its own
        max_shrink_time: 120_000,
        ..Config::default()
    };
    let tried = TestRunner::new(config).run(strategy, |case| property(&case).map_err(TestCaseError::fail));
    match tried {
        Ok(()) => None,
        Err(TestError::Fail(reason, case)) => Some((case, reason.to_string())),
        Err(TestError::Abort(reason)) => panic!("no case could be drawn: {reason}"),
    }
}

/// Fails with a small case if there is one in which the property does not hold.
pub(crate) fn holds<T: Debug>(
    strategy: &impl Strategy<Value = T>,
    usual_cases: u32,
    property: impl Fn(&T) -> Result<(), String>,
) {
    let seed = seed();
    if let Some((case, reason)) = counterexample(strategy, cases(usual_cases), seed, property) {
        panic!("it does not hold for\n{case:?}\n{reason}\nAgain with PROPTEST_RNG_SEED={seed}.");
    }
}
