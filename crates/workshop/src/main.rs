//! The workshop as a command: `serve`, `orders`, and `load`.

mod args;

use args::{Command, Name, Serve, Size};
use clap::{Parser, ValueEnum};
use comfy_table::Table;
use futures::channel::oneshot;
use futures::future::{Either, pending, select};
use paintdry_core::{Runtime, gather};
use paintdry_studio::{Clock, Recording, Studio, WatchedRun};
use paintdry_terminal::output::{ColorChoice, Output, complain, unless_closed};
use paintdry_terminal::show::{one_line, shown_path};
use paintdry_terminal::signals::watch_ends;
use paintdry_tokio::CurrentThread;
use paintdry_workshop::client::{self, Client};
use paintdry_workshop::on_async_std::OnAsyncStd;
use paintdry_workshop::on_our_loop::OnOurLoop;
use paintdry_workshop::on_smol::OnSmol;
use paintdry_workshop::on_tokio::OnTokio;
use paintdry_workshop::{Metrics, Settings, Sockets, steps};
use std::error::Error;
use std::fmt::Display;
use std::io::{self, Write};
use std::net::{Ipv4Addr, SocketAddr};
use std::pin::pin;
use std::process::ExitCode;
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::{Duration, Instant};

type MainResult = Result<(), Box<dyn Error + Send + Sync>>;

/// A recorded run waits this long for a client: longer than any client does.
const PATIENCE: Duration = Duration::from_secs(365 * 24 * 60 * 60);

fn main() -> ExitCode {
    let outcome = match Command::parse() {
        Command::Serve(args) => match args.place.runtime {
            Name::Tokio => serve::<OnTokio>(&args),
            Name::AsyncStd => serve::<OnAsyncStd>(&args),
            Name::Smol => serve::<OnSmol>(&args),
            Name::Loop => serve::<OnOurLoop>(&args),
        },
        Command::Orders(args) => match args.place.runtime {
            Name::Tokio => orders::<OnTokio>(args.place.address, args.canvases),
            Name::AsyncStd => orders::<OnAsyncStd>(args.place.address, args.canvases),
            Name::Smol => orders::<OnSmol>(args.place.address, args.canvases),
            Name::Loop => orders::<OnOurLoop>(args.place.address, args.canvases),
        },
        Command::Load(args) => load(&args),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            complain(&error.to_string());
            ExitCode::FAILURE
        }
    }
}

/// Prints a line. A reader that has closed the pipe has read what it wanted.
fn say(line: impl Display) -> io::Result<()> {
    unless_closed(writeln!(io::stdout(), "{line}"))
}

fn settings(size: &Size) -> Settings {
    let usual = Settings::default();
    Settings { racks: size.racks.unwrap_or(usual.racks), queue: size.queue.unwrap_or(usual.queue), ..usual }
}

fn serve<S: Sockets>(args: &Serve) -> MainResult {
    let (close, closes) = oneshot::channel::<()>();
    let mut close = Some(close);
    watch_ends(move || drop(close.take()));
    let Some(file) = &args.replay else {
        return S::start().run_until_complete(serves::<S::Runtime, S>(args, closes));
    };
    let page = Output::open(Some(file))?;
    let studio = Studio::around(S::start(), Clock::Real).recording().with_patience(PATIENCE);
    let watched = studio.run(serves::<Studio<S::Runtime>, S>(args, closes));
    let about = format!("{} racks", settings(&args.size).racks);
    let WatchedRun { result, wall, tasks, events, resources } = watched;
    let run = WatchedRun { result: Ok(()), wall, tasks, events, resources }.recorded(S::Runtime::NAME, &about);
    let mut recording = Recording::of_program("A painting workshop", Clock::Real, Vec::new());
    recording.runs.push(run);
    page.write(&paintdry_replay::page(&recording)?, ColorChoice::AlwaysAnsi)?; // as it is: there is no colour to take out
    say(format_args!("{} plays this run", shown_path(file)))?;
    result?
}

/// Serves until Ctrl-C, or until the time is over.
async fn serves<R: Runtime, S: Sockets>(args: &Serve, closes: oneshot::Receiver<()>) -> MainResult {
    let settings = settings(&args.size);
    let (listener, address) =
        S::bind(args.place.address).await.map_err(|error| format!("{}: {error}", args.place.address))?;
    say(format_args!("{address}: {} racks, a queue of {}, on {}", settings.racks, settings.queue, R::NAME))?;
    let stop = async {
        let time = async {
            match args.close_after {
                Some(time) => R::sleep(time).await,
                None => pending().await,
            }
        };
        match select(closes, pin!(time)).await {
            Either::Left(_) | Either::Right(_) => _ = say("closing"), // the line after it fails as well
        }
    };
    let metrics = Arc::<Metrics>::default();
    let served = steps::serve::<R, _>(listener, settings, stop, Arc::clone(&metrics)).await;
    say(metrics)?;
    Ok(served?)
}

/// Orders all canvases at once.
fn orders<S: Sockets>(address: SocketAddr, canvases: Vec<String>) -> MainResult {
    let start = Instant::now();
    let order = move |canvas: String| async move {
        let (name, time) = canvas.split_once('=').ok_or(format!("{canvas}: write NAME=TIME, such as sky=2s"))?;
        let connection = S::connect(address).await.map_err(|error| format!("{address}: {error}"))?;
        let answer =
            Client::new(connection).ask(format!("PAINT {name} {time}")).await.map_err(|error| error.to_string())?;
        say(format_args!("{:5.1} s  {}", start.elapsed().as_secs_f64(), one_line(&answer)))
            .map_err(|error| error.to_string())
    };
    S::start().run_until_complete(async {
        for ended in gather::<S::Runtime, _>(canvases.into_iter().map(order)).await {
            ended??;
        }
        Ok(())
    })
}

fn load(args: &args::Load) -> MainResult {
    let mut table = Table::new();
    table.load_style(comfy_table::presets::ASCII_MARKDOWN);
    table.set_header(["runtime", "threads", "clients", "answers", "DRY", "answers/s", "p50", "p99"]);
    for name in Name::value_variants() {
        if args.runtime.is_none_or(|only| only == *name) {
            table.add_row(match name {
                Name::Tokio => measured::<OnTokio>(args)?,
                Name::AsyncStd => measured::<OnAsyncStd>(args)?,
                Name::Smol => measured::<OnSmol>(args)?,
                Name::Loop => measured::<OnOurLoop>(args)?,
            });
        }
    }
    say(format_args!(
        "{table}\n\nThe clients run on tokio, on one thread of this process. Each waits for an answer before it sends again."
    ))?;
    Ok(())
}

/// A workshop on a thread of its own, and clients on this one: a row of the table.
fn measured<S: Sockets>(args: &args::Load) -> Result<[String; 8], Box<dyn Error + Send + Sync>> {
    let (close, closes) = oneshot::channel::<()>();
    let (listens, address) = mpsc::channel();
    let settings = settings(&args.size);
    let server = thread::spawn(move || -> Result<usize, std::io::Error> {
        let runtime = S::start();
        runtime.run_until_complete(async {
            let (listener, address) = S::bind((Ipv4Addr::LOCALHOST, 0).into()).await?;
            let _ = listens.send(address);
            steps::serve::<S::Runtime, _>(listener, settings, async { _ = closes.await }, Arc::default()).await
        })?;
        Ok(runtime.threads())
    });
    let run = client::Load { clients: args.clients, orders: args.orders, drying: args.drying };
    let measured = address
        .recv()
        .map(|address| CurrentThread::start().run_until_complete(client::load::<CurrentThread, OnTokio>(address, run)));
    drop(close);
    let threads = server.join().map_err(|_| "the workshop panicked")??;
    let measured = measured??;
    Ok([
        S::Runtime::NAME.to_owned(),
        threads.to_string(),
        args.clients.to_string(),
        measured.latencies.len().to_string(),
        measured.dry.to_string(),
        format!("{:.0}", measured.per_second()),
        format!("{:.1?}", measured.percentile(50)),
        format!("{:.1?}", measured.percentile(99)),
    ])
}
