//! compio: a runtime of one thread, on `io_uring` where that is permitted and on `epoll` where not. Because it needs a newer
//! Rust than the workspace, it takes part only with `--features compio`.

use crate::contender::{Contender, Fault, Kind, Pass, contender};
use crate::job::{Blocking, Dries, Job, Timeouts, Timers};
use crate::kits::files::Shelf;
use crate::kits::{
    self, blocking, cancels, doubling, dries, files, locks, mpsc, oneshots, selects, timeouts, timers, yields,
};
use crate::peers::flume::Flume;
use crate::peers::shared::{NO_PROGRAM, OfFutures, SELECT, YIELD, absent, cannot_start};
use crate::peers::synchrony;
use crate::sync::Futures;
use crate::tally::{Tally, count_yield};
use compio::BufResult;
use compio::driver::DriverType;
use compio::fs;
use compio::io::AsyncReadAtExt;
use compio::runtime::time::{sleep, timeout};
use compio::runtime::{JoinError, JoinHandle, Runtime, spawn, spawn_blocking};
use futures::lock::Mutex;
use smol::future::yield_now;
use std::io;
use std::path::Path;
use std::sync::Arc;

const NAME: &str = "compio";

pub(super) fn peer(job: &Job) -> Contender {
    let runtime = match Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => return cannot_start(NAME, &error),
    };
    let driver = driver(&runtime);
    let peer = match *job {
        Job::Yields { tasks, items } => contender!(NAME, Kind::Peer, 1, runtime, |it, T| yields::<T>(it, tasks, items))
            .how(format!("spawn, {YIELD}, {driver}")),
        Job::Spawns { tasks } => {
            contender!(NAME, Kind::Peer, 1, runtime, |it, T| spawns::<T>(it, tasks)).how(format!("spawn, {driver}"))
        }
        Job::Timers(job) => contender!(NAME, Kind::Peer, 1, runtime, |it, T| timers::<T>(it, job))
            .how(format!("spawn, time::sleep, {driver}")),
        Job::Blocking(job) => contender!(NAME, Kind::Peer, 1, runtime, |it, T| blocking::<T>(it, job))
            .how(format!("spawn_blocking, up to 256 threads, {driver}")),
        Job::Files(job) => {
            contender!(NAME, Kind::Peer, 1, (runtime, Shelf::new(job)), |(it, shelf), T| files::<T>(it, shelf))
                .how(format!("fs::read, which reads again and again into a buffer that grows, {driver}"))
        }
        // What its authors used for compio: https://github.com/databendlabs/openraft/pull/1469
        Job::Oneshots(job) => contender!(NAME, Kind::Peer, 1, runtime, |it, T| kits::pass(|| {
            run(it, oneshots::tasks::<T, Futures>(job))
        }))
        .how(format!("futures' oneshot, {driver}")),
        Job::Mpsc(job) => {
            contender!(NAME, Kind::Peer, 1, runtime, |it, T| kits::pass(|| { run(it, mpsc::tasks::<T, Flume>(job)) }))
                .how(format!("flume's bounded, {driver}"))
        }
        Job::Locks(job) => contender!(NAME, Kind::Peer, 1, runtime, |it, T| locks::pass::<Mutex<_>>(|lock| {
            run(it, locks::tasks::<T, _, _>(job, lock, yield_now))
        }))
        .how(format!("futures' Mutex, which has atomics and is not fair, {YIELD}, {driver}")),
        Job::Timeouts(job) => contender!(NAME, Kind::Peer, 1, runtime, |it, T| timeouts::<T>(it, job))
            .how(format!("spawn, time::timeout, {YIELD}, {driver}")),
        Job::Selects { tasks, rounds } => {
            contender!(NAME, Kind::Peer, 1, runtime, |it, T| selects::<T>(it, tasks, rounds))
                .how(format!("spawn, {SELECT}, {YIELD}, {driver}"))
        }
        Job::Cancels { tasks } => contender!(NAME, Kind::Peer, 1, runtime, |it, T| cancels::<T>(it, tasks))
            .how(format!("cancel().await of each, {driver}")),
        #[cfg(feature = "groups")]
        Job::Echo(job) => match echo::started(runtime) {
            Ok(server) => contender!(NAME, Kind::Peer, 1, server, |it, T| echo::pass::<T>(it, job))
                .how(format!("compio::net, the buffer goes to and fro, {driver}")),
            Err(error) => return cannot_start(NAME, &error),
        },
        _ => absent(NAME, NO_PROGRAM),
    };
    peer.full()
}

/// Rows of the same runtime that do the job in another way.
pub(super) fn variants(job: &Job) -> Option<Contender> {
    let runtime = Runtime::new().ok()?; // `peer` says why there is none
    let driver = driver(&runtime);
    let variant = match *job {
        Job::Locks(job) => contender!("compio with synchrony's Mutex", Kind::Peer, 1, runtime, |it, T| {
            locks::pass::<synchrony::Mutex>(|lock| run(it, locks::tasks::<T, _, _>(job, lock, yield_now)))
        })
        .how(format!("synchrony's unsync Mutex, which has no atomics and is not fair, {YIELD}, {driver}")),
        Job::Files(job) => {
            contender!("compio, a sized read", Kind::Peer, 1, (runtime, Shelf::new(job)), |(it, shelf), T| {
                sized_reads::<T>(it, shelf)
            })
            .how(format!("asks for the size, and reads once into a buffer of that size, {driver}"))
        }
        _ => return None,
    };
    Some(variant.full())
}

/// How it waits here.
fn driver(runtime: &Runtime) -> &'static str {
    if runtime.driver_type() == DriverType::IoUring { "io_uring" } else { "epoll" }
}

pub(crate) fn drying(job: Dries) -> Contender {
    let runtime = match Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => return cannot_start(NAME, &error),
    };
    let _ = runtime.block_on(async { spawn(async {}).await });
    contender!(NAME, Kind::Peer, 1, runtime, |it, T| dries::<T>(it, job))
}

impl From<JoinError> for Fault {
    fn from(error: JoinError) -> Self {
        Self::Failed(error.to_string())
    }
}

/// Runs the tasks and gives their outputs.
fn run<F>(runtime: &Runtime, tasks: impl ExactSizeIterator<Item = F>) -> Result<Vec<F::Output>, Fault>
where
    F: Future<Output: 'static> + 'static,
{
    runtime.block_on(kits::joined(tasks, |task| Ok(spawn(task)), |output| Ok(output?)))
}

fn yields<T: Tally>(runtime: &Runtime, tasks: usize, items: u64) -> Result<Pass, Fault> {
    yields::pass(tasks, |promises| run(runtime, yields::tasks::<T, _>(promises, items, yield_now)).map(drop))
}

fn spawns<T: Tally>(runtime: &Runtime, tasks: usize) -> Result<Pass, Fault> {
    kits::pass(|| run(runtime, doubling::<T>(tasks)))
}

fn timers<T: Tally>(runtime: &Runtime, timers: Timers) -> Result<Pass, Fault> {
    timers::pass(timers, |start| run(runtime, timers::sleepers::<T, _>(timers, start, sleep)))
}

fn dries<T: Tally>(runtime: &Runtime, job: Dries) -> Result<Pass, Fault> {
    dries::pass(job, dries::canvases::<T, _>(job, sleep), |tasks| run(runtime, tasks))
}

fn blocking<T: Tally>(runtime: &Runtime, job: Blocking) -> Result<Pass, Fault> {
    let call = |n| spawn_blocking(move || blocking::call::<T>(n));
    kits::pass(|| runtime.block_on(async { spawn(blocking::batches(job, call, |output| Ok(output?))).await })?)
}

fn files<T: Tally>(runtime: &Runtime, shelf: &Shelf) -> Result<Pass, Fault> {
    files::pass(shelf, |files| run(runtime, files::readers::<T, _>(files, fs::read)))
}

/// `fs::read` of compio does not ask for the size. This does, as that of monoio does.
fn sized_reads<T: Tally>(runtime: &Runtime, shelf: &Shelf) -> Result<Pass, Fault> {
    let read = |path: Arc<Path>| async move {
        let file = fs::File::open(path).await?;
        let size = usize::try_from(file.metadata().await?.len()).map_err(io::Error::other)?;
        let BufResult(read, content) = file.read_exact_at(Vec::with_capacity(size), 0).await;
        read.map(|()| content)
    };
    files::pass(shelf, |files| run(runtime, files::readers::<T, _>(files, read)))
}

fn timeouts<T: Tally>(runtime: &Runtime, job: Timeouts) -> Result<Pass, Fault> {
    let limited = |limit| async move { timeout(limit, count_yield::<T>(yield_now())).await.is_ok() };
    timeouts::pass(job, || run(runtime, timeouts::tasks::<T, _>(job, limited)))
}

fn selects<T: Tally>(runtime: &Runtime, tasks: usize, rounds: u64) -> Result<Pass, Fault> {
    kits::pass(|| run(runtime, selects::tasks::<T, OfFutures>(tasks, rounds)))
}

/// Cancels a task and joins it, and then the next. The join does not wait for the destructor.
fn cancels<T: Tally>(runtime: &Runtime, tasks: usize) -> Result<Pass, Fault> {
    let cancel = async |handles: Vec<JoinHandle<()>>| {
        for task in handles {
            cancels::no_output(task.cancel().await)?;
        }
        Ok(())
    };
    runtime.block_on(cancels::pass::<T, _>(tasks, |task| Ok(spawn(task)), cancel))
}

#[cfg(feature = "groups")]
mod echo {
    //! An echo server that lends its buffer to the operating system.

    use super::{Fault, Pass, Runtime, Tally, spawn};
    use crate::job::Echo;
    use crate::kits::echo::{self, BUFFER, LOOPBACK};
    use compio::BufResult;
    use compio::io::{AsyncRead, AsyncWriteExt};
    use compio::net::{TcpListener, TcpStream};
    use std::io;

    /// The runtime and what listens on it. The listener goes first when they are dropped.
    pub(super) struct Server {
        listener: TcpListener,
        runtime: Runtime,
    }

    pub(super) fn started(runtime: Runtime) -> io::Result<Server> {
        let listener = runtime.block_on(TcpListener::bind(LOOPBACK))?;
        Ok(Server { listener, runtime })
    }

    pub(super) fn pass<T: Tally>(server: &Server, job: Echo) -> Result<Pass, Fault> {
        let Server { listener, runtime } = server;
        let address = listener.local_addr().map_err(|error| Fault::of("the server has no address", &error))?;
        let accept = async || {
            let (stream, _) = listener.accept().await?;
            stream.set_nodelay(true)?;
            Ok(stream)
        };
        let spawn = |stream| Ok(spawn(handler(stream)));
        echo::pass(job, address, || {
            runtime.block_on(echo::serve::<T, _, _>(job.connections, accept, spawn, |output| Ok(output?)))
        })
    }

    async fn handler(mut stream: TcpStream) -> io::Result<u64> {
        let mut buffer = Vec::with_capacity(BUFFER);
        let mut bytes = 0;
        loop {
            let BufResult(length, read) = stream.read(buffer).await;
            let length = length?;
            if length == 0 {
                return Ok(bytes);
            }
            let BufResult(written, sent) = stream.write_all(read).await;
            written?;
            bytes += length as u64;
            buffer = sent;
            buffer.clear();
        }
    }
}
