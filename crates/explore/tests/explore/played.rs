//! One run, choice by choice: the same as the explorer's, stopped where a reader is to choose.

use paintdry_core::Runtime;
use paintdry_explore::programs::{lost_update, two_locks};
use paintdry_explore::{CheckError, Choice, Ended, ExploredLoop, Explorer, Play, Played, Then, Why};
use paintdry_studio::EventKind;

fn two_locks(choices: &[u32], then: Then) -> Played {
    let names = ["main", "ada", "bob"].map(str::to_owned);
    Explorer::new()
        .play(|_| two_locks::two_locks::<ExploredLoop>(), Play { choices, then, names: &names, is_recorded: true })
}

#[test]
fn a_run_stops_at_the_first_choice_that_is_not_given() {
    let begun = two_locks(&[], Then::Stop);
    assert_eq!((&begun.ended, begun.turn_count), (&Ended::Undecided { ready: vec![1, 2] }, 1));
    assert_eq!(begun.tasks(), ["main", "ada", "bob"], "before their first turns they have the names that were given");
    let next = two_locks(&[1, 0], Then::Stop);
    assert_eq!(next.choices, [Choice { chosen: 1, of: 2 }, Choice { chosen: 0, of: 2 }]);
    assert_eq!(next.turns.last().expect("it is recorded").did, ["takes red", "yields"]);
    assert!(matches!(next.ended, Ended::Undecided { .. }));
}

#[test]
fn a_schedule_that_the_explorer_finds_is_played_as_it_was() {
    let Err(CheckError::Failed(found)) = Explorer::new().check(|_| two_locks::two_locks::<ExploredLoop>()) else {
        panic!("it fails")
    };
    let played = two_locks(found.schedule.choices(), Then::OwnOrder);
    assert_eq!((&played.ended, &played.turns), (&Ended::Failed(found.why.clone()), &found.turns));
    let (recorded, expected) = (played.recorded("generator", "", None), found.recorded("generator", None));
    assert_eq!((recorded.events, recorded.tasks, recorded.error), (expected.events, expected.tasks, expected.error));
    let unrecorded = Play { choices: found.schedule.choices(), then: Then::OwnOrder, names: &[], is_recorded: false };
    let unrecorded = Explorer::new().play(|_| two_locks::two_locks::<ExploredLoop>(), unrecorded);
    assert_eq!((unrecorded.turn_count, unrecorded.choices), (played.turn_count, played.choices.clone()));
    assert!(unrecorded.turns.is_empty() && matches!(unrecorded.ended, Ended::Failed(Why::Stuck { .. })));
}

#[test]
fn a_panic_and_an_error_are_failures() {
    let play = Play { choices: &[0, 0, 1, 1], then: Then::OwnOrder, names: &[], is_recorded: true };
    let lost = Explorer::new().play(|_| lost_update::lost_update::<ExploredLoop>(), play);
    assert!(matches!(&lost.ended, Ended::Failed(Why::Panicked { task, .. }) if task == "main"), "{:?}", lost.ended);
    assert!(lost.events().iter().any(|event| matches!(event.what, EventKind::Panic(_))));
    let ended = Explorer::new().play(|_| async { Err::<(), _>("no paint") }, Play { choices: &[], ..play });
    assert_eq!(ended.ended, Ended::Failed(Why::Ended { error: "no paint".to_owned() }));
}

#[test]
fn choices_of_another_program_do_not_fit_and_those_after_the_end_do_nothing() {
    for then in [Then::Stop, Then::OwnOrder] {
        assert_eq!(two_locks(&[1, 2], then).ended, Ended::DoesNotFit { choice: 2 });
    }
    let program = |_| async { ExploredLoop::yield_now().await };
    let play = Play { choices: &[0, 5], then: Then::Stop, names: &[], is_recorded: false };
    let played = Explorer::new().play(program, play);
    assert_eq!((played.ended, played.choices), (Ended::Passed, Vec::new()));
}
