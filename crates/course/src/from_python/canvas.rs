//! `docs/python/canvas.py` in Rust: a canvas that dries in real time.

use std::env;
use std::hint::black_box;
use std::time::{Duration, Instant};

/// What is painted.
pub const NAMES: [&str; 3] = ["sky", "sea", "sun"];

/// How long the painter waits between two looks.
pub const POLL: Duration = Duration::from_millis(500);

const STROKES: u64 = 2_000_000;

/// A canvas, blank at first.
#[derive(Debug)]
pub struct Canvas {
    name: &'static str,
    brush_loads: u64,
    painted_at: Option<Instant>,
}

impl Canvas {
    /// A blank canvas.
    #[must_use]
    pub fn new(name: &'static str) -> Self {
        Self { name, brush_loads: 0, painted_at: None }
    }

    /// Paints it: a loop that keeps the processor busy.
    pub fn paint(&mut self) {
        for stroke in 0..STROKES {
            if black_box(stroke) % 3 == 0 {
                self.brush_loads += 1;
            }
        }
        self.painted_at = Some(Instant::now());
        println!("{}: painted", self.name);
    }

    /// Whether it is dry: only time has to pass.
    #[must_use]
    pub fn is_dry(&self) -> bool {
        let is_dry = self.painted_at.is_some_and(|at| at.elapsed() >= drying());
        if is_dry {
            println!("{}: dry", self.name);
        }
        is_dry
    }
}

/// Two seconds, or as many as the variable `DRYING` says.
fn drying() -> Duration {
    let seconds = env::var("DRYING").ok().and_then(|seconds| seconds.parse().ok());
    Duration::from_secs_f64(seconds.unwrap_or(2.0))
}
