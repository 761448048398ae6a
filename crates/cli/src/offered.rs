//! What a shell is offered where a command reads recordings: the files, and the runtimes in them.

use crate::recording::read;
use clap_complete::engine::{ArgValueCandidates, ArgValueCompleter, CompletionCandidate, PathCompleter};
use std::ffi::OsString;
use std::fs;
use std::path::Path;

/// A shell must not wait: a larger file is not read for its runtimes.
const MOST_BYTES: u64 = 32 << 20;

/// Files that may be recordings, and the folders that may have some.
pub(crate) fn recordings() -> ArgValueCompleter {
    let is_json = |path: &Path| path.is_file() && path.extension().is_some_and(|extension| extension == "json");
    ArgValueCompleter::new(PathCompleter::any().stdio().filter(is_json))
}

/// `diff --runtime` knows the runtimes of the recordings that stand on the command line.
pub(crate) fn with_runtimes_of(command: clap::Command, words: &[OsString]) -> clap::Command {
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
