//! Signals that end the process at once, and what is done before that.

#[cfg(unix)]
use nix::sys::signal::Signal;

/// Calls `clean_up` before a signal ends the process without asking: Ctrl-\, or the limit of processor time (`ulimit -t`).
/// A signal that the process was started to ignore stays ignored.
#[cfg(unix)]
pub(crate) fn watch_sudden_ends(clean_up: fn()) {
    use signal_hook::{iterator::Signals, low_level::emulate_default_handler};
    static ONCE: std::sync::Once = std::sync::Once::new();
    ONCE.call_once(|| {
        let watched = [Signal::SIGQUIT, Signal::SIGXCPU].into_iter().filter(|signal| !is_ignored(*signal));
        let Ok(mut signals) = Signals::new(watched.map(|signal| signal as i32)) else { return };
        let watch = move || {
            for signal in signals.forever() {
                clean_up();
                drop(emulate_default_handler(signal)); // it fails for a signal without a default action; these have one
            }
        };
        drop(std::thread::Builder::new().spawn(watch)); // without the thread these signals do nothing
    });
}

#[cfg(not(unix))]
pub(crate) fn watch_sudden_ends(_: fn()) {}

/// Whether this process ignores the signal, as far as the system tells: `nohup` and shells start programs that ignore some.
#[cfg(unix)]
pub fn is_ignored(signal: Signal) -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let ignored = ignored.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or_default();
    ignored & (1 << (signal as u64 - 1)) != 0
}

/// Whether Ctrl-Z stops this process. Without a shell that has put it into a group of its own, as under `ssh -t` and `docker run -it`,
/// nobody could let it continue, so the system ignores Ctrl-Z.
#[cfg(unix)]
pub(crate) fn is_a_job() -> bool {
    use nix::unistd::{Pid, getpgid, getpgrp, getppid, getsid};
    let session = getsid(None);
    let lets_it_continue =
        |shell: Pid| getsid(Some(shell)) == session && getpgid(Some(shell)).is_ok_and(|group| group != getpgrp());
    // The parent may be cargo, which the shell has put into the same group; the session's first process may have ended.
    (lets_it_continue(getppid()) || session.is_ok_and(lets_it_continue)) && !is_ignored(Signal::SIGTSTP)
}
