//! The peers in Python, each a program in a process of its own.

use paintdry_contenders::job::Dries;
use paintdry_contenders::python::arguments;
use std::process::Command;

/// The names of the rows, and the words that name them to the program.
pub(crate) const WORDS: [(&str, &str); 3] =
    [("python-generators", "generators"), ("python-asyncio", "asyncio"), ("python-uvloop", "uvloop")];

pub(crate) const PROGRAM: &str = "python3";

/// The process that does `workload` in the way of `word`.
pub(crate) fn command(word: &str, workload: &Dries) -> Command {
    let mut command = Command::new(PROGRAM);
    command.args(arguments(word, *workload));
    command
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use std::process::Stdio;
    use std::time::Duration;

    #[test]
    fn a_module_in_the_current_folder_is_not_run() {
        let folder = tempfile::tempdir().expect("a folder for the test");
        fs::write(folder.path().join("asyncio.py"), "open('it_ran', 'w')\n").expect("a file for the test");
        let mut command = command("asyncio", &Dries { tasks: 1, drying: Duration::ZERO });
        command.current_dir(folder.path()).env("PYTHONPATH", folder.path()).stdin(Stdio::null()).stdout(Stdio::null());
        if command.status().is_ok() {
            assert!(!folder.path().join("it_ran").exists()); // where there is a Python
        }
    }
}
