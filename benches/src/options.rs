//! The options of the comparison. `cargo bench -- OPTION` hands the same words to every bench, so this one also accepts the
//! options of criterion and of test harnesses that mean nothing to it.

use clap::error::Result;
use clap::{Arg, ArgAction, CommandFactory, FromArgMatches, Parser};
use std::ffi::OsString;
use std::path::PathBuf;

/// Compares runtimes: proves that all do the same work, and measures how fast.
#[derive(Debug, Parser)]
#[command(name = "cargo bench --bench compare --", disable_help_subcommand = true)]
#[expect(clippy::struct_excessive_bools, reason = "each is an option")]
pub(crate) struct Options {
    /// Only the group of this name or, if there is none, the groups with this in their name.
    pub(crate) filter: Option<String>,
    /// Only this group; may be given several times.
    #[arg(long, value_name = "GROUP")]
    pub(crate) only: Vec<String>,
    /// Only the rows of this runtime, such as tokio, and the floors; may be given several times.
    #[arg(long, value_name = "NAME")]
    pub(crate) runtime: Vec<String>,
    /// Prove that all do the same work and run each once, with small sizes; measure nothing.
    #[arg(long)]
    pub(crate) test: bool,
    /// A first look in about two minutes: only the groups of the findings in docs/compare.md, without Python.
    #[arg(long)]
    pub(crate) quick: bool,
    /// The most rounds of a group [default: 21, of the echo servers 41, with --quick 19].
    #[arg(long, visible_alias = "sample-size", value_parser = clap::value_parser!(u64).range(1..=10_000))]
    pub(crate) rounds: Option<u64>,
    /// Decides the order of the contenders in each round.
    #[arg(long, default_value_t = 1)]
    pub(crate) seed: u64,
    /// Write the report to this folder as well.
    #[arg(long, value_name = "DIR")]
    pub(crate) save: Option<PathBuf>,
    /// Check the noise rule: enter every contender twice, repeat the comparison, and count how often the two were told apart.
    #[arg(long, value_name = "RUNS")]
    pub(crate) twice: Option<u64>,
    /// List the groups.
    #[arg(long)]
    pub(crate) list: bool,
    /// Cargo adds this when it benches, and not when it tests.
    #[arg(long, hide = true)]
    pub(crate) bench: bool,
    /// Takes `filter` for the whole name of a group.
    #[arg(long, hide = true)]
    pub(crate) exact: bool,
    /// Leaves out the groups with this in their name.
    #[arg(long, hide = true)]
    pub(crate) skip: Vec<String>,
    /// Only the groups that are ignored by default. There are none.
    #[arg(long, hide = true)]
    pub(crate) ignored: bool,
    /// Be the process of a round.
    #[command(flatten)]
    pub(crate) round: Round,
    /// Whether the command line has one of criterion's options about baselines.
    #[arg(skip)]
    pub(crate) wants_baselines: bool,
}

/// What the comparison tells a process that it starts for a round.
#[derive(Debug, Default, clap::Args)]
pub(crate) struct Round {
    /// The group.
    #[arg(long = "round", hide = true)]
    pub(crate) group: Option<String>,
    /// Prove, instead of taking samples.
    #[arg(long, hide = true)]
    pub(crate) prove: bool,
    /// How long a sample takes at least, in microseconds.
    #[arg(long, hide = true, default_value_t = 0)]
    pub(crate) sample: u64,
    /// A contender that takes no part.
    #[arg(long, hide = true, allow_hyphen_values = true)]
    pub(crate) without: Vec<String>,
    /// Each contender takes part twice.
    #[arg(long, hide = true)]
    pub(crate) twin: bool,
}

/// Options of criterion and of test harnesses without a value, by their short or long name.
const FLAGS: [&str; 12] = [
    "discard-baseline",
    "include-ignored",
    "n",
    "no-capture",
    "nocapture",
    "noplot",
    "q",
    "quiet",
    "show-output",
    "v",
    "verbose",
    "V",
];

/// Options of criterion and of test harnesses with a value, by their short or long name.
const WITH_VALUE: [&str; 20] = [
    "Z",
    "b",
    "baseline",
    "baseline-lenient",
    "c",
    "color",
    "confidence-level",
    "format",
    "load-baseline",
    "logfile",
    "measurement-time",
    "noise-threshold",
    "nresamples",
    "output-format",
    "plotting-backend",
    "s",
    "save-baseline",
    "significance-level",
    "test-threads",
    "warm-up-time",
];

/// Those of [`WITH_VALUE`] with which a user expects to keep samples, or to be compared with samples that were kept.
const BASELINES: [&str; 6] = ["b", "baseline", "baseline-lenient", "load-baseline", "s", "save-baseline"];

impl Options {
    /// Reads a command line. Its first word is the program.
    ///
    /// # Errors
    /// If a word is unknown or has a wrong value, or if help is asked for.
    pub(crate) fn read(words: impl IntoIterator<Item = impl Into<OsString> + Clone>) -> Result<Self> {
        let accepted = |name: &'static str, action| {
            let arg = Arg::new(name).hide(true).action(action);
            let mut letters = name.chars();
            match (letters.next(), letters.next()) {
                (Some(letter), None) => arg.short(letter),
                _ => arg.long(name),
            }
        };
        let command = Self::command()
            .args(FLAGS.map(|name| accepted(name, ArgAction::Count)))
            .args(WITH_VALUE.map(|name| accepted(name, ArgAction::Append)));
        let matches = command.try_get_matches_from(words)?;
        let wants_baselines = BASELINES.into_iter().any(|name| matches.contains_id(name));
        Ok(Self { wants_baselines, ..Self::from_arg_matches(&matches)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(words: &str) -> Options {
        let words = ["compare"].into_iter().chain(words.split_whitespace());
        Options::read(words.clone()).unwrap_or_else(|error| panic!("{:?}: {error}", words.collect::<Vec<_>>()))
    }

    /// `cargo test --benches -- OPTION` hands them to this bench as well.
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
            "--bench -n -s main -c always --quick --verbose wake",
            "--bench --baseline-lenient main --discard-baseline --output-format bencher --plotting-backend plotters",
            "--bench --warm-up-time 0.5 --measurement-time 1 --nresamples 1000 --confidence-level 0.9 yield",
            "--bench --noise-threshold 0.1 --significance-level 0.1 --load-baseline main --test",
        ] {
            read(words);
        }
        assert!(Options::read(["compare", "--sample-sise", "30"]).is_err());
    }

    #[test]
    fn a_word_that_is_accepted_does_not_change_the_others() {
        let options = read("--bench --color always --sample-size 30 -q yield --skip spawn");
        assert_eq!((options.filter.as_deref(), options.rounds), (Some("yield"), Some(30)));
        assert_eq!((options.bench, options.test, options.skip), (true, false, vec!["spawn".to_owned()]));
    }

    #[test]
    fn baselines_are_noticed() {
        assert!(read("--save-baseline main").wants_baselines && read("-b main").wants_baselines);
        assert!(!read("--noplot --quick").wants_baselines);
    }
}
