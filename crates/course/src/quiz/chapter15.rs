//! Chapter 15, Pin, seen.

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
