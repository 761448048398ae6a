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
//!
//! A value that was borrowed counts as part of the future until its scope ends, even if it is dropped earlier:
//!
//! ```compile_fail
//! fn spawn(_task: impl Future + Send) {}
//! spawn(async {
//!     let paint = std::rc::Rc::new("blue");
//!     println!("{paint}");
//!     drop(paint);
//!     std::future::ready(()).await; // error: `paint` is used across the await
//! });
//! ```
//! ```
//! fn spawn(_task: impl Future + Send) {}
//! spawn(async {
//!     {
//!         let paint = std::rc::Rc::new("blue");
//!         println!("{paint}");
//!     }
//!     std::future::ready(()).await;
//! });
//! ```

use crate::{seconds, sleep};
use std::rc::Rc;

/// Paints a person. Some of its variables live across its await.
pub async fn portrait(name: String) -> String {
    let strokes = {
        let sketch = [1_u8; 4096];
        sketch.len()
    };
    let paint = Rc::new("blue");
    sleep(seconds(2)).await;
    format!("{name}: {strokes} strokes, {paint}")
}

/// The same, but the sketch lives until the end.
pub async fn portrait_with_the_sketch(name: String) -> String {
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
            let (small, large) = (portrait("ada".into()), portrait_with_the_sketch("ada".into()));
            let sizes = (size_of_val(&small), size_of_val(&large));
            assert_eq!(small.await, large.await);
            sizes
        });
        let (small, large) = seen.result();
        assert!(small < 500, "{small} bytes");
        assert!(large > 4096, "{large} bytes");
    }
}
