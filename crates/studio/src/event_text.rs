//! An event as it stands in a recording: a list of its time, its kind, its task and what else belongs to it.

use crate::event::{Event, What, WokenBy};
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
            What::Spawn { by } => list.serialize_element(by)?,
            What::Poll { thread } => list.serialize_element(thread)?,
            What::Line(line) => list.serialize_element(line)?,
            What::Timer { timer, due_ns } => {
                list.serialize_element(timer)?;
                list.serialize_element(due_ns)?;
            }
            What::Join { other } => list.serialize_element(other)?,
            What::Fire { timer } => list.serialize_element(timer)?,
            What::Wake(WokenBy::Task(task)) => list.serialize_element(task)?,
            What::Wake(WokenBy::Timer) => list.serialize_element("timer")?,
            What::Wake(WokenBy::Runtime) => list.serialize_element("runtime")?,
            What::Wake(WokenBy::Thread) => list.serialize_element("thread")?,
            What::Panic(text) | What::Note(text) => list.serialize_element(text)?,
            What::Yield | What::Block | What::Unblock | What::Pending | What::Complete | What::Cancel => {}
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
            "spawn" => What::Spawn { by: next(&mut list)? },
            "poll" => What::Poll { thread: next(&mut list)? },
            "line" => What::Line(next(&mut list)?),
            "note" => What::Note(next(&mut list)?),
            "yield" => What::Yield,
            "timer" => What::Timer { timer: next(&mut list)?, due_ns: next(&mut list)? },
            "join" => What::Join { other: next(&mut list)? },
            "block" => What::Block,
            "unblock" => What::Unblock,
            "fire" => What::Fire { timer: next(&mut list)? },
            "wake" => What::Wake(next(&mut list)?),
            "pending" => What::Pending,
            "complete" => What::Complete,
            "panic" => What::Panic(next(&mut list)?),
            "cancel" => What::Cancel,
            unknown => return Err(A::Error::custom(format!("there is no event of the kind {unknown:?}"))),
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

impl<'de> Deserialize<'de> for WokenBy {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Text {
            Task(u32),
            Other(String),
        }
        match Text::deserialize(deserializer)? {
            Text::Task(task) => Ok(Self::Task(task)),
            Text::Other(other) => match other.as_str() {
                "timer" => Ok(Self::Timer),
                "runtime" => Ok(Self::Runtime),
                "thread" => Ok(Self::Thread),
                _ => Err(D::Error::custom(format!("nobody called {other:?} wakes tasks"))),
            },
        }
    }
}

impl What {
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
        }
    }
}

impl Event {
    /// Every task that it names.
    pub(crate) fn tasks(&self) -> impl Iterator<Item = u32> {
        let other = match self.what {
            What::Spawn { by } => by,
            What::Join { other } | What::Wake(WokenBy::Task(other)) => Some(other),
            _ => None,
        };
        [Some(self.task), other].into_iter().flatten()
    }
}
