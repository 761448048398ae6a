//! That the suite quotes the trait and not a memory of it. That checks fail as they should is shown with
//! runtimes that have one fault each, in `crates/own-runtime/tests/faults`.

use super::erased::Erased;
use super::run::Suite;
use super::{Broken, PanicInDrop, message};
use paintdry_core::RUNTIME_TEXT;

#[test]
fn every_check_quotes_the_documentation_of_the_trait() {
    let docs = RUNTIME_TEXT.lines().filter_map(|line| line.trim().strip_prefix("///"));
    let docs = docs.map(str::trim).collect::<Vec<_>>().join(" ");
    let suites = [Suite::Conforms, Suite::Faults(PanicInDrop::IsCaught), Suite::Load(1)];
    let checks: Vec<_> = suites.into_iter().flat_map(Suite::checks::<Erased<false>>).collect();
    assert!(checks.len() > 30, "they were found");
    for check in checks {
        assert!(
            docs.contains(check.trait_says),
            "`{}` is not what the trait says: {}",
            check.promise,
            check.trait_says
        );
    }
}

#[test]
fn a_message_says_which_promise_what_happened_who_ran_and_where_to_look() {
    let log = vec!["   0.001 ms  task 0 runs".to_owned()];
    let broken = Broken {
        promise: "a task ends",
        trait_says: "It ends.",
        happened: "it ran on".to_owned(),
        log,
        look_at: "the end",
    };
    let expected = "a task ends\n  the trait says: “It ends.”\n  but it ran on\n  the event log:\n       0.001 ms  task 0 runs\n  where to look: the end";
    assert_eq!(broken.to_string(), expected);
    let silent = Broken { log: Vec::new(), ..broken };
    assert!(silent.to_string().contains("the event log: nobody did anything\n"));
}

#[test]
fn of_many_broken_promises_the_first_are_shown_in_full() {
    let promises = ["p1", "p2", "p3", "p4", "p5"];
    let broken = promises.map(|promise| Broken {
        promise,
        trait_says: "",
        happened: format!("{promise} broke"),
        log: Vec::new(),
        look_at: "",
    });
    let all = message("own", &broken);
    assert!(all.starts_with("`own` breaks 5 of the promises of `Runtime`\n\n1. p1\n"), "{all}");
    assert!(all.contains("p3 broke") && !all.contains("p4 broke"), "{all}");
    assert!(all.ends_with("\n\n4. p4\n5. p5\n\nBegin with the first: it may be why the others are broken.\n"), "{all}");
    assert!(!message("own", &broken[..1]).contains("Begin with the first"));
}
