//! Reads requests from standard input, one a line, and writes an answer to each: what `tests/engine.mjs` compares the page's with.

use std::io::{self, BufRead, Write};

fn main() -> io::Result<()> {
    let mut output = io::stdout().lock();
    for request in io::stdin().lock().lines() {
        writeln!(output, "{}", paintdry_lab::answer(&request?))?;
    }
    Ok(())
}
