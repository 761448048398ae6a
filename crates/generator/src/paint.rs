//! `paint` as a generator written by hand: what the compiler makes of the `async fn` in core.

use crate::{Generator, GeneratorState, Request};
use paintdry_core::{Canvas, Painted};
use std::time::Duration;

/// Paints `canvas`, then looks whether it is dry and sleeps for `poll` until it is.
pub fn paint<N: Fn() -> Duration>(canvas: Canvas, strokes: u64, poll: Duration, now: N) -> Paint<N> {
    Paint { state: State::Blank, canvas, strokes, poll, now, painted_at: Duration::ZERO, looks: 0 }
}

/// Returned by [`paint`].
#[derive(Debug)]
pub struct Paint<N> {
    state: State,
    canvas: Canvas,
    strokes: u64,
    poll: Duration,
    now: N,
    painted_at: Duration,
    looks: u64,
}

/// Its position: before the first line, or at the `yield` in the loop.
#[derive(Debug)]
enum State {
    Blank,
    Drying,
}

impl<N: Fn() -> Duration> Generator for Paint<N> {
    type Return = Painted;

    fn resume(&mut self) -> GeneratorState<Painted> {
        if let State::Blank = self.state {
            self.painted_at = self.canvas.paint(self.strokes, &self.now);
            self.state = State::Drying;
        }
        self.looks += 1;
        if !self.canvas.is_dry((self.now)()) {
            return GeneratorState::Yielded(Request::Sleep(self.poll)); // yield
        }
        let (painted_at, looks) = (self.painted_at, self.looks);
        GeneratorState::Complete(Painted { painted_at, dry_at: (self.now)(), looks })
    }
}
