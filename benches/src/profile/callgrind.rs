//! Runs a program under valgrind's callgrind, and reads what it has counted.

use super::Function;
use std::collections::BTreeMap;
use std::io;
use std::path::Path;
use std::process::{Command, Output};

/// Instructions by function and file.
pub type Counts = BTreeMap<(String, String), f64>;

/// Valgrind's version.
///
/// # Errors
/// If it is not there.
pub fn version() -> io::Result<String> {
    let output = Command::new("valgrind").arg("--version").output()?;
    Ok(String::from_utf8_lossy(&output.stdout).trim().trim_start_matches("valgrind-").to_owned())
}

/// Runs `program` with these arguments, and counts.
///
/// # Errors
/// If valgrind cannot be started, or the program fails.
pub fn count(program: &Path, arguments: &[String]) -> io::Result<Counts> {
    let file = tempfile::NamedTempFile::new()?;
    let mut command = Command::new("valgrind");
    command.args(["--tool=callgrind", "--compress-strings=no", "--compress-pos=no"]);
    command.arg(format!("--callgrind-out-file={}", file.path().display())).arg(program).args(arguments);
    let Output { status, stderr, .. } = command.output()?;
    if !status.success() {
        return Err(io::Error::other(format!("under valgrind: {}", String::from_utf8_lossy(&stderr))));
    }
    Ok(read(&std::fs::read_to_string(file.path())?))
}

/// What each operation takes more in the longer run, the most first.
#[must_use]
pub fn difference(short: &Counts, long: &Counts, operations: u64) -> Vec<Function> {
    #[expect(clippy::cast_precision_loss, reason = "there are not that many")]
    let each = |((function, file), instructions): (&(String, String), &f64)| {
        let before = short.get(&(function.clone(), file.clone())).copied().unwrap_or_default();
        let instructions = (instructions - before) / operations as f64;
        Function { function: function.clone(), file: file.clone(), instructions }
    };
    let mut functions: Vec<_> = long.iter().map(each).collect();
    functions.sort_by(|one, other| other.instructions.total_cmp(&one.instructions));
    functions
}

/// Reads a file of callgrind's, without compression: who (`ob`, `fl`, `fn`), then a line with a number of a line and a cost
/// for each; `fi` and `fe` name the file of what was inlined. A line behind `calls` counts what was called, and elsewhere.
fn read(text: &str) -> Counts {
    let mut counts = Counts::new();
    let (mut object, mut own, mut file, mut function) = ("", "", "", "");
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        match line.split_once('=') {
            Some(("ob", name)) => object = name,
            Some(("fl", name)) => (own, file) = (name, name),
            Some(("fn", name)) => (function, file) = (name, own),
            Some(("fi" | "fe", name)) => file = name,
            Some(("calls", _)) => drop(lines.next()),
            Some(_) => {}
            None => {
                let mut numbers = line.split(' ').map(str::parse::<f64>);
                if let (Some(Ok(_)), Some(Ok(cost))) = (numbers.next(), numbers.next()) {
                    *counts.entry(place(object, file, function)).or_default() += cost;
                }
            }
        }
    }
    counts
}

/// The function and the file as they are listed.
fn place(object: &str, file: &str, function: &str) -> (String, String) {
    if object.contains("libc.so") || object.contains("libc-") {
        let allocates =
            ["malloc", "free", "alloc_perturb", "realloc", "unlink_chunk"].iter().any(|part| function.contains(part));
        return (if allocates { "malloc, free" } else { function }.to_owned(), "libc".to_owned());
    }
    let file =
        ["crates/", "benches/"].iter().find_map(|folder| file.find(&format!("/{folder}")).map(|at| &file[at + 1..]));
    (short(function), file.map_or("std", |file| file.trim_start_matches("crates/generator/src/")).to_owned())
}

/// A function's name with the last part of its path, and of its type's: `TaskCell::resume`.
pub(super) fn short(function: &str) -> String {
    if let Some((_, dropped)) = function.split_once("drop_in_place<") {
        return format!("drop of {}", last(&parts(dropped)));
    }
    let parts = parts(function);
    let named: Vec<_> =
        parts.iter().map(|part| last(std::slice::from_ref(part))).filter(|part| part != "{{closure}}").collect();
    named[named.len().saturating_sub(2)..].join("::")
}

/// The last part of a path, without type parameters; of `<A as B>` and `<impl A>` it is that of A.
fn last(path: &[String]) -> String {
    let part = path.last().map_or("", String::as_str);
    match part.strip_prefix('<') {
        Some(inner) => {
            let inner = inner.strip_prefix("impl ").unwrap_or(inner);
            last(&parts(inner.split(" as ").next().unwrap_or(inner).trim_end_matches('>')))
        }
        None => part.split(['<', '>']).next().unwrap_or(part).to_owned(),
    }
}

/// A path's parts; `::` between brackets does not divide.
fn parts(path: &str) -> Vec<String> {
    let (mut parts, mut depth) = (vec![String::new()], 0_i32);
    for character in path.chars() {
        depth += i32::from(character == '<') - i32::from(character == '>');
        let part = parts.last_mut().expect("there is one from the start");
        part.push(character);
        if depth == 0 && part.ends_with("::") {
            part.truncate(part.len() - 2);
            parts.push(String::new());
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_function_is_known_by_its_type_and_name() {
        let cases = [
            ("<a::parts::task::TaskCell<G> as a::parts::task::Task>::resume", "TaskCell::resume"),
            ("a::run::<impl a::shared::Shared>::end_turn", "Shared::end_turn"),
            ("a::queue::Queue::streak", "Queue::streak"),
            ("core::ptr::drop_in_place<a::TaskCell<b::Once>>", "drop of TaskCell"),
            ("alloc::collections::vec_deque::VecDeque<T,A>::grow", "VecDeque::grow"),
            ("b::floors::spawns::boxed_futures::{{closure}}", "spawns::boxed_futures"),
            ("main", "main"),
        ];
        for (name, is) in cases {
            assert_eq!(short(name), is);
        }
    }

    #[test]
    fn costs_belong_to_the_function_and_to_the_file_that_was_inlined() {
        let text = "ob=/t/profile\nfl=/w/crates/generator/src/run.rs\nfn=a::Shared::run\n5 10\nfi=/rustc/1/library/core/src/cell.rs\n\
                    8 3\nfe=/w/crates/generator/src/run.rs\n6 2\ncfn=b\ncalls=1 5\n7 1000\nob=/lib/libc.so.6\nfl=malloc.c\nfn=_int_malloc\n1 40\n";
        let counts = read(text);
        let of = |function: &str, file: &str| counts.get(&(function.to_owned(), file.to_owned())).copied();
        assert_eq!(of("Shared::run", "run.rs"), Some(12.0));
        assert_eq!(of("Shared::run", "std"), Some(3.0));
        assert_eq!(of("malloc, free", "libc"), Some(40.0));
        assert_eq!(counts.len(), 3);
        let twice = counts.iter().map(|(place, cost)| (place.clone(), cost * 2.0)).collect();
        let first = &difference(&counts, &twice, 10)[0];
        assert_eq!(format!("{} {:.1}", first.function, first.instructions), "malloc, free 4.0");
    }
}
