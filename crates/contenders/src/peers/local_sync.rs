//! local-sync: the channels and the semaphore that monoio's authors made for tasks of one thread, and recommend in
//! <https://github.com/bytedance/monoio/blob/master/docs/en/async-communicate.md>.

use crate::sync::{Lock, Mpsc, Oneshot, Protected};
use local_sync::mpsc::bounded;
use local_sync::oneshot;
use local_sync::semaphore::{Semaphore, SemaphorePermit};
use std::cell::{RefCell, RefMut};
use std::ops::{Deref, DerefMut};

/// Channels that cannot leave their thread.
pub(super) struct LocalSync;

impl Oneshot for LocalSync {
    type Sender<V> = oneshot::Sender<V>;
    type Receiver<V> = oneshot::Receiver<V>;

    fn oneshot<V>() -> (Self::Sender<V>, Self::Receiver<V>) {
        oneshot::channel()
    }

    fn send<V>(sender: Self::Sender<V>, value: V) -> bool {
        sender.send(value).is_ok()
    }

    async fn receive<V>(receiver: Self::Receiver<V>) -> Option<V> {
        receiver.await.ok()
    }
}

impl Mpsc for LocalSync {
    type Sender = bounded::Tx<u64>;
    type Receiver = bounded::Rx<u64>;

    fn bounded(capacity: usize, _: usize) -> (Self::Sender, Self::Receiver) {
        bounded::channel(capacity)
    }

    async fn send(sender: &mut Self::Sender, message: u64) -> bool {
        sender.send(message).await.is_ok()
    }

    async fn receive(receiver: &mut Self::Receiver) -> Option<u64> {
        receiver.recv().await
    }
}

/// A mutex made of a semaphore with one permit, as tokio's is, because local-sync has none.
pub(super) struct Permit {
    semaphore: Semaphore,
    protected: RefCell<Protected>,
}

/// What holds the permit. The borrow ends before the permit is given back.
pub(super) struct Held<'a> {
    protected: RefMut<'a, Protected>,
    _permit: SemaphorePermit<'a>,
}

impl Deref for Held<'_> {
    type Target = Protected;

    fn deref(&self) -> &Protected {
        &self.protected
    }
}

impl DerefMut for Held<'_> {
    fn deref_mut(&mut self) -> &mut Protected {
        &mut self.protected
    }
}

impl Lock for Permit {
    type Guard<'a> = Held<'a>;

    fn new(protected: Protected) -> Self {
        Self { semaphore: Semaphore::new(1), protected: RefCell::new(protected) }
    }

    async fn lock(&self) -> Held<'_> {
        let permit = self.semaphore.acquire().await.expect("the semaphore is never closed");
        Held { protected: self.protected.borrow_mut(), _permit: permit }
    }
}
