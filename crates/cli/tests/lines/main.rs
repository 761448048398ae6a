//! Random command lines: never a panic, never a status other than 0, 1 and 2, never a half-written file.
//!
//! - 20,000 are read in this process, by the command's own reader: options, values, and every limit that it
//!   checks before it opens a file or runs anything. They say nothing about later steps.
//! - 120 go to the real command, in a folder with files of every kind. These are small jobs, so that a
//!   run takes no time; large ones are not tried here.
//!
//! `PROPTEST_CASES=1000` tries another number of either; a failure is shrunk to the words that cause it.

mod draw;
mod folder;

use draw::{Line, OPTIONS, SUBCOMMANDS, any_line, small_line};
use folder::Folder;
use proptest::strategy::Strategy;
use proptest::test_runner::{Config, RngSeed, TestCaseError, TestError, TestRunner};
use std::cell::RefCell;
use std::ffi::OsString;
use std::path::Path;
use std::sync::atomic::{AtomicU32, Ordering::SeqCst};
use std::{env, fs, thread};

/// Fails with a short command line if there is one for which it does not hold. Each run tries other lines.
fn holds(lines: &impl Strategy<Value = Line>, usual: u32, property: impl Fn(&Line) -> Result<(), String>) {
    let asked_for = env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok());
    let config = Config {
        cases: asked_for.unwrap_or(usual),
        rng_seed: RngSeed::Random,
        failure_persistence: None, // the printed line is enough
        ..Config::default()
    };
    match TestRunner::new(config).run(lines, |line| property(&line).map_err(TestCaseError::fail)) {
        Ok(()) => {}
        Err(TestError::Fail(reason, line)) => panic!("paintdry {line:?}\n{reason}"),
        Err(TestError::Abort(reason)) => panic!("no line could be drawn: {reason}"),
    }
}

const THREADS: u32 = 4;

fn on_threads(some: impl Fn() + Sync) {
    thread::scope(|scope| (0..THREADS).for_each(|_| drop(scope.spawn(&some))));
}

/// Checks the text of a refusal: a sentence, and no panic.
fn is_told(status: i32, told: &str) -> Result<(), String> {
    match status {
        0..=2 if told.trim().is_empty() => Err(format!("status {status} without a word")),
        0..=2 if told.contains("panicked at") || told.contains("RUST_BACKTRACE") => Err(told.to_owned()),
        0..=2 => Ok(()),
        _ => Err(format!("status {status}: {told}")),
    }
}

#[test]
fn twenty_thousand_are_read() {
    let (accepted, refused) = (AtomicU32::new(0), AtomicU32::new(0));
    let read_some = || {
        let reader = RefCell::new(paintdry::reader(paintdry::built_in()));
        holds(&any_line(), 20_000 / THREADS, |Line(words)| {
            let arguments = [OsString::from("paintdry")].into_iter().chain(words.iter().cloned()).collect();
            let Some((status, told)) = reader.borrow_mut()(arguments) else {
                accepted.fetch_add(1, SeqCst);
                return Ok(());
            };
            refused.fetch_add(1, SeqCst);
            match status {
                0 | 2 => is_told(i32::from(status), &told),
                _ => Err(format!("status {status}, though nothing has been run: {told}")),
            }
        });
    };
    on_threads(read_some);
    let (accepted, refused) = (accepted.into_inner(), refused.into_inner());
    println!("{accepted} were accepted, {refused} refused");
    // If every line were refused at its first word, nothing would be tried.
    assert!(accepted > refused / 20 && refused > accepted / 20, "the random lines are one-sided");
}

#[test]
fn the_real_command_takes_small_ones() {
    let folder = Folder::new();
    on_threads(|| holds(&small_line(), 120 / THREADS, |line| folder.try_line(line)));
}

/// What the command's reader makes of these words.
fn read<'a>(words: impl IntoIterator<Item = &'a str>) -> Option<(u8, String)> {
    let arguments = ["paintdry"].into_iter().chain(words).map(OsString::from).collect();
    paintdry::reader(paintdry::built_in())(arguments)
}

/// An option that `draw.rs` never draws would never be tried.
#[test]
fn every_option_is_drawn() {
    let jobs = SUBCOMMANDS.iter().filter(|job| **job != "help").map(|job| vec![*job]);
    for job in jobs.chain([vec![]]) {
        let (status, help) = read(job.iter().copied().chain(["--help"])).expect("help is printed");
        assert_eq!(status, 0, "{job:?}: {help}");
        let words = help.split(|c: char| c != '-' && !c.is_ascii_alphanumeric());
        let options: Vec<_> = words.filter(|word| word.len() > 2 && word.starts_with("--")).collect();
        assert!(options.contains(&"--help"), "they are found: {help}");
        let never: Vec<_> = options.into_iter().filter(|option| !OPTIONS.contains(option)).collect();
        assert!(never.is_empty(), "{job:?} has {never:?}, which `draw.rs` never draws");
    }
}

/// The fuzzer starts from accepted lines, which it would hardly find by itself, and from a refused one.
#[test]
fn the_seeds_of_the_fuzz_target_are_what_they_are_called() {
    let fuzz = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz");
    if !fuzz.exists() {
        return; // a published crate has none beside it
    }
    let mut accepted = 0;
    for seed in fs::read_dir(fuzz.join("seeds/arguments")).expect("the seeds are there") {
        let path = seed.expect("it can be read").path();
        let text = fs::read_to_string(&path).expect("it is text");
        match read(text.split('\n')) {
            None => accepted += 1,
            Some((status, told)) => {
                let is_refused = ["refused", "nothing"].iter().any(|name| path.ends_with(name)); // nothing is one empty word
                assert!(status == 2 && is_refused, "{}: {told}", path.display());
            }
        }
    }
    assert!(accepted >= 7, "one for each job: {accepted}");
}
