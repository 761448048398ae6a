//! A signal that is watched.

use super::claim::Attempt;
use super::identity::Identity;
use super::uses::{here, touch};
use crate::event::{Aim, EventKind};
use crate::resource::ResourceKind;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;

/// [`event_listener::Event`], watched: tasks listen, and are notified when something has happened. A clone is the same signal.
///
/// It remembers nothing: a task that listens after the notification waits for the next one. So listen first, and then check
/// whether there is anything to wait for.
///
/// ```
/// use paintdry_core::Runtime;
/// use paintdry_smol::Local;
/// use paintdry_studio::{Clock, Studio, sync::Signal};
/// use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
/// use std::sync::Arc;
///
/// type Watched = Studio<Local>;
///
/// let watched = Watched::new(Clock::Virtual).run(async {
///     let (is_dry, dry) = (Arc::new(AtomicBool::new(false)), Signal::new("dry"));
///     let waits = Watched::spawn({
///         let (is_dry, dry) = (Arc::clone(&is_dry), dry.clone());
///         async move {
///             let heard = dry.listen();
///             if !is_dry.load(SeqCst) {
///                 heard.await;
///             }
///         }
///     });
///     is_dry.store(true, SeqCst);
///     dry.notify(1);
///     waits.await
/// });
/// assert_eq!(watched.result?, Ok(()));
/// # Ok::<(), paintdry_studio::Stalled>(())
/// ```
#[derive(Clone)]
pub struct Signal {
    event: Arc<event_listener::Event>,
    identity: Arc<Identity>,
}

impl Signal {
    /// A signal with this name.
    #[must_use]
    pub fn new(name: &str) -> Self {
        Self { event: Arc::default(), identity: Identity::new(ResourceKind::Signal, name, None) }
    }

    /// Listens from now on. The future waits until this listener is notified; it may have been by the time it is polled.
    ///
    /// If the future was notified and is dropped before it is polled, another listener is notified.
    #[must_use = "it hears the signal only when it is awaited"]
    pub fn listen(&self) -> impl Future<Output = ()> + Send + use<> {
        touch(self.identity.name());
        let (mut listener, identity) = (self.event.listen(), Arc::clone(&self.identity));
        async move {
            let mut attempt = Attempt::new(&identity, Aim::Hear); // dropped before the listener, which may notify another one
            poll_fn(|context| {
                attempt.poll(context, |context, claim| {
                    Pin::new(&mut listener).poll(context).map(|()| {
                        if let Some(claim) = claim {
                            claim.succeeds(|resource, claim| EventKind::Hear { resource, claim });
                        }
                    })
                })
            })
            .await;
        }
    }

    /// Notifies so many of the tasks that listen, those that have listened longest; `usize::MAX` are all of them. A task that was
    /// notified before and has not been polled since counts as one of them.
    pub fn notify(&self, listeners: usize) {
        touch(self.identity.name());
        if let Some((uses, task)) = here() {
            let resource = self.identity.position_in(&*uses);
            let listeners = u32::try_from(self.event.total_listeners().min(listeners)).unwrap_or(u32::MAX);
            uses.note_use(task, EventKind::Signal { resource, listeners });
        }
        self.event.notify(listeners);
    }
}

/// As `Signal("dry")`.
impl fmt::Debug for Signal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.identity.fmt(f)
    }
}
