//! Every contender of the groups in which timers, futures and tasks are cancelled does the work that is demanded.

use super::*;
use crate::contender::Fault;
use crate::job::Job;
use crate::prove::prove;
use crate::through_trait::contender_on;

/// The runtimes that are built in.
const RUNTIMES: [&str; 6] = ["generator", "tokio", "tokio-multi", "async-std", "smol", "smol-global"];

/// The names of the rows that did the job, once counted and once timed, and of the others.
fn proved(id: &str) -> (Vec<String>, Vec<String>) {
    let planned = all(Size::Small).into_iter().find(|group| group.id == id).expect("it is a group");
    let group = planned.build(&[]);
    assert!(group.contenders.iter().any(|it| it.name == group.floor), "{id}");
    for name in group.pairs.iter().flat_map(|(one, other)| [one, other]) {
        assert!(group.contenders.iter().any(|it| it.name == *name), "{id} has a pair with {name}");
    }
    let (mut present, mut absent) = (Vec::new(), Vec::new());
    for contender in &group.contenders {
        let name = contender.name.clone();
        match prove(contender, &group.job) {
            Ok(()) => {
                let pass = contender.time().map(|pass| pass.results);
                assert_eq!(pass, Ok(group.job.demands().results), "{name} in {id}");
                present.push(name);
            }
            Err(Fault::Absent(_)) => absent.push(name),
            Err(fault) => panic!("{name} in {id}: {fault}"),
        }
    }
    (present, absent)
}

/// Neither depends on the machine and its Python.
fn is_always(name: &String) -> bool {
    !name.starts_with("Python") && !["compio", "monoio"].contains(&&**name)
}

#[test]
fn limits_and_selects_are_the_same_work_on_every_runtime() {
    for id in ["timeouts", "select"] {
        let (present, absent) = proved(id);
        for runtime in RUNTIMES {
            assert!(present.contains(&runtime.to_owned()), "{runtime} in {id}");
            assert!(present.contains(&format!("{runtime} by hand")), "{runtime} by hand in {id}");
        }
        assert!(!absent.iter().filter(|name| is_always(name)).any(|name| name.contains("by hand")), "{absent:?}");
    }
}

#[test]
fn every_cancelled_task_is_dropped_on_every_runtime() {
    let (present, _) = proved("cancel");
    for runtime in RUNTIMES {
        assert!(present.contains(&runtime.to_owned()), "{runtime}");
    }
}

#[test]
fn a_newcomer_is_cancelled_by_drop_or_not_at_all() {
    let job = Job::Cancels { tasks: 9 };
    assert_eq!(prove(&contender_on::<paintdry_smol::Local>(job, ""), &job), Ok(()));
    let fault = prove(&contender_on::<paintdry_tokio::CurrentThread>(job, ""), &job);
    assert!(matches!(fault, Err(Fault::Absent(_))), "{fault:?}");
}

#[test]
fn a_limit_that_is_reached_is_refused() {
    let job = Job::Timeouts(Timeouts { tasks: 2, rounds: 3, shortest: Duration::ZERO });
    // The select of the trait's form polls the yield first, so a limit of zero comes first only where a sleep of zero is ready at once.
    let contender = contender_on::<paintdry_smol::Local>(job, "");
    assert_eq!(contender.time().map_err(|fault| fault.to_string()), Err("refused: a limit was reached".to_owned()));
}

#[test]
fn every_group_has_the_same_name_in_both_sizes() {
    let ids = |size| all(size).into_iter().map(|group| group.id).collect::<Vec<_>>();
    assert_eq!(ids(Size::Large), ids(Size::Small));
}

#[test]
fn all_contenders_hand_closures_to_threads_and_read_files_except_those_that_may_not() {
    for id in ["blocking-1", "blocking-100", "files"] {
        let (_, absent) = proved(id);
        assert!(!absent.iter().any(is_always), "{absent:?} in {id}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_group_pins_the_threads_that_its_contenders_start_and_this_one_is_home_again() {
    let cores = || crate::pin::cores_of_this_thread().expect("Linux tells");
    let before = cores();
    let (_, absent) = proved("wake-same-core");
    assert_eq!(cores(), before);
    // Another test may have started the threads of the process.
    let of_the_process = ["async-std", "async-std by hand", "smol-global"];
    assert!(absent.iter().all(|name| of_the_process.contains(&&**name)), "{absent:?}");
}
