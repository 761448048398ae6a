//! Signals that end the process: who hears them, and what is done before the end.

#[cfg(unix)]
use crate::leftovers::clean_up;
#[cfg(unix)]
use nix::sys::signal::Signal;

/// The user asks the process to end: Ctrl-C, the terminal is closed, `kill`.
#[cfg(unix)]
const ASKING: [Signal; 3] = [Signal::SIGINT, Signal::SIGHUP, Signal::SIGTERM];

/// They end the process at once: Ctrl-\, the limit of processor time (`ulimit -t`), timers, and two that mean nothing here. Faults
/// of the program itself, such as SIGSEGV, are not among them, because it can do nothing reliable any more.
#[cfg(unix)]
const SUDDEN: [Signal; 7] = [
    Signal::SIGQUIT,
    Signal::SIGXCPU,
    Signal::SIGALRM,
    Signal::SIGVTALRM,
    Signal::SIGPROF,
    Signal::SIGUSR1,
    Signal::SIGUSR2,
];

/// Calls `asked` each time the user asks this process to end. A signal that ends the process at once cleans up first. Without a
/// thread that hears the signals, each of them ends the process, as it does by default.
#[cfg(unix)]
pub fn watch_ends(mut asked: impl FnMut() + Send + 'static) {
    hear([&ASKING[..], &SUDDEN].concat(), move |signal| {
        if ASKING.iter().any(|asking| *asking as i32 == signal) {
            asked();
        } else {
            clean_up();
            act_by_default(signal);
        }
    });
}

/// Calls `asked` each time the user asks this process to end.
#[cfg(not(unix))]
pub fn watch_ends(asked: impl FnMut() + Send + 'static) {
    drop(ctrlc::set_handler(asked)); // without the handler, Ctrl-C ends the process
}

/// Calls `heard` for each of these signals, on a thread of its own. A signal that the process was started to ignore stays ignored. If
/// there can be no such thread, the signals keep their default actions.
#[cfg(unix)]
pub(crate) fn hear(signals: Vec<Signal>, heard: impl FnMut(i32) + Send + 'static) {
    use signal_hook::iterator::Signals;
    let (listens, is_listening) = std::sync::mpsc::channel();
    let listen = move || {
        let heeded = signals.into_iter().filter(|signal| !is_ignored(*signal)).map(|signal| signal as i32);
        let Ok(mut signals) = Signals::new(heeded) else { return };
        let _ = listens.send(());
        signals.forever().for_each(heard);
    };
    drop(std::thread::Builder::new().spawn(listen));
    let _ = is_listening.recv(); // fails if nothing listens
}

/// Does what the signal does in a process that does not hear it.
#[cfg(unix)]
pub(crate) fn act_by_default(signal: i32) {
    // It fails for a signal without a default action; ours have one.
    drop(signal_hook::low_level::emulate_default_handler(signal));
}

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
