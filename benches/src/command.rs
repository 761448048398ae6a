//! The bench as a program: `cargo bench --bench compare -- OPTIONS`.

use crate::contender::Fault;
use crate::groups::{self, Planned, Size};
use crate::machine::Machine;
use crate::measure::{Effort, Measured, measure, proved};
use crate::newcomer::Newcomer;
use crate::report::{GroupReport, Report};
use crate::{files, markdown, replay};
use clap::Parser;
use criterion::Criterion;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// Compares runtimes: who does the same work, and how fast.
#[derive(Debug, Parser)]
#[command(name = "cargo bench --bench compare --", disable_help_subcommand = true)]
#[expect(clippy::struct_excessive_bools, reason = "each is an option")]
struct Options {
    /// Only the group of this name or, if there is none, those with this in their name.
    filter: Option<String>,
    /// Prove that all do the same work and run each once, with small sizes; measure nothing.
    #[arg(long)]
    test: bool,
    /// Fewer rounds: a first look.
    #[arg(long)]
    quick: bool,
    /// How many samples each contender gives [default: 21, with --quick 5].
    #[arg(long, value_parser = clap::value_parser!(u64).range(1..=10_000))]
    rounds: Option<u64>,
    /// From which the order in each round follows.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Write the files to this folder, too.
    #[arg(long, value_name = "DIR")]
    save: Option<PathBuf>,
    /// List the groups.
    #[arg(long)]
    list: bool,
    /// Cargo says so when it benches, and leaves it out when it tests.
    #[arg(long, hide = true)]
    bench: bool,
    /// Test harnesses know it.
    #[arg(long, hide = true)]
    nocapture: bool,
}

/// Runs the comparison, with the options of the command line. `newcomers` take part beside the built-in runtimes.
///
/// # Panics
/// If the name of a newcomer is taken.
#[must_use]
pub fn main(newcomers: &[Newcomer]) -> ExitCode {
    let options = Options::parse();
    let is_test = options.test || !options.bench;
    let mut groups = groups::all(if is_test { Size::Test } else { Size::Full });
    if let Some(filter) = &options.filter {
        let is_a_name = groups.iter().any(|group| group.id == *filter);
        groups.retain(|group| if is_a_name { group.id == *filter } else { group.id.contains(filter) });
    }
    if groups.is_empty() {
        // No failure: cargo hands the same word to every bench, and it may be meant for another.
        let ids: Vec<_> = groups::all(Size::Test).into_iter().map(|group| group.id).collect();
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

/// Proves every group, and fails if anybody was refused.
fn test(groups: &[Planned], newcomers: &[Newcomer]) -> ExitCode {
    let mut exit = ExitCode::SUCCESS;
    for planned in groups {
        let group = planned.build(newcomers);
        let measured = proved(&group.contenders, &group.job);
        let proved = measured.iter().filter(|row| row.outcome.is_ok()).count();
        println!("{}: {proved} contenders do the same work, tried small: {}", group.id, group.title);
        if say_faults(&measured) {
            exit = ExitCode::FAILURE;
        }
    }
    exit
}

/// Says who takes no part, and whether somebody was refused.
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

/// Tells glibc's allocator to keep what is freed. By default it gives the end of its heap back to the system as soon as
/// 128 KiB of it are free, and the next pass would pay for the same pages again: some nanoseconds of each yield. It learns
/// from the largest piece that is freed, up to 32 MiB, and then keeps twice as much. Other allocators take no harm.
pub fn keep_freed_memory() {
    drop(std::hint::black_box(Vec::<u8>::with_capacity((32 << 20) - (64 << 10))));
}

fn compare(groups: &[Planned], newcomers: &[Newcomer], options: Options) -> ExitCode {
    keep_freed_memory();
    let asked = options.rounds.and_then(|rounds| usize::try_from(rounds).ok());
    let rounds = asked.unwrap_or(if options.quick { 5 } else { 21 });
    let budget = Duration::from_millis(if options.quick { 300 } else { 2_000 });
    // So that every row is in criterion's report, too.
    let fewest = replay::FEWEST;
    let effort = Effort { rounds, budget, fewest, sample: Duration::from_millis(5), seed: options.seed };
    let mut report = Report::new(Machine::this(), &effort, options.filter);
    let mut criterion = Criterion::default();
    for planned in groups {
        let group = planned.build(newcomers);
        eprint!("{}: {} contenders, {rounds} rounds ... ", group.id, group.contenders.len());
        let start = Instant::now();
        let measured = measure(&group.contenders, &group.job, &effort);
        eprintln!("{:.0} s", start.elapsed().as_secs_f64());
        say_faults(&measured);
        report.groups.push(GroupReport::new(&group, &measured));
    }
    eprintln!("\nCriterion's report of these samples, in target/criterion/report/index.html:\n");
    for group in &report.groups {
        let left_out = replay::replay(&mut criterion, group);
        if !left_out.is_empty() {
            println!("{}: fewer than ten samples, so not in criterion's report: {}\n", group.id, left_out.join("; "));
        }
    }
    criterion.final_summary();
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
