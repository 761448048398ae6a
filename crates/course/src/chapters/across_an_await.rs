//! Chapter 7: what lives across an await is part of the future.
//!
//! A task must not borrow from the task that spawns it, because a future can be leaked. Move the data in:
//!
//! ```compile_fail
//! fn spawn(_task: impl Future + 'static) {}
//! let paint = String::from("blue");
//! spawn(async { println!("{paint}") }); // error: it borrows `paint`
//! ```
//! ```
//! fn spawn(_task: impl Future + 'static) {}
//! let paint = String::from("blue");
//! spawn(async move { println!("{paint}") });
//! ```

use crate::{seconds, sleep};
use std::rc::Rc;

/// Some of its variables live across its await.
pub async fn paint_one(name: String) -> String {
    let strokes = {
        let sketch = [1_u8; 4096];
        sketch.len()
    };
    let paint = Rc::new("blue");
    sleep(seconds(2)).await;
    format!("{name}: {strokes} strokes, {paint}")
}

/// The same, but the sketch lives until the end.
pub async fn paint_with_the_sketch(name: String) -> String {
    let sketch = [1_u8; 4096];
    let paint = Rc::new("blue");
    sleep(seconds(2)).await;
    format!("{name}: {} strokes, {paint}", sketch.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::watch;

    #[test]
    fn the_size_of_a_future_is_what_lives_across_its_awaits() {
        let seen = watch("sizes", async {
            let (small, large) = (paint_one("sky".into()), paint_with_the_sketch("sky".into()));
            let sizes = (size_of_val(&small), size_of_val(&large));
            assert_eq!(small.await, large.await);
            sizes
        });
        let (small, large) = seen.result();
        assert!(small < 500, "{small} bytes");
        assert!(large > 4096, "{large} bytes");
    }
}
