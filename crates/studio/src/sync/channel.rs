//! A bounded channel that is watched.
//!
//! Each message is put in and taken out, and noted, under one lock: so a recording has the messages of all threads in their order,
//! which it could not if it watched a channel from outside.

use super::claim::{Attempt, Claim};
use super::identity::{Identity, lock};
use super::send_error::{SendError, TrySendError};
use super::uses::{here, is_watched, touch};
use crate::event::{Aim, EventKind};
use crate::resource::ResourceKind;
use event_listener::EventListener;
use std::collections::VecDeque;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::Poll;

/// A channel with this name, which has room for `capacity` messages, at least one.
///
/// ```
/// use paintdry_core::Runtime;
/// use paintdry_generator::EventLoop;
/// use paintdry_studio::{Clock, Studio, sync::channel};
///
/// type Watched = Studio<EventLoop>;
///
/// let watched = Watched::new(Clock::Virtual).run(async {
///     let (sender, receiver) = channel("orders", 1);
///     let painter = Watched::spawn(async move {
///         let mut painted = Vec::new();
///         while let Some(order) = receiver.receive().await {
///             painted.push(order);
///         }
///         painted
///     });
///     for order in ["sky", "sea"] {
///         sender.send(order).await.expect("the painter receives");
///     }
///     drop(sender);
///     painter.await
/// });
/// assert_eq!(watched.result?, Ok(vec!["sky", "sea"]));
/// # Ok::<(), paintdry_studio::Stalled>(())
/// ```
#[must_use]
pub fn channel<T>(name: &str, capacity: usize) -> (Sender<T>, Receiver<T>) {
    let capacity = capacity.max(1);
    let shared = Arc::new(Shared {
        state: Mutex::new(State { messages: VecDeque::new(), senders: 1, receivers: 1 }),
        capacity,
        room: event_listener::Event::new(),
        news: event_listener::Event::new(),
        identity: Identity::new(ResourceKind::Channel, name, Some(capacity)),
    });
    (Sender(Arc::clone(&shared)), Receiver(shared))
}

struct Shared<T> {
    state: Mutex<State<T>>,
    capacity: usize,
    /// Notified when a message is taken out, and at the end.
    room: event_listener::Event,
    /// Notified when a message is put in, and at the end.
    news: event_listener::Event,
    identity: Arc<Identity>,
}

struct State<T> {
    messages: VecDeque<T>,
    senders: usize,
    receivers: usize,
}

/// Notes the length of the queue as that after the claim's success.
fn note(claim: Option<&Arc<Claim>>, length: usize, what: fn(u32, u32, u32) -> EventKind) {
    if let Some(claim) = claim {
        let length = u32::try_from(length).unwrap_or(u32::MAX);
        claim.succeeds(|resource, claim| what(resource, claim, length));
    }
}

impl<T> Shared<T> {
    fn put(&self, message: T, claim: Option<&Arc<Claim>>) -> Result<(), TrySendError<T>> {
        let mut state = lock(&self.state);
        if state.receivers == 0 {
            return Err(TrySendError::Closed(message));
        }
        if state.messages.len() >= self.capacity {
            return Err(TrySendError::Full(message));
        }
        state.messages.push_back(message);
        note(claim, state.messages.len(), |resource, claim, length| EventKind::Send { resource, claim, length });
        drop(state);
        self.news.notify_additional(1); // when nothing is locked: a waker is foreign code
        Ok(())
    }

    /// A message, or `None` if there will be none; pending if there is none yet.
    fn take(&self, claim: Option<&Arc<Claim>>) -> Poll<Option<T>> {
        let mut state = lock(&self.state);
        let Some(message) = state.messages.pop_front() else {
            return if state.senders == 0 { Poll::Ready(None) } else { Poll::Pending };
        };
        note(claim, state.messages.len(), |resource, claim, length| EventKind::Receive { resource, claim, length });
        drop(state);
        self.room.notify_additional(1);
        Poll::Ready(Some(message))
    }

    /// One side is dropped for good. Whether this closes the channel is noted if a watched task dropped it.
    fn close(&self, was_open: bool) {
        touch(self.identity.name());
        if let Some((uses, task)) = here().filter(|_| was_open) {
            uses.note_use(task, EventKind::Close { resource: self.identity.position_in(&*uses) });
        }
        self.news.notify(usize::MAX);
        self.room.notify(usize::MAX);
    }
}

/// Polls what was listened to last, and then what `attempt` gives. If that is pending, it listens anew, and tries once more: what
/// it waits for may have happened meanwhile.
fn poll_listening<T>(
    event: &event_listener::Event,
    listener: &mut Option<EventListener>,
    context: &mut std::task::Context<'_>,
    mut attempt: impl FnMut() -> Poll<T>,
) -> Poll<T> {
    loop {
        if let Some(listening) = listener {
            match Pin::new(listening).poll(context) {
                Poll::Pending => return Poll::Pending,
                Poll::Ready(()) => *listener = None,
            }
        }
        if let Poll::Ready(done) = attempt() {
            return Poll::Ready(done);
        }
        *listener = Some(event.listen());
        if let Poll::Ready(done) = attempt() {
            *listener = None;
            return Poll::Ready(done);
        }
    }
}

/// The end of a [`channel`] that messages are put into. A clone is another sender of the same channel.
pub struct Sender<T>(Arc<Shared<T>>);

impl<T> Sender<T> {
    /// Waits until the channel has room, and puts the message in. If the future is dropped before that, so is the message.
    ///
    /// # Errors
    /// If all receivers are dropped: the message comes back.
    pub async fn send(&self, message: T) -> Result<(), SendError<T>> {
        let shared = &self.0;
        let (mut message, mut listener) = (Some(message), None);
        if !is_watched()
            && let Some(sent) = message.take()
        {
            match shared.put(sent, None) {
                Ok(()) => return Ok(()),
                Err(TrySendError::Full(sent) | TrySendError::Closed(sent)) => message = Some(sent),
            }
        }
        let mut attempt = Attempt::new(&shared.identity, Aim::Send); // dropped before the listener, which may notify another one
        poll_fn(|context| {
            attempt.poll(context, |context, claim| {
                poll_listening(&shared.room, &mut listener, context, || {
                    let Some(sent) = message.take() else { return Poll::Ready(Ok(())) };
                    match shared.put(sent, claim) {
                        Ok(()) => Poll::Ready(Ok(())),
                        Err(TrySendError::Closed(sent)) => Poll::Ready(Err(SendError(sent))),
                        Err(TrySendError::Full(sent)) => {
                            message = Some(sent);
                            Poll::Pending
                        }
                    }
                })
            })
        })
        .await
    }

    /// Puts the message in, if there is room.
    ///
    /// # Errors
    /// If there is none, or if all receivers are dropped: the message comes back.
    pub fn try_send(&self, message: T) -> Result<(), TrySendError<T>> {
        self.0.put(message, Claim::at_once(&self.0.identity, Aim::Send).as_ref())
    }
}

/// The end of a [`channel`] that messages are taken out of. A clone is another receiver of the same channel: each message goes to
/// one of them.
pub struct Receiver<T>(Arc<Shared<T>>);

impl<T> Receiver<T> {
    /// Waits for a message, and takes it out. `None` if there is none and all senders are dropped. If the future is dropped
    /// before it is complete, it has taken no message.
    pub async fn receive(&self) -> Option<T> {
        let shared = &self.0;
        if !is_watched()
            && let Poll::Ready(message) = shared.take(None)
        {
            return message;
        }
        let mut listener = None;
        let mut attempt = Attempt::new(&shared.identity, Aim::Receive);
        poll_fn(|context| {
            attempt.poll(context, |context, claim| {
                poll_listening(&shared.news, &mut listener, context, || shared.take(claim))
            })
        })
        .await
    }

    /// Takes a message out, if there is one.
    #[must_use = "the message is dropped with it"]
    pub fn try_receive(&self) -> Option<T> {
        match self.0.take(Claim::at_once(&self.0.identity, Aim::Receive).as_ref()) {
            Poll::Ready(message) => message,
            Poll::Pending => None,
        }
    }
}

impl<T> Clone for Sender<T> {
    fn clone(&self) -> Self {
        lock(&self.0.state).senders += 1;
        Self(Arc::clone(&self.0))
    }
}

impl<T> Clone for Receiver<T> {
    fn clone(&self) -> Self {
        lock(&self.0.state).receivers += 1;
        Self(Arc::clone(&self.0))
    }
}

impl<T> Drop for Sender<T> {
    fn drop(&mut self) {
        let mut state = lock(&self.0.state);
        state.senders -= 1;
        let (is_last, was_open) = (state.senders == 0, state.receivers > 0);
        drop(state);
        if is_last {
            self.0.close(was_open);
        }
    }
}

impl<T> Drop for Receiver<T> {
    fn drop(&mut self) {
        let mut state = lock(&self.0.state);
        state.receivers -= 1;
        let (is_last, was_open) = (state.receivers == 0, state.senders > 0);
        let left = if is_last { std::mem::take(&mut state.messages) } else { VecDeque::new() };
        drop(state);
        if is_last {
            self.0.close(was_open);
        }
        drop(left); // when nothing is locked: a message is foreign code
    }
}

/// As `Channel("orders")`.
impl<T> fmt::Debug for Sender<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.identity.fmt(f)
    }
}

/// As `Channel("orders")`.
impl<T> fmt::Debug for Receiver<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.identity.fmt(f)
    }
}
