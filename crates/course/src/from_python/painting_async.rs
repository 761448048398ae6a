//! `docs/python/painting_async.py` in Rust: three canvases at the same time, on one thread.

use paintdry_core::timed_future;
use paintdry_course::from_python::{Canvas, NAMES, POLL};
use paintdry_generator::{Error, EventLoop, sleep};

async fn paint(name: &'static str) {
    let mut canvas = Canvas::new(name);
    canvas.paint();
    while !canvas.is_dry() {
        sleep(POLL).await;
    }
}

async fn paint_all(event_loop: &EventLoop) -> Result<(), Error> {
    let painter = |name| timed_future("paint", paint(name));
    for painted in event_loop.gather(NAMES.map(painter))?.await {
        painted?;
    }
    Ok(())
}

fn main() -> Result<(), Error> {
    let event_loop = EventLoop::new();
    let all = timed_future("paint_all", paint_all(&event_loop));
    event_loop.run_until_complete(all)??;
    event_loop.close()
}
