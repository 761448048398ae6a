//! The programs that come with the crate: three fail under some schedules, the others pass all.

use crate::{failure, readable};
use paintdry_explore::programs::{ALL, Program, amap, cancel, clock, gather, paint, promises};
use paintdry_explore::{CheckError, Explored, ExploredLoop, Explorer, Schedule, Why};
use paintdry_studio::{Event, EventKind};
use std::env;
use std::fs;
use std::ops::ControlFlow;
use std::path::Path;

fn check(program: &Program, explorer: &Explorer) -> Result<Explored, CheckError> {
    program.check(explorer, &mut |_| ControlFlow::Continue(()))
}

fn named(name: &str) -> Program {
    ALL.iter().copied().find(|program| program.name == name).expect("it is in the list")
}

#[test]
fn each_file_of_the_folder_is_a_program_of_the_list_or_a_part_of_one() {
    const PARTS: [&str; 3] = ["mod.rs", "bell.rs", "pot.rs"];
    for file in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/programs")).expect("the folder") {
        let file = file.expect("it can be read").file_name().into_string().expect("it is UTF-8");
        let is_listed = ALL.iter().any(|program| program.file.ends_with(&format!("/{file}")));
        assert!(is_listed || PARTS.contains(&&*file), "programs::ALL has no program of the file {file}");
    }
}

/// The program passes in the loop's own order, fails in another one, and fails in that one each time.
fn fails(name: &str, why: impl Fn(&Why) -> bool) {
    let program = named(name);
    let own_order = Explorer::new().seed(Schedule::default());
    assert!(check(&program, &own_order).is_ok(), "{name} hides its bug in the loop's own order");
    let found = failure(check(&program, &Explorer::new()));
    assert!(why(&found.why), "{name}: {found}");
    let again = failure(check(&program, &Explorer::new().seed(found.schedule.clone())));
    assert_eq!((&again.why, &again.turns), (&found.why, &found.turns), "{name}: the seed repeats it");
    let drawn = failure(check(&program, &Explorer::new().seed(7)));
    assert_eq!(drawn.schedule.departures(), found.schedule.departures(), "{name}: the drawn failure is shortened too");
    assert!(check(&named(&format!("{name}-repaired")), &Explorer::new()).expect("it is repaired").is_complete);
}

#[test]
fn a_lost_update_fails_its_assertion() {
    fails("lost-update", |why| {
        matches!(why, Why::Panicked { task, message, place: Some(place) }
        if task == "main" && message.contains("each painter has made a stroke") && place.contains("lost_update.rs:"))
    });
}

#[test]
fn a_lost_wakeup_leaves_the_painter_stuck() {
    fails("lost-wakeup", |why| matches!(why, Why::Stuck { waiting } if *waiting == ["main", "ada"]));
}

#[test]
fn two_locks_leave_both_painters_stuck() {
    fails("two-locks", |why| matches!(why, Why::Stuck { waiting } if *waiting == ["main", "ada", "bob"]));
}

#[test]
fn the_page_of_a_failure_is_a_recording_as_any_other() {
    for name in ["lost-update", "lost-wakeup", "two-locks"] {
        let found = failure(check(&named(name), &Explorer::new()));
        let is_poll = |event: &&Event| matches!(event.what, EventKind::Poll { .. });
        assert_eq!(readable(&found).runs[0].events.iter().filter(is_poll).count(), found.turns.len());
    }
}

#[test]
fn those_of_the_course_pass_all_schedules_of_up_to_four_tasks_of_four_steps() {
    let explorer = Explorer::new().pruned();
    let mut largest = Vec::new();
    for (tasks, steps) in (1..=4).flat_map(|tasks| (1..=4).map(move |steps| (tasks, steps))) {
        let results = [
            ("amap", explorer.check(|_| amap::amap::<ExploredLoop>(tasks, steps))),
            ("paint", explorer.check(|_| paint::paint::<ExploredLoop>(tasks, steps))),
            ("gather", explorer.check(|_| gather::gather::<ExploredLoop>(tasks, steps))),
            ("promises", explorer.check(|event_loop| promises::promises(event_loop, tasks, steps))),
            ("cancel", explorer.check(|event_loop| cancel::cancel(event_loop, tasks, steps))),
            ("clock", explorer.check_blocking(|| clock::clock(tasks, steps))),
        ];
        for (name, result) in results {
            let done = result.unwrap_or_else(|failure| panic!("{name}, {tasks} tasks, {steps} steps: {failure}"));
            assert!(done.is_complete, "{name}, {tasks} tasks, {steps} steps: {done:?}");
            if tasks == 4 && steps == 4 {
                println!("{name}: {done:?}");
                largest.push(done);
            }
        }
    }
    let [amap, paint, gather, promises, cancel, clock] = largest[..] else { panic!("six programs: {largest:?}") };
    let (run, pruned) = largest.iter().fold((0, 0), |(run, pruned), done| (run + done.schedules, pruned + done.pruned));
    says(&format!("{} run to their end and {} cut", figure(run), figure(pruned)));
    says(&format!(
        "{} schedules were run to their end (amap {}, paint {}, gather {}, promises {}, cancelling {}, the clock {}), and {} left out",
        figure(run),
        amap.schedules,
        paint.schedules,
        gather.schedules,
        promises.schedules,
        cancel.schedules,
        figure(clock.schedules),
        figure(pruned)
    ));
}

/// Asserts that docs/trust.md or docs/trust-promises.md gives this figure, if there are docs: a published crate has none beside it.
#[track_caller]
fn says(figure: &str) {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs");
    if !docs.exists() {
        return;
    }
    let read = |page| fs::read_to_string(docs.join(page)).expect("the page is there");
    let pages = read("trust.md") + &read("trust-promises.md");
    let page = pages.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(page.contains(figure), "docs/trust.md or docs/trust-promises.md should say `{figure}`");
}

/// With a thousands separator, as on the page.
fn figure(number: u64) -> String {
    if number < 1000 { number.to_string() } else { format!("{},{:03}", number / 1000, number % 1000) }
}

/// Does not rely on what pruning assumes about the loop and the studio. With `EXPLORE_UNPRUNED`, up to
/// four tasks.
#[test]
fn without_pruning_too() {
    let most = if env::var_os("EXPLORE_UNPRUNED").is_some() { 4 } else { 3 };
    let explorer = Explorer::new().budget(10_000_000);
    let mut run = 0;
    for (tasks, steps) in [(2, 2), (2, 4), (3, 2), (3, 3), (4, 4)].into_iter().filter(|(tasks, _)| *tasks <= most) {
        let mut results = vec![
            ("paint", explorer.check(|_| paint::paint::<ExploredLoop>(tasks, steps))),
            ("clock", explorer.check_blocking(|| clock::clock(tasks, steps))),
        ];
        if tasks * steps <= 9 {
            results.push(("gather", explorer.check(|_| gather::gather::<ExploredLoop>(tasks, steps))));
        }
        if tasks * steps <= 8 {
            results.push(("amap", explorer.check(|_| amap::amap::<ExploredLoop>(tasks, steps))));
            results.push(("promises", explorer.check(|event_loop| promises::promises(event_loop, tasks, steps))));
            results.push(("cancel", explorer.check(|event_loop| cancel::cancel(event_loop, tasks, steps))));
        }
        for (name, result) in results {
            let done = result.unwrap_or_else(|failure| panic!("{name}, {tasks} tasks, {steps} steps: {failure}"));
            println!("{name}, {tasks} tasks, {steps} steps, unpruned: {done:?}");
            assert!(done.is_complete && done.pruned == 0, "{name}, {tasks} tasks, {steps} steps: {done:?}");
            run += if tasks < 4 { done.schedules } else { 0 };
        }
    }
    says(&format!("Without leaving any out, {} of up to three tasks", figure(run)));
}
