//! Chapter 13: how many messages a channel holds that was made with room for two.

use futures::channel::mpsc;

/// A channel of tokio: its senders share the two places.
#[must_use]
pub fn held_by_tokio(senders: usize) -> usize {
    let (sender, _receiver) = tokio::sync::mpsc::channel(2);
    let senders = vec![sender; senders];
    fill(senders, |sender| sender.try_send("sky").is_ok())
}

/// A channel of the crate async-channel: its senders share the two places.
#[must_use]
pub fn held_by_async_channel(senders: usize) -> usize {
    let (sender, _receiver) = async_channel::bounded(2);
    let senders = vec![sender; senders];
    fill(senders, |sender| sender.try_send("sky").is_ok())
}

/// A channel of the crate futures: each sender adds a place of its own.
#[must_use]
pub fn held_by_futures(senders: usize) -> usize {
    let (sender, _receiver) = mpsc::channel(2);
    let senders = vec![sender; senders];
    fill(senders, |sender| sender.try_send("sky").is_ok())
}

/// The same, with a clone for each message: its place is always free. Tries this many messages.
#[must_use]
pub fn held_with_a_clone_for_each(messages: usize) -> usize {
    let (sender, _receiver) = mpsc::channel(2);
    (0..messages).filter(|_| sender.clone().try_send("sky").is_ok()).count()
}

/// Sends with each sender until it is refused, and counts what was sent.
fn fill<S>(mut senders: Vec<S>, mut send: impl FnMut(&mut S) -> bool) -> usize {
    let mut count = 0;
    for sender in &mut senders {
        while send(sender) {
            count += 1;
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn senders_of_tokio_and_async_channel_share_the_bound() {
        assert_eq!([1, 3, 10].map(held_by_tokio), [2, 2, 2]);
        assert_eq!([1, 3, 10].map(held_by_async_channel), [2, 2, 2]);
    }

    #[test]
    fn each_sender_of_futures_adds_a_place() {
        assert_eq!([1, 3, 10].map(held_by_futures), [3, 5, 12]);
    }

    #[test]
    fn a_clone_for_each_message_has_no_bound() {
        assert_eq!(held_with_a_clone_for_each(1000), 1000);
    }
}
