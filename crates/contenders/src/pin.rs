//! Pins threads to cores, so that a figure of two threads does not depend on where the system happens to run them.

use crate::contender::Fault;
use crate::job::Cores;
use std::{fs, io};

/// Lets this thread run on `core` alone. A thread that it starts later is pinned like it.
///
/// # Errors
/// Those of the operating system. On systems other than Linux there is no such call, and every try is an error.
pub fn pin_this_thread(core: usize) -> io::Result<()> {
    system::allow(&[core])
}

/// The cores on which this thread may run, the lowest first. A container or its starter may have left out some.
///
/// # Errors
/// Those of the operating system.
pub fn cores_of_this_thread() -> io::Result<Vec<usize>> {
    system::allowed()
}

/// Remembers on which cores this thread may run, and lets it run there again when it is dropped.
#[derive(Debug)]
pub(crate) struct Home {
    cores: Vec<usize>,
}

impl Home {
    pub(crate) fn of_this_thread() -> io::Result<Self> {
        Ok(Self { cores: cores_of_this_thread()? })
    }
}

impl Drop for Home {
    fn drop(&mut self) {
        let _ = system::allow(&self.cores); // it was allowed before
    }
}

/// Of the cores on which this thread may run, the one for the task and the one for its opponent.
pub(crate) fn choose(which: Cores) -> Result<[usize; 2], Fault> {
    choose_of(&cores_of_this_thread().map_err(|error| refused(&error))?, which)
}

fn choose_of(cores: &[usize], which: Cores) -> Result<[usize; 2], Fault> {
    let (task, others) = cores.split_first().ok_or_else(|| absent("there is no core to pin it to"))?;
    match which {
        Cores::Same => Ok([*task, *task]),
        Cores::Others => match another(others, *task) {
            Some(other) => Ok([*task, other]),
            None => Err(absent("this process may run on one core only")),
        },
    }
}

/// The fault of a contender whose threads cannot be where the job wants them.
pub(crate) fn absent(reason: impl Into<String>) -> Fault {
    Fault::Absent(reason.into())
}

/// The fault of a contender whose threads the system does not pin.
pub(crate) fn refused(error: &io::Error) -> Fault {
    absent(format!("its threads cannot be pinned to cores: {error}"))
}

/// The first of `cores` that is another physical core than `core`, which may run two threads; if there is none, the first.
fn another(cores: &[usize], core: usize) -> Option<usize> {
    let siblings =
        |core| fs::read_to_string(format!("/sys/devices/system/cpu/cpu{core}/topology/thread_siblings_list")).ok();
    let own = siblings(core);
    cores.iter().find(|other| siblings(**other) != own).or(cores.first()).copied()
}

#[cfg(target_os = "linux")]
mod system {
    use nix::sched::{CpuSet, sched_getaffinity, sched_setaffinity};
    use nix::unistd::Pid;
    use std::io;

    /// To the system, the calling thread.
    const THIS_THREAD: Pid = Pid::from_raw(0);

    pub(super) fn allow(cores: &[usize]) -> io::Result<()> {
        let mut set = CpuSet::new();
        for core in cores {
            set.set(*core)?;
        }
        Ok(sched_setaffinity(THIS_THREAD, &set)?)
    }

    pub(super) fn allowed() -> io::Result<Vec<usize>> {
        let set = sched_getaffinity(THIS_THREAD)?;
        Ok((0..CpuSet::count()).filter(|core| set.is_set(*core).unwrap_or(false)).collect())
    }
}

#[cfg(not(target_os = "linux"))]
mod system {
    use std::io;

    pub(super) fn allow(_: &[usize]) -> io::Result<()> {
        Err(io::Error::new(io::ErrorKind::Unsupported, "it is tried on Linux only"))
    }

    pub(super) fn allowed() -> io::Result<Vec<usize>> {
        allow(&[]).map(|()| Vec::new())
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;
    use std::thread;

    fn here() -> Vec<usize> {
        cores_of_this_thread().expect("Linux tells")
    }

    #[test]
    fn a_pinned_thread_and_those_it_starts_stay_there_until_it_is_home_again() {
        let cores = here();
        let home = Home::of_this_thread().expect("Linux tells");
        for core in &cores {
            pin_this_thread(*core).expect("it is allowed there");
            assert_eq!(here(), [*core]);
            assert_eq!(thread::spawn(here).join().expect("it does not panic"), [*core]);
        }
        drop(home);
        assert_eq!(here(), cores);
    }

    #[test]
    fn a_core_that_there_is_not_is_an_error_and_changes_nothing() {
        let cores = here();
        pin_this_thread(1_000_000).expect_err("no machine has so many");
        assert_eq!(here(), cores);
    }

    #[test]
    fn two_threads_meet_on_the_same_core_or_on_two_if_there_are_two() {
        let choose = |cores: &[usize], which| choose_of(cores, which).map_err(|fault| fault.to_string());
        assert_eq!(choose(&[4, 6], Cores::Same), Ok([4, 4]));
        assert_eq!(choose(&[4, 6], Cores::Others), Ok([4, 6]));
        assert_eq!(choose(&[4], Cores::Others), Err("absent: this process may run on one core only".to_owned()));
    }
}
