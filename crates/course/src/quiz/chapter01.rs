//! Chapter 1, canvas and blocking.

use super::{Answer, time};
use crate::chapters::blocking::NAMES;
use crate::{Canvas, milliseconds, now, sleep_blocking, spawn_thread, watch_blocking};

pub(super) fn answers() -> Vec<Answer> {
    vec![
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
