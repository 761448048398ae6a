//! What only the operating system knows of a file: its permissions, and which one it is.

use std::fs::{File, Metadata, Permissions};

/// The read and write permissions that the umask allows, as for every other new file; temporary files are private.
#[cfg(unix)]
#[expect(clippy::unnecessary_wraps, reason = "elsewhere there is nothing to set")]
pub(super) fn permissions_of_a_new_file() -> Option<Permissions> {
    use std::os::unix::fs::PermissionsExt;
    Some(Permissions::from_mode(0o666))
}

#[cfg(not(unix))]
pub(super) fn permissions_of_a_new_file() -> Option<Permissions> {
    None
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
