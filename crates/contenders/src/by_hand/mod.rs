//! The same programs on each runtime's own functions, as its users write them, with nothing of ours between. They differ from
//! the form through the trait by what the trait costs, and by nothing else: the tasks, the order of spawns and joins, the
//! promises and the clock are the same, because both take them from `kits`.

pub(crate) mod async_std;
pub(crate) mod blocking;
#[cfg(feature = "groups")]
pub(crate) mod echo;
pub(crate) mod files;
pub(crate) mod generator;
pub(crate) mod smol;
#[cfg(feature = "groups")]
pub(crate) mod smol_static;
pub(crate) mod smol_threads;
pub(crate) mod tokio;
#[cfg(feature = "groups")]
pub(crate) mod tokio_local;
