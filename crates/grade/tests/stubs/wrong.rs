//! Answers that learners gave, and that are wrong: each fails with a sentence that says why.

use std::fs;
use std::path::Path;
use tempfile::TempDir;

/// A wrong answer to an exercise: its solution with some changes.
struct Wrong {
    name: &'static str,
    /// Its file, below the solutions.
    file: &'static str,
    /// A text of the solution, and the text that replaces it.
    changes: &'static [(&'static str, &'static str)],
    /// The message has all these words,
    says: &'static [&'static str],
    /// and none of these.
    never: &'static [&'static str],
}

const WRONG: &[Wrong] = &[
    Wrong {
        name: "loop3",
        file: "03_event_loop/loop3.rs",
        changes: &[
            (
                "Vec<(Duration, Painter)> = Vec::new()",
                "std::collections::BTreeMap<Duration, Painter> = Default::default()",
            ),
            (
                "ready.extend(timers.extract_if(.., |(due, _)| *due <= time).map(|(_, painter)| painter));",
                "while timers.keys().next().is_some_and(|due| *due <= time) { ready.extend(timers.pop_first().map(|(_, painter)| painter)); }",
            ),
            ("timers.push((now() + duration, painter))", "{ timers.insert(now() + duration, painter); }"),
            ("timers.iter().map(|(due, _)| *due).min()", "timers.keys().next().copied()"),
        ],
        says: &["due at the same moment, and only one of them is resumed then", "give each timer a number"],
        never: &[],
    },
    Wrong {
        name: "loop4",
        file: "03_event_loop/loop4.rs",
        changes: &[("Request::Sleep(milliseconds(500))", "Request::Wait")],
        says: &["stalled: nothing can run", "sun waits for a wake that never comes\n"],
        never: &["Pending", "waker"],
    },
    Wrong {
        name: "promise1",
        file: "05_gather/promise1.rs",
        changes: &[("send(now())", "send(paintdry_course::DRYING)")],
        says: &["bob should hear 3 s, and heard 2 s: send the time since the start, `now()`"],
        never: &["dropped without a value"],
    },
];

/// The names of the exercises, and a folder in which they have these answers. It uses the crates of this clone.
pub(crate) fn answers() -> (Vec<String>, TempDir) {
    let exercises = Path::new(env!("CARGO_MANIFEST_DIR")).join("../exercises");
    let read = |path: &str| fs::read_to_string(exercises.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
    let clone = tempfile::tempdir().expect("a folder");
    let write = |path: &str, text: &str| {
        let path = clone.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).and_then(|()| fs::write(path, text)).expect("a file");
    };
    let crates = exercises.parent().expect("the folder of all crates").canonicalize().expect("it is there");
    let manifest = read("Cargo.toml");
    let has_a_file = |line: &&str| {
        let is_a_bin = line.contains(", path = \"") && line.contains(".rs\"");
        !is_a_bin || WRONG.iter().any(|wrong| line.contains(&format!("\"exercises/{}\"", wrong.file)))
    };
    let manifest: Vec<_> = manifest.lines().filter(has_a_file).collect();
    let crates = crates.display().to_string().replace('\\', "/"); // a path of Windows
    // With a name of its own: under the same name, cargo would take its programs for those of the exercises.
    let renamed = |text: &str| text.replace("paintdry-exercises", "paintdry-wrong-answers");
    write("Cargo.toml", &renamed(&manifest.join("\n")).replace("\"../", &format!("\"{crates}/")));
    write("Cargo.lock", &renamed(&read("Cargo.lock")));
    write("info.toml", &read("info.toml"));
    for wrong in WRONG {
        let mut answer = read(&format!("solutions/{}", wrong.file));
        for (before, after) in wrong.changes {
            assert!(answer.contains(before), "the solution of {} has no {before}", wrong.name);
            answer = answer.replace(before, after);
        }
        write(&format!("exercises/{}", wrong.file), &answer);
    }
    (WRONG.iter().map(|wrong| wrong.name.to_owned()).collect(), clone)
}

/// What is wrong with the message of this exercise.
pub(crate) fn problem(name: &str, message: &str) -> Option<String> {
    let wrong = WRONG.iter().find(|wrong| wrong.name == name)?;
    if let Some(missing) = wrong.says.iter().find(|words| !message.contains(**words)) {
        return Some(format!("does not say {missing:?}"));
    }
    wrong.never.iter().find(|words| message.contains(**words)).map(|found| format!("says {found:?}"))
}
