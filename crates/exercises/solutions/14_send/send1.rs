// Chapter 14, about 10 minutes: share a value between tasks that run on two threads.
// docs/14-send-and-scopes.md
//
// Three painters take paint from one pot. Each painter is a task, and after its await another thread may continue it. So all
// that it holds must be `Send`. But the pot is an `Rc<Cell<u32>>`, and this program does not compile.
//
// First read what the compiler says, and find three things in it: the type that is not `Send`, the variable that holds it,
// and the await. Then make a pot that painters on two threads can share, and that counts right if both take paint at the
// same time.
//
// `TwoThreads` is tokio with two threads, and `Studio<TwoThreads>` is that in virtual time. `gather` starts a task for each
// painter.

use paintdry_core::gather;
use paintdry_course::{Canvas, TwoThreads, watch_on};
use paintdry_studio::Studio;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

// Changed: an `Arc` counts its clones with an atomic number, so two threads may clone and drop it at the same time. The
// value in an `Arc` is shared by threads, so it must be `Sync`, which a `Cell` is not. An atomic number is. (A `Mutex<u32>`
// would do as well.)
type Pot = Arc<AtomicU32>;

fn new_pot(portions: u32) -> Pot {
    Arc::new(AtomicU32::new(portions))
}

// Changed: one step. If you `load`, subtract and `store`, two painters may load the same number, and a portion is counted
// once.
fn take_portion(pot: &Pot) {
    pot.fetch_sub(1, Ordering::Relaxed);
}

fn left(pot: &Pot) -> u32 {
    pot.load(Ordering::Relaxed)
}
async fn paint_one(name: &'static str, pot: Pot) {
    let mut canvas = Canvas::new(name);
    canvas.paint();
    canvas.dry().await;
    take_portion(&pot); // for the frame
}

async fn paint_three(pot: Pot) {
    let painters = ["sky", "sea", "sun"].map(|name| paint_one(name, pot.clone()));
    for painted in gather::<Studio<TwoThreads>, _>(painters).await {
        painted.expect("painting does not fail");
    }
}

fn main() {
    let pot = new_pot(3);
    println!("{}", watch_on::<TwoThreads, _>("send1", paint_three(pot.clone())).log());
    println!("{} portions are left", left(&pot));
}

#[cfg(test)]
mod tests {
    use super::*;
    use paintdry_course::seconds;

    #[test]
    fn painters_on_two_threads_share_the_pot() {
        let pot = new_pot(10);
        let seen = watch_on::<TwoThreads, _>("send1", paint_three(pot.clone()));
        seen.assert_took(seconds(4), "two threads paint two canvases in the first second, and the third in the next");
        let left = left(&pot);
        let sentence = format!("three painters each take one of 10 portions, so 7 should be left, and {left} are");
        seen.assert(left == 7, &sentence);
    }
}
