//! The process of the bench, and the Python programs if there is a Python.

use super::*;
use crate::job::{Timeouts, Timers};
use std::io::Read;
use std::process::{Command, Stdio};

fn jobs() -> [Job; 6] {
    [
        Job::Yields { tasks: 3, items: 5 },
        Job::Spawns { tasks: 7 },
        Job::Timers(Timers { sleepers: 5, shortest: Duration::from_micros(1_234) }),
        Job::Yields { tasks: 1, items: 0 },
        Job::Timeouts(Timeouts { tasks: 3, rounds: 4, shortest: Duration::from_secs(10) }),
        Job::Cancels { tasks: 6 },
    ]
}

#[test]
fn python_does_the_work_that_is_demanded_or_says_why_it_is_absent() {
    for job in jobs() {
        for contender in contenders(&job) {
            match contender.count() {
                Ok(work) => {
                    assert_eq!(work, job.demands(), "{} at {job:?}", contender.name);
                    let pass = contender.time().expect("it was counted");
                    assert_eq!(pass.results, work.results, "{} at {job:?}", contender.name);
                    assert_eq!(pass.late.is_some(), matches!(job, Job::Timers(_)));
                }
                Err(Fault::Absent(reason)) => println!("{}: {reason}", contender.name),
                Err(fault) => panic!("{} at {job:?}: {fault}", contender.name),
            }
        }
    }
}

#[test]
fn what_python_is_not_asked_for_has_no_row_and_too_many_tasks_have_a_reason() {
    assert!(contenders(&Job::Starts { times: 1 }).is_empty());
    let many = contenders(&Job::Spawns { tasks: 1_000_000 });
    assert_eq!(many.len(), 3);
    for contender in many {
        assert_eq!(contender.count(), Err(Fault::Absent(TOO_MANY.to_owned())));
    }
}

#[test]
fn every_contender_has_a_version() {
    let job = Job::Spawns { tasks: 1 };
    let named =
        contenders(&job).into_iter().filter(|contender| contender.count().is_ok()).map(|contender| contender.name);
    let named: Vec<_> = named.collect();
    assert_eq!(versions().contains_key("python"), named.contains(&"Python generators".to_owned()));
    assert_eq!(versions().contains_key("uvloop"), named.contains(&"Python uvloop".to_owned()));
}

#[test]
fn a_program_that_is_not_there_is_absent() {
    let fault = Child::start("there-is-no-such-python".as_ref(), &[], LIMIT).err();
    let reason = "there is no there-is-no-such-python (the variable PYTHON can name another)";
    assert_eq!(fault, Some(Fault::Absent(reason.to_owned())));
}

/// With a shell instead of Python: what `script` answers to one command, or what is wrong with it.
#[cfg(unix)]
fn answer_of(script: &str, limit: Duration) -> Result<Value, Fault> {
    let mut child = Child::start("sh".as_ref(), &["-c", script], limit)?;
    child.ask(&json!({ "do": "pass" }))
}

#[cfg(unix)]
#[test]
fn each_command_has_its_answer() {
    let answer = answer_of(r#"echo '{"hello": {}}'; read -r line; echo "{\"got\": $line}""#, LIMIT);
    assert_eq!(answer, Ok(json!({ "got": { "do": "pass" } })));
}

#[cfg(unix)]
#[test]
fn a_process_that_dies_or_talks_nonsense_is_a_fault_with_its_last_words() {
    for (script, wrong) in [
        (r#"echo '{"absent": "no such loop"}'"#, "absent: no such loop"),
        ("echo '{\"tasks\": 3}'", "refused: Python did not say hello but {\"tasks\":3}"),
        ("echo one >&2; echo two >&2; echo >&2; exit 1", "refused: Python ended: two"),
        ("exit 1", "refused: Python ended: it did not say why"),
        (r#"echo '{"hello": {}}'; read -r line; echo broken >&2"#, "refused: Python ended: broken"),
        (r#"echo '{"hello": {}}'; echo '{"error": "MemoryError: "}'; read -r line"#, "refused: MemoryError: "),
        (
            r#"echo '{"hello": {}}'; echo warned >&2; echo Killed; read -r line"#,
            "refused: Python's answer is not JSON: \"Killed\"; warned",
        ),
    ] {
        assert_eq!(answer_of(script, LIMIT).map_err(|fault| fault.to_string()), Err(wrong.to_owned()), "{script}");
    }
}

#[cfg(unix)]
#[test]
fn a_process_that_hangs_is_a_fault_and_is_ended() {
    let hangs = r#"echo '{"hello": {}}'; read -r line; read -r for_ever"#;
    let fault = answer_of(hangs, Duration::from_millis(300)).err();
    assert_eq!(fault, Some(Fault::Failed("Python gave no answer for 300ms".to_owned())));
}

#[cfg(target_os = "linux")]
#[test]
fn a_process_ends_with_its_owner_and_ends_its_children() {
    let script = r#"sleep 600 & echo "{\"hello\": {\"shell\": $$, \"sleep\": $!}}"; wait"#;
    let child = Child::start("sh".as_ref(), &["-c", script], LIMIT).expect("a shell is there");
    let [shell, sleep] = ["shell", "sleep"].map(|name| {
        let id = child.hello()[name].as_u64().expect("it said so");
        std::path::PathBuf::from(format!("/proc/{id}/stat"))
    });
    assert!(shell.exists() && sleep.exists());
    drop(child);
    assert!(!shell.exists(), "it was killed, and reaped");
    let state = std::fs::read_to_string(sleep).unwrap_or_default();
    assert!(!state.contains(") S "), "its child was killed: {state}");
}

#[test]
fn a_fault_stays() {
    let gone = Python { loop_name: "no such loop", job: json!({}), child: RefCell::default() };
    let faults = [gone.timed().err(), gone.counted().err()];
    assert!(faults[0].is_some(), "peers.py refuses a loop that it does not know; without Python it is absent");
    assert_eq!(faults[0], faults[1]);
}

/// What Python writes; its standard input is open until then, because it ends with that. `None` if there is no Python.
fn output_of(arguments: &[String]) -> Option<String> {
    let mut command = Command::new(program());
    let mut python = command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().ok()?;
    let mut output = String::new();
    python.stdout.take()?.read_to_string(&mut output).ok()?;
    python.wait().ok()?;
    Some(output)
}

#[test]
fn one_pass_is_asked_for_and_read() {
    let job = Dries { tasks: 3, drying: Duration::from_micros(1_234) };
    for (loop_name, needs) in [("generators", "python"), ("asyncio", "python"), ("uvloop", "uvloop")] {
        let there = versions().contains_key(needs);
        match output_of(&arguments(loop_name, job)).and_then(|output| dried(&output, job)) {
            Some(Ok(dried)) => {
                assert!(there && dried.pass.time >= job.drying, "{loop_name}: {dried:?}");
                assert_eq!((dried.version.as_ref(), dried.cpu.is_some()), (versions().get(needs), true), "{loop_name}");
            }
            Some(Err(Fault::Absent(_))) | None => assert!(!there, "{loop_name}"),
            Some(Err(fault)) => panic!("{loop_name}: {fault}"),
        }
    }
}

#[test]
fn an_answer_is_checked() {
    let job = Dries { tasks: 3, drying: Duration::from_nanos(5) };
    let read = |answer: &str| {
        let dried = dried(&format!("{{\"hello\": {{\"python\": \"3\"}}}}\n{answer}\n"), job);
        dried.map(|dried| dried.map(|dried| dried.peak).map_err(|fault| fault.to_string()))
    };
    assert_eq!(read(r#"{"pass": 5, "results": 3, "peak": 7}"#), Some(Ok(Some(7))));
    assert_eq!(read(r#"{"pass": 5, "results": 3, "peak": null}"#), Some(Ok(None)));
    assert_eq!(read(r#"{"pass": 5, "results": 2}"#), Some(Err("refused: only 2 of 3 canvases are dry".to_owned())));
    assert!(matches!(read(r#"{"pass": 4, "results": 3}"#), Some(Err(early)) if early.contains("sleeps are short")));
    assert_eq!(read(r#"{"error": "MemoryError: "}"#), Some(Err("refused: MemoryError: ".to_owned())));
    assert_eq!(read(""), None);
}
