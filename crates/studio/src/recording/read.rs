//! Reading a recording from its text.

use super::error::{RecordingError, wrong};
use super::lengths::{check_lengths, check_strings};
use super::limits::BYTES;
use super::strict::unchecked;
use super::{FORMAT, Recording, VERSION};
use serde::de::IgnoredAny;
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
        let text = text.strip_prefix('\u{feff}').unwrap_or(text); // some editors put this mark at the start
        serde_json::from_str::<IgnoredAny>(text).map_err(|error| {
            let is_truncated = error.is_eof() && text.contains(FORMAT);
            if is_truncated { RecordingError::Truncated } else { RecordingError::NotJson(error.to_string()) }
        })?;
        if !text.trim_start().starts_with('{') {
            return Err(RecordingError::Foreign);
        }
        check_strings(text)?;
        let head: Head = serde_json::from_str(text).map_err(|_| RecordingError::Foreign)?;
        match (head.format.as_deref(), head.version) {
            (Some(FORMAT), Some(VERSION)) => {}
            (Some(FORMAT), Some(version)) => return Err(RecordingError::OtherVersion(version)),
            _ => return Err(RecordingError::Foreign),
        }
        check_lengths(text)?;
        let recording = unchecked(&mut serde_json::Deserializer::from_str(text)).map_err(|error| wrong(&error))?;
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
        let recording = unchecked(deserializer)?;
        recording.check().map_err(serde::de::Error::custom)?;
        Ok(recording)
    }
}
