//! Reading a recording from its text.

use super::error::RecordingError;
use super::limits::BYTES;
use super::{FORMAT, Recording, VERSION};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::str::FromStr;

impl Recording {
    /// Reads a recording from its text.
    ///
    /// # Errors
    /// If it is not JSON, not a recording, of another version, larger than the [limits](crate::limits) allow, or
    /// contradicts itself.
    pub fn read(text: &str) -> Result<Self, RecordingError> {
        #[derive(Deserialize)]
        struct Head {
            format: Option<String>,
            version: Option<u32>,
        }
        let has = text.len() as u64;
        if has > BYTES {
            return Err(RecordingError::TooLarge { what: "bytes".to_owned(), has, most: BYTES });
        }
        let text = text.trim_start_matches('\u{feff}'); // some editors put this mark at the start
        let head: Head = serde_json::from_str(text).map_err(|error| match error.classify() {
            serde_json::error::Category::Eof if text.contains(FORMAT) => RecordingError::Truncated,
            serde_json::error::Category::Data => RecordingError::Foreign,
            _ => RecordingError::NotJson(error.to_string()),
        })?;
        match (head.format.as_deref(), head.version) {
            (Some(FORMAT), Some(VERSION)) => {}
            (Some(FORMAT), Some(version)) => return Err(RecordingError::OtherVersion(version)),
            _ => return Err(RecordingError::Foreign),
        }
        let mut text = serde_json::Deserializer::from_str(text);
        let recording = Self::deserialize(&mut text).and_then(|recording| text.end().map(|()| recording));
        let recording = recording.map_err(|error| RecordingError::Wrong(error.to_string()))?;
        recording.check()?;
        Ok(recording)
    }
}

/// As [`Recording::read`].
impl FromStr for Recording {
    type Err = RecordingError;

    fn from_str(text: &str) -> Result<Self, RecordingError> {
        Self::read(text)
    }
}

impl Serialize for Recording {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Self::serialize(self, serializer)
    }
}

/// With the checks of [`Recording::read`].
impl<'de> Deserialize<'de> for Recording {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let recording = Self::deserialize(deserializer)?;
        recording.check().map_err(serde::de::Error::custom)?;
        Ok(recording)
    }
}
