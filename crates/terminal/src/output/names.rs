//! What a path names: a file, a link to one, or a file that is already open.

use std::fs;
use std::path::{self, Path, PathBuf};

/// Whether it is the name of standard output, or of standard input.
pub fn is_dash(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// The target of a link: that is replaced, and not the link. It may be a file that does not exist yet. A link of the system
/// to an open file, such as `/proc/self/fd/3`, is its own target.
pub(super) fn without_links(path: &Path) -> PathBuf {
    let mut path = path.to_owned();
    while let Ok(target) = fs::read_link(&path) {
        if is_open_file(&path) {
            break;
        }
        path = folder_of(&path).join(target);
    }
    path
}

/// Whether it names a file by a number that a process has for it: where `/dev/stdout` and `/dev/fd/3` lead to. Its link is
/// only a description of the file, which may have another name by now, or none.
pub(super) fn is_open_file(path: &Path) -> bool {
    let folder = fs::canonicalize(folder_of(path)).unwrap_or_default();
    folder == Path::new("/dev/fd") || (folder.starts_with("/proc") && folder.ends_with("fd"))
}

/// Whether it is the standard output of this process, which is where `/dev/stdout` leads to.
pub(super) fn is_stdout(path: &Path) -> bool {
    let is_ours = || Some(fs::canonicalize("/dev/fd").ok()? == fs::canonicalize(folder_of(path)).ok()?);
    path.file_name().is_some_and(|name| name == "1") && is_ours() == Some(true)
}

/// Whether it ends like the name of a folder.
pub(super) fn is_named_as_folder(path: &Path) -> bool {
    path.as_os_str().as_encoded_bytes().last().is_some_and(|last| path::is_separator(char::from(*last)))
}

pub(super) fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// The path without links and detours, even of a file that does not exist yet.
pub(super) fn resolved(path: &Path) -> PathBuf {
    let in_folder = || Some(fs::canonicalize(folder_of(path)).ok()?.join(path.file_name()?));
    fs::canonicalize(path).ok().or_else(in_folder).unwrap_or_else(|| path.to_owned())
}
