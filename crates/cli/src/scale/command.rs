//! The subcommand `scale` from its options to its result.

use crate::Entry;
use crate::command::{Stop, colour, interruptible, is_coloured, stopped};
use crate::compare::{Event, Events};
use crate::format::render_scale;
use crate::live::Live;
use crate::output::Output;
use crate::scale::{Plan, ScaleArgs, Scaled, contestants, peers_left_out, scale};
use std::sync::Mutex;
use std::sync::mpsc::Sender;
use std::time::Duration;

/// Runs the comparison and writes its result. `drying` has been divided by the speed already.
pub(crate) fn scale_job(
    runtimes: &[Entry],
    args: &ScaleArgs,
    drying: Duration,
    comparison: &Mutex<Option<Sender<Event>>>,
) -> Result<(), Stop> {
    let events = Events::new();
    let output = Output::open(args.output.as_deref()).map_err(Stop::usage)?;
    interruptible(comparison, &events);
    let plan = plan(runtimes, args, drying);
    let colour = colour(args.color);
    let live = if args.quiet { None } else { Live::on_terminal(is_coloured(colour)) };
    let Scaled { report, interrupted } = scale(&plan, events, live.as_ref());
    let left_out = peers_left_out().filter(|_| args.peers);
    let text = render_scale(&report, args.format, left_out);
    let planned = plan.tasks.len() * plan.contestants.len();
    if interrupted {
        return Err(stopped(&format!("{} of {planned} runs", report.runs.len()), &text, output, colour));
    }
    output.write(&text, colour).map_err(Stop::failed)?;
    match report.failed().as_slice() {
        [] if report.runs.iter().all(|run| run.not_run.is_some()) => {
            Err(Stop::failed("nothing was run; each row says why".to_owned()))
        }
        [] => Ok(()),
        failed => Err(Stop::failed(format!("a run failed on {}, see its error in the result", failed.join(", ")))),
    }
}

/// What is asked for: names that are given, or all runtimes; and everything else with `--peers`.
fn plan(runtimes: &[Entry], args: &ScaleArgs, drying: Duration) -> Plan {
    let mut contestants = contestants(runtimes);
    contestants.retain(|contestant| {
        let named = args.runtimes.iter().any(|name| name == contestant.name);
        let of_all = args.runtimes.is_empty() && !contestant.is_extra();
        named || of_all || (args.peers && contestant.is_extra())
    });
    let mut tasks = args.tasks.clone();
    tasks.sort_unstable();
    tasks.dedup();
    Plan { contestants, tasks, drying, speed: args.speed, memory: args.memory, force: args.force }
}
