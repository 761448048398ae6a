//! Where the memory of a sleeping task is: what `paintdry scale` has at its greatest, by who asked for it.

use super::callgrind::short;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;
use std::io;
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// How it is counted.
pub const METHOD: &str = "The child process of `paintdry scale` is run under valgrind's DHAT, which knows each block of \
    memory and who asked for it. What is there at the moment when most is there is divided by the tasks. A block is counted \
    with what glibc's malloc takes for it: eight bytes more, rounded up to sixteen, and at least 32.";

/// How many tasks: a sixteenth of a million, so that a vector that doubles has as much room left as with a million.
pub const TASKS: usize = 62_500;

/// How long they sleep. Under valgrind it takes a part of that to create them.
const DRYING_NS: u64 = 20_000_000_000;

/// Whom `paintdry scale` compares, and here too: what we have written, where what a block is for can be said.
pub const NAMES: [&str; 5] = ["generator-by-hand", "floor-closures", "generator-async", "floor-futures", "generator"];

/// All counts, and with what they were made.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Memories {
    /// The version of the shape.
    pub schema: u32,
    /// [`METHOD`].
    pub method: String,
    /// The version of the compiler.
    pub rustc: String,
    /// The version of valgrind.
    pub valgrind: String,
    /// How many tasks there were.
    pub tasks: usize,
    /// In the order of [`NAMES`].
    pub rows: Vec<Memory>,
}

/// Where one task's memory is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Memory {
    /// Who, as `paintdry scale` calls it.
    pub name: String,
    /// By who asked for it, the most first; what is less than half a byte is left out.
    pub parts: Vec<Part>,
}

impl Memory {
    /// The bytes of all parts, with malloc's share.
    #[must_use]
    pub fn taken(&self) -> f64 {
        self.parts.iter().map(|part| part.taken).sum()
    }
}

/// What one place in the sources has asked for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Part {
    /// The innermost function that is not of the standard library; empty if it is a closure.
    pub function: String,
    /// Its file.
    pub file: String,
    /// Bytes of a task, as they were asked for.
    pub asked: f64,
    /// The same with malloc's share.
    pub taken: f64,
}

/// The first argument of a child process of `paintdry scale`.
pub const CHILD: &str = "scale-child";

/// Counts what `name` has with so many tasks, by starting `program`, which has to be `paintdry` if its first argument is
/// [`CHILD`].
///
/// # Errors
/// If the process cannot be started, or fails.
pub fn count(program: &Path, name: &str) -> io::Result<Memory> {
    let file = tempfile::NamedTempFile::new()?;
    let mut command = Command::new("valgrind");
    command.arg("--tool=dhat").arg(format!("--dhat-out-file={}", file.path().display())).arg(program);
    command.args([CHILD, name, &TASKS.to_string(), &DRYING_NS.to_string()]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
    let held_open = child.stdin.take(); // the child ends with it
    let Output { status, stdout, stderr } = child.wait_with_output()?;
    drop(held_open);
    let answer = String::from_utf8_lossy(&stdout);
    if !status.success() || !answer.starts_with("{\"measured\"") {
        return Err(io::Error::other(format!("{name}: {answer}{}", String::from_utf8_lossy(&stderr))));
    }
    let profile = serde_json::from_str(&std::fs::read_to_string(file.path())?)?;
    let parts = read(&profile, TASKS).ok_or_else(|| io::Error::other("DHAT's file has another shape than expected"))?;
    Ok(Memory { name: name.to_owned(), parts })
}

/// Reads a file of DHAT's: `pps` are the places where blocks come from, with the bytes and blocks at the greatest moment (`gb`,
/// `gbk`), and `fs` their frames from the inside out, which stand in `ftbl`.
fn read(profile: &Value, tasks: usize) -> Option<Vec<Part>> {
    let frames = profile["ftbl"].as_array()?;
    let mut sums: BTreeMap<(String, String), (u64, u64)> = BTreeMap::new();
    for place in profile["pps"].as_array()? {
        let (bytes, blocks) = (place["gb"].as_u64()?, place["gbk"].as_u64()?);
        if blocks == 0 {
            continue;
        }
        let indices = place["fs"].as_array()?.iter().map(Value::as_u64).collect::<Option<Vec<_>>>()?;
        let mut frames = indices.iter().filter_map(|index| frames.get(usize::try_from(*index).ok()?)?.as_str());
        let sum = sums.entry(frames.find_map(asker).unwrap_or_default()).or_default();
        sum.0 += bytes;
        sum.1 += blocks * taken(bytes / blocks);
    }
    #[expect(clippy::cast_precision_loss, reason = "there is not that much")]
    let of_a_task = |bytes: u64| bytes as f64 / tasks as f64;
    let parts = sums.into_iter().map(|((function, file), (asked, taken))| Part {
        function,
        file,
        asked: of_a_task(asked),
        taken: of_a_task(taken),
    });
    let mut parts: Vec<_> = parts.filter(|part| part.taken >= 0.5).collect();
    parts.sort_by(|one, other| other.taken.total_cmp(&one.taken));
    Some(parts)
}

/// What glibc's malloc takes for a block, on a machine of 64 bits.
fn taken(bytes: u64) -> u64 {
    (bytes + 8).next_multiple_of(16).max(32)
}

/// The function and the file of a frame, `0x1F: path::function<types> (file.rs:12)`; `None` if it is the standard library's
/// or valgrind's.
fn asker(frame: &str) -> Option<(String, String)> {
    let (_, frame) = frame.split_once(": ")?;
    let (function, file) = frame.rsplit_once(" (")?;
    let (path, _) = file.trim_end_matches(')').rsplit_once(':')?;
    if path.starts_with("library/") || path.starts_with("in ") {
        return None;
    }
    let function = if function.starts_with('{') { String::new() } else { short(function) };
    Some((function, Path::new(path).file_name()?.to_str()?.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_block_belongs_to_who_asked_for_it() {
        let profile = json!({
            "ftbl": [
                "[root]",
                "0x1: malloc (in /usr/libexec/valgrind/vgpreload_dhat-amd64-linux.so)",
                "0x2: new<a::Task> (library/alloc/src/boxed.rs:286)",
                "0x3: spawn<a::Canvas> (event_loop.rs:87)",
                "0x4: main (main.rs:1)",
                "0x5: {closure#1} (by_hand.rs:69)",
                "0x6: a::shared::Shared::set_timer (shared.rs:144)",
            ],
            "pps": [
                {"gb": 560, "gbk": 10, "fs": [1, 2, 3, 4]},
                {"gb": 560, "gbk": 10, "fs": [1, 3, 5]},
                {"gb": 240, "gbk": 1, "fs": [1, 2, 5, 4]},
                {"gb": 900, "gbk": 1, "fs": [1, 6]},
                {"gb": 0, "gbk": 0, "fs": [1, 6]},
                {"gb": 4, "gbk": 1, "fs": [1, 4]},
            ],
        });
        let part = |function: &str, file: &str, asked, taken| Part {
            function: function.to_owned(),
            file: file.to_owned(),
            asked,
            taken,
        };
        let parts = [
            part("spawn", "event_loop.rs", 11.2, 12.8),
            part("Shared::set_timer", "shared.rs", 9.0, 9.12),
            part("", "by_hand.rs", 2.4, 2.56),
        ];
        assert_eq!(read(&profile, 100).as_deref(), Some(&parts[..]));
        assert_eq!(read(&json!({"pps": []}), 100), None, "no frames");
    }

    #[test]
    fn what_malloc_takes() {
        assert_eq!([1, 24, 25, 40, 56, 57].map(taken), [32, 32, 48, 48, 64, 80]);
    }
}
