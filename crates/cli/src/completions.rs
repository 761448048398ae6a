//! Completions: the script that a shell loads, and the words that it offers with it.

use crate::ending::Exit;
use crate::recording::read;
use crate::{Entry, args};
use clap_complete::engine::{ArgValueCandidates, CompletionCandidate};
use clap_complete::env::{EnvCompleter, Shells};
use std::ffi::OsString;
use std::path::Path;
use std::{env, fs};

/// A shell that asks for completions sets this variable to its name.
const ASKED: &str = "PAINTDRY_COMPLETE";

/// A shell must not wait: a larger file is not read for its runtimes.
const MOST_BYTES: u64 = 32 << 20;

/// The answer to a shell, if one asks: the possible next words after those behind `--`, or without any its script.
pub(crate) fn answer(runtimes: &[Entry]) -> Option<Result<String, Exit>> {
    let name = env::var_os(ASKED).filter(|name| !name.is_empty() && name != "0")?;
    let name = Path::new(&name).file_stem().unwrap_or(&name).to_string_lossy().into_owned(); // it may be that of $SHELL
    let shells = Shells::builtins();
    let Some(shell) = shells.completer(&name) else {
        let known: Vec<_> = shells.names().collect();
        return Some(Err(Exit::trouble(format!(
            "{ASKED}: no shell is called '{name}'; name one of {}",
            known.join(", ")
        ))));
    };
    let words: Vec<_> = env::args_os().skip_while(|word| word != "--").skip(1).collect();
    if words.is_empty() {
        return Some(Ok(script(shell)));
    }
    let mut command = with_runtimes_of(args::command(runtimes), &words);
    command.build();
    let mut offered = Vec::new();
    let written = shell.write_complete(&mut command, words, env::current_dir().ok().as_deref(), &mut offered);
    Some(written.map(|()| String::from_utf8_lossy(&offered).into_owned()).map_err(Exit::trouble))
}

/// The script with which a shell asks this command for words. Two are our own: clap's let Bash and PowerShell run the names of
/// files and what is typed, and insert names without quotes.
pub(crate) fn script_for(shell: clap_complete::Shell) -> String {
    Shells::builtins().completer(&shell.to_string()).map(script).unwrap_or_default()
}

fn script(shell: &dyn EnvCompleter) -> String {
    match shell.name() {
        "bash" => return include_str!("completions.bash").to_owned(),
        "powershell" => return include_str!("completions.ps1").to_owned(),
        _ => {}
    }
    let mut script = Vec::new();
    let written = shell.write_registration(ASKED, "paintdry", "paintdry", "paintdry", &mut script);
    drop(written); // a vector takes what is written
    String::from_utf8_lossy(&script).into_owned()
}

/// `diff --runtime` knows the runtimes of the recordings that stand on the command line.
fn with_runtimes_of(command: clap::Command, words: &[OsString]) -> clap::Command {
    if words.get(1).is_none_or(|word| word != "diff") {
        return command;
    }
    let files: Vec<_> = words[2..].iter().map(Path::new).filter(|path| is_small(path)).map(Path::to_owned).collect();
    let candidates = move || {
        let recordings = files.iter().filter_map(|file| read(file).ok());
        let names = recordings.flat_map(|recording| recording.runs.into_iter().map(|run| run.runtime));
        let mut names: Vec<_> = names.filter(|name| is_plain(name)).collect();
        names.sort();
        names.dedup();
        names.into_iter().map(CompletionCandidate::new).collect()
    };
    let of_runtimes = |arg: clap::Arg| arg.add(ArgValueCandidates::new(candidates));
    command.mut_subcommand("diff", |diff| diff.mut_arg("runtimes", of_runtimes))
}

fn is_small(path: &Path) -> bool {
    path.extension().is_some() && fs::metadata(path).is_ok_and(|file| file.is_file() && file.len() <= MOST_BYTES)
}

/// A file of a stranger may have any name in it. A shell is offered none that it could take for more than a word.
fn is_plain(name: &str) -> bool {
    !name.is_empty() && !name.starts_with('-') && name.chars().all(|c| c.is_alphanumeric() || "-_.".contains(c))
}
