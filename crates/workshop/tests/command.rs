//! The command: a workshop, its clients, and a load run, as a reader of the book starts them.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

const WORKSHOP: &str = env!("CARGO_BIN_EXE_workshop");

/// What the command prints, with the lines sorted.
fn prints(arguments: &[&str]) -> String {
    let output = Command::new(WORKSHOP).args(arguments).output().expect("it starts");
    let text = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    let mut lines: Vec<_> = text.lines().collect();
    lines.sort_unstable();
    lines.join("\n")
}

#[test]
fn clients_get_their_canvases_on_every_runtime() {
    for runtime in ["tokio", "async-std", "smol", "loop"] {
        let mut serve = Command::new(WORKSHOP);
        serve.args(["serve", "--runtime", runtime, "--address", "127.0.0.1:0", "--racks", "2"]).stdout(Stdio::piped());
        let mut server = serve.spawn().expect("it starts");
        let mut first = String::new();
        let stdout = server.stdout.as_mut().expect("it is piped");
        BufReader::new(stdout).read_line(&mut first).expect("it is text");
        assert!(first.contains(": 2 racks, a queue of 8, on "), "{first}");
        let address = first.split(": ").next().unwrap_or_default();
        let heard = prints(&["orders", "--runtime", runtime, "--address", address, "sky=1ms", "sea=1x"]);
        server.kill().expect("it has not ended");
        server.wait().expect("it was ours");
        assert!(heard.contains("s  DRY sky\n") && heard.contains(r#"s  ERROR "1x" is not a time"#), "{heard}");
    }
}

#[test]
fn a_workshop_that_is_not_there_is_an_error_with_its_address() {
    let heard = prints(&["orders", "--address", "127.0.0.1:1", "sky=1ms"]);
    assert!(heard.starts_with("error: 127.0.0.1:1: "), "{heard}");
    let heard = prints(&["orders", "--address", "127.0.0.1:1", "sky"]);
    assert_eq!(heard, "error: sky: write NAME=TIME, such as sky=2s");
}

#[test]
fn a_load_run_has_a_row_for_its_runtime() {
    let heard = prints(&["load", "--runtime", "smol", "--clients", "2", "--orders", "3", "--queue", "9"]);
    assert!(heard.contains("| smol-global | 1       | 2       | 6       | 6   | "), "{heard}");
}
