//! The comparison as a program: `cargo bench --bench compare -- OPTIONS`.

use crate::machine::Machine;
use crate::measure::{Measured, Sampling, keep_freed_memory, measure, proved};
use crate::options::Options;
use crate::report::{GroupReport, Report};
use crate::{files, markdown};
use paintdry_contenders::contender::Fault;
use paintdry_contenders::groups::{self, Planned, Size};
use paintdry_contenders::newcomer::Newcomer;
use std::env;
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// Runs the comparison, with the options of the command line. `newcomers` take part beside the built-in runtimes.
///
/// ```no_run
/// # fn example<MyRuntime: paintdry_core::Runtime>() -> std::process::ExitCode {
/// use paintdry_benches::newcomer::Newcomer;
///
/// paintdry_benches::command::main(&[Newcomer::of::<MyRuntime>("written last night")])
/// # }
/// ```
///
/// # Panics
/// If the name of a newcomer is taken.
#[must_use]
pub fn main(newcomers: &[Newcomer]) -> ExitCode {
    run(newcomers, Options::read(env::args_os()).unwrap_or_else(|error| error.exit()))
}

fn run(newcomers: &[Newcomer], options: Options) -> ExitCode {
    let is_test = options.test || !options.bench;
    let mut groups = groups::all(if is_test { Size::Small } else { Size::Large });
    if let Some(filter) = &options.filter {
        let is_a_name = options.exact || groups.iter().any(|group| group.id == *filter);
        groups.retain(|group| if is_a_name { group.id == *filter } else { group.id.contains(filter) });
    }
    groups.retain(|group| !options.skip.iter().any(|skipped| group.id.contains(skipped)));
    if options.ignored || groups.is_empty() && options.list {
        return ExitCode::SUCCESS; // none is ignored
    }
    if groups.is_empty() {
        // No failure: cargo hands the same word to every bench, and it may be meant for another.
        let ids: Vec<_> = groups::all(Size::Small).into_iter().map(|group| group.id).collect();
        println!("No group of this name. There are {}.", ids.join(", "));
        return ExitCode::SUCCESS;
    }
    if options.list {
        for group in groups {
            println!("{}: benchmark", group.id);
        }
        return ExitCode::SUCCESS;
    }
    if is_test { test(&groups, newcomers) } else { compare(&groups, newcomers, options) }
}

/// Proves every group, and fails if a contender was refused.
fn test(groups: &[Planned], newcomers: &[Newcomer]) -> ExitCode {
    let mut exit = ExitCode::SUCCESS;
    for planned in groups {
        let group = planned.build(newcomers);
        let measured = proved(&group.contenders, &group.job);
        let proved = measured.iter().filter(|row| row.outcome.is_ok()).count();
        println!("{}: {proved} contenders do the same work, tried small: {}", planned.id, group.title);
        if say_faults(&measured) {
            exit = ExitCode::FAILURE;
        }
    }
    exit
}

/// Says which contenders take no part, and whether one was refused.
fn say_faults(measured: &[Measured<'_>]) -> bool {
    let mut refused = false;
    for Measured { contender, outcome } in measured {
        if let Err(fault) = outcome {
            println!("  {}: {fault}", contender.name);
            refused |= matches!(fault, Fault::Failed(_));
        }
    }
    refused
}

fn compare(groups: &[Planned], newcomers: &[Newcomer], options: Options) -> ExitCode {
    keep_freed_memory();
    let asked = options.rounds.and_then(|rounds| usize::try_from(rounds).ok());
    let rounds = asked.unwrap_or(if options.quick { 5 } else { 21 });
    let budget = Duration::from_millis(if options.quick { 300 } else { 2_000 });
    let sampling = Sampling { rounds, budget, fewest: 10, sample: Duration::from_millis(5), seed: options.seed };
    let mut report = Report::new(Machine::this(), &sampling, options.filter);
    if options.wants_baselines {
        eprintln!(
            "Baselines are criterion's. The comparison keeps no samples but those in its report: use --save DIR."
        );
    }
    for planned in groups {
        let group = planned.build(newcomers);
        eprint!("{}: {} contenders, {rounds} rounds ... ", planned.id, group.contenders.len());
        let start = Instant::now();
        let measured = measure(&group.contenders, &group.job, &sampling);
        eprintln!("{:.0} s", start.elapsed().as_secs_f64());
        say_faults(&measured);
        report.groups.push(GroupReport::new(&planned.id, &group, &measured));
    }
    println!("\n{}", markdown::summary(&report, false));
    for folder in [Some(files::folder()), options.save].into_iter().flatten() {
        if let Err(error) = files::write(&folder, &report) {
            eprintln!("{error}");
            return ExitCode::FAILURE;
        }
        println!("Written: {0}/compare.md, {0}/compare.json, and a chart for each group.", folder.display());
    }
    ExitCode::SUCCESS
}
