//! The `paintdry` command: the library with the runtimes that are built in.

use std::process::ExitCode;

fn main() -> ExitCode {
    paintdry::main(paintdry::built_in())
}
