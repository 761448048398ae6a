//! Hostile programs: destructors and texts that panic, and programs that change between runs.

use crate::{failure, readable};
use paintdry_core::{Runtime, gather};
use paintdry_explore::{CheckError, Explored, ExploredLoop, Explorer, Schedule, Shared, Why, note};
use paintdry_studio::EventKind;
use std::cell::Cell;
use std::fmt;
use std::future::pending;
use std::panic::{AssertUnwindSafe, catch_unwind, panic_any};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::thread;

/// Panics when dropped.
struct Bomb;

impl Drop for Bomb {
    fn drop(&mut self) {
        panic!("dropped");
    }
}

/// The last turn was that of a task that has ended, and nothing of it may follow.
#[test]
fn a_panic_after_all_turns_leaves_a_recording_that_can_be_read() {
    let found = failure(Explorer::new().check_blocking(|| {
        ExploredLoop::start().run_until_complete(async {});
        panic!("too late");
    }));
    assert!(matches!(&found.why, Why::Panicked { message, .. } if message == "too late"), "{found}");
    let run = &readable(&found).runs[0];
    assert_eq!(run.events.last().map(|event| &event.what), Some(&EventKind::Complete));
    assert!(run.error.as_deref().is_some_and(|error| error.contains("too late")), "{:?}", run.error);
}

/// Asserts that its task ended.
struct MustEnd(bool);

impl Drop for MustEnd {
    fn drop(&mut self) {
        assert!(self.0 || thread::panicking(), "dropped before its end");
    }
}

async fn guarded() {
    let mut guard = MustEnd(false);
    for _ in 0..2 {
        ExploredLoop::yield_now().await;
    }
    guard.0 = true;
}

async fn two_turns() {
    ExploredLoop::yield_now().await;
}

#[test]
fn a_payload_whose_destructor_panics_is_a_panic_as_any_other() {
    let message = "a value that is not a message";
    let of_main = failure(Explorer::new().check(|_| async { panic_any(Bomb) }));
    assert!(matches!(&of_main.why, Why::Panicked { task, message: said, place: Some(place) }
        if task == "main" && said == message && place.contains("hostile.rs:")));
    let of_task = failure(Explorer::new().check(|_| async {
        let ended: Result<(), _> = ExploredLoop::spawn(async { panic_any(Bomb) }).await;
        drop(ended);
    }));
    assert!(matches!(&of_task.why, Why::Panicked { task, message: said, .. } if task == "task 2" && said == message));
    let blocking =
        failure(Explorer::new().check_blocking(|| ExploredLoop::start().run_until_complete(async { panic_any(Bomb) })));
    assert!(matches!(&blocking.why, Why::Panicked { message: said, .. } if said == message));
}

#[test]
fn an_error_may_panic_when_it_is_displayed_and_when_it_is_dropped() {
    struct Hostile(Bomb);
    impl fmt::Display for Hostile {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            let Self(Bomb) = self;
            write!(f, "no paint")?;
            panic!("and no words")
        }
    }
    let found = failure(Explorer::new().check(|_| async { Err::<(), _>(Hostile(Bomb)) }));
    assert_eq!(found.why, Why::Ended { error: "no paint(here its text panics: and no words)".to_owned() });
    assert_eq!(found.turns[0].did, ["ends"]);
}

#[test]
fn what_fails_once_and_not_again_depends_on_something_else() {
    let runs = Cell::new(0);
    let panics = Explorer::new().check(|_| {
        runs.set(runs.get() + 1);
        let is_second = runs.get() == 2;
        async move {
            gather::<ExploredLoop, _>([two_turns(), two_turns()]).await;
            assert!(!is_second, "flaky");
        }
    });
    let Err(CheckError::FailedOnce { why: Why::Panicked { task, message, .. }, schedule }) = &panics else {
        panic!("{panics:?}")
    };
    assert_eq!((task.as_str(), message.as_str(), schedule.departures()), ("main", "flaky", 1));
    let text = panics.unwrap_err().to_string();
    assert!(text.contains("passes when it is run again") && text.contains("main panics"), "{text}");

    runs.set(0);
    let errs = Explorer::new().check(|_| {
        runs.set(runs.get() + 1);
        let is_first = runs.get() == 1;
        async move { if is_first { Err("once") } else { Ok(()) } }
    });
    assert!(matches!(&errs, Err(CheckError::FailedOnce { why: Why::Ended { error }, .. }) if error == "once"));
}

#[test]
fn a_run_with_fewer_choices_than_before_is_not_the_same_program() {
    let runs = Cell::new(0);
    let result = Explorer::new().check(|_| {
        runs.set(runs.get() + 1);
        let tasks = if runs.get() == 1 { 3 } else { 0 };
        async move {
            gather::<ExploredLoop, _>((0..tasks).map(|_| two_turns())).await;
        }
    });
    assert!(matches!(result, Err(CheckError::NotRepeatable { choice: 1 })), "{result:?}");
}

#[test]
fn an_exploration_without_a_turn_does_not_pass() {
    let results = [
        Explorer::new().budget(0).check(|_| async { panic!("never seen") }),
        Explorer::new().budget(0).seed(1).check(|_| async {}),
        Explorer::new().patience(0).check(|_| async {}),
        Explorer::new().check_blocking(|| {}),
    ];
    for result in results {
        let Err(error @ CheckError::NothingTried) = result else { panic!("{result:?}") };
        assert!(error.to_string().contains("give a budget and a patience of at least 1"), "{error}");
    }
}

/// When a run is given up, its tasks are dropped half-way.
#[test]
fn what_is_dropped_with_a_run_that_is_given_up_may_panic() {
    let all = |explorer: Explorer| {
        explorer.check(|_| async {
            gather::<ExploredLoop, _>([guarded(), guarded()]).await;
        })
    };
    let (unpruned, pruned) = (all(Explorer::new()).unwrap(), all(Explorer::new().pruned()).unwrap());
    assert!(unpruned.is_complete && pruned.is_complete && pruned.pruned > 0, "{unpruned:?} {pruned:?}");
    let main = Explorer::new().pruned().check(|_| async {
        let mut guard = MustEnd(false);
        gather::<ExploredLoop, _>([two_turns(), two_turns(), two_turns()]).await;
        guard.0 = true;
    });
    assert!(main.unwrap().pruned > 0);

    let starved = failure(Explorer::new().patience(20).check(|_| async {
        let _guard = MustEnd(false);
        loop {
            ExploredLoop::yield_now().await;
        }
    }));
    assert!(matches!(&starved.why, Why::Starved { .. }), "{starved}");
    assert_eq!(starved.turns[19].did, ["yields"]);
    let stuck = failure(Explorer::new().check(|_| async {
        let _guard = MustEnd(false);
        pending::<()>().await;
    }));
    assert!(matches!(&stuck.why, Why::Stuck { .. }), "{stuck}");
}

/// Panics when polled, and when dropped.
struct PanicsTwice(Bomb);

impl Future for PanicsTwice {
    type Output = ();

    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        let Self(Bomb) = *self;
        panic!("the first")
    }
}

#[test]
fn a_panic_is_where_it_began_though_others_follow() {
    let found = failure(Explorer::new().check(|event_loop| async move {
        drop(ExploredLoop::spawn(async {
            let _guard = Bomb;
            pending::<()>().await;
        }));
        let task = event_loop.create_task(PanicsTwice(Bomb)).unwrap();
        task.await.unwrap();
    }));
    let Why::Panicked { message, place, .. } = &found.why else { panic!("{found}") };
    assert_eq!(message, "the first");
    let line = include_str!("hostile.rs").lines().position(|line| line.contains("panic!(\"the first\")")).unwrap() + 1;
    assert!(place.as_ref().is_some_and(|place| place.ends_with(&format!("hostile.rs:{line}"))), "{place:?}");
}

/// Reads the pot that it is in.
#[derive(Clone)]
struct Lid(Option<Shared<Lid>>);
impl fmt::Debug for Lid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "on a pot {:?}", self.0.as_ref().map(|pot| pot.get().0.is_some()))
    }
}
impl Drop for Lid {
    fn drop(&mut self) {
        if let Some(pot) = &self.0 {
            note(format_args!("drops beside {pot:?}"));
        }
    }
}

#[test]
fn a_shared_value_that_is_used_in_its_own_change_is_a_failure() {
    let found = failure(Explorer::new().check(|_| async {
        let paint = Shared::new("paint", 1);
        paint.change(|left| *left += paint.get());
    }));
    let Why::Panicked { message, .. } = &found.why else { panic!("{found}") };
    assert_eq!(message, "`paint` is used while it is changed or displayed: use the value that `change` hands out");

    let found = failure(Explorer::new().check(|_| async {
        let pot = Shared::new("pot", Lid(None));
        let shown = pot.change(|lid| {
            lid.0 = Some(pot.clone());
            format!("{pot:?}")
        });
        note(&shown);
        pot.set(Lid(None));
        panic!("the end");
    }));
    assert!(matches!(&found.why, Why::Panicked { message, .. } if message == "the end"), "{found}");
    let did = &found.turns[0].did;
    assert!(did[0].starts_with("changes pot to (here its text panics: `pot` is used while"), "{did:?}");
    assert_eq!(
        did[1..],
        ["pot (being changed)", "sets pot to on a pot None", "drops beside pot on a pot None", "panics"]
    );
}

#[test]
fn a_schedule_under_which_the_program_fails_early_shows_that() {
    let schedule = Schedule::new(vec![0, 1, 1, 1]);
    let found = failure(Explorer::new().seed(schedule).check(|_| async {
        gather::<ExploredLoop, _>([two_turns(), two_turns()]).await;
        panic!("early");
    }));
    assert!(matches!(found.why, Why::Panicked { .. }));
}

async fn endless() {
    loop {
        ExploredLoop::yield_now().await;
    }
}

/// Random orders depart from the loop's own again and again. If they always did, no program would ever count as starved.
#[test]
fn an_endless_program_starves_in_random_orders_of_any_depth() {
    let found = failure(Explorer::new().depth(usize::MAX).patience(1_000).seed(1).check(|_| async {
        drop(ExploredLoop::spawn(endless()));
        endless().await;
    }));
    assert!(matches!(found.why, Why::Starved { turns: 1_000, .. }), "{found}");
}

#[test]
fn an_explored_loop_outside_of_an_exploration_says_where_it_belongs() {
    let alone = catch_unwind(AssertUnwindSafe(|| ExploredLoop::start().run_until_complete(async {})));
    let message = paintdry_core::TaskError::panic_message(&*alone.unwrap_err());
    assert!(message.contains("start it in the program that `check_blocking` is given"), "{message}");
}

#[test]
fn a_watcher_that_panics_ends_the_check() {
    let watch = |_: &Explored| panic!("seen enough");
    let program = |_| async {
        gather::<ExploredLoop, _>([two_turns(), two_turns()]).await;
    };
    let watched = catch_unwind(AssertUnwindSafe(|| Explorer::new().check_watched(program, watch)));
    assert!(watched.is_err());
    assert!(Explorer::new().check(program).unwrap().is_complete);
}
