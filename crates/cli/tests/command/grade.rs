//! `paintdry grade`: a student's folder with real exercises, built and run by cargo.

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
        let mut command = paintdry("grade");
        command.args(arguments.split_whitespace()).current_dir(self.clone.path());
        command.env("CARGO_TARGET_DIR", self.clone.path().join("target"));
        command
    }

    fn run(&self, arguments: &str) -> Output {
        self.command(arguments).output().expect("the command starts")
    }

    /// Grades the folder, which must end with this status and this sentence.
    fn grade(&self, arguments: &str, status: i32, sentence: &str) -> String {
        let output = self.run(&format!(". {arguments}"));
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
    let sentence = "error: 3 of 4 exercises did not pass\n";

    let report = parsed(&student.grade("--format json", 1, sentence));
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
    assert_eq!(student.grade(&format!("--format junit --output {}", xml.display()), 1, sentence), "");
    let xml = fs::read_to_string(xml).expect("a file");
    let failure = "<failure message=\"assertion `left == right` failed: &lt;b&gt;wet &amp; red\" type=\"failed\">";
    assert!(xml.contains(failure), "{xml}");
    assert!(xml.contains("<testsuite name=\"02_second\" tests=\"2\" failures=\"0\" errors=\"2\" "), "{xml}");

    let table = student.grade("", 1, sentence);
    assert!(table.starts_with("1 of 4 exercises passed\n"), "{table}");
    for line in
        ["01_first, 1 of 2", "  ✓ passes", "  ✗ fails failed", "  ✗ breaks does not compile", "  ✗ gone missing"]
    {
        assert!(table.lines().any(|seen| seen == line), "{line}:\n{table}");
    }

    let one = parsed(&student.grade("--only passes --format json", 0, ""));
    assert_eq!([&one["passed"], &one["total"]], [&json!(1), &json!(1)]);

    student.write("solutions/01_first/fails.rs", &program(PASSES));
    let solution = parsed(&student.grade("--solutions --only fails --format json", 0, ""));
    assert_eq!(solution["exercises"][0]["verdict"], "passed");
}

#[test]
fn tests_that_are_not_run_to_their_end_do_not_pass() {
    let ended = "#[test] fn it_is_dry() { std::process::exit(0) }";
    let aborted = "#[test] fn it_is_dry() { std::process::abort() }";
    let student = Student::with(&[("ends", ended), ("aborts", aborted), ("empty", "// no test")]);
    let report = parsed(&student.grade("--format json", 1, "error: 3 of 3 exercises did not pass\n"));
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
    let report = parsed(&student.grade("--timeout 500ms --format json", 1, "error: 1 of 1 exercise did not pass\n"));
    let hung = &report["exercises"][0];
    assert_eq!(hung["verdict"], "hung");
    assert_eq!(hung["message"], "it had not ended after 500 ms, and was stopped");
}

/// The exercise opens a named pipe and hands it to a child of its own. When the pipe is open, both run; when it is
/// closed, both have ended.
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

    let mut command = student.command(". --timeout 1h --format json --output result.json");
    let check = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the command starts");
    let mut pipe = fs::File::open(pipe).expect("the exercise opens it, too");
    crate::terminal::interrupt(check.id());
    let output = check.wait_with_output().expect("it ends");
    assert_eq!(output.status.code(), Some(130));
    assert_eq!(text(&output.stderr), "error: interrupted after 1 of 2 exercises; no file was written\n");
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
    let output = student.run(".");
    let stderr = text(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{stderr}");
    assert!(output.stdout.is_empty());
    let start = "error: nothing can be graded in ";
    assert!(stderr.starts_with(start) && stderr.contains("paintdry-course"), "{stderr}");
}

#[test]
fn arguments_that_are_refused() {
    let student = Student::with(&[("passes", PASSES)]);
    let empty = tempfile::tempdir().expect("a folder");
    let empty = empty.path().display();
    let refused = [
        (format!("{empty}"), "/crates/exercises/info.toml; name a clone of the repository"),
        ("/no/such/folder".to_owned(), "/no/such/folder is not a folder"),
        (". --only pases".to_owned(), "no exercise is called 'pases', did you mean 'passes'?"),
        (". --timeout 0s".to_owned(), "a duration cannot be zero"),
        (". --format csv".to_owned(), "invalid value 'csv'"),
        (". --output /".to_owned(), "cannot write to /"),
        (String::new(), "required arguments were not provided"),
    ];
    for (arguments, words) in refused {
        let output = student.run(&arguments);
        let stderr = text(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{arguments}: {stderr}");
        assert!(stderr.contains(words) && output.stdout.is_empty(), "{arguments}: {stderr}");
    }
}

#[test]
fn help_says_what_grading_is() {
    let help = text(&run("grade --help").stdout);
    assert!(help.contains("are programs, and grading runs them with your rights"), "{help}");
}

#[test]
fn without_cargo_nothing_is_graded() {
    let student = Student::with(&[("passes", PASSES)]);
    let output = student.command(".").env("PATH", student.clone.path()).output().expect("the command starts");
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(text(&output.stderr), "error: cargo is not installed: install Rust from https://rustup.rs\n");
}

/// The folder's name would end the line, colour the rest, and reverse its order.
#[cfg(unix)]
#[test]
fn a_hostile_name_of_a_folder_does_nothing_to_the_terminal() {
    let parent = tempfile::tempdir().expect("a folder");
    fs::create_dir(parent.path().join("a\n\u{1b}[31mb\u{202E}c")).expect("a folder with that name");
    let output = paintdry("grade").arg("a\n\u{1b}[31mb\u{202E}c").current_dir(&parent).output().expect("it starts");
    let sentence = text(&output.stderr);
    assert!(sentence.starts_with(r"error: no exercises in a\n\u{1b}[31mb\u{202e}c: "), "{sentence}");
    assert_eq!((output.status.code(), sentence.lines().count()), (Some(2), 1));
}

/// The student's settings make each program one for another system.
#[cfg(target_os = "linux")]
#[test]
fn a_program_that_cannot_be_started_has_failed_and_the_report_is_there() {
    let student = Student::with(&[("elsewhere", "#[test] fn t() {}")]);
    let settings = "[build]\nrustflags = [\"-Clink-arg=-Wl,--dynamic-linker=/nowhere/ld.so\"]\n";
    student.write(".cargo/config.toml", settings);
    let page = student.grade("--format json", 1, "error: 1 of 1 exercise did not pass\n");
    assert_eq!(parsed(&page)["exercises"][0]["verdict"], "failed");
    assert!(page.contains("its program was built and cannot be started"), "{page}");
}
