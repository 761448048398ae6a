//! Every peer does the work that is demanded, or is absent for a reason that is known.

use super::*;
use crate::contender::Fault;
use crate::job::{Blocking, Files, Locks, Mpsc, Oneshots, Timers};
use std::time::Duration;

/// The rows that did a pass, which is then timed, and the others with their reason.
fn proved(job: &Job) -> (Vec<String>, Vec<(String, String)>) {
    let (mut present, mut absent) = (Vec::new(), Vec::new());
    for contender in contenders(job) {
        let name = contender.name.clone();
        match contender.count() {
            Ok(work) => {
                assert_eq!(work, job.demands(), "{name} at {job:?}");
                assert_eq!(contender.time().map(|pass| pass.results), Ok(work.results), "{name} at {job:?}");
                present.push(name);
            }
            Err(Fault::Absent(reason)) => absent.push((name, reason)),
            Err(fault) => panic!("{name} at {job:?}: {fault}"),
        }
    }
    (present, absent)
}

#[test]
fn all_contenders_yield_and_spawn_except_those_that_may_not() {
    for job in [Job::Yields { tasks: 3, items: 5 }, Job::Yields { tasks: 1, items: 0 }, Job::Spawns { tasks: 7 }] {
        let (present, absent) = proved(&job);
        assert_eq!(present[..3], ["futures LocalPool", "genawaiter", "corosensei"]);
        assert_eq!(present.len() + absent.len(), 5);
        for (name, reason) in absent {
            assert!(["compio", "monoio"].contains(&&*name), "{name}: {reason}");
            assert!(reason.starts_with("it "), "{name}: {reason}");
        }
    }
}

#[test]
fn a_contender_with_wakers_has_channels_and_a_mutex() {
    let jobs = [
        Job::Oneshots(Oneshots { pairs: 3, round_trips: 5 }),
        Job::Mpsc(Mpsc { producers: 1, messages: 200, capacity: 64 }),
        Job::Mpsc(Mpsc { producers: 3, messages: 50, capacity: 4 }),
        Job::Locks(Locks { tasks: 4, locks: 5 }),
    ];
    for job in jobs {
        let (present, absent) = proved(&job);
        assert_eq!(present[0], "futures LocalPool");
        let variants = usize::from(present.contains(&"compio with synchrony's Mutex".to_owned()));
        assert_eq!(variants, usize::from(matches!(job, Job::Locks(_)) && present.contains(&"compio".to_owned())));
        assert_eq!(present.len() + absent.len(), 5 + variants);
        for name in ["genawaiter", "corosensei"] {
            let reason = absent.iter().find(|(absent, _)| absent == name).map(|(_, reason)| reason);
            assert!(reason.is_some_and(|reason| reason.contains("no wakers")), "{absent:?}");
        }
    }
}

#[test]
fn a_contender_with_timers_is_not_early() {
    let job = Job::Timers(Timers { sleepers: 9, shortest: Duration::from_micros(2_345) });
    let (present, absent) = proved(&job);
    assert_eq!(present.len() + absent.len(), 5);
    let no_timers: Vec<_> = absent.iter().filter(|(_, reason)| reason == "it has no timers").collect();
    assert_eq!(no_timers.len(), 3, "{absent:?}");
}

#[test]
fn a_stack_for_each_of_many_tasks_is_not_tried() {
    let contenders = contenders(&Job::Spawns { tasks: 100_000 });
    let corosensei = contenders.iter().find(|contender| contender.name == "corosensei").expect("it is a peer");
    assert!(matches!(corosensei.count(), Err(Fault::Absent(reason)) if reason.contains("memory maps")));
}

#[cfg(feature = "groups")]
#[test]
fn a_contender_with_sockets_echoes() {
    use crate::job::Echo;
    for interval in [None, Some(Duration::from_micros(50))] {
        let (present, absent) = proved(&Job::Echo(Echo { connections: 3, messages: 7, interval }));
        assert_eq!(present.len() + absent.len(), 2);
        for (name, reason) in absent {
            assert!(reason.starts_with("it "), "{name}: {reason}");
        }
    }
}

/// A pool whose size we chose, or a lock that we made, says nothing of how the runtime is when its users take it as it is.
#[test]
fn a_row_with_a_choice_of_ours_is_no_full_runtime() {
    let jobs = [Job::Blocking(Blocking { calls: 20, at_once: 5 }), Job::Locks(Locks { tasks: 4, locks: 5 })];
    for job in jobs {
        for contender in contenders(&job) {
            let is_ours = contender.name.starts_with("monoio");
            assert!(!(is_ours && contender.is_full), "{contender:?}");
        }
    }
}

#[test]
fn a_file_is_read_whole_by_a_read_of_its_size() {
    let (present, absent) = proved(&Job::Files(Files { tasks: 3, reads: 4 }));
    assert!(absent.iter().all(|(name, _)| ["compio", "monoio"].contains(&name.as_str())), "{absent:?}");
    let has = |name: &str| present.iter().any(|row| row == name);
    assert_eq!(has("compio, a sized read"), has("compio"), "{present:?}");
}

#[test]
fn other_groups_have_no_peers() {
    assert!(contenders(&Job::Starts { times: 1 }).is_empty());
}
