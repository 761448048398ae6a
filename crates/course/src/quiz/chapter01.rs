//! Chapter 1, canvas and blocking.

use super::{Answer, time};
use crate::chapters::blocking::NAMES;
use crate::{Canvas, milliseconds, now, seconds, sleep_blocking, spawn_thread, watch_blocking, work};

pub(super) fn answers() -> Vec<Answer> {
    vec![
        Answer { name: "chapter01::what_is_free", text: what_is_free },
        Answer { name: "chapter01::paint_first", text: paint_first },
        Answer { name: "chapter01::two_painters", text: two_painters },
        Answer { name: "chapter01::joined_in_reverse", text: joined_in_reverse },
        Answer { name: "chapter01::rare_checks", text: rare_checks },
    ]
}

fn painted(name: &str) -> Canvas {
    let mut canvas = Canvas::new(name);
    canvas.paint();
    canvas
}

/// A second of work, while the sky dries: on the thread that waits for the sky, and on another one.
fn what_is_free() -> String {
    let on_this_thread = watch_blocking("on this thread", || {
        painted("sky").dry_blocking();
        work(seconds(1));
    });
    let on_another = watch_blocking("on another thread", || {
        let sky = painted("sky");
        let other = spawn_thread("other", || work(seconds(1)));
        sky.dry_blocking();
        other.join().expect("work does not fail");
    });
    match [on_this_thread.took(), on_another.took()].map(|took| took.as_secs()) {
        [4, 3] => "The processor".to_owned(),
        [3, 3] => "The thread".to_owned(),
        [4, 4] => "Neither".to_owned(),
        other => format!("{other:?}"),
    }
}

fn paint_all_first() {
    let canvases = NAMES.map(painted);
    for canvas in &canvases {
        canvas.dry_blocking();
    }
}

fn paint_first() -> String {
    time(watch_blocking("paint first", paint_all_first).took())
}

fn two_painters() -> String {
    let paint = |names: &'static [&str]| move || names.iter().for_each(|name| painted(name).dry_blocking());
    let seen = watch_blocking("two painters", || {
        let painters = [spawn_thread("first", paint(&["sky", "sea"])), spawn_thread("second", paint(&["sun"]))];
        for painter in painters {
            painter.join().expect("painting does not fail");
        }
    });
    time(seen.took())
}

fn joined_in_reverse() -> String {
    let seen = watch_blocking("joined in reverse", || {
        let painters = NAMES.map(|name| spawn_thread(name, move || painted(name).dry_blocking()));
        for painter in painters.into_iter().rev() {
            painter.join().expect("painting does not fail");
        }
    });
    time(seen.took())
}

fn rare_checks() -> String {
    let seen = watch_blocking("rare checks", || {
        let canvas = painted("sky");
        while !canvas.is_dry() {
            sleep_blocking(milliseconds(1_500));
        }
        now()
    });
    time(seen.result())
}
