//! What this process would leave behind if it ended at once: temporary files, and programs that it has started.

use std::fs;
use std::mem;
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// It is locked while a file is made or renamed, and while a program is started.
static LEFTOVERS: Mutex<Leftovers> = Mutex::new(Leftovers { files: Vec::new(), groups: Vec::new() });

#[derive(Debug)]
pub(crate) struct Leftovers {
    /// Temporary files; most are renamed already, or gone.
    pub(crate) files: Vec<PathBuf>,
    /// The programs on Unix, each with its children: the number of its group.
    pub(crate) groups: Vec<u32>,
}

pub(crate) fn leftovers() -> MutexGuard<'static, Leftovers> {
    LEFTOVERS.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Removes unfinished files and, on Unix, ends the programs that are running. The process must end now.
pub fn clean_up() {
    let mut leftovers = leftovers();
    for path in leftovers.files.drain(..) {
        let _ = fs::remove_file(path);
    }
    #[cfg(unix)]
    for group in leftovers.groups.drain(..).filter_map(|group| group.try_into().ok()) {
        use nix::sys::signal::{Signal, killpg};
        let _ = killpg(nix::unistd::Pid::from_raw(group), Signal::SIGKILL); // fails if all of them have ended
    }
    // It stays locked: a thread that wants to make another file, to start another program, or to rename a file and would report
    // that it is gone, waits for the end of the process.
    mem::forget(leftovers);
}
