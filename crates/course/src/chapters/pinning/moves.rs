//! Chapter 15: moves, and where an address, an index or a borrow leads after each.

use super::super::moving::{ByAddress, ByIndex};
use crate::{watch, yield_now};
use std::future::poll_fn;
use std::mem;
use std::ptr;
use std::task::Poll;

/// Where an address or an index leads that was noted in a value, after the value has moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LeadsTo {
    /// To the colour with this index of the same value.
    Own(usize),
    /// To the colour with this index of another value.
    Another(usize),
    /// To a place outside both.
    Elsewhere,
}

impl LeadsTo {
    /// In words.
    #[must_use]
    pub fn words(self) -> String {
        match self {
            Self::Own(index) => format!("to its own colour {index}"),
            Self::Another(index) => format!("to colour {index} of the other palette"),
            Self::Elsewhere => "to no colour at all".to_owned(),
        }
    }
}

/// A palette goes into a box.
#[must_use]
pub fn boxed() -> LeadsTo {
    let mut palette = ByAddress::default();
    palette.choose(1);
    let palette = Box::new(palette);
    palette.chosen().map_or(LeadsTo::Elsewhere, LeadsTo::Own)
}

/// Where the address that `palette` has noted leads.
#[must_use]
pub fn leads_to(palette: &ByAddress, other: &ByAddress) -> LeadsTo {
    match (palette.chosen(), palette.chosen_of(other)) {
        (Some(index), _) => LeadsTo::Own(index),
        (None, Some(index)) => LeadsTo::Another(index),
        (None, None) => LeadsTo::Elsewhere,
    }
}

/// Two palettes change places. The address was noted in the first, which is then where the second was.
#[must_use]
pub fn swapped() -> LeadsTo {
    let (mut first, mut second) = (ByAddress::default(), ByAddress::default());
    first.choose(1);
    mem::swap(&mut first, &mut second);
    leads_to(&second, &first)
}

/// Two palettes change places, and have different colours. The index was noted in the first.
#[must_use]
pub fn swapped_by_index() -> LeadsTo {
    let (mut first, mut second) = (ByIndex::new([10, 20, 30]), ByIndex::new([40, 50, 60]));
    first.choose(1);
    mem::swap(&mut first, &mut second);
    match second.chosen() {
        Some(20) => LeadsTo::Own(1),
        Some(50) => LeadsTo::Another(1),
        _ => LeadsTo::Elsewhere,
    }
}

/// A palette is in a box, and the box goes into a `Vec`.
#[must_use]
pub fn box_moved() -> LeadsTo {
    let mut palette = Box::new(ByAddress::default());
    palette.choose(1);
    let shelf = Vec::from([palette]);
    shelf[0].chosen().map_or(LeadsTo::Elsewhere, LeadsTo::Own)
}

/// A future that borrows one of its own variables across an await. Returns the address of that variable before the
/// await, and after it.
async fn notes_addresses() -> [usize; 2] {
    let colours = [10, 20, 30];
    let chosen = &colours[1];
    let before = ptr::from_ref(chosen).addr();
    yield_now().await;
    [before, ptr::from_ref(chosen).addr()]
}

/// Polls such a future, moves its box, and polls it again.
#[must_use]
pub fn pinned() -> LeadsTo {
    let seen = watch("pinned", async {
        let mut future = Box::pin(notes_addresses());
        let polled = poll_fn(|context| Poll::Ready(future.as_mut().poll(context))).await;
        assert!(polled.is_pending(), "it yields once");
        let mut shelf = vec![future];
        shelf.remove(0).await
    });
    let [before, after] = seen.result();
    if before == after { LeadsTo::Own(1) } else { LeadsTo::Elsewhere }
}

/// All five, as `cargo run -p paintdry-course --example moves` prints them.
#[must_use]
pub fn told() -> String {
    let line = |what: &str, leads_to: LeadsTo| format!("{what:<38} {}\n", leads_to.words());
    [
        "A palette notes the address of its colour 1. Where does the address lead, after\n".to_owned(),
        line("  the palette has moved into a box:", boxed()),
        line("  it has changed places with another:", swapped()),
        line("  its box has moved into a Vec:", box_moved()),
        "A palette notes the index of its colour 1. Where does the index lead, after\n".to_owned(),
        line("  it has changed places with another:", swapped_by_index()),
        "A future borrows its own colour 1. Where does the borrow lead, after\n".to_owned(),
        line("  its pinned box has moved into a Vec:", pinned()),
    ]
    .concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_move_breaks_an_address_and_a_box_or_an_index_survives_it() {
        let expected = "
A palette notes the address of its colour 1. Where does the address lead, after
  the palette has moved into a box:    to no colour at all
  it has changed places with another:  to colour 1 of the other palette
  its box has moved into a Vec:        to its own colour 1
A palette notes the index of its colour 1. Where does the index lead, after
  it has changed places with another:  to its own colour 1
A future borrows its own colour 1. Where does the borrow lead, after
  its pinned box has moved into a Vec: to its own colour 1
";
        assert_eq!(told(), expected.trim_start_matches('\n'));
    }
}
