//! Runs a program under valgrind's callgrind, with the caches of a processor simulated, and reads what was counted in the
//! timed part of its last pass.

use std::io;
use std::path::Path;
use std::process::{Command, Output};

/// The first and the second cache of a core of today's servers: 48 KiB and 2 MiB, 12 and 16 ways, lines of 64 bytes. They
/// are said here and not taken from the machine, so that the counts are the same everywhere.
const CACHES: [&str; 2] = ["--D1=49152,12,64", "--LL=2097152,16,64"];

/// What was counted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sums {
    /// Instructions.
    pub instructions: f64,
    /// Reads and writes of data.
    pub accesses: f64,
    /// How many of these were not in the first cache.
    pub first_misses: f64,
    /// How many were not in the second one either.
    pub second_misses: f64,
}

/// Runs `program` with these arguments, and counts what it does between its last two looks at the clock: a pass looks at it
/// at the start and the end of what is timed, and what comes before and after is nobody's price.
///
/// # Errors
/// If valgrind cannot be started, or the program fails.
pub fn count(program: &Path, arguments: &[String]) -> io::Result<Sums> {
    let file = tempfile::NamedTempFile::new()?;
    let mut command = Command::new("valgrind");
    command.args(["--tool=callgrind", "--cache-sim=yes"]).args(CACHES);
    // At each look at the clock the counts until then are written, as a part of the file, and begin anew.
    command.args(["--dump-before=clock_gettime*", "--combine-dumps=yes"]);
    command.arg(format!("--callgrind-out-file={}", file.path().display())).arg(program).args(arguments);
    let Output { status, stderr, .. } = command.output()?;
    if !status.success() {
        return Err(io::Error::other(format!("under valgrind: {}", String::from_utf8_lossy(&stderr))));
    }
    read(&std::fs::read_to_string(file.path())?)
        .ok_or_else(|| io::Error::other("callgrind's file has no part between two looks at the clock"))
}

/// The sums of the last part but one: `events:` names them, in the order in which `totals:` has them. Those at the end of
/// the line are left out if they are zero.
fn read(text: &str) -> Option<Sums> {
    let lines = |key| text.lines().filter_map(move |line| line.strip_prefix(key));
    let names: Vec<&str> = lines("events:").next()?.split_whitespace().collect();
    let parts: Vec<&str> = lines("totals:").collect();
    let [_, .., timed, _] = parts[..] else { return None };
    let sums: Vec<f64> = timed.split_whitespace().map_while(|sum| sum.parse().ok()).collect();
    let of = |name| {
        let place = names.iter().position(|known| *known == name)?;
        Some(sums.get(place).copied().unwrap_or_default())
    };
    Some(Sums {
        instructions: of("Ir")?,
        accesses: of("Dr")? + of("Dw")?,
        first_misses: of("D1mr")? + of("D1mw")?,
        second_misses: of("DLmr")? + of("DLmw")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_part_before_the_last_look_at_the_clock_counts() {
        let text = "part: 1\nevents: Ir Dr Dw I1mr D1mr D1mw ILmr DLmr DLmw\nfn=a\n1 9 9 9 9 9 9 9 9 9\n\
                    totals: 9 9 9 9 9 9 9 9 9\npart: 2\ntotals: 1000 200 100 1 30 10 1 4\npart: 3\ntotals: 7 7\n";
        let sums = Sums { instructions: 1000.0, accesses: 300.0, first_misses: 40.0, second_misses: 4.0 };
        assert_eq!(read(text), Some(sums));
        assert_eq!(read(&text.replace("part: 1", "").replacen("totals:", "", 1)), None, "one look at the clock");
        assert_eq!(read(&text.replace("DLmw", "")), None);
    }
}
