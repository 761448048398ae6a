//! The subcommand `scale` from its options to its result.

use crate::Entry;
use crate::ending::{CtrlC, Exit};
use crate::format::render_scale;
use crate::limits::divided;
use crate::scale::{ScaleArgs, ScaleOptions, Scaled, contestants, peers_left_out, scale};
use paintdry_core::thousands;
use std::time::Duration;

/// The most numbers of tasks. Each adds a table, and the time to write them grows with its square.
const MOST_NUMBERS: usize = 100;

/// How long a canvas dries, if the options make sense together. The error is one sentence.
pub(crate) fn drying(args: &ScaleArgs) -> Result<Duration, String> {
    let numbers = args.tasks.len();
    if numbers > MOST_NUMBERS {
        return Err(format!(
            "--tasks has {} numbers, and at most {MOST_NUMBERS} are allowed; name fewer",
            thousands(numbers as u64)
        ));
    }
    divided("drying", args.drying, args.speed)
}

/// Runs the comparison and writes its result. `drying` has been divided by the speed already.
pub(crate) fn scale_job(runtimes: &[Entry], args: &ScaleArgs, drying: Duration, ctrl_c: &CtrlC) -> Result<(), Exit> {
    let output = args.output.open()?;
    let interrupts = ctrl_c.interrupts();
    let options = scale_options(runtimes, args, drying);
    let (colour, live) = (args.output.colour(), args.output.live());
    let Scaled { report, interrupted } = scale(&options, interrupts, live.as_ref());
    let left_out = peers_left_out().filter(|_| args.peers);
    let text = render_scale(&report, args.format, left_out);
    let planned = options.tasks.len() * options.contestants.len();
    if interrupted {
        return Err(Exit::interrupted(&format!("{} of {planned} runs", report.runs.len()), &text, output, colour));
    }
    output.write(&text, colour).map_err(Exit::trouble)?;
    match report.failed().as_slice() {
        [] if report.runs.iter().all(|run| run.not_run.is_some()) => {
            Err(Exit::failed("nothing ran; each row says why"))
        }
        [] => Ok(()),
        failed => Err(Exit::failed(format!("a run failed on {}; the result says why", failed.join(", ")))),
    }
}

/// What is asked for: names that are given, or all runtimes; and everything else with `--peers`.
fn scale_options(runtimes: &[Entry], args: &ScaleArgs, drying: Duration) -> ScaleOptions {
    let mut contestants = contestants(runtimes);
    contestants.retain(|contestant| {
        let named = args.runtimes.iter().any(|name| name == contestant.name);
        let of_all = args.runtimes.is_empty() && !contestant.is_extra();
        named || of_all || (args.peers && contestant.is_extra())
    });
    let mut tasks = args.tasks.clone();
    tasks.sort_unstable();
    tasks.dedup();
    ScaleOptions { contestants, tasks, drying, speed: args.speed, memory: args.memory, force: args.force }
}
