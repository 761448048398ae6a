//! The job `diff`: what it prints, its page, and its exit statuses.

use crate::started::{json, run, stdout, text};
use paintdry_studio::{Clock, Event, EventKind, RecordedRun, Recording};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tempfile::TempDir;

/// Records a comparison in virtual time, with these options.
fn recorded(folder: &TempDir, name: &str, options: &str) -> PathBuf {
    let file = folder.path().join(name);
    stdout(&format!("{options} --virtual --record {}", file.display()));
    file
}

/// What `diff` says of these files, with the exit status 1.
fn differs(arguments: &str) -> String {
    let output = run(&format!("diff {arguments}"));
    assert_eq!((output.status.code(), text(&output.stderr).as_str()), (Some(1), ""), "{arguments}");
    text(&output.stdout)
}

fn path(file: &Path) -> std::path::Display<'_> {
    file.display()
}

/// The second one would read nothing.
#[test]
fn standard_input_is_not_both_recordings() {
    let output = run("diff - -");
    let sentence = "error: standard input holds one recording and cannot be both; name a file for one of them\n";
    assert_eq!((output.status.code(), text(&output.stderr).as_str()), (Some(2), sentence));
}

const PAINT: &str = "--stroke-cost 40ns --runtime blocking,threads,generator,tokio,smol";

#[test]
fn runs_of_one_recording_are_put_into_groups_that_do_the_same() {
    let folder = tempfile::tempdir().expect("a folder");
    let all = recorded(&folder, "all.json", PAINT);
    let groups = "
5 runs do 3 different things:
  blocking
  threads
  generator, tokio, smol

blocking and generator
  canvas 1, canvas 2 and canvas 3 do the same until 1 s. Then canvas 1 blocks
  its thread on blocking, and lets other tasks run on generator.

  Why: blocking blocks its thread to wait, and generator lets other tasks run
  meanwhile.

  2 others do something else after that.

threads and generator
  canvas 1, canvas 2 and canvas 3 do the same until the first turn of canvas 2.
  Then canvas 2 begins at 0 s on threads, and at 1 s on generator.

  Why: threads runs tasks on 3 threads, and generator on 1 thread.

  2 others do something else after that.
";
    assert_eq!(differs(&path(&all).to_string()), groups.trim_start_matches('\n'));

    let report: Value = serde_json::from_str(&differs(&format!("{} --format json", path(&all)))).expect("JSON");
    assert_eq!((&report["job"], &report["same"]), (&Value::from("diff"), &Value::from(false)));
    assert_eq!(report["groups"], serde_json::json!([["blocking"], ["threads"], ["generator", "tokio", "smol"]]));
    let first = &report["comparisons"][0];
    let told = ["left_runtime", "right_runtime", "verdict", "task", "reason"].map(|field| first[field].clone());
    assert_eq!(told, ["blocking", "generator", "different", "canvas 1", "blocks"]);
    assert_eq!(first["left"]["ns"], 1_000_000_000);
}

#[test]
fn runs_that_differ_in_the_order_of_turns_alone_are_the_same() {
    let folder = tempfile::tempdir().expect("a folder");
    let amap = recorded(&folder, "amap.json", "amap --tasks 3 --runtime generator,tokio,smol");
    let order = "
generator and tokio do the same, in another order. The first turn that differs,
at 0 s, is where a runs on generator, and c runs on tokio.

Why: generator puts a task that yields at the back of its queue; tokio sets a
task that yields aside, and later runs the one that it set aside last first.
";
    assert_eq!(stdout(&format!("diff {} -r tokio,generator", path(&amap))), order.trim_start_matches('\n'));
    let same = "generator and smol do the same, in the same order.\n";
    assert_eq!(stdout(&format!("diff {} --runtime generator,smol", path(&amap))), same);
    assert_eq!(stdout(&format!("diff {}", path(&amap))), "All 3 runs do the same: generator, tokio, smol.\n");
    let report = json(&format!("diff {} -r tokio,generator", path(&amap)));
    let first = &report["comparisons"][0];
    let told = ["verdict", "reason"].map(|field| first[field].clone());
    assert_eq!((told, &report["same"]), ([Value::from("another_order"), Value::from("yields")], &Value::Bool(true)));
}

#[test]
fn each_runtime_of_one_recording_is_compared_with_the_same_one_of_another() {
    let folder = tempfile::tempdir().expect("a folder");
    let before = recorded(&folder, "before.json", "--runtime tokio,smol");
    let after = recorded(&folder, "after.json", "--runtime smol,tokio,generator --poll 250ms");
    let (before, after) = (path(&before), path(&after));
    let said = differs(&format!("{before} {after}"));
    let (tokio, smol) = said.split_once("\nOn smol\n").expect("one after the other");
    for words in [
        "On tokio\n  All 4 tasks do the same until the first turn of canvas 1. Then canvas 1 sleeps\n  for 500 ms at line ",
        " in before.json, and sleeps for 250 ms at line ",
        "  Why: both ran on tokio, so the program differs, or what it was given.\n",
    ] {
        assert!(tokio.contains(words), "{tokio}");
    }
    assert!(smol.contains("both ran on smol") && !said.contains("generator"), "{said}");
    let said = differs(&format!("{before} {after} --runtime tokio"));
    assert!(said.starts_with("All 4 tasks do the same until the first turn of canvas 1. Then"), "{said}");
    let said = differs(&format!("{before} {after} --runtime tokio,generator"));
    assert!(said.contains("on tokio, and sleeps for 250 ms") && said.contains("the programs differ"), "{said}");
    let same = stdout(&format!("diff {before} {before} -r smol"));
    assert!(
        same.split_whitespace().eq(format!("{before} and {before} do the same, in the same order.").split(' ')),
        "{same}"
    );
}

#[test]
fn the_page_plays_both_runs_from_the_first_difference() {
    let folder = tempfile::tempdir().expect("a folder");
    let all = recorded(&folder, "all.json", PAINT);
    let page = folder.path().join("page.html");
    let arguments = format!("{} --runtime threads,smol --quiet --replay {}", path(&all), page.display());
    let said = differs(&arguments);
    let (_, moment) = said.trim_end().split_once("page.html#").expect("a link");
    assert!(moment.starts_with("run=threads&event=") && moment.ends_with("&ns=0&open=0-1"), "{said}");
    let html = fs::read_to_string(&page).expect("it is there");
    assert!(html.contains(&format!("data-moment=\"{}\"", moment.replace('&', "&amp;"))));
    assert!(html.contains("\"runtime\":\"threads\"") && !html.contains("\"runtime\":\"tokio\""));
    fs::remove_file(&page).expect("it is there");
    let said = stdout(&format!("diff {} --runtime generator,smol --replay {}", path(&all), page.display()));
    assert!(said.ends_with("\nNo page is written, because there is no difference to show.\n"), "{said}");
    assert!(!page.exists());
}

#[test]
fn what_cannot_be_compared_is_refused_with_the_exit_status_2() {
    let folder = tempfile::tempdir().expect("a folder");
    let all = recorded(&folder, "all.json", "--runtime tokio,smol");
    let one = recorded(&folder, "one.json", "--runtime generator");
    let text_file = folder.path().join("text");
    fs::write(&text_file, "tea").expect("a file");
    let (all, one, tea) = (path(&all), path(&one), path(&text_file));
    for (arguments, words) in [
        (format!("{one}"), "has only one run to compare; name another recording beside it"),
        (format!("{all} --runtime tokio"), "has only one run to compare"),
        (format!("{all} --runtime tokio,tokyo"), "has no run on tokyo; it has runs on tokio, smol"),
        (format!("{all} {one}"), "name a runtime of each with --runtime ONE,OTHER"),
        (format!("{all} {one} -r tokio,smol,generator"), "--runtime takes one name, or one for each"),
        (format!("{all} {tea}"), "this is not a recording"),
        (format!("{all} missing.json"), "missing.json: it cannot be read"),
        (format!("{all} --replay {all}"), "are one file; name another one for the page"),
        (format!("{all} --output x --replay ./x"), "cannot be written twice"),
        (format!("{all} --open"), "required arguments were not provided"),
        ("--format json".to_owned(), "required arguments were not provided"),
    ] {
        let output = run(&format!("diff {arguments}"));
        assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{arguments}");
        assert!(text(&output.stderr).contains(words), "{arguments}: {}", text(&output.stderr));
    }
}

#[test]
fn of_very_many_groups_the_first_ones_are_shown() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut recording = Recording::of_program("tea", Clock::Virtual, Vec::new());
    let run = |number: u64| {
        let events = [EventKind::Spawn { by: None }, EventKind::Poll { thread: Some(0) }, EventKind::Complete];
        let events = events.map(|what| Event { ns: number, task: 0, what }).to_vec();
        RecordedRun::new(&format!("kettle {number}"), "", Duration::from_nanos(number), vec!["main".to_owned()], events)
    };
    recording.runs = (0..30).map(run).collect();
    let file = folder.path().join("all.json");
    fs::write(&file, recording.to_json()).expect("a file");
    let text = differs(&path(&file).to_string());
    assert!(text.starts_with("30 runs do 30 different things:\n  kettle 0\n"), "{text}");
    assert!(text.contains("\n  kettle 19\n  And 10 more; --format json has them all.\n"), "{text}");
    assert!(text.ends_with("\nAnd 9 more; --format json has them all.\n"), "{text}");
}

#[test]
fn long_names_do_not_go_beyond_the_page() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut recording = Recording::of_program("tea", Clock::Virtual, Vec::new());
    let run = |runtime: &str, says: &str| {
        let note = EventKind::Note(says.repeat(200).into());
        let events = [EventKind::Spawn { by: None }, EventKind::Poll { thread: Some(0) }, note, EventKind::Complete];
        let events = events.map(|what| Event { ns: 0, task: 0, what }).to_vec();
        RecordedRun::new(&runtime.repeat(100), "", Duration::ZERO, vec!["kettle".repeat(40)], events)
    };
    recording.runs = vec![run("a", "y"), run("b", "z"), run("c", "油")];
    let file = folder.path().join("all.json");
    fs::write(&file, recording.to_json()).expect("a file");
    for arguments in ["", " --runtime {},{}"] {
        let arguments = arguments.replacen("{}", &"a".repeat(100), 1).replacen("{}", &"b".repeat(100), 1);
        let text = differs(&format!("{}{arguments}", path(&file)));
        let joined: String = text.split_whitespace().collect();
        assert!(joined.contains(&"kettle".repeat(40)) && joined.contains(&"z".repeat(200)), "{text}");
        let columns = |line: &str| line.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<usize>();
        assert!(text.lines().all(|line| columns(line) <= 82), "{text}"); // quotation marks are narrow
    }
}
