//! The pictures of the book, drawn by `cargo run -p paintdry-course` into `docs/images`: one file for each.
//!
//! A code host and the book show them as images, so each is SVG without a script, on a card of its own that is light or dark as
//! the reader's machine is. A picture whose idea is a run is drawn from the recording of that run.

mod lanes;
mod runs;
mod sketch;

mod blocking;
mod bridging;
mod channels;
mod colour;
mod drop_order;
mod event_loop;
mod every_schedule;
mod from_python;
mod from_yield_to_await;
mod futures;
mod generators;
mod handles;
mod loops;
mod moving;
mod own_runtime;
mod pitfalls;
mod places;
mod promises;
mod queue_time;
mod shutdown;
mod task_tree;
mod three_calls;
mod three_ways;
mod what_moves;
mod workshop;

/// A picture of the book.
#[derive(Debug)]
pub struct Picture {
    /// Its name: `docs/images/NAME.svg`.
    pub name: &'static str,
    /// Draws it.
    pub draw: fn() -> String,
}

/// All of them, in the order of the chapters.
#[must_use]
pub fn all() -> Vec<Picture> {
    let mut pictures = vec![
        Picture { name: "00-from-python", draw: from_python::draw },
        Picture { name: "01-three-lanes", draw: blocking::draw },
        Picture { name: "02-painter-states", draw: generators::draw },
        Picture { name: "03-queue-and-timers", draw: event_loop::draw },
        Picture { name: "04-compiled-states", draw: from_yield_to_await::draw },
        Picture { name: "05-three-promises", draw: promises::draw },
        Picture { name: "06-a-move", draw: moving::draw },
        Picture { name: "06-life-of-a-waker", draw: futures::life_of_a_waker },
        Picture { name: "06-two-mornings", draw: futures::mornings },
        Picture { name: "06b-four-loops", draw: loops::draw },
        Picture { name: "07-across-an-await", draw: colour::across_an_await },
        Picture { name: "07-call-tree", draw: colour::call_tree },
        Picture { name: "08-who-keeps-a-task", draw: handles::draw },
        Picture { name: "10-drop-order", draw: drop_order::draw },
        Picture { name: "10-task-tree", draw: task_tree::draw },
        Picture { name: "11-queue-time", draw: queue_time::draw },
        Picture { name: "12-own-runtime", draw: own_runtime::draw },
        Picture { name: "13-deadlock", draw: channels::deadlock },
        Picture { name: "13-buffered", draw: channels::buffered },
        Picture { name: "14-three-ways", draw: three_ways::draw },
        Picture { name: "15-what-moves", draw: what_moves::draw },
        Picture { name: "16-three-calls", draw: three_calls::draw },
        Picture { name: "17-closing", draw: shutdown::draw },
        Picture { name: "18-pool", draw: bridging::draw },
        Picture { name: "19-workshop", draw: workshop::draw },
        Picture { name: "every-schedule", draw: every_schedule::draw },
    ];
    pictures.extend(pitfalls::all());
    pictures
}
