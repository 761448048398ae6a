//! What only the operating system knows of a file: its permissions, and which one it is.

use std::fs::{File, Metadata};
use std::io;
use std::path::Path;

/// Makes a file that only this user can read and write if it is private, and else whoever the umask lets.
#[cfg(unix)]
pub(super) fn create(path: &Path, is_private: bool) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;
    File::options().write(true).create_new(true).mode(if is_private { 0o600 } else { 0o666 }).open(path)
}

#[cfg(not(unix))]
pub(super) fn create(path: &Path, _: bool) -> io::Result<File> {
    File::create_new(path)
}

/// Gives a new file the owner and the group of an old one; false if this user may not.
#[cfg(unix)]
pub(super) fn takes_owner_of(new: &File, old: &Metadata) -> bool {
    use std::os::unix::fs::{MetadataExt, fchown};
    let is_same = |new: Metadata| (new.uid(), new.gid()) == (old.uid(), old.gid());
    new.metadata().is_ok_and(is_same) || fchown(new, Some(old.uid()), Some(old.gid())).is_ok()
}

#[cfg(not(unix))]
pub(super) fn takes_owner_of(_: &File, _: &Metadata) -> bool {
    true
}

/// Whether the process, or the whole system, can open no more files.
#[cfg(unix)]
pub(super) fn has_too_many_files(error: &io::Error) -> bool {
    use nix::errno::Errno;
    error.raw_os_error().map(Errno::from_raw).is_some_and(|error| matches!(error, Errno::EMFILE | Errno::ENFILE))
}

#[cfg(not(unix))]
pub(super) fn has_too_many_files(_: &io::Error) -> bool {
    false
}

/// Which file or device it is, under any name. `None` for `/dev/null`, to which any number of texts may go, and
/// where the system does not say.
#[cfg(unix)]
pub(super) fn identity(there: &Metadata) -> Option<[u64; 3]> {
    use std::os::unix::fs::{FileTypeExt, MetadataExt};
    let is_device = there.file_type().is_char_device() || there.file_type().is_block_device();
    if !is_device {
        return Some([there.dev(), there.ino(), 0]);
    }
    let is_null = std::fs::metadata("/dev/null").is_ok_and(|null| null.rdev() == there.rdev());
    (!is_null).then(|| [0, 0, there.rdev()]) // a device may have several names
}

#[cfg(not(unix))]
pub(super) fn identity(_: &Metadata) -> Option<[u64; 3]> {
    None
}

/// Standard output as a file, if the system can say which one it is.
#[cfg(unix)]
pub(super) fn stdout() -> Option<File> {
    use std::os::fd::AsFd;
    std::io::stdout().as_fd().try_clone_to_owned().ok().map(File::from)
}

#[cfg(not(unix))]
pub(super) fn stdout() -> Option<File> {
    None
}

/// Makes a write fail that would exceed the largest size of a file that the user allows (`ulimit -f`). Otherwise its signal
/// would end the process, and leave unfinished files behind.
#[cfg(unix)]
pub(super) fn fail_at_the_limit_of_files() {
    use signal_hook::{consts::SIGXFSZ, flag};
    static ONCE: std::sync::Once = std::sync::Once::new();
    ONCE.call_once(|| drop(flag::register(SIGXFSZ, std::sync::Arc::default()))); // if it fails, the signal ends us, as before
}

#[cfg(not(unix))]
pub(super) fn fail_at_the_limit_of_files() {}
