//! Prints a line on standard output.

use paintdry_terminal::output::{ColorChoice, complain, to_stdout};
use std::fmt::Display;

/// Prints a line. A reader that has closed the pipe has read what it wanted, and the comparison still writes its files.
pub(crate) fn say(line: impl Display) {
    if let Err(why) = to_stdout(&format!("{line}\n"), ColorChoice::Never) {
        complain(&why);
    }
}
