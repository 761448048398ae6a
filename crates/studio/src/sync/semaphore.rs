//! A semaphore that is watched.

use super::claim::{Attempt, Claim, Hold};
use super::identity::Identity;
use super::uses::is_watched;
use crate::event::Aim;
use crate::resource::ResourceKind;
use async_lock::SemaphoreGuardArc;
use std::fmt;
use std::future::poll_fn;
use std::pin::pin;
use std::sync::Arc;

/// [`async_lock::Semaphore`], watched: so many tasks can have a permit at a time. A clone is the same semaphore.
///
/// It is not fair: when a permit is given back, the task that has waited longest is notified, but another task may take the permit
/// before that one is polled.
///
/// ```
/// use paintdry_core::{Runtime, gather};
/// use paintdry_studio::{Clock, Studio, sync::Semaphore};
/// use paintdry_smol::Local;
/// use std::time::Duration;
///
/// type Watched = Studio<Local>;
///
/// let watched = Watched::new(Clock::Virtual).run(async {
///     let brushes = Semaphore::new("brushes", 2);
///     gather::<Watched, _>([(); 3].map(|()| {
///         let brushes = brushes.clone();
///         async move {
///             let _brush = brushes.acquire().await;
///             Watched::sleep(Duration::from_secs(60)).await;
///         }
///     }))
///     .await;
/// });
/// assert_eq!(watched.wall, Duration::from_secs(120)); // the third painter waits for a brush
/// ```
#[derive(Clone)]
pub struct Semaphore {
    permits: Arc<async_lock::Semaphore>,
    identity: Arc<Identity>,
}

impl Semaphore {
    /// A semaphore with this name and so many permits.
    #[must_use]
    pub fn new(name: &str, permits: usize) -> Self {
        Self::of(Identity::new(ResourceKind::Semaphore, name, Some(permits)), permits)
    }

    pub(super) fn of(identity: Arc<Identity>, permits: usize) -> Self {
        Self { permits: Arc::new(async_lock::Semaphore::new(permits)), identity }
    }

    /// Waits for a permit, and takes it. If the future is dropped before that, it has taken none.
    pub async fn acquire(&self) -> Permit {
        if !is_watched()
            && let Some(permit) = self.permits.try_acquire_arc()
        {
            return self.permit(None, permit); // most programs use it so, and it should cost them little
        }
        let mut acquiring = pin!(self.permits.acquire_arc());
        // Declared after the future, so it is dropped before: a notification that the future passes on comes after that.
        let mut attempt = Attempt::new(&self.identity, Aim::Take);
        poll_fn(|context| {
            attempt.poll(context, |context, claim| {
                acquiring.as_mut().poll(context).map(|permit| self.permit(claim.cloned(), permit))
            })
        })
        .await
    }

    /// Takes a permit, if there is one.
    #[must_use = "it is given back at once if it is dropped"]
    pub fn try_acquire(&self) -> Option<Permit> {
        let claim = Claim::at_once(&self.identity, Aim::Take);
        let permit = self.permits.try_acquire_arc()?;
        Some(self.permit(claim, permit))
    }

    fn permit(&self, claim: Option<Arc<Claim>>, permit: SemaphoreGuardArc) -> Permit {
        Permit { _hold: Hold::new(&self.identity, claim), _permit: permit }
    }
}

/// As `Semaphore("brushes")`.
impl fmt::Debug for Semaphore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.identity.fmt(f)
    }
}

/// A permit of a [`Semaphore`]. It is given back when this is dropped, by any task and on any thread. If it is forgotten, the
/// semaphore has one permit less for ever.
#[must_use = "it is given back at once if it is dropped"]
pub struct Permit {
    /// The first field: a recording has the release before the events that it causes.
    _hold: Hold,
    _permit: SemaphoreGuardArc,
}

impl fmt::Debug for Permit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Permit").finish_non_exhaustive()
    }
}
