//! For passes with oneshot channels: pairs of tasks that call each other.
//!
//! A call brings a number and a oneshot channel for the answer; the answer brings a number and a oneshot channel for the next
//! call. So each message costs one channel: made, sent to once, received from once.

use crate::job::{Oneshots, double};
use crate::sync::Oneshot;
use crate::tally::Tally;
use crate::work::{EMPTY, extended};

/// A call or an answer.
struct Message<C: Oneshot> {
    number: u64,
    /// Where the sender of this message waits for the next one.
    reply: C::Sender<Self>,
}

/// One task of a pair.
enum Side<C: Oneshot> {
    /// It sends the first call here.
    Caller(C::Sender<Message<C>>),
    /// It receives the first call here.
    Answerer(C::Receiver<Message<C>>),
}

/// The tasks: two for each pair, one after the other.
pub(crate) fn tasks<T: Tally, C: Oneshot>(job: Oneshots) -> impl ExactSizeIterator<Item = impl Future<Output = u64>> {
    let pair = |_| {
        let (sender, receiver) = C::oneshot();
        [Side::<C>::Caller(sender), Side::Answerer(receiver)]
    };
    let sides: Vec<_> = (0..job.pairs).flat_map(pair).collect();
    sides.into_iter().map(move |side| {
        T::spawned(1);
        play(side, job.round_trips)
    })
}

/// Gives the checksum of the numbers that this side received. If the other side is gone too early, it is wrong.
async fn play<C: Oneshot>(side: Side<C>, round_trips: u64) -> u64 {
    match side {
        Side::Caller(first) => call::<C>(first, round_trips).await,
        Side::Answerer(first) => answer::<C>(first, round_trips).await,
    }
}

async fn call<C: Oneshot>(first: C::Sender<Message<C>>, round_trips: u64) -> u64 {
    let (mut sender, mut sum) = (first, EMPTY);
    for number in 0..round_trips {
        let (reply, receiver) = C::oneshot();
        if !C::send(sender, Message { number, reply }) {
            break;
        }
        let Some(answer) = C::receive(receiver).await else { break };
        sum = extended(sum, answer.number);
        sender = answer.reply;
    }
    sum
}

async fn answer<C: Oneshot>(first: C::Receiver<Message<C>>, round_trips: u64) -> u64 {
    let (mut receiver, mut sum) = (first, EMPTY);
    for _ in 0..round_trips {
        let Some(call) = C::receive(receiver).await else { break };
        sum = extended(sum, call.number);
        let (reply, next) = C::oneshot();
        if !C::send(call.reply, Message { number: double(call.number), reply }) {
            break;
        }
        receiver = next;
    }
    sum
}
