//! monoio: a runtime of one thread, on `io_uring`. Where that is not permitted, it is absent.

use crate::contender::{Contender, Fault, Kind, Pass, contender};
use crate::job::{Blocking, Dries, Job, Timeouts, Timers};
use crate::kits::files::Shelf;
use crate::kits::{self, blocking, doubling, dries, files, locks, mpsc, oneshots, selects, timeouts, timers, yields};
use crate::peers::local_sync::{LocalSync, Permit};
use crate::peers::shared::{NO_PROGRAM, OfFutures, SELECT, YIELD, absent, cannot_start};
use crate::tally::{Tally, count_yield};
use monoio::blocking::DefaultThreadPool;
use monoio::time::{TimeDriver, sleep, timeout};
use monoio::{IoUringDriver, RuntimeBuilder, fs, spawn, spawn_blocking};
use smol::future::yield_now;
use std::cell::RefCell;
use std::io;

const NAME: &str = "monoio";

/// With timers.
type Runtime = RefCell<monoio::Runtime<TimeDriver<IoUringDriver>>>;

pub(super) fn peer(job: &Job) -> Contender {
    let runtime = match started() {
        Ok(runtime) => runtime,
        Err(error) => return cannot_start(NAME, &error),
    };
    let peer = match *job {
        Job::Yields { tasks, items } => contender!(NAME, Kind::Peer, 1, runtime, |it, T| yields::<T>(it, tasks, items))
            .how(format!("spawn, {YIELD}, io_uring")),
        Job::Spawns { tasks } => {
            contender!(NAME, Kind::Peer, 1, runtime, |it, T| spawns::<T>(it, tasks)).how("spawn, io_uring")
        }
        Job::Timers(job) => contender!(NAME, Kind::Peer, 1, runtime, |it, T| timers::<T>(it, job))
            .how("spawn, time::sleep, granularity 1 ms, io_uring"),
        // Without a pool of your choice it has none. So this row is not `full`, as that of tokio with a small pool.
        Job::Blocking(job) => {
            return contender!("monoio, a small pool", Kind::Peer, 1, runtime, |it, T| blocking::<T>(it, job))
                .how(format!("spawn_blocking, with a DefaultThreadPool of {} threads, io_uring", blocking::cores()));
        }
        Job::Files(job) => {
            contender!(NAME, Kind::Peer, 1, (runtime, Shelf::new(job)), |(it, shelf), T| files::<T>(it, shelf))
                .how("fs::read, which asks for the size on the runtime's thread and reads once, io_uring")
        }
        Job::Oneshots(job) => contender!(NAME, Kind::Peer, 1, runtime, |it, T| kits::pass(|| {
            run(it, oneshots::tasks::<T, LocalSync>(job))
        }))
        .how("local-sync's oneshot, without atomics"),
        Job::Mpsc(job) => contender!(NAME, Kind::Peer, 1, runtime, |it, T| kits::pass(|| {
            run(it, mpsc::tasks::<T, LocalSync>(job))
        }))
        .how("local-sync's bounded mpsc, without atomics"),
        // local-sync has no mutex. We made this one, so monoio is not judged by it.
        Job::Locks(job) => {
            return contender!(NAME, Kind::Peer, 1, runtime, |it, T| locks::pass::<Permit>(|lock| {
                run(it, locks::tasks::<T, _, _>(job, lock, yield_now))
            }))
            .how(format!(
                "a mutex that we made: local-sync's Semaphore, which has no atomics, around a RefCell, {YIELD}"
            ));
        }
        Job::Timeouts(job) => contender!(NAME, Kind::Peer, 1, runtime, |it, T| timeouts::<T>(it, job))
            .how(format!("spawn, time::timeout, granularity 1 ms, {YIELD}, io_uring")),
        Job::Selects { tasks, rounds } => {
            contender!(NAME, Kind::Peer, 1, runtime, |it, T| selects::<T>(it, tasks, rounds))
                .how(format!("spawn, {SELECT}, {YIELD}, io_uring"))
        }
        Job::Cancels { .. } => absent(NAME, "its tasks cannot be cancelled: dropping a handle detaches the task"),
        #[cfg(feature = "groups")]
        Job::Echo(job) => match echo::started(runtime) {
            Ok(server) => contender!(NAME, Kind::Peer, 1, server, |it, T| echo::pass::<T>(it, job))
                .how("monoio::net, the buffer goes to and fro, io_uring"),
            Err(error) => return cannot_start(NAME, &error),
        },
        _ => absent(NAME, NO_PROGRAM),
    };
    peer.full()
}

pub(crate) fn drying(job: Dries) -> Contender {
    let runtime = match started() {
        Ok(runtime) => runtime,
        Err(error) => return cannot_start(NAME, &error),
    };
    runtime.borrow_mut().block_on(async { spawn(async {}).await });
    contender!(NAME, Kind::Peer, 1, runtime, |it, T| dries::<T>(it, job))
}

fn started() -> io::Result<Runtime> {
    // It has no threads that may block unless it is given some, which its documentation recommends:
    // https://docs.rs/monoio/0.2.4/monoio/struct.RuntimeBuilder.html#method.with_blocking_strategy
    let pool = DefaultThreadPool::new(blocking::cores());
    let builder = RuntimeBuilder::<IoUringDriver>::new().attach_thread_pool(Box::new(pool));
    builder.enable_timer().build().map(RefCell::new)
}

/// Runs the tasks and gives their outputs.
fn run<F>(runtime: &Runtime, tasks: impl ExactSizeIterator<Item = F>) -> Result<Vec<F::Output>, Fault>
where
    F: Future<Output: 'static> + 'static,
{
    runtime.borrow_mut().block_on(kits::joined(tasks, |task| Ok(spawn(task)), Ok))
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
    let output = |output: Result<_, _>| output.map_err(|_| Fault::Failed("its pool dropped a closure".to_owned()));
    kits::pass(|| runtime.borrow_mut().block_on(async { spawn(blocking::batches(job, call, output)).await }))
}

fn files<T: Tally>(runtime: &Runtime, shelf: &Shelf) -> Result<Pass, Fault> {
    files::pass(shelf, |files| run(runtime, files::readers::<T, _>(files, fs::read)))
}

fn timeouts<T: Tally>(runtime: &Runtime, job: Timeouts) -> Result<Pass, Fault> {
    let limited = |limit| async move { timeout(limit, count_yield::<T>(yield_now())).await.is_ok() };
    timeouts::pass(job, || run(runtime, timeouts::tasks::<T, _>(job, limited)))
}

fn selects<T: Tally>(runtime: &Runtime, tasks: usize, rounds: u64) -> Result<Pass, Fault> {
    kits::pass(|| run(runtime, selects::tasks::<T, OfFutures>(tasks, rounds)))
}

#[cfg(feature = "groups")]
mod echo {
    //! An echo server that lends its buffer to the operating system, as in monoio's README.

    use super::{Fault, Pass, Runtime, Tally, spawn};
    use crate::job::Echo;
    use crate::kits::echo::{self, BUFFER, LOOPBACK};
    use monoio::io::{AsyncReadRent, AsyncWriteRentExt};
    use monoio::net::{TcpListener, TcpStream};
    use std::io;

    /// The runtime and what listens on it. The listener goes first when they are dropped.
    pub(super) struct Server {
        listener: TcpListener,
        runtime: Runtime,
    }

    pub(super) fn started(runtime: Runtime) -> io::Result<Server> {
        let listener = runtime.borrow_mut().block_on(async { TcpListener::bind(LOOPBACK) })?;
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
            runtime.borrow_mut().block_on(echo::serve::<T, _, _>(job.connections, accept, spawn, Ok))
        })
    }

    async fn handler(mut stream: TcpStream) -> io::Result<u64> {
        let mut buffer = Vec::with_capacity(BUFFER);
        let mut bytes = 0;
        loop {
            let (length, read) = stream.read(buffer).await;
            let length = length?;
            if length == 0 {
                return Ok(bytes);
            }
            let (written, sent) = stream.write_all(read).await;
            written?;
            bytes += length as u64;
            buffer = sent;
            buffer.clear();
        }
    }
}
