//! Chapter 15, Pin, seen.

use super::Answer;
use crate::chapters::moving::ByAddress;
use crate::chapters::pinning::counted::Counted;
use crate::chapters::pinning::moves::leads_to;
use crate::{seconds, sleep, watch, yield_now};
use std::future::pending;
use std::task::{Context, Waker};
use std::{mem, ptr};

pub(super) fn answers() -> Vec<Answer> {
    vec![
        Answer { name: "chapter15::swapped_twice", text: swapped_twice },
        Answer { name: "chapter15::what_moves", text: what_moves },
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

/// Waits for ever, and is not `Unpin`.
async fn dries() {
    pending::<()>().await;
}

fn what_moves() -> String {
    let mut drying = Box::pin(dries());
    assert!(drying.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
    let (of_the_box, of_the_future) = (ptr::from_ref(&drying).addr(), ptr::from_ref(&*drying).addr());
    let mut shelf = vec![drying];
    shelf.resize_with(100, || Box::pin(dries()));
    match [ptr::from_ref(&shelf[0]).addr() == of_the_box, ptr::from_ref(&*shelf[0]).addr() == of_the_future] {
        [false, true] => "The box, and not the future".to_owned(),
        other => format!("{other:?}"),
    }
}

/// The second one is not `Unpin`:
/// ```
/// fn is_unpin<T: Unpin>(_: &T) {}
/// is_unpin(&Box::pin(async {}));
/// ```
/// ```compile_fail,E0277
/// fn is_unpin<T: Unpin>(_: &T) {}
/// is_unpin(&(1_u32, async {}));
/// ```
/// ```
/// fn is_unpin<T: Unpin>(_: &T) {}
/// let mut drying = async {};
/// is_unpin(&&mut drying);
/// ```
/// ```
/// fn is_unpin<T: Unpin>(_: &T) {}
/// is_unpin(&vec![0_u8]);
/// ```
#[cfg(doctest)]
struct WhichTypeIsNotUnpin;

/// With the first repair the drying continues, the second one does not compile, and with the third one it begins again in each
/// round:
/// ```
/// use futures::future::{Either, select};
/// use paintdry_course::{milliseconds, seconds, sleep, watch};
/// use std::pin::pin;
/// let seen = watch("pinned once", async {
///     let drying = async { sleep(seconds(2)).await };
///     let mut drying = pin!(drying);
///     while let Either::Right(_) = select(drying.as_mut(), pin!(sleep(milliseconds(500)))).await {}
/// });
/// assert_eq!(seen.took(), seconds(2));
/// ```
/// ```compile_fail,E0277
/// use futures::future::{ready, select};
/// let mut drying = async {};
/// select(std::pin::Pin::new(&mut drying), ready(()));
/// ```
/// ```
/// use futures::future::{Either, select};
/// use paintdry_course::{milliseconds, seconds, sleep, watch};
/// use std::pin::pin;
/// async fn dry() { sleep(seconds(2)).await }
/// watch("pinned in each round", async {
///     for _ in 0..100 {
///         assert!(matches!(select(pin!(dry()), pin!(sleep(milliseconds(500)))).await, Either::Right(_)));
///     }
/// })
/// .result();
/// ```
#[cfg(doctest)]
struct WhichRepairContinues;
