//! The job `explore`: what it prints, its page, its exit statuses, and Ctrl-C.

use crate::started::{json, run, stdout, text};
#[cfg(unix)]
use crate::terminal::{OnTerminal, interrupt};
use serde_json::Value;
use std::fs;

/// Runs the command, which must fail, and returns its standard output.
fn fails(arguments: &str, sentence: &str) -> String {
    let output = run(arguments);
    assert_eq!(text(&output.stderr), format!("error: {sentence}\n"));
    assert_eq!(output.status.code(), Some(1));
    text(&output.stdout)
}

#[test]
fn the_programs_are_listed() {
    let list = stdout("explore");
    assert!(list.starts_with("Some schedules of these fail:\nlost-update "), "{list}");
    assert!(list.lines().all(|line| line.chars().count() <= 80), "{list}");
    let programs = json("explore");
    let buggy: Vec<_> =
        programs.as_array().expect("a list").iter().filter(|program| program["has_bug"] == true).collect();
    assert_eq!(
        buggy.iter().map(|program| &program["program"]).collect::<Vec<_>>(),
        ["lost-update", "lost-wakeup", "two-locks"]
    );
}

#[test]
fn a_bug_is_shown_turn_by_turn_and_its_seed_repeats_it() {
    let sentence = "two-locks fails under the schedule 1:1,2:1,3:1";
    let shown = fails("explore two-locks", sentence);
    assert!(shown.lines().all(|line| line.chars().count() <= 80), "{shown}");
    assert!(shown.contains("\nstuck: no task is ready and no timer is set; main, ada and bob wait\n"), "{shown}");
    assert!(shown.contains("\n   7   ada   finds no blue, waits\n   8   bob   finds no red, waits\n"), "{shown}");
    assert!(shown.contains("\nSeed: 1:1,2:1,3:1\n\nFound after "), "{shown}");
    let again = fails("explore two-locks --seed 1:1,2:1,3:1", sentence);
    let turns = |text: &str| text.split_once("turns, ").map(|(_, rest)| rest.split("\n\n").next().map(str::to_owned));
    assert_eq!(turns(&again), turns(&shown));
    assert!(again.ends_with("\n\nOnly this schedule was run.\n"), "{again}");

    let report = fails("explore two-locks --format json", sentence);
    let report: Value = serde_json::from_str(&report).expect("JSON");
    assert_eq!((&report["passes"], &report["failure"]["kind"]), (&Value::Bool(false), &Value::from("stuck")));
    assert_eq!(report["failure"]["seed"], "1:1,2:1,3:1");
    assert_eq!(report["failure"]["turns"].as_array().map(Vec::len), Some(8));
}

#[test]
fn each_runtime_is_observed_beside_all_schedules() {
    let shown = stdout("explore lost-update --observe 20");
    assert!(shown.contains("12 of 35 schedules fail. 20 runs on each runtime, and nothing steers them."), "{shown}");
    assert!(shown.contains("generator, tokio and smol always take a schedule that passes.\n"), "{shown}");
    let report = json("explore two-locks-repaired --observe 3 --runtime smol");
    let counts = ["schedules", "failing", "runs"].map(|name| report[name].as_u64());
    assert_eq!(counts, [Some(54), Some(0), Some(3)]);
    assert_eq!(report["runtimes"].as_array().map(Vec::len), Some(1), "{report}");
    assert_eq!(report["runtimes"][0]["schedules"], 1);
    for (arguments, sentence) in [
        (
            "explore clock --observe 3",
            "clock uses what only the generator loop has, so no other runtime can be observed",
        ),
        (
            "explore amap --observe 3 --runtime threads",
            "threads has no tasks that take turns; take generator, tokio or smol",
        ),
    ] {
        let output = run(arguments);
        assert_eq!(text(&output.stderr), format!("error: {sentence}\n"));
        assert_eq!(output.status.code(), Some(2));
    }
    assert_eq!(run("explore two-locks --observe 3 --random").status.code(), Some(2));
}

#[test]
fn without_a_bug_it_passes() {
    assert!(stdout("explore two-locks-repaired").contains("\nNo schedule fails, and these are all: "));
    let some = stdout("explore amap --budget 10").replace('\n', " ");
    assert!(some.contains("There are more; --budget N tries more"), "{some}");
    let first = stdout("explore lost-update --depth 1");
    assert!(first.contains("None fails of 2 schedules, 18 turns. They vary at most 1 choice; --depth N"), "{first}");
    assert_eq!(json("explore lost-update --depth 1")["complete"], false, "its failure needs two choices");
    assert_eq!(json("explore two-locks-repaired")["complete"], true);
    let report = json("explore amap --random --seed 5 --budget 30");
    assert_eq!((&report["schedules"], &report["random"]), (&Value::from(30), &Value::from(5)));
    assert_eq!((&report["passes"], &report["complete"]), (&Value::Bool(true), &Value::Bool(false)));
}

#[test]
fn another_runtime_has_the_same_schedules() {
    let sentence = "two-locks fails under the schedule 1:1,2:1,3:1";
    let here = fails("explore two-locks", sentence);
    for runtime in ["tokio", "smol", "generator"] {
        let there = fails(&format!("explore two-locks --runtime {runtime}"), sentence);
        assert_eq!(there, here.replace("two-locks on generator", &format!("two-locks on {runtime}")));
        let report = fails(&format!("explore two-locks -r {runtime} --seed 1:1,2:1,3:1 --format json"), sentence);
        let report: Value = serde_json::from_str(&report).expect("JSON");
        assert_eq!(report["runtime"], runtime);
    }
    assert_eq!(json("explore paint --runtime smol")["schedules"], json("explore paint")["schedules"]);
}

#[test]
fn the_page_plays_the_failing_schedule() {
    let folder = tempfile::tempdir().expect("a folder");
    let page = folder.path().join("page.html");
    let sentence = "lost-update fails under the schedule 1:1,2:1";
    fails(&format!("explore lost-update --quiet --replay {}", page.display()), sentence);
    let html = fs::read_to_string(&page).expect("it is there");
    assert!(html.ends_with("</html>\n") && html.contains("sets strokes to 1"));
    fs::remove_file(&page).expect("it is there");
    let passes = stdout(&format!("explore lost-update-repaired --replay {}", page.display()));
    assert!(passes.ends_with("No page is written, because there is nothing to replay.\n"), "{passes}");
    assert_eq!(fs::read_dir(folder.path()).expect("the folder").count(), 0);
}

#[test]
fn what_makes_no_sense_is_refused() {
    for (arguments, words) in [
        ("explore lost-updat", "no program is called 'lost-updat'; did you mean 'lost-update'?"),
        ("explore watercolours", "no program is called 'watercolours'; `paintdry explore` lists them"),
        ("explore amap --seed tea", "write a whole number, such as 42, or a schedule as a failure shows it"),
        ("explore amap --seed -1", "write a whole number, such as 42"),
        ("explore amap --depth 0", "write a whole number from 1 to 100,000"),
        ("explore amap --budget 10000001", "write a whole number from 1 to 10,000,000"),
        ("explore amap --random --seed 2:1", "--seed 2:1 is one schedule, and --random is for others"),
        ("explore amap --seed 2:1 --depth 9", "--seed 2:1 is one schedule, and --depth is for others"),
        ("explore amap --seed 2:1 --budget 9", "--seed 2:1 is one schedule, and --budget is for others"),
        ("explore amap --seed 400:1", "the schedule does not fit the program"),
        ("explore amap --seed 1:99", "the schedule does not fit the program"),
        ("explore amap --runtime tokio-multi", "tokio-multi runs tasks on threads of its own"),
        ("explore amap --runtime async-std", "async-std runs tasks on threads of its own"),
        ("explore amap --runtime blocking", "blocking has no tasks that take turns on one thread"),
        (
            "explore promises --runtime tokio",
            "promises uses what only the generator loop has; leave --runtime tokio out",
        ),
        ("explore amap --runtime tokio,smol", "no runtime is called 'tokio,smol'"),
        ("explore --runtime tokio", "required arguments were not provided"),
        ("explore --random", "required arguments were not provided"),
        ("explore amap --output x --replay ./x", "cannot be written twice"),
    ] {
        let output = run(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments}: {}", text(&output.stdout));
        assert!(text(&output.stderr).contains(words), "{arguments}: {}", text(&output.stderr));
    }
}

/// Ten million runs would take minutes.
#[cfg(unix)]
#[test]
fn ctrl_c_shows_what_has_been_explored() {
    let folder = tempfile::tempdir().expect("a folder");
    let output = folder.path().join("result");
    let arguments = format!("explore clock --random --budget 10000000 --output {}", output.display());
    let mut running = OnTerminal::start(24, 40, false, &arguments);
    while !running.screen().contains("of at most 10,000,000") {
        assert!(running.read(), "it ends without a display");
    }
    let words: Vec<_> = running.screen().split_whitespace().take(2).map(str::to_owned).collect();
    assert_eq!(words, ["clock", "run"]);
    interrupt(running.id());
    let (status, screen, stdout) = running.end();
    assert_eq!(status.code(), Some(130), "{screen}");
    assert!(screen.trim().starts_with("error: interrupted after "), "{screen}");
    assert!(stdout.contains("None fails of "), "{stdout}");
    assert_eq!(fs::read_dir(folder.path()).expect("the folder").count(), 0, "half a result is none");
}
