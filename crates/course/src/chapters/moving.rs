//! Chapter 6: a move, and what it does to a value that knows its own address.
//!
//! A future of an `async` block may hold a reference to its own variable. So the compiler lets you poll it only where it is pinned:
//!
//! ```compile_fail,E0599
//! use std::task::{Context, Waker};
//! let mut future = async { std::future::ready(7).await };
//! let _ = future.poll(&mut Context::from_waker(Waker::noop())); // error: no method named `poll`
//! ```
//! ```compile_fail,E0277
//! use std::pin::Pin;
//! let mut future = async { std::future::ready(7).await };
//! let future = Pin::new(&mut future); // error: it cannot be unpinned
//! ```
//! ```
//! use std::pin::pin;
//! let future = async { std::future::ready(7).await };
//! let future = pin!(future);
//! # let _ = future;
//! ```
//! ```
//! let future = Box::pin(async { std::future::ready(7).await });
//! let moved = future; // the box moves, and the future in it stays
//! # let _ = moved;
//! ```

use std::ptr;

/// Three colours. It notes which one is chosen by the colour's address in memory.
#[derive(Debug, Default)]
pub struct ByAddress {
    colours: [u32; 3],
    chosen: usize,
}

impl ByAddress {
    /// Notes the address of this colour.
    pub fn choose(&mut self, index: usize) {
        self.chosen = address(&self.colours[index]);
    }

    /// Which colour is at the address that was noted, if there is still one.
    #[must_use]
    pub fn chosen(&self) -> Option<usize> {
        self.chosen_of(self)
    }

    /// Which colour of `other` is at the address that was noted, if there is one.
    #[must_use]
    pub fn chosen_of(&self, other: &Self) -> Option<usize> {
        other.colours.iter().position(|colour| address(colour) == self.chosen)
    }
}

fn address(value: &u32) -> usize {
    ptr::from_ref(value).addr()
}

/// Three colours. It notes which one is chosen by its index.
#[derive(Debug)]
pub struct ByIndex {
    colours: [u32; 3],
    chosen: usize,
}

impl ByIndex {
    /// A palette of these colours. The first one is chosen.
    #[must_use]
    pub fn new(colours: [u32; 3]) -> Self {
        Self { colours, chosen: 0 }
    }

    /// Notes the index of this colour.
    pub fn choose(&mut self, index: usize) {
        self.chosen = index;
    }

    /// The chosen colour.
    #[must_use]
    pub fn chosen(&self) -> Option<&u32> {
        self.colours.get(self.chosen)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{watch, yield_now};
    use std::future::poll_fn;
    use std::pin::Pin;
    use std::task::Poll;

    #[test]
    fn an_address_is_stale_after_a_move() {
        let mut palette = ByAddress::default();
        palette.choose(1);
        assert_eq!(palette.chosen(), Some(1));
        let moved = Box::new(palette); // from the stack to the heap
        assert_eq!(moved.chosen(), None);
    }

    #[test]
    fn an_index_survives_a_move() {
        let mut palette = ByIndex::new([10, 20, 30]);
        palette.choose(1);
        let moved = Box::new(palette);
        assert_eq!(moved.chosen(), Some(&20));
    }

    #[test]
    fn a_box_moves_and_its_content_stays() {
        let mut palette = Box::new(ByAddress::default());
        palette.choose(1);
        let moved = palette;
        assert_eq!(moved.chosen(), Some(1));
    }

    #[test]
    fn a_future_in_a_pinned_box_can_be_handed_on_between_two_polls() {
        let future: Pin<Box<dyn Future<Output = u32>>> = Box::pin(async {
            let colours = [10, 20, 30];
            let chosen = &colours[1];
            yield_now().await; // the future now holds `colours`, and an address in it
            *chosen
        });
        let seen = watch("handed on", async {
            let mut future = future;
            let polled = poll_fn(|context| Poll::Ready(future.as_mut().poll(context))).await;
            assert!(polled.is_pending());
            let moved = future;
            moved.await
        });
        assert_eq!(seen.result(), 20);
    }
}
