//! For passes with a bounded channel: the producers and the consumer.

use crate::job::{self, double};
use crate::sync::Mpsc;
use crate::tally::Tally;
use crate::work::checksum;
use std::ops::Range;

/// One task of the job.
enum Side<C: Mpsc> {
    Consumer(C::Receiver),
    Producer(C::Sender, Range<u64>),
}

/// The tasks: the consumer, and then the producers.
pub(crate) fn tasks<T: Tally, C: Mpsc>(job: job::Mpsc) -> impl ExactSizeIterator<Item = impl Future<Output = u64>> {
    let (sender, receiver) = C::bounded(job.capacity, job.producers);
    let mut sides = vec![Side::<C>::Consumer(receiver)];
    sides.extend((0..job.producers).map(|n| Side::Producer(sender.clone(), job.numbers(n))));
    drop(sender); // the consumer ends when no sender is left
    sides.into_iter().map(|side| {
        T::spawned(1);
        play(side)
    })
}

/// Gives how many messages a producer sent, or what the consumer received.
async fn play<C: Mpsc>(side: Side<C>) -> u64 {
    match side {
        Side::Consumer(mut receiver) => {
            let (mut sum, mut count) = (0_u64, 0);
            while let Some(message) = C::receive(&mut receiver).await {
                sum = sum.wrapping_add(checksum([message]));
                count += 1;
            }
            job::Mpsc::received(sum, count)
        }
        Side::Producer(mut sender, numbers) => {
            let mut sent = 0;
            for number in numbers {
                if !C::send(&mut sender, double(number)).await {
                    break;
                }
                sent += 1;
            }
            sent
        }
    }
}
