// Three painters, one easel, one event loop. Who has painted leaves the canvas on the easel until it is dry, and asks the
// loop for a sleep meanwhile. The others wait for the easel.
//
// But one who waits does not let go of the thread. The loop cannot take it away, so whoever has the easel is never
// resumed, and nobody can go on. Let those who wait look, and yield until they look again.

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
        // TODO: a loop that waits, and never yields.
        while !self.easel.try_take() {}
        Canvas::new(self.name).paint();
        self.is_drying = true;
        GeneratorState::Yielded(Request::Sleep(DRYING))
    }
}

// There is nothing to change below this line.

struct Painter {
    name: &'static str,
    easel: Easel,
    is_drying: bool,
}

/// One easel; a clone is the same.
#[derive(Clone, Default)]
struct Easel(Arc<AtomicBool>);

impl Easel {
    /// Takes it if it is free, and says whether it was.
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
    fn who_waits_lets_the_others_go_on() {
        let seen = watch_generators("loop4", painters());
        seen.assert_ended();
        let said = seen.said();
        for name in ["sky", "sea", "sun"] {
            let painted_and_dry = [format!("{name}: painted"), format!("{name}: dry")];
            let together = said.windows(2).any(|lines| lines == painted_and_dry);
            seen.assert(together, &format!("{name} should be painted and dry before the easel is the next painter's"));
        }
    }
}
