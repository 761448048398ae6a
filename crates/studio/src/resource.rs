//! What tasks wait for and share, as a recording lists it.

use crate::recording::limits::short;
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};

/// A resource of a run: a lock, a semaphore, a channel or a signal of [`sync`](crate::sync) that a task of the run has used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Resource {
    /// What it is.
    pub kind: ResourceKind,
    /// Its name. Several may have the same.
    pub name: String,
    /// How many tasks can hold it at a time, or how many messages it has room for; `None` if it cannot be full.
    #[serde(deserialize_with = "Option::deserialize")] // or else it might be missing
    pub capacity: Option<u64>,
}

/// What a resource is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum ResourceKind {
    /// A lock, which one task can hold at a time.
    Mutex,
    /// As many permits as its capacity says.
    Semaphore,
    /// A queue of messages.
    Channel,
    /// Something that happens, which tasks listen for.
    Signal,
}

/// What serde derives for the enum takes `{"mutex": null}` as well.
impl<'de> Deserialize<'de> for ResourceKind {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match String::deserialize(deserializer)?.as_str() {
            "mutex" => Ok(Self::Mutex),
            "semaphore" => Ok(Self::Semaphore),
            "channel" => Ok(Self::Channel),
            "signal" => Ok(Self::Signal),
            other => Err(D::Error::custom(format!("there is no resource of the kind {:?}", short(other)))),
        }
    }
}
