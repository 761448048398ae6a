//! An event as a recording holds it: a list of its time, its kind, its task and what else belongs to it.

use crate::event::{Aim, Event, EventKind, WakeSource};
use crate::recording::limits::short;
use serde::de::{Error, SeqAccess, Visitor};
use serde::ser::SerializeSeq;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

impl Serialize for Event {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(None)?;
        list.serialize_element(&self.ns)?;
        list.serialize_element(self.what.kind())?;
        list.serialize_element(&self.task)?;
        match &self.what {
            EventKind::Spawn { by } => list.serialize_element(by)?,
            EventKind::Poll { thread } => list.serialize_element(thread)?,
            EventKind::Line(line) => list.serialize_element(line)?,
            EventKind::Timer { timer, due_ns } => {
                list.serialize_element(timer)?;
                list.serialize_element(due_ns)?;
            }
            EventKind::Join { other } => list.serialize_element(other)?,
            EventKind::Fire { timer } => list.serialize_element(timer)?,
            EventKind::Wake(WakeSource::Task(task)) => list.serialize_element(task)?,
            EventKind::Wake(WakeSource::Timer) => list.serialize_element("timer")?,
            EventKind::Wake(WakeSource::Runtime) => list.serialize_element("runtime")?,
            EventKind::Wake(WakeSource::Thread) => list.serialize_element("thread")?,
            EventKind::Wake(WakeSource::Unknown) => list.serialize_element("unknown")?,
            EventKind::Panic(text) | EventKind::Note(text) => list.serialize_element(text)?,
            EventKind::Wait { resource, claim, to } => {
                list.serialize_element(resource)?;
                list.serialize_element(claim)?;
                list.serialize_element(to.name())?;
            }
            EventKind::Notify { resource, claim }
            | EventKind::Leave { resource, claim }
            | EventKind::Take { resource, claim }
            | EventKind::Hear { resource, claim } => {
                list.serialize_element(resource)?;
                list.serialize_element(claim)?;
            }
            EventKind::Release { resource, claim, by } => {
                list.serialize_element(resource)?;
                list.serialize_element(claim)?;
                list.serialize_element(by)?;
            }
            EventKind::Send { resource, claim, length } | EventKind::Receive { resource, claim, length } => {
                list.serialize_element(resource)?;
                list.serialize_element(claim)?;
                list.serialize_element(length)?;
            }
            EventKind::Close { resource } => list.serialize_element(resource)?,
            EventKind::Signal { resource, listeners } => {
                list.serialize_element(resource)?;
                list.serialize_element(listeners)?;
            }
            EventKind::Yield
            | EventKind::Block
            | EventKind::Unblock
            | EventKind::Pending
            | EventKind::Complete
            | EventKind::Cancel => {}
        }
        list.end()
    }
}

impl<'de> Deserialize<'de> for Event {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(EventVisitor)
    }
}

struct EventVisitor;

impl<'de> Visitor<'de> for EventVisitor {
    type Value = Event;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an event, such as [0, \"poll\", 1, 0]")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Event, A::Error> {
        let ns = next(&mut list)?;
        let kind: String = next(&mut list)?;
        let task = next(&mut list)?;
        let what = match kind.as_str() {
            "spawn" => EventKind::Spawn { by: next(&mut list)? },
            "poll" => EventKind::Poll { thread: next(&mut list)? },
            "line" => EventKind::Line(next(&mut list)?),
            "note" => EventKind::Note(next(&mut list)?),
            "yield" => EventKind::Yield,
            "timer" => EventKind::Timer { timer: next(&mut list)?, due_ns: next(&mut list)? },
            "join" => EventKind::Join { other: next(&mut list)? },
            "block" => EventKind::Block,
            "unblock" => EventKind::Unblock,
            "fire" => EventKind::Fire { timer: next(&mut list)? },
            "wake" => EventKind::Wake(next(&mut list)?),
            "pending" => EventKind::Pending,
            "complete" => EventKind::Complete,
            "panic" => EventKind::Panic(next(&mut list)?),
            "cancel" => EventKind::Cancel,
            "wait" => EventKind::Wait { resource: next(&mut list)?, claim: next(&mut list)?, to: next(&mut list)? },
            "notify" => EventKind::Notify { resource: next(&mut list)?, claim: next(&mut list)? },
            "leave" => EventKind::Leave { resource: next(&mut list)?, claim: next(&mut list)? },
            "take" => EventKind::Take { resource: next(&mut list)?, claim: next(&mut list)? },
            "release" => {
                EventKind::Release { resource: next(&mut list)?, claim: next(&mut list)?, by: next(&mut list)? }
            }
            "send" => EventKind::Send { resource: next(&mut list)?, claim: next(&mut list)?, length: next(&mut list)? },
            "receive" => {
                EventKind::Receive { resource: next(&mut list)?, claim: next(&mut list)?, length: next(&mut list)? }
            }
            "close" => EventKind::Close { resource: next(&mut list)? },
            "signal" => EventKind::Signal { resource: next(&mut list)?, listeners: next(&mut list)? },
            "hear" => EventKind::Hear { resource: next(&mut list)?, claim: next(&mut list)? },
            unknown => return Err(A::Error::custom(format!("there is no event of the kind {:?}", short(unknown)))),
        };
        match list.next_element::<serde::de::IgnoredAny>()? {
            None => Ok(Event { ns, task, what }),
            Some(_) => Err(A::Error::custom(format!("an event of the kind {kind:?} is longer than it should be"))),
        }
    }
}

fn next<'de, T: Deserialize<'de>, A: SeqAccess<'de>>(list: &mut A) -> Result<T, A::Error> {
    list.next_element()?.ok_or_else(|| A::Error::custom("an event is shorter than it should be"))
}

impl<'de> Deserialize<'de> for WakeSource {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(WakeSourceVisitor)
    }
}

/// Serde's code for either of two types keeps all of the text in memory.
struct WakeSourceVisitor;

impl Visitor<'_> for WakeSourceVisitor {
    type Value = WakeSource;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a task, \"timer\", \"runtime\", \"thread\" or \"unknown\"")
    }

    fn visit_u64<E: Error>(self, task: u64) -> Result<WakeSource, E> {
        u32::try_from(task).map(WakeSource::Task).map_err(|_| E::custom(format!("there is no task {task}")))
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<WakeSource, E> {
        match name {
            "timer" => Ok(WakeSource::Timer),
            "runtime" => Ok(WakeSource::Runtime),
            "thread" => Ok(WakeSource::Thread),
            "unknown" => Ok(WakeSource::Unknown),
            other => Err(E::custom(format!("{:?} is not what wakes tasks", short(other)))),
        }
    }
}

impl Aim {
    /// Its name in a recording: that of the event that ends the wait.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Take => "take",
            Self::Send => "send",
            Self::Receive => "receive",
            Self::Hear => "hear",
        }
    }
}

impl<'de> Deserialize<'de> for Aim {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(AimVisitor)
    }
}

struct AimVisitor;

impl Visitor<'_> for AimVisitor {
    type Value = Aim;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"take\", \"send\", \"receive\" or \"hear\"")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Aim, E> {
        let known = [Aim::Take, Aim::Send, Aim::Receive, Aim::Hear].into_iter().find(|aim| aim.name() == name);
        known.ok_or_else(|| E::custom(format!("{:?} is not what tasks wait to do", short(name))))
    }
}

impl EventKind {
    /// Its name in a recording.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::Spawn { .. } => "spawn",
            Self::Poll { .. } => "poll",
            Self::Line(_) => "line",
            Self::Note(_) => "note",
            Self::Yield => "yield",
            Self::Timer { .. } => "timer",
            Self::Join { .. } => "join",
            Self::Block => "block",
            Self::Unblock => "unblock",
            Self::Fire { .. } => "fire",
            Self::Wake(_) => "wake",
            Self::Pending => "pending",
            Self::Complete => "complete",
            Self::Panic(_) => "panic",
            Self::Cancel => "cancel",
            Self::Wait { .. } => "wait",
            Self::Notify { .. } => "notify",
            Self::Leave { .. } => "leave",
            Self::Take { .. } => "take",
            Self::Release { .. } => "release",
            Self::Send { .. } => "send",
            Self::Receive { .. } => "receive",
            Self::Close { .. } => "close",
            Self::Signal { .. } => "signal",
            Self::Hear { .. } => "hear",
        }
    }
}

impl Event {
    /// Every task that it names.
    pub(crate) fn tasks(&self) -> impl Iterator<Item = u32> {
        let other = match self.what {
            EventKind::Spawn { by } | EventKind::Release { by, .. } => by,
            EventKind::Join { other } | EventKind::Wake(WakeSource::Task(other)) => Some(other),
            _ => None,
        };
        [Some(self.task), other].into_iter().flatten()
    }
}
