//! `paintdry exercises`: the front door, and the check of a student's folder with real exercises, built and run by cargo.

use crate::started::{paintdry, run, text};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;
use tempfile::TempDir;

/// A folder as rustlings has it, with exercises of our own that need no other crate.
struct Student {
    clone: TempDir,
}

impl Student {
    /// Exercises with these names and these tests, two groups of them.
    fn with(exercises: &[(&str, &str)]) -> Self {
        let clone = tempfile::tempdir().expect("a folder");
        let student = Self { clone };
        let (mut info, mut bins) = ("format_version = 1\n".to_owned(), String::new());
        for (index, (name, tests)) in exercises.iter().enumerate() {
            let dir = if index < 2 { "01_first" } else { "02_second" };
            writeln!(info, "[[exercises]]\nname = \"{name}\"\ndir = \"{dir}\"\nhint = \"none\"").expect("to a String");
            writeln!(bins, "  {{ name = \"{name}\", path = \"exercises/{dir}/{name}.rs\" }},").expect("to a String");
            writeln!(bins, "  {{ name = \"{name}_sol\", path = \"solutions/{dir}/{name}.rs\" }},")
                .expect("to a String");
            if !tests.is_empty() {
                student.write(&format!("exercises/{dir}/{name}.rs"), &program(tests));
            }
        }
        student.write("info.toml", &info);
        let package = "[package]\nname = \"student\"\nedition = \"2024\"\nrust-version = \"1.88\"\n[workspace]\n\
                       [profile.dev]\ndebug = false\nincremental = false\n";
        student.write("Cargo.toml", &format!("bin = [\n{bins}]\n{package}"));
        student
    }

    fn folder(&self) -> PathBuf {
        self.clone.path().join("crates/exercises")
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.folder().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).and_then(|()| fs::write(path, text)).expect("a file");
    }

    fn command(&self, arguments: &str) -> std::process::Command {
        let mut command = paintdry("exercises");
        command.args(arguments.split_whitespace()).current_dir(self.clone.path());
        command.env("CARGO_TARGET_DIR", self.clone.path().join("target"));
        command
    }

    fn run(&self, arguments: &str) -> Output {
        self.command(arguments).output().expect("the command starts")
    }

    /// Checks the folder, which must end with this status and this sentence.
    fn check(&self, arguments: &str, status: i32, sentence: &str) -> String {
        let output = self.run(&format!("check . {arguments}"));
        assert_eq!(text(&output.stderr), sentence, "{}", text(&output.stdout));
        assert_eq!(output.status.code(), Some(status));
        text(&output.stdout)
    }
}

fn program(tests: &str) -> String {
    format!("fn main() {{}}\n#[cfg(test)]\nmod tests {{\n{tests}\n}}\n")
}

fn parsed(json: &str) -> Value {
    serde_json::from_str(json).expect("JSON")
}

fn keys(object: &Value) -> BTreeSet<&str> {
    object.as_object().expect("an object").keys().map(String::as_str).collect()
}

const PASSES: &str = "#[test] fn it_is_dry() {}";
const FAILS: &str = "#[test] fn it_is_dry() {}
    #[test] fn it_is_painted() { println!(\"hello\"); assert_eq!(1, 2, \"<b>\\u{1b}[31mwet & red\\u{1b}[0m\\u{0}\"); }";
const DOES_NOT_COMPILE: &str = "#[test] fn it_is_dry() { no_such_function() }";

#[test]
fn every_verdict_in_every_format() {
    let exercises = [("passes", PASSES), ("fails", FAILS), ("breaks", DOES_NOT_COMPILE), ("gone", "")];
    let student = Student::with(&exercises);
    let sentence = "paintdry: 3 of 4 exercises did not pass\n";

    let report = parsed(&student.check("--format json", 1, sentence));
    assert_eq!(keys(&report), BTreeSet::from(["schema", "folder", "exercises", "passed", "total"]));
    assert_eq!([&report["schema"], &report["passed"], &report["total"]], [&json!(1), &json!(1), &json!(4)]);
    let folder = Path::new(report["folder"].as_str().expect("a path"));
    assert!(folder.is_absolute() && folder.join("info.toml").exists());
    let checked = report["exercises"].as_array().expect("a list");
    let all = |key: &str| checked.iter().map(|one| one[key].clone()).collect::<Vec<_>>();
    assert_eq!(all("name"), ["passes", "fails", "breaks", "gone"]);
    assert_eq!(all("dir"), ["01_first", "01_first", "02_second", "02_second"]);
    assert_eq!(all("verdict"), ["passed", "failed", "does_not_compile", "missing"]);
    let messages = all("message");
    assert_eq!(messages[0], Value::Null);
    let failed = "assertion `left == right` failed: <b>wet & red\n  left: 1\n right: 2\n(the test it_is_painted)";
    assert_eq!(messages[1], failed);
    let error = messages[2].as_str().expect("a message");
    assert!(error.starts_with("error[E0425]: cannot find function `no_such_function` in this scope\n"), "{error}");
    assert!(messages[3].as_str().is_some_and(|message| message.starts_with("there is no ")), "{}", messages[3]);
    for one in checked {
        assert_eq!(keys(one), BTreeSet::from(["name", "dir", "verdict", "seconds", "message"]));
        assert!(one["seconds"].is_f64(), "{one}");
    }

    let xml = student.clone.path().join("junit.xml");
    assert_eq!(student.check(&format!("--format junit --output {}", xml.display()), 1, sentence), "");
    let xml = fs::read_to_string(xml).expect("a file");
    let failure = "<failure message=\"assertion `left == right` failed: &lt;b&gt;wet &amp; red\" type=\"failed\">";
    assert!(xml.contains(failure), "{xml}");
    assert!(xml.contains("<testsuite name=\"02_second\" tests=\"2\" failures=\"0\" errors=\"2\" "), "{xml}");

    let table = student.check("", 1, sentence);
    assert!(table.starts_with("1 of 4 exercises passed\n"), "{table}");
    for line in
        ["01_first, 1 of 2", "  ✓ passes", "  ✗ fails failed", "  ✗ breaks does not compile", "  ✗ gone missing"]
    {
        assert!(table.lines().any(|seen| seen == line), "{line}:\n{table}");
    }

    let one = parsed(&student.check("--only passes --format json", 0, ""));
    assert_eq!([&one["passed"], &one["total"]], [&json!(1), &json!(1)]);

    student.write("solutions/01_first/fails.rs", &program(PASSES));
    let solution = parsed(&student.check("--solutions --only fails --format json", 0, ""));
    assert_eq!(solution["exercises"][0]["verdict"], "passed");
}

#[test]
fn tests_that_are_not_run_to_their_end_do_not_pass() {
    let ended = "#[test] fn it_is_dry() { std::process::exit(0) }";
    let aborted = "#[test] fn it_is_dry() { std::process::abort() }";
    let student = Student::with(&[("ends", ended), ("aborts", aborted), ("empty", "// no test")]);
    let report = parsed(&student.check("--format json", 1, "paintdry: 3 of 3 exercises did not pass\n"));
    let checked = report["exercises"].as_array().expect("a list");
    for (one, words) in checked.iter().zip(["ended too early", "it was killed with signal 6", "no test was run"]) {
        assert_eq!(one["verdict"], "failed");
        let message = one["message"].as_str().expect("a message");
        assert!(message.contains(words) || !cfg!(unix), "{words}: {message}");
    }
}

#[test]
fn what_hangs_is_ended() {
    let student = Student::with(&[("hangs", "#[test] fn it_is_dry() { loop { std::hint::spin_loop(); } }")]);
    let report = parsed(&student.check("--timeout 500ms --format json", 1, "paintdry: 1 of 1 exercise did not pass\n"));
    let hung = &report["exercises"][0];
    assert_eq!(hung["verdict"], "hung");
    assert_eq!(hung["message"], "it had not ended after 500 ms, and was ended");
}

/// The exercise opens a named pipe and hands it to a child of its own: when the pipe is open both run, and when it is
/// closed both have ended.
#[cfg(unix)]
#[test]
fn ctrl_c_ends_the_exercise_with_its_children_and_prints_what_is_known() {
    use std::io::Read;
    use std::process::Stdio;
    let hangs = "#[test] fn it_is_dry() {
        let pipe = std::fs::File::options().write(true).open(\"pipe\").unwrap();
        let mut child = std::process::Command::new(\"sh\");
        child.args([\"-c\", \"sleep 60; echo late\"]).stdout(pipe).spawn().unwrap().wait().unwrap();
    }";
    let student = Student::with(&[("passes", PASSES), ("hangs", hangs)]);
    let pipe = student.folder().join("pipe");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().expect("there is a command mkfifo").success());
    let file = student.clone.path().join("result.json");
    fs::write(&file, "old").expect("a file");

    let mut command = student.command("check . --timeout 1h --format json --output result.json");
    let check = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the command starts");
    let mut pipe = fs::File::open(pipe).expect("the exercise opens it, too");
    let killed = std::process::Command::new("kill").args(["-INT", &check.id().to_string()]).status();
    assert!(killed.expect("there is a command kill").success());
    let output = check.wait_with_output().expect("it ends");
    assert_eq!(output.status.code(), Some(130));
    assert_eq!(text(&output.stderr), "paintdry: interrupted after 1 of 2 exercises; no file was written\n");
    let report = parsed(&text(&output.stdout));
    assert_eq!([&report["passed"], &report["total"]], [&json!(1), &json!(2)]);
    assert_eq!(report["exercises"].as_array().map(Vec::len), Some(1));
    assert_eq!(fs::read_to_string(&file).expect("the file"), "old");
    let mut said = String::new();
    pipe.read_to_string(&mut said).expect("it can be read");
    assert_eq!(said, "", "the child was ended before it said anything");
}

#[test]
fn what_cargo_refuses_is_said_once() {
    let student = Student::with(&[("passes", PASSES), ("fails", FAILS)]);
    let manifest = student.folder().join("Cargo.toml");
    let with_the_course = "[dependencies]\npaintdry-course = { path = \"../course\" }\n";
    let text_of_it = fs::read_to_string(&manifest).expect("a file");
    fs::write(&manifest, text_of_it + with_the_course).expect("a file");
    let output = student.run("check .");
    let stderr = text(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{stderr}");
    assert!(output.stdout.is_empty());
    let start = "paintdry: nothing can be checked in ";
    assert!(stderr.starts_with(start) && stderr.contains("paintdry-course"), "{stderr}");
}

#[test]
fn arguments_that_are_refused() {
    let student = Student::with(&[("passes", PASSES)]);
    let empty = tempfile::tempdir().expect("a folder");
    let empty = empty.path().display();
    let refused = [
        (format!("check {empty}"), "no exercises in "),
        (format!("--dir {empty}"), "/crates/exercises/info.toml; name a clone of the repository"),
        ("check /no/such/folder".to_owned(), "/no/such/folder is not a folder"),
        ("check . --only pases".to_owned(), "no exercise is called 'pases', did you mean 'passes'?"),
        ("check . --timeout 0s".to_owned(), "a duration cannot be zero"),
        ("check . --format csv".to_owned(), "invalid value 'csv'"),
        ("check . --output /".to_owned(), "cannot write to /"),
        ("check".to_owned(), "required arguments were not provided"),
        ("--format junit".to_owned(), "invalid value 'junit'"),
        ("--dir . check .".to_owned(), "cannot be used with '--dir <DIR>'"),
    ];
    for (arguments, words) in refused {
        let output = student.run(&arguments);
        let stderr = text(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{arguments}: {stderr}");
        assert!(stderr.contains(words) && output.stdout.is_empty(), "{arguments}: {stderr}");
    }
    let outside = paintdry("exercises").current_dir("/").output().expect("the command starts");
    assert_eq!(outside.status.code(), Some(2));
    assert!(text(&outside.stderr).starts_with("paintdry: no exercises in / or in any folder above it"));
}

#[test]
fn help_says_what_a_check_is() {
    let help = text(&run("exercises check --help").stdout);
    assert!(help.contains("a stranger's programs, and checking them runs them"), "{help}");
}

/// A folder with programs that say that they are these versions; nothing else can be found.
#[cfg(unix)]
fn programs(versions: &[(&str, &str)]) -> TempDir {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().expect("a folder");
    for (program, version) in versions {
        let path = folder.path().join(program);
        fs::write(&path, format!("#!/bin/sh\n{version}\n")).expect("a program");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("it can be run");
    }
    folder
}

/// The front door's result where only these programs are installed.
#[cfg(unix)]
fn front_door(student: &Student, versions: &[(&str, &str)]) -> (Option<i32>, Value, String) {
    let programs = programs(versions);
    let output = student.command("--format json").env("PATH", programs.path()).output().expect("the command starts");
    (output.status.code(), parsed(&text(&output.stdout)), text(&output.stderr))
}

#[cfg(unix)]
const CARGO: (&str, &str) = ("cargo", "echo cargo 1.99.0 '(abc 2030-01-01)'");

#[cfg(unix)]
#[test]
fn progress_is_what_rustlings_notes() {
    let student = Student::with(&[("paint1", PASSES), ("blocking1", PASSES), ("generator1", PASSES)]);
    let all = [CARGO, ("rustlings", "echo rustlings 6.5.0")];
    let (status, fresh, stderr) = front_door(&student, &all);
    assert_eq!((status, stderr.as_str()), (Some(0), ""));
    let fields = ["schema", "folder", "begun", "exercises", "done", "total", "next", "commands", "environment"];
    assert_eq!(keys(&fresh), BTreeSet::from(fields));
    assert_eq!([&fresh["begun"], &fresh["done"], &fresh["total"]], [&json!(false), &json!(0), &json!(3)]);
    assert_eq!([&fresh["next"], &fresh["commands"]], [&json!("paint1"), &json!(["cd crates/exercises && rustlings"])]);

    student.write(".rustlings-state.txt", "DON'T EDIT THIS FILE!\n\nblocking1\n\npaint1");
    let (_, begun, _) = front_door(&student, &all);
    assert_eq!([&begun["begun"], &begun["done"], &begun["next"]], [&json!(true), &json!(1), &json!("blocking1")]);
    let exercise = json!({ "name": "paint1", "dir": "01_first", "path": "exercises/01_first/paint1.rs", "done": true });
    assert_eq!(begun["exercises"][0], exercise);

    let table = text(&student.run("").stdout);
    assert!(
        table.starts_with("1 of 3 exercises done\n\n01_first   ✓ paint1 ▶ blocking1\n02_second  · generator1\n"),
        "{table}"
    );
    assert!(table.contains("Next: blocking1\n  crates/exercises/exercises/01_first/blocking1.rs\n"), "{table}");

    student.write(".rustlings-state.txt", "DON'T EDIT THIS FILE!\n\ngenerator1\n\npaint1\nblocking1\ngenerator1");
    assert!(text(&student.run("").stdout).contains("All of them are done.\n"));
}

#[cfg(unix)]
#[test]
fn what_is_missing_is_said_with_what_to_do() {
    let student = Student::with(&[("paint1", PASSES)]);
    let problems = |versions: &[(&str, &str)]| {
        let (status, overview, stderr) = front_door(&student, versions);
        let needs = overview["environment"].as_array().expect("a list");
        let wrong = needs.iter().filter(|need| need["problem"].is_string());
        let wrong: Vec<_> =
            wrong.map(|need| format!("{}: {}; {}", need["name"], need["problem"], need["remedy"])).collect();
        (status, wrong.join("\n").replace('"', ""), overview["commands"].clone(), stderr)
    };
    let install = "cargo install --locked rustlings@6.5.0";
    let start = "cd crates/exercises && rustlings";

    let (status, wrong, commands, stderr) = problems(&[CARGO]);
    assert_eq!((status, stderr.as_str()), (Some(0), ""), "what can be installed is no failure");
    assert_eq!(wrong, format!("rustlings: is not installed; run `{install}`"));
    assert_eq!(commands, json!([install, start]));

    let without_clippy = "if [ \"$1\" = clippy ]; then echo \"error: 'cargo-clippy' is not installed\" >&2; exit 1; fi; echo cargo 1.88.0";
    let (status, wrong, commands, _) = problems(&[("cargo", without_clippy), ("rustlings", "echo rustlings 5.6.1")]);
    assert_eq!((status, &commands), (Some(0), &json!([install, start])));
    assert!(
        wrong.contains("clippy: is not installed, and without it rustlings counts no exercise as done; run `rustup"),
        "{wrong}"
    );
    assert!(wrong.contains("rustlings: 5.6.1 is too old, 6.5.0 is needed; run `cargo install"), "{wrong}");

    let (status, wrong, _, stderr) = problems(&[("cargo", "echo cargo 1.87.0"), ("rustlings", "echo rustlings 7.0.0")]);
    assert_eq!(status, Some(1));
    assert_eq!(wrong, "cargo: 1.87.0 is too old, 1.88 is needed; run `rustup update stable`");
    assert_eq!(stderr, "paintdry: the exercises cannot run here before this is repaired: cargo\n");

    let (status, wrong, _, _) = problems(&[]);
    assert_eq!(status, Some(1));
    assert!(wrong.starts_with("cargo: is not installed; install Rust, see https://rustup.rs\nclippy: "), "{wrong}");

    let broken = ("cargo", "echo \"error: toolchain '1.88' is not installed\" >&2; exit 1");
    let (status, wrong, _, _) = problems(&[broken]);
    assert_eq!(status, Some(1));
    assert!(wrong.starts_with("cargo: does not start (error: toolchain '1.88' is not installed); install"), "{wrong}");

    let check = student.command("check .").env("PATH", student.clone.path()).output().expect("the command starts");
    assert_eq!(check.status.code(), Some(2));
    assert_eq!(text(&check.stderr), "paintdry: cargo is not installed: install Rust, see https://rustup.rs\n");
}
