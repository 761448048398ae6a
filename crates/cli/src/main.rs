//! The `paintdry` command: the library with the built-in runtimes.

use std::process::ExitCode;

fn main() -> ExitCode {
    paintdry::main(paintdry::built_in())
}
