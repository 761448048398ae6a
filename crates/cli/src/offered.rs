//! The files that a shell offers where a command reads recordings.

use clap_complete::engine::{ArgValueCompleter, PathCompleter};
use std::path::Path;

/// Files that may be recordings, and the folders that may have some.
pub(crate) fn recordings() -> ArgValueCompleter {
    let is_json = |path: &Path| path.is_file() && path.extension().is_some_and(|extension| extension == "json");
    ArgValueCompleter::new(PathCompleter::any().stdio().filter(is_json))
}
