//! Chapter 15, Pin, seen.
//!
//! Its question which type is not `Unpin` has four answers. Three of them are `Unpin`, and the tuple is not:
//! ```
//! fn is_unpin<T: Unpin>(_: &T) {}
//! let mut drying = async {};
//! is_unpin(&&mut drying);
//! is_unpin(&Box::pin(drying));
//! is_unpin(&vec![0_u8]);
//! ```
//! ```compile_fail,E0277
//! fn is_unpin<T: Unpin>(_: &T) {}
//! let drying = async {};
//! is_unpin(&(1_u32, drying));
//! ```
//!
//! Its question about a drying in a loop has three repairs. With the first one the drying continues, the second one does not
//! compile, and with the third one it begins again in each round:
//! ```
//! use futures::future::{Either, select};
//! use paintdry_course::{milliseconds, seconds, sleep, watch};
//! use std::pin::pin;
//! let seen = watch("pinned once", async {
//!     let drying = async { sleep(seconds(2)).await };
//!     let mut drying = pin!(drying);
//!     while let Either::Right(_) = select(drying.as_mut(), pin!(sleep(milliseconds(500)))).await {}
//! });
//! assert_eq!(seen.took(), seconds(2));
//! ```
//! ```compile_fail,E0277
//! use futures::future::{ready, select};
//! let mut drying = async {};
//! select(std::pin::Pin::new(&mut drying), ready(()));
//! ```
//! ```
//! use futures::future::{Either, select};
//! use paintdry_course::{milliseconds, seconds, sleep, watch};
//! use std::pin::pin;
//! async fn dry() { sleep(seconds(2)).await }
//! watch("pinned in each round", async {
//!     for _ in 0..100 {
//!         assert!(matches!(select(pin!(dry()), pin!(sleep(milliseconds(500)))).await, Either::Right(_)));
//!     }
//! })
//! .result();
//! ```

use super::Answer;
use crate::chapters::moving::ByAddress;
use crate::chapters::pinning::counted::Counted;
use crate::chapters::pinning::moves::leads_to;
use crate::{seconds, sleep, watch, yield_now};
use std::mem;

pub(super) fn answers() -> Vec<Answer> {
    vec![
        Answer { name: "chapter15::swapped_twice", text: swapped_twice },
        Answer { name: "chapter15::polls_of_two_waits", text: polls_of_two_waits },
    ]
}

fn swapped_twice() -> String {
    let (mut first, mut second) = (ByAddress::default(), ByAddress::default());
    first.choose(1);
    mem::swap(&mut first, &mut second);
    mem::swap(&mut first, &mut second);
    leads_to(&first, &second).words()
}

fn polls_of_two_waits() -> String {
    let counted = Counted::new(async {
        sleep(seconds(2)).await;
        yield_now().await;
    });
    let ((), polls) = watch("two waits", counted).result();
    polls.to_string()
}
