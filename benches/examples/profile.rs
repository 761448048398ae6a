//! Profiles the loop and its floors. Needs valgrind.
//!
//! ```console
//! $ cargo run --profile bench -p paintdry-benches --example profile -- --save docs/compare
//! ```

use clap::Parser;
use paintdry_benches::profile::callgrind::{self, Counts};
use paintdry_benches::profile::growth::{self, Growths};
use paintdry_benches::profile::memory::{self, Memories};
use paintdry_benches::profile::subjects::{self, Subject};
use paintdry_benches::profile::{METHOD, Profile, Profiles, tables};
use paintdry_benches::{files, machine::Machine};
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Counts the instructions of the loop's operations and of its floors, by function; what a yield takes with more tasks; and
/// where the memory of a sleeping task is.
#[derive(Debug, Parser)]
struct Options {
    /// Write `profile.json`, `profile.md`, `growth.json` and `memory.json` to this folder
    #[arg(long, value_name = "DIR")]
    save: Option<PathBuf>,
    /// Count only what a yield takes with more tasks
    #[arg(long)]
    growth: bool,
    /// Count only where the memory of a sleeping task is
    #[arg(long, conflicts_with = "growth")]
    memory: bool,
    /// Be the program that is profiled: who, and for how long
    #[arg(long, num_args = 2, hide = true)]
    run: Option<Vec<u64>>,
    /// Be the program that is counted with more tasks: which row, and how many passes
    #[arg(long, num_args = 2, hide = true)]
    grow: Option<Vec<u64>>,
}

fn main() -> ExitCode {
    if std::env::args().nth(1).is_some_and(|word| word == memory::CHILD) {
        return paintdry::main(paintdry::built_in()); // whose memory is counted: the command itself, as it is built here
    }
    let options = Options::parse();
    let outcome = match (options.run.as_deref(), options.grow.as_deref()) {
        (Some([subject, length]), _) => run(*subject, *length),
        (_, Some([row, passes])) => grow(*row, *passes),
        _ => profile(&options),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn run(subject: u64, length: u64) -> io::Result<()> {
    let subjects = subjects::all();
    let subject = usize::try_from(subject).ok().and_then(|subject| subjects.get(subject));
    subject.ok_or_else(|| io::Error::other("there is no such subject"))?.run(length).map_err(io::Error::other)
}

fn grow(row: u64, passes: u64) -> io::Result<()> {
    let row = usize::try_from(row).map_err(io::Error::other)?;
    growth::run(row, passes)
}

fn profile(options: &Options) -> io::Result<()> {
    let machine = Machine::this();
    if !machine.is_optimised {
        return Err(io::Error::other(
            "built without optimisation the figures mean nothing: use cargo's --profile bench",
        ));
    }
    let valgrind = callgrind::version().map_err(|error| {
        io::Error::other(format!("valgrind is needed, and cannot be started ({error}): install it"))
    })?;
    let folder = options.save.as_deref();
    let all = !options.growth && !options.memory;
    if all {
        instructions(&machine.rustc, &valgrind, folder)?;
    }
    if all || options.growth {
        with_more_tasks(machine.rustc.clone(), valgrind.clone(), folder)?;
    }
    if all || options.memory {
        of_a_sleeping_task(machine.rustc, valgrind, folder)?;
    }
    Ok(())
}

fn instructions(rustc: &str, valgrind: &str, folder: Option<&Path>) -> io::Result<()> {
    let mut profiles = Vec::new();
    for (number, subject) in subjects::all().iter().enumerate() {
        eprintln!("{}: {}", subject.job, subject.name);
        let mut three = (0..3).map(|_| once(number, subject)).collect::<io::Result<Vec<_>>>()?;
        three.sort_by(|one, other| one.instructions.total_cmp(&other.instructions));
        profiles.push(three.swap_remove(1));
    }
    let [method, rustc, valgrind] = [METHOD, rustc, valgrind].map(str::to_owned);
    let profiles = Profiles { schema: 1, method, rustc, valgrind, profiles };
    print!("{}", tables::page(&profiles));
    folder.map_or(Ok(()), |folder| files::write_profiles(folder, &profiles))
}

fn with_more_tasks(rustc: String, valgrind: String, folder: Option<&Path>) -> io::Result<()> {
    let program = std::env::current_exe()?;
    let mut rows = Vec::new();
    for (number, (yields, (tasks, items))) in growth::rows().into_iter().enumerate() {
        eprintln!("{}: {tasks} tasks with {items} items", yields.name);
        rows.push(growth::count(number, &program, "--grow")?);
    }
    let growths = Growths { schema: 1, method: growth::METHOD.to_owned(), rustc, valgrind, rows };
    print!("{}", tables::growth(&growths));
    folder.map_or(Ok(()), |folder| files::write_growths(folder, &growths))
}

fn of_a_sleeping_task(rustc: String, valgrind: String, folder: Option<&Path>) -> io::Result<()> {
    let program = std::env::current_exe()?;
    let mut rows = Vec::new();
    for name in memory::NAMES {
        eprintln!("memory: {name}");
        rows.push(memory::count(&program, name)?);
    }
    let memories =
        Memories { schema: 1, method: memory::METHOD.to_owned(), rustc, valgrind, tasks: memory::TASKS, rows };
    print!("{}", tables::memory(&memories));
    folder.map_or(Ok(()), |folder| files::write_memories(folder, &memories))
}

/// One difference of two runs.
fn once(number: usize, subject: &Subject) -> io::Result<Profile> {
    let program = std::env::current_exe()?;
    let count = |length: u64| callgrind::count(&program, &["--run".into(), number.to_string(), length.to_string()]);
    let [short, long]: [Counts; 2] = [count(subject.lengths[0])?, count(subject.lengths[1])?];
    let mut functions = callgrind::difference(&short, &long, subject.operations);
    let instructions = functions.iter().map(|function| function.instructions).sum();
    functions.retain(|function| function.instructions >= 0.5);
    let [job, name, per] = [subject.job, subject.name, subject.per].map(str::to_owned);
    Ok(Profile { job, name, per, instructions, functions })
}
