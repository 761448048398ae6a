//! TCP echo on loopback: how many messages a server can take, how long a round trip lasts, and how long one takes when the
//! server is mostly idle.

use crate::by_hand::echo as servers;
use crate::contender::{Contender, Kind, Part, contender};
use crate::floors::echo as floors;
use crate::groups::group::{Group, os_threads, threads_of};
use crate::job::{Echo, Job};
use paintdry_core::thousands;
use smol::LocalExecutor;
use std::io;
use tokio::runtime::Builder;

const POLL_LOOP: &str = "one thread with mio";
const THREADS: &str = "OS threads";

/// The group of [`Job::Echo`].
pub(super) fn group(echo: Echo) -> Group {
    let mut contenders = written_by_hand(echo);
    contenders.extend(without_a_runtime(echo));
    Group {
        title: title(echo),
        what: what(echo),
        per: per(echo),
        job: Job::Echo(echo),
        floor: floor(echo),
        contenders,
        pairs: Vec::new(),
    }
}

fn title(echo: Echo) -> String {
    match (echo.interval, echo.connections) {
        (Some(_), _) => "TCP echo at a fixed rate".to_owned(),
        (None, 1) => "TCP echo, one connection".to_owned(),
        (None, connections) => format!("TCP echo, {} connections", thousands(connections as u64)),
    }
}

fn per(echo: Echo) -> &'static str {
    match (echo.interval, echo.connections) {
        (Some(_), _) => "a message, the median",
        (None, 1) => "a round trip",
        (None, _) => "a message",
    }
}

/// What no runtime can go below. A thread that has one connection need not ask which is ready.
fn floor(echo: Echo) -> &'static str {
    if echo.connections == 1 { THREADS } else { POLL_LOOP }
}

fn what(echo: Echo) -> String {
    let server = format!(
        "A server on 127.0.0.1 spawns a task for each connection, and the task writes back whatever it reads. The server runs on \
         the runtime that is compared. The client is the same for all rows and uses none of the runtimes: it is one OS thread \
         with `mio`. A message has {} bytes, and both sides set TCP_NODELAY. Before the clock starts, the client has opened its \
         connections and has got one message back on each.",
        Echo::BYTES
    );
    let (each, total) = (thousands(echo.messages as u64), thousands(echo.total() as u64));
    match (echo.interval, echo.connections) {
        (Some(interval), connections) => format!(
            "{server} The client sends {total} messages over {connections} connections, one every {interval:?}, whether or not \
             earlier messages have come back. It fixes these times in advance, and a latency counts from the fixed time, so a \
             stall shows in every message that it holds up. The figure is the median latency. The client never sleeps, which \
             keeps one core busy."
        ),
        (None, 1) => format!(
            "{server} The client sends {each} messages, each when the one before has come back, and the time of a pass is \
             divided by {each}. The client and the server wait for each other, so much of a round trip is the time that the \
             operating system takes to wake their threads."
        ),
        (None, connections) => format!(
            "{server} The client sends {each} messages on each of {connections} connections, each when the one before has come \
             back on its connection, and the time of a pass is divided by {total}. The client and the server run side by side. \
             On a machine of two cores, the threads of a server that has several share one core, because the client has the \
             other. For each message, the client makes the system calls of the floor and no more, so a server near the floor \
             may wait for the client. What each side costs the processors, for a message, is in columns of its own."
        ),
    }
}

/// A row, unless its server cannot listen.
fn listening<S>(name: &str, kind: Kind, server: io::Result<S>, contender: impl FnOnce(S) -> Contender) -> Contender {
    match server {
        Ok(server) => contender(server),
        Err(error) => Contender::absent(name, kind, format!("it cannot listen on 127.0.0.1 here: {error}")),
    }
}

fn written_by_hand(echo: Echo) -> Vec<Contender> {
    const KIND: Kind = Kind::ByHand;
    let workers = threads_of::<paintdry_tokio::MultiThread>();
    let current = servers::tokio_server(Builder::new_current_thread());
    let multi = servers::tokio_server(Builder::new_multi_thread());
    vec![
        listening("generator", KIND, servers::generator_server(), |server| {
            contender!("generator", KIND, 1, server, |it, T| servers::generator::<T>(it, echo))
                .how("with tokio::net, for which a tokio of one worker waits")
        }),
        listening("tokio", KIND, current, |server| {
            contender!("tokio", KIND, 1, server, |it, T| servers::tokio::<T>(it, echo))
                .how("current-thread, enable_all, tokio::net")
                .full()
        }),
        listening("tokio-multi", KIND, multi, |server| {
            contender!("tokio-multi", KIND, workers, server, |it, T| servers::tokio::<T>(it, echo))
                .how("multi-thread, enable_all, tokio::net")
                .full()
        }),
        listening("async-std", KIND, servers::async_std_server(), |server| {
            let threads = threads_of::<paintdry_async_std::Global>();
            contender!("async-std", KIND, threads, server, |it, T| servers::async_std::<T>(it, echo))
                .how("task::spawn, async_std::net")
                .full()
        }),
        listening("smol", KIND, servers::smol_server(LocalExecutor::new()), |server| {
            contender!("smol", KIND, 1, server, |it, T| servers::smol::<T>(it, echo))
                .how("LocalExecutor, smol::net")
                .full()
        }),
        listening("smol-global", KIND, servers::smol_server(()), |server| {
            let threads = threads_of::<paintdry_smol::Global>();
            contender!("smol-global", KIND, threads, server, |it, T| servers::smol_global::<T>(it, echo))
                .how("smol::spawn, smol::net")
                .full()
        }),
    ]
}

fn without_a_runtime(echo: Echo) -> Vec<Contender> {
    vec![
        listening(POLL_LOOP, Kind::Floor, floors::listen(), |listener| {
            contender!(POLL_LOOP, Kind::Floor, 1, listener, |it, _T| floors::poll_loop(it, echo))
                .how("epoll, kqueue or what Windows has; a read and a write for each event")
                .leaving_out(&[Part::Spawns])
        }),
        os_threads(echo.connections, || {
            listening(THREADS, Kind::Threads, floors::listen(), |listener| {
                contender!(THREADS, Kind::Threads, echo.connections, listener, |it, T| {
                    floors::threads::<T>(it, echo)
                })
                .how("a thread for each connection, blocking sockets")
            })
        }),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::prove::prove;
    use std::time::Duration;

    #[test]
    fn every_server_echoes_every_message_in_every_group() {
        for (connections, interval) in [(1, None), (5, None), (5, Some(Duration::from_micros(20)))] {
            let echo = Echo { connections, messages: 6, interval };
            let group = group(echo);
            assert_eq!(group.contenders.len(), 8);
            for contender in &group.contenders {
                let name = &contender.name;
                assert_eq!(prove(contender, &group.job), Ok(()), "{name} at {echo:?}");
                let pass = contender.time().unwrap_or_else(|fault| panic!("{name} at {echo:?}: {fault}"));
                assert_eq!(pass.late.is_some(), interval.is_some(), "{name} at {echo:?}");
                assert!(pass.cpu.is_some(), "what {name} costs the processors at {echo:?}");
            }
        }
    }
}
