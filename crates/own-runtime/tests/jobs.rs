//! The command's jobs on the runtime, and its tasks under the studio.

use paintdry::{AmapWorkload, Entry, PaintWorkload};
use paintdry_core::{Canvas, Runtime, gather, paint};
use paintdry_own_runtime::OwnRuntime;
use paintdry_studio::{Clock, Studio, now};
use std::time::Duration;

const DRYING: Duration = Duration::from_secs(2);

type Watched = Studio<OwnRuntime>;

#[test]
fn three_canvases_dry_together_in_exactly_two_seconds_of_virtual_time() {
    let painters = (0..3).map(|_| paint(Canvas::new(DRYING), 1_000, DRYING / 4, now, Watched::sleep));
    let watched = Watched::new(Clock::Virtual).run(gather::<Watched, _>(painters));
    let dry: Vec<_> = watched
        .result
        .expect("no task waits for ever")
        .into_iter()
        .map(|painted| painted.map(|it| it.dry_at))
        .collect();
    assert_eq!(dry, vec![Ok(DRYING); 3]);
    assert_eq!(watched.wall, DRYING);
}

#[test]
fn the_watchdog_names_a_task_that_waits_for_ever() {
    let watched = Watched::new(Clock::Virtual).run(async { Watched::spawn(std::future::pending::<()>()).await });
    let stalled = watched.result.expect_err("nothing wakes it");
    assert_eq!(stalled.tasks.len(), 2, "{stalled}");
}

#[test]
fn amap_works_on_the_items_strictly_in_turn() {
    let entry = Entry::of::<OwnRuntime>("1", "in a test");
    let outcome = entry.amap(&AmapWorkload { tasks: 3, items: 3 }).expect("it runs");
    assert_eq!(outcome.order.expect("it is short").join(" "), "a0 b0 c0 a1 b1 c1 a2 b2 c2");
    assert_eq!(outcome.results, vec![vec![0, 2, 4]; 3]);
}

#[test]
fn paint_paints_every_canvas_until_it_is_dry() {
    let entry = Entry::of::<OwnRuntime>("1", "in a test");
    let millisecond = Duration::from_millis(1);
    let workload =
        PaintWorkload { drying: 4 * millisecond, poll: millisecond, strokes: 1_000, ..PaintWorkload::default() };
    let outcome = entry.paint(&workload).expect("it runs");
    assert_eq!((outcome.threads, outcome.canvases.len()), (1, 3));
    assert!(outcome.canvases.iter().all(|painted| painted.dry_at >= workload.drying), "{:?}", outcome.canvases);
}
