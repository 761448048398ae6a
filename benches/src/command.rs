//! The comparison as a program: `cargo bench --bench compare -- OPTIONS`.

use crate::findings::FINDINGS;
use crate::machine::Machine;
use crate::options::Options;
use crate::report::{GroupReport, Report};
use crate::round::child::{self, Order};
use crate::round::parent::{self, Measured, NoRound, Sampling};
use crate::say::say;
use crate::{files, twins};
use paintdry_contenders::contender::{Contender, Kind};
use paintdry_contenders::groups::group::Group;
use paintdry_contenders::groups::{self, Planned, Size};
use paintdry_contenders::newcomer::Newcomer;
use std::env;
use std::io::{self, IsTerminal, Write};
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
    run(newcomers, &Options::read(env::args_os()).unwrap_or_else(|error| error.exit()))
}

fn run(newcomers: &[Newcomer], options: &Options) -> ExitCode {
    if let Some(id) = &options.round.group {
        return round(id, newcomers, options);
    }
    let is_test = options.test || !options.bench;
    let mut groups = groups::all(if is_test { Size::Small } else { Size::Large });
    let is_chosen = !options.only.is_empty() || options.filter.is_some();
    if let Some(filter) = &options.filter {
        let is_a_name = options.exact || groups.iter().any(|group| group.id == *filter);
        groups.retain(|group| if is_a_name { group.id == *filter } else { group.id.contains(filter) });
    }
    groups.retain(|group| options.only.is_empty() || options.only.contains(&group.id));
    groups.retain(|group| !options.quick || is_chosen || FINDINGS.iter().any(|finding| finding.group == group.id));
    groups.retain(|group| !options.skip.iter().any(|skipped| group.id.contains(skipped)));
    if options.ignored || groups.is_empty() && options.list {
        return ExitCode::SUCCESS; // none is ignored
    }
    if groups.is_empty() {
        // No failure: cargo hands the same word to every bench, and it may be meant for another.
        let ids: Vec<_> = groups::all(Size::Small).into_iter().map(|group| group.id).collect();
        say(format_args!("No group of this name. There are {}.", ids.join(", ")));
        return ExitCode::SUCCESS;
    }
    if options.list {
        for group in groups {
            say(format_args!("{}: benchmark", group.id));
        }
        return ExitCode::SUCCESS;
    }
    if is_test {
        return test(&groups, newcomers);
    }
    let ids: Vec<_> = groups.into_iter().map(|group| group.id).collect();
    let done = match options.twice {
        Some(runs) => twins::compare(&ids, runs, options, &sampling(options)),
        None => compare(&ids, is_chosen, options),
    };
    done.map_or_else(
        |error| {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        },
        |()| ExitCode::SUCCESS,
    )
}

/// Proves every group in this process, and fails if a contender was refused.
fn test(groups: &[Planned], newcomers: &[Newcomer]) -> ExitCode {
    let mut exit = ExitCode::SUCCESS;
    for planned in groups {
        let group = planned.build(newcomers);
        let mut measured = Measured::of(&group);
        child::run(&group, Order::Prove, &mut |line| measured.hear(line));
        let sample = Order::Sample { at_least: Duration::ZERO, seed: 1, without: &measured.without() };
        child::run(&group, sample, &mut |line| measured.hear(line));
        let proved = measured.outcomes.iter().filter(|outcome| outcome.is_ok()).count();
        say(format_args!("{}: {proved} contenders do the same work, tried small: {}", planned.id, group.title));
        say_faults(&measured);
        if measured.is_refused() {
            exit = ExitCode::FAILURE;
        }
    }
    exit
}

/// Is the process of a round, which writes what it measured to standard output.
fn round(id: &str, newcomers: &[Newcomer], options: &Options) -> ExitCode {
    let Some(planned) = groups::all(Size::Large).into_iter().find(|group| group.id == *id) else {
        eprintln!("error: there is no group `{id}`; --list lists them");
        return ExitCode::FAILURE;
    };
    let mut group = planned.build(newcomers);
    if options.round.twin {
        twins::enter(&mut group, planned.build(newcomers));
    }
    if !options.runtime.is_empty() {
        keep_runtimes(&mut group, &options.runtime);
    }
    if options.quick {
        let is_python = |contender: &&mut Contender| contender.kind == Kind::Python;
        for contender in group.contenders.iter_mut().filter(is_python) {
            *contender = Contender::absent(contender.name.clone(), Kind::Python, "--quick leaves Python out");
        }
    }
    let order = if options.round.prove {
        Order::Prove
    } else {
        let at_least = Duration::from_micros(options.round.sample);
        Order::Sample { at_least, seed: options.seed, without: &options.round.without }
    };
    let mut output = io::stdout();
    child::run(&group, order, &mut |line| {
        if let Ok(json) = serde_json::to_string(&line) {
            let _ = writeln!(output, "{json}"); // it fails if the comparison has ended, and then needs no answer
        }
    });
    ExitCode::SUCCESS
}

/// Keeps the floors, and the rows that begin with one of `names`.
fn keep_runtimes(group: &mut Group, names: &[String]) {
    group.contenders.retain(|contender| {
        contender.kind == Kind::Floor
            || names.iter().any(|name| {
                let rest = contender.name.strip_prefix(name.as_str());
                rest.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
            })
    });
}

/// How much is measured with these options.
fn sampling(options: &Options) -> Sampling {
    let rounds = options.rounds.and_then(|rounds| usize::try_from(rounds).ok());
    Sampling {
        rounds: rounds.unwrap_or(if options.quick { 19 } else { 21 }),
        budget: Duration::from_secs(60),
        fewest: FEWEST,
        sample: Duration::from_millis(if options.quick { 2 } else { 5 }),
        seed: options.seed,
        twin: options.twice.is_some(),
        quick: options.quick,
    }
}

/// How much is measured of the group `id`: of a noisy one more rounds, unless the options say how many or time is short.
fn sampling_of(id: &str, options: &Options) -> Sampling {
    let sampling = sampling(options);
    let is_noisy = groups::all(Size::Large).into_iter().any(|group| group.id == id && group.is_noisy);
    if is_noisy && options.rounds.is_none() && !options.quick {
        Sampling { rounds: NOISY, budget: 4 * sampling.budget, ..sampling }
    } else {
        sampling
    }
}

/// The rounds of a noisy group. A test of `estimate.rs` shows what this many find that 21 do not.
const NOISY: usize = 41;

/// The fewest rounds that can tell two rows apart: twice 1 in 2 to the power of 15 is below [`ERROR`](crate::report::ERROR).
const FEWEST: usize = 15;

fn compare(ids: &[String], is_chosen: bool, options: &Options) -> Result<(), Box<dyn std::error::Error>> {
    let sampling = sampling(options);
    if options.wants_baselines {
        eprintln!(
            "Baselines are criterion's. The comparison keeps no samples but those in its report: use --save DIR."
        );
    }
    if sampling.rounds < FEWEST {
        eprintln!("With fewer than {FEWEST} rounds, every pair of rows is a tie.");
    }
    announce(ids, options.quick && !is_chosen);
    let filter = is_chosen.then(|| ids.join(", "));
    let mut report = Report::new(Machine::this(), &sampling, filter);
    let begun = Instant::now();
    for id in ids {
        report.groups.push(group(id, &sampling_of(id, options), options)?);
        files::write(&files::folder(), &report)?; // so that an interrupted comparison keeps what it has
    }
    say(format_args!("\n{}", crate::markdown::summary(&report, false)));
    for folder in [Some(files::folder()), options.save.clone()].into_iter().flatten() {
        files::write(&folder, &report)?;
        say(format_args!("Written: {0}/compare.html, compare.md and compare.json.", folder.display()));
    }
    say(format_args!("{} groups took {}.", report.groups.len(), minutes(begun.elapsed().as_secs_f64())));
    Ok(())
}

/// Measures one group.
fn group(id: &str, sampling: &Sampling, options: &Options) -> Result<GroupReport, NoRound> {
    let start = Instant::now();
    let is_terminal = io::stderr().is_terminal();
    let mut progress = |round, rounds| {
        if is_terminal {
            eprint!("\r{id}: round {round} of {rounds} ");
        }
    };
    let measured = parent::measure(id, &options.runtime, sampling, &mut progress)?;
    let seconds = start.elapsed().as_secs_f64();
    let line_start = if is_terminal { "\r" } else { "" };
    eprintln!("{line_start}{id}: {} contenders, {seconds:.0} s            ", measured.outcomes.len());
    say_faults(&measured);
    Ok(GroupReport::new(id, measured, seconds))
}

/// Says how long the comparison takes, by the time that it took where the saved figures come from.
fn announce(ids: &[String], is_first_look: bool) {
    let seconds: f64 = ids.iter().filter_map(|id| files::seconds(id)).sum();
    let time = if is_first_look { "two minutes".to_owned() } else { minutes(seconds.max(60.0)) };
    let (groups, of) = (ids.len(), if ids.len() == 1 { "group" } else { "groups" });
    eprintln!("{groups} {of}, about {time} in all. Close other programs: they add noise.");
}

fn minutes(seconds: f64) -> String {
    if seconds < 90.0 { format!("{seconds:.0} s") } else { format!("{:.0} minutes", seconds / 60.0) }
}

/// Says which contenders take no part.
fn say_faults(measured: &Measured) {
    for (entrant, outcome) in measured.head.entrants.iter().zip(&measured.outcomes) {
        if let Err(fault) = outcome {
            eprintln!("  {}: {fault}", entrant.name);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_noisy_group_has_more_rounds_unless_the_options_say_how_many() {
        let rounds = |id: &str, options: &[&str]| {
            let words = ["compare", "--bench"].iter().chain(options);
            sampling_of(id, &Options::read(words.copied()).expect("options")).rounds
        };
        assert_eq!([rounds("yield-2", &[]), rounds("echo-50", &[])], [21, 41]);
        assert_eq!([rounds("echo-50", &["--quick"]), rounds("echo-50", &["--rounds", "30"])], [19, 30]);
    }
}
