//! `docs/python/painting_blocking.py` in Rust: three canvases, one after another.

use paintdry_core::timed;
use paintdry_course::from_python::{Canvas, NAMES, POLL};
use std::thread;

fn paint(name: &'static str) {
    let mut canvas = Canvas::new(name);
    canvas.paint();
    while !canvas.is_dry() {
        thread::sleep(POLL);
    }
}

fn paint_all(names: [&'static str; 3]) {
    for name in names {
        timed("paint", paint)(name);
    }
}

fn main() {
    timed("paint_all", paint_all)(NAMES);
}
