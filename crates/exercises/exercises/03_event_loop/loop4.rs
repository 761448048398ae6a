// Chapter 3, about 15 minutes: let a task that waits yield, because the event loop cannot take the thread from it.
// docs/03-the-event-loop.md
//
// Three painters share one easel, on one event loop. The painter that has the easel leaves its canvas there until it is dry,
// and asks the loop for a sleep. The other two wait for the easel.
//
// But a painter that waits does not yield. So the painter that has the easel is never resumed, and cannot give it back. Change
// the loop that waits: try once at each resume, and yield if the easel is taken.
//
// (`Request::Wait` comes in chapter 4, and does not help here.) Let the painter ask for a `Sleep`, and try again after it.
// Any length above zero will do: a longer sleep only means that the painter may notice the free easel later.
// `Turn` is no answer, because the painter would keep the thread busy, and in virtual time the clock then never moves.
//
// (`AtomicBool` is a `bool` that several tasks can share. `swap` sets it, and returns what it was before. `SeqCst`
// is the strictest order of memory. `watch_generators` runs the painters on an event loop.)

use paintdry_course::{Canvas, DRYING, say, watch_generators};
use paintdry_generator::{Generator, GeneratorState, Request};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};

impl Generator for Painter {
    type Return = ();

    fn resume(&mut self) -> GeneratorState<()> {
        if self.is_drying {
            say("dry");
            self.easel.give_back();
            return GeneratorState::Complete(());
        }
        // TODO: this loop waits, and never yields.
        while !self.easel.try_take() {}
        Canvas::new(self.name).paint();
        self.is_drying = true;
        GeneratorState::Yielded(Request::Sleep(DRYING)) // `DRYING` is how long a canvas dries
    }
}

// You need not change anything below this line.

struct Painter {
    name: &'static str,
    easel: Easel,
    is_drying: bool,
}

/// The easel. A clone is the same easel.
#[derive(Clone, Default)]
struct Easel(Arc<AtomicBool>);

impl Easel {
    /// Takes the easel if it is free, and says whether it was.
    fn try_take(&self) -> bool {
        !self.0.swap(true, SeqCst)
    }

    fn give_back(&self) {
        self.0.store(false, SeqCst);
    }
}

fn painters() -> [(&'static str, Painter); 3] {
    let easel = Easel::default();
    ["sky", "sea", "sun"].map(|name| (name, Painter { name, easel: easel.clone(), is_drying: false }))
}

fn main() {
    println!("{}", watch_generators("loop4", painters()).log());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_painter_that_waits_lets_the_others_run() {
        let seen = watch_generators("loop4", painters());
        seen.assert_ended();
        let said = seen.said();
        for name in ["sky", "sea", "sun"] {
            let painted_and_dry = [format!("{name}: painted"), format!("{name}: dry")];
            let together = said.windows(2).any(|lines| lines == painted_and_dry);
            seen.assert(
                together,
                &format!("the {name} should be painted and dry before another painter gets the easel"),
            );
        }
    }
}
