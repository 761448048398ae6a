//! The tests start their own program again, so that they run on every system.

use super::reading::HALF;
use super::*;
use std::cell::RefCell;
use std::env;
use std::io::{ErrorKind, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::exit;
use std::thread;

const LONG: Duration = Duration::from_secs(60);

/// The role of this process, if a test has started it.
const PART: &str = "PAINTDRY_TEST_PART";

/// The address at which the test waits for the child.
const ADDRESS: &str = "PAINTDRY_TEST_ADDRESS";

/// `test` in a process of its own, for one part of it.
fn again(test: &str, part: &str) -> Command {
    let mut command = Command::new(env::current_exe().expect("a test is a program"));
    command.args(["--exact", &format!("program::tests::{test}"), "--nocapture"]).env(PART, part);
    command
}

fn part() -> Option<String> {
    env::var(PART).ok()
}

/// Where a child tells the test that it runs. Asking for a connection does not wait.
fn listener() -> (TcpListener, String) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("this machine has an address");
    listener.set_nonblocking(true).expect("it can be asked");
    let address = listener.local_addr().expect("it has an address").to_string();
    (listener, address)
}

/// Tells the test that this process runs, and lives until it is killed, or until the test has ended.
fn live() {
    let address = env::var(ADDRESS).expect("the test names its address");
    if let Ok(mut test) = TcpStream::connect(address) {
        let _ = test.read(&mut [0]);
    }
}

fn never() -> bool {
    thread::yield_now();
    false
}

fn ended(test: &str) -> (Option<i32>, String, String) {
    match run(again(test, "program"), Stdio::null(), LONG, &never) {
        Ok(Ran::Ended { status, stdout, stderr }) => (status.code(), stdout, stderr),
        other => panic!("{other:?}"),
    }
}

#[test]
fn its_output_and_how_it_ends() {
    if part().is_some() {
        let has_input = io::stdin().read(&mut [0]).is_ok_and(|bytes| bytes > 0);
        println!("input: {has_input}");
        eprintln!("an error");
        exit(3);
    }
    let (status, stdout, stderr) = ended("its_output_and_how_it_ends");
    assert_eq!((status, stderr.trim_end()), (Some(3), "an error"));
    assert!(stdout.trim_end().ends_with("input: false"), "{stdout}");
}

/// A verdict is at the end of an output, and what it is about at the beginning.
#[test]
fn of_too_much_the_beginning_and_the_end_are_kept() {
    if part().is_some() {
        let mut too_much = vec![b' '; 20_000_000];
        too_much.extend(b"the end");
        exit(i32::from(io::stdout().write_all(&too_much).is_err()));
    }
    let (status, stdout, _) = ended("of_too_much_the_beginning_and_the_end_are_kept");
    assert!(status == Some(0) && stdout.trim_start().starts_with("running 1 test"), "{status:?}");
    assert!(stdout.ends_with(" the end") && stdout.contains(" bytes are left out here]\n "));
    assert!((2 * HALF..2 * HALF + 100).contains(&stdout.len()), "{} bytes", stdout.len());
}

#[test]
fn one_that_hangs_is_ended_with_its_children() {
    let test = "one_that_hangs_is_ended_with_its_children";
    match part().as_deref() {
        Some("program") => {
            let _ = again(test, "child").status(); // the child does not end by itself
            return;
        }
        Some(_) => return live(),
        None => {}
    }
    let (listener, address) = listener();
    let child = RefCell::new(None);
    let child_runs = || {
        thread::yield_now();
        *child.borrow_mut() = listener.accept().ok();
        child.borrow().is_some()
    };
    let mut command = again(test, "program");
    command.env(ADDRESS, address);
    let ran = run(command, Stdio::null(), LONG, &child_runs);
    assert!(matches!(ran, Err(NotRun::Interrupted)), "{ran:?}");

    // The system closes the connections of a process that has ended.
    let (mut child, _) = child.into_inner().expect("it has connected");
    child.set_nonblocking(false).expect("it can be waited for");
    child.set_read_timeout(Some(LONG)).expect("the wait has a limit");
    match child.read(&mut [0]).map_err(|error| error.kind()) {
        Ok(0) | Err(ErrorKind::ConnectionReset) => {}
        other => panic!("the child is still alive: {other:?}"),
    }
}

/// Runs `test` as a program that leaves behind a child with its output.
fn leaves_a_child(test: &str) {
    let (_listener, address) = listener();
    let mut command = again(test, "program");
    command.env(ADDRESS, address);
    let ran = run(command, Stdio::null(), LONG, &never);
    let Ok(Ran::Ended { status, stdout, .. }) = ran else { panic!("{ran:?}") };
    assert!(status.success() && stdout.contains("it was started: true"), "{status}: {stdout}");
}

#[test]
fn a_child_that_keeps_running_does_not_delay_the_end() {
    let test = "a_child_that_keeps_running_does_not_delay_the_end";
    match part().as_deref() {
        Some("program") => println!("it was started: {}", again(test, "child").spawn().is_ok()),
        Some(_) => live(),
        None => leaves_a_child(test),
    }
}

/// It leaves the group, as a daemon does, so that it is not ended with the program.
#[cfg(unix)]
#[test]
fn a_daemon_that_holds_the_output_open_takes_none_of_it_away() {
    use std::os::unix::process::CommandExt;
    let test = "a_daemon_that_holds_the_output_open_takes_none_of_it_away";
    match part().as_deref() {
        Some("program") => println!("it was started: {}", again(test, "child").process_group(0).spawn().is_ok()),
        Some(_) => live(),
        None => leaves_a_child(test),
    }
}

/// As in a container whose first process is this one.
#[cfg(target_os = "linux")]
#[test]
fn a_child_that_becomes_ours_is_not_taken_for_the_program() {
    let test = "a_child_that_becomes_ours_is_not_taken_for_the_program";
    match part().as_deref() {
        Some("container") => {
            nix::sys::prctl::set_child_subreaper(true).expect("Linux can do that");
            leaves_a_child(test);
        }
        Some("program") => println!("it was started: {}", again(test, "child").spawn().is_ok()),
        Some(_) => live(),
        None => assert!(again(test, "container").status().expect("it starts").success()),
    }
}

#[test]
fn one_that_takes_too_long_is_ended() {
    if part().is_some() {
        loop {
            thread::park();
        }
    }
    let ran =
        run(again("one_that_takes_too_long_is_ended", "program"), Stdio::null(), Duration::from_millis(1), &never);
    assert!(matches!(ran, Ok(Ran::Hung)), "{ran:?}");
}

#[test]
fn what_cannot_be_started_says_so() {
    let missing = run(Command::new("/no/such/program"), Stdio::null(), LONG, &never);
    assert!(matches!(missing, Err(NotRun::Failed(_))), "{missing:?}");
}
