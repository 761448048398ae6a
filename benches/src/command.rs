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
    #[arg(long, visible_alias = "sample-size", value_parser = clap::value_parser!(u64).range(1..=10_000))]
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
    /// Criterion's: keeps its samples under this name.
    #[arg(long, value_name = "NAME")]
    save_baseline: Option<String>,
    /// Criterion's: compares with the samples of this name.
    #[arg(long, value_name = "NAME", conflicts_with = "save_baseline")]
    baseline: Option<String>,
    /// Criterion's: draws nothing.
    #[arg(long)]
    noplot: bool,
    #[command(flatten)]
    harness: Harness,
}

/// What test harnesses know. `cargo test` hands the same words to all of them, and here most mean nothing.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Options of test harnesses")]
#[expect(clippy::struct_excessive_bools, reason = "each is an option")]
struct Harness {
    /// Only what is ignored by default, which is nothing here.
    #[arg(long, hide = true)]
    ignored: bool,
    #[arg(long, hide = true)]
    include_ignored: bool,
    #[arg(long, hide = true, value_parser = ["pretty", "terse", "json", "junit"])]
    format: Option<String>,
    #[arg(long, hide = true)]
    test_threads: Option<usize>,
    #[arg(long, hide = true)]
    color: Option<String>,
    #[arg(long, hide = true)]
    skip: Vec<String>,
    #[arg(short = 'Z', hide = true)]
    unstable: Vec<String>,
    #[arg(long, hide = true)]
    exact: bool,
    #[arg(long, short, hide = true)]
    quiet: bool,
    #[arg(long, hide = true)]
    nocapture: bool,
    #[arg(long, hide = true)]
    no_capture: bool,
    #[arg(long, hide = true)]
    show_output: bool,
}

/// Runs the comparison, with the options of the command line. `newcomers` take part beside the built-in runtimes.
///
/// # Panics
/// If the name of a newcomer is taken.
#[must_use]
pub fn main(newcomers: &[Newcomer]) -> ExitCode {
    run(newcomers, Options::parse())
}

fn run(newcomers: &[Newcomer], options: Options) -> ExitCode {
    let is_test = options.test || !options.bench;
    let mut groups = groups::all(if is_test { Size::Test } else { Size::Full });
    if let Some(filter) = &options.filter {
        let is_a_name = options.harness.exact || groups.iter().any(|group| group.id == *filter);
        groups.retain(|group| if is_a_name { group.id == *filter } else { group.id.contains(filter) });
    }
    groups.retain(|group| !options.harness.skip.iter().any(|skipped| group.id.contains(skipped)));
    if options.harness.ignored || groups.is_empty() && options.list {
        return ExitCode::SUCCESS; // none is ignored
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
    if let Some(name) = options.save_baseline {
        criterion = criterion.save_baseline(name);
    }
    if let Some(name) = options.baseline {
        criterion = criterion.retain_baseline(name, false);
    }
    if options.noplot {
        criterion = criterion.without_plots();
    }
    for planned in groups {
        let group = planned.build(newcomers);
        eprint!("{}: {} contenders, {rounds} rounds ... ", group.id, group.contenders.len());
        let start = Instant::now();
        let measured = measure(&group.contenders, &group.job, &effort);
        eprintln!("{:.0} s", start.elapsed().as_secs_f64());
        say_faults(&measured);
        report.groups.push(GroupReport::new(&group, &measured));
    }
    eprintln!("\nCriterion on these samples:\n");
    for group in &report.groups {
        let left_out = replay::replay(&mut criterion, group);
        if !left_out.is_empty() {
            println!("{}: fewer than ten samples, so not in criterion's report: {}\n", group.id, left_out.join("; "));
        }
    }
    criterion.final_summary();
    let criterions = files::folder().with_file_name("criterion").join("report/index.html");
    if !options.noplot && rounds >= fewest {
        println!("Criterion's report of these samples: {}", criterions.display());
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

#[cfg(test)]
mod tests {
    use super::*;

    /// `cargo test --benches -- OPTION` hands it to this one as well.
    #[test]
    fn the_words_of_test_harnesses_and_of_criterion_are_understood() {
        for words in [
            "--test-threads=1",
            "--test-threads 1",
            "--show-output --nocapture --no-capture",
            "-q",
            "--quiet",
            "--ignored --include-ignored",
            "--list --format terse",
            "--color always -Z unstable-options --exact --skip yield",
            "--bench --save-baseline main --noplot --sample-size 30",
            "--bench --baseline main",
        ] {
            let words = ["compare"].into_iter().chain(words.split(' '));
            assert!(Options::try_parse_from(words.clone()).is_ok(), "{:?}", words.collect::<Vec<_>>());
        }
        let read = Options::try_parse_from(["compare", "--sample-size", "30"]).expect("it is understood");
        assert_eq!(read.rounds, Some(30));
    }
}
