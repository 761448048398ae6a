//! Chapter 17: Ctrl-C on every runtime. The program runs in a process of its own, which is this test again.

use std::env;
use std::io::{BufRead, BufReader};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Duration;

#[allow(dead_code, reason = "its `main` reads arguments")]
#[path = "../../examples/ctrl_c.rs"]
mod program;

const RUNTIME: &str = "PAINTDRY_CTRL_C_RUNTIME";
const DRYING: &str = "PAINTDRY_CTRL_C_DRYING";

/// The program, in the process that [`start`] starts. Without the names of a runtime and of a time it does nothing.
#[test]
#[ignore = "the other tests start it"]
fn child() {
    let [runtime, drying] = [RUNTIME, DRYING].map(|name| env::var(name).unwrap_or_default());
    if let Ok(drying) = drying.parse() {
        program::open_on(&runtime, Duration::from_millis(drying));
    }
}

fn start(runtime: &str, drying: &str) -> (Child, impl Iterator<Item = String> + use<>) {
    let mut child = Command::new(env::current_exe().expect("a test knows its file"))
        .args(["ctrl_c::child", "--exact", "--ignored", "--nocapture"])
        .env(RUNTIME, runtime)
        .env(DRYING, drying)
        .stdout(Stdio::piped())
        .spawn()
        .expect("it starts");
    let stdout: ChildStdout = child.stdout.take().expect("it is piped");
    (child, BufReader::new(stdout).lines().map_while(Result::ok))
}

fn press_ctrl_c(child: &Child) {
    let status = Command::new("kill").args(["-INT", &child.id().to_string()]).status().expect("kill starts");
    assert!(status.success());
}

#[test]
fn the_first_one_closes_after_the_canvas_in_hand() {
    for runtime in ["generator", "tokio", "async-std", "smol"] {
        let (mut child, mut lines) = start(runtime, "20");
        assert!(lines.any(|line| line.contains(": press Ctrl-C")), "{runtime}: it opens");
        press_ctrl_c(&child);
        let rest: Vec<_> = lines.collect();
        let place = |text: &str| rest.iter().position(|line| line.starts_with(text));
        let [closing, closed] = ["closing", "closed"].map(place);
        assert!(closing < closed && closing.is_some(), "{runtime}: {rest:?}");
        let last = rest.iter().rposition(|line| line.contains("is dry"));
        assert!(last < closed, "{runtime}: the canvas in hand is finished: {rest:?}");
        assert!(child.wait().expect("it ends").success(), "{runtime}");
    }
}

#[test]
fn the_second_one_ends_it_at_once() {
    let (mut child, mut lines) = start("generator", "3600000");
    assert!(lines.any(|line| line.contains(": press Ctrl-C")), "it opens");
    press_ctrl_c(&child);
    assert!(lines.any(|line| line.starts_with("closing")), "it wants to finish a canvas that takes an hour");
    press_ctrl_c(&child);
    assert_eq!(child.wait().expect("it ends").code(), Some(130));
}
