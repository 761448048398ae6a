//! Reads the parts of a recording as strictly as the schema states them: an object is never written as a list, and a field
//! that may be null is there.

use super::limits::short;
use super::{RecordedRun, Recording, Source};
use crate::clock::Clock;
use crate::host::Host;
use crate::resource::Resource;
use crate::workload::{AmapWorkload, PaintWorkload, RecordedWorkload};
use serde::de::value::MapAccessDeserializer;
use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use std::fmt;
use std::marker::PhantomData;
use std::time::Duration;

/// Something that is written as an object. What serde derives for a struct takes a list of its fields as well.
struct Object<T>(T);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Object<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(ObjectVisitor(PhantomData)).map(Self)
    }
}

struct ObjectVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for ObjectVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        T::deserialize(MapAccessDeserializer::new(map))
    }
}

/// A recording with what serde derives for it, without its checks.
struct Unchecked(Recording);

impl<'de> Deserialize<'de> for Unchecked {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Recording::deserialize(deserializer).map(Self)
    }
}

pub(super) fn unchecked<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Recording, D::Error> {
    Object::<Unchecked>::deserialize(deserializer).map(|object| object.0.0)
}

pub(super) fn host<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Host, D::Error> {
    Object::deserialize(deserializer).map(|object| object.0)
}

pub(super) fn sources<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Source>, D::Error> {
    Vec::deserialize(deserializer).map(|sources| sources.into_iter().map(|Object(source)| source).collect())
}

pub(super) fn resources<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Resource>, D::Error> {
    Vec::deserialize(deserializer).map(|resources| resources.into_iter().map(|Object(resource)| resource).collect())
}

pub(super) fn runs<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<RecordedRun>, D::Error> {
    Vec::deserialize(deserializer).map(|runs| runs.into_iter().map(|Object(run)| run).collect())
}

/// What serde derives for the enum takes `{"virtual": null}` as well.
pub(super) fn clock<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Clock, D::Error> {
    match String::deserialize(deserializer)?.as_str() {
        "real" => Ok(Clock::Real),
        "virtual" => Ok(Clock::Virtual),
        other => Err(D::Error::custom(format!("there is no clock called {:?}", short(other)))),
    }
}

/// The fields of every workload. Serde's code for an enum with a tag keeps everything in memory until it has read
/// the tag.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Workload {
    job: String,
    #[serde(default, deserialize_with = "some")]
    name: Option<String>,
    #[serde(default, deserialize_with = "some")]
    canvases: Option<usize>,
    #[serde(default, deserialize_with = "some")]
    drying_ns: Option<u64>,
    #[serde(default, deserialize_with = "some")]
    poll_ns: Option<u64>,
    #[serde(default, deserialize_with = "some")]
    strokes: Option<u64>,
    #[serde(default, deserialize_with = "some")]
    stroke_cost_ns: Option<u64>,
    #[serde(default, deserialize_with = "some")]
    tasks: Option<usize>,
    #[serde(default, deserialize_with = "some")]
    items: Option<u64>,
}

/// A field that is never null.
fn some<'de, T: Deserialize<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}

impl<'de> Deserialize<'de> for RecordedWorkload {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Object(of) = Object::<Workload>::deserialize(deserializer)?;
        let paint = (of.canvases, of.drying_ns, of.poll_ns, of.strokes, of.stroke_cost_ns);
        match (of.job.as_str(), of.name, paint, (of.tasks, of.items)) {
            (
                "paint",
                None,
                (Some(canvases), Some(drying), Some(poll), Some(strokes), Some(stroke_cost)),
                (None, None),
            ) => {
                let [drying, poll, stroke_cost] = [drying, poll, stroke_cost].map(Duration::from_nanos);
                Ok(Self::Paint(PaintWorkload { canvases, drying, poll, strokes, stroke_cost }))
            }
            ("amap", None, (None, None, None, None, None), (Some(tasks), Some(items))) => {
                Ok(Self::Amap(AmapWorkload { tasks, items }))
            }
            ("program", Some(name), (None, None, None, None, None), (None, None)) => Ok(Self::Program { name }),
            (job @ ("paint" | "amap" | "program"), ..) => {
                Err(D::Error::custom(format!("its workload does not have exactly the fields of the job {job:?}")))
            }
            (other, ..) => Err(D::Error::custom(format!("there is no job called {:?}", short(other)))),
        }
    }
}
