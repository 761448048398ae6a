//! The command: a workshop, its clients, and a load run, as a reader of the book starts them.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Command, Stdio};

const WORKSHOP: &str = env!("CARGO_BIN_EXE_workshop");

/// What the command prints, with the lines sorted.
fn prints(arguments: &[&str]) -> String {
    let output = Command::new(WORKSHOP).args(arguments).output().expect("it starts");
    let text = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    let mut lines: Vec<_> = text.lines().collect();
    lines.sort_unstable();
    lines.join("\n")
}

/// A workshop with two racks on a free port: its process, its address, and the lines that it prints later.
fn opened(runtime: &str, options: &[&str]) -> (Child, String, impl Iterator<Item = String> + use<>) {
    let mut serve = Command::new(WORKSHOP);
    serve.args(["serve", "--runtime", runtime, "--address", "127.0.0.1:0", "--racks", "2"]).args(options);
    let mut server = serve.stdout(Stdio::piped()).spawn().expect("it starts");
    let mut lines = BufReader::new(server.stdout.take().expect("it is piped")).lines().map_while(Result::ok);
    let first = lines.next().unwrap_or_default();
    assert!(first.contains(": 2 racks, a queue of 8, on "), "{first}");
    (server, first.split(": ").next().unwrap_or_default().to_owned(), lines)
}

const RUNTIMES: [&str; 4] = ["tokio", "async-std", "smol", "loop"];

#[test]
fn clients_get_their_canvases_on_every_runtime() {
    for runtime in RUNTIMES {
        let (mut server, address, _) = opened(runtime, &[]);
        let heard = prints(&["orders", "--runtime", runtime, "--address", &address, "sky=1ms", "sea=1x"]);
        server.kill().expect("it has not ended");
        server.wait().expect("it was ours");
        assert!(heard.contains("s  DRY sky\n") && heard.contains(r#"s  ERROR "1x" is not a time"#), "{heard}");
    }
}

/// Ctrl-C closes the workshop, and so does `kill`, which tests in the background do not ignore. Then it writes what it has recorded.
#[cfg(unix)]
#[test]
fn a_run_with_real_sockets_becomes_a_page_on_every_runtime() {
    for runtime in RUNTIMES {
        let file = format!("{}/{runtime}.html", env!("CARGO_TARGET_TMPDIR"));
        let (mut server, address, mut lines) = opened(runtime, &["--replay", &file]);
        let heard = prints(&["orders", "--address", &address, "sky=1ms"]);
        assert!(heard.ends_with("s  DRY sky"), "{runtime}: {heard}");
        let interrupted = Command::new("kill").args(["-TERM", &server.id().to_string()]).status();
        assert!(interrupted.expect("there is a command kill").success());
        assert!(lines.any(|line| line == format!("{file} plays this run")), "{runtime}");
        assert!(server.wait().expect("it was ours").success(), "{runtime}");
        let page = std::fs::read_to_string(&file).expect("it is there");
        for part in ["A painting workshop", "client 1", "rack 2", "orders sky", "DRY sky", "the workshop closes"] {
            assert!(page.contains(part), "{runtime}: {part}");
        }
    }
}

#[test]
fn a_page_that_cannot_be_written_is_an_error_with_its_name_before_the_workshop_opens() {
    let heard =
        prints(&["serve", "--address", "127.0.0.1:0", "--close-after", "1ms", "--replay", "/no/such/page.html"]);
    let error = "error: cannot write to /no/such/page.html: its folder does not exist; name another file";
    assert_eq!(heard, error);
}

/// The page is an hour's work, and another program may show the old one meanwhile.
#[cfg(unix)]
#[test]
fn the_old_page_stays_until_the_new_one_is_whole() {
    use std::os::unix::fs::MetadataExt;
    let file = format!("{}/old.html", env!("CARGO_TARGET_TMPDIR"));
    std::fs::write(&file, "old").expect("a file");
    let mut old = std::fs::File::open(&file).expect("it is there");
    prints(&["serve", "--address", "127.0.0.1:0", "--close-after", "1ms", "--replay", &file]);
    let [old_number, new_number] =
        [old.metadata(), std::fs::metadata(&file)].map(|there| there.expect("it is there").ino());
    assert_ne!(old_number, new_number, "it is another file");
    assert_eq!(std::io::read_to_string(&mut old).expect("it can be read"), "old");
}

/// It may be another program that listens there.
#[test]
fn what_a_strangers_server_answers_is_not_done_to_the_terminal() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let address = listener.local_addr().expect("it listens").to_string();
    let server = std::thread::spawn(move || {
        let (mut client, _) = listener.accept().expect("it connects");
        BufReader::new(&client).read_line(&mut String::new()).expect("it orders");
        client.write_all(b"\x1b[2J\x1b]0;pwn\x07DRY\rsky\n").expect("it listens");
    });
    let heard = prints(&["orders", "--address", &address, "sky=1ms"]);
    server.join().expect("it does not panic");
    assert!(heard.contains("DRY") && !heard.contains(['\x1b', '\x07', '\r']), "{heard:?}");
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

#[test]
fn a_number_that_would_fill_the_memory_is_refused() {
    let most = u64::MAX.to_string();
    for option in ["--racks", "--queue", "--clients", "--orders"] {
        let heard = prints(&["load", "--runtime", "smol", option, &most]);
        assert!(heard.contains(&format!("error: invalid value '{most}' for '{option} ")), "{heard}");
    }
    let heard = prints(&["serve", "--address", "127.0.0.1:0", "--close-after", "1ms", "--racks", "0"]);
    assert!(heard.contains("0 is not in 1..=10000"), "{heard}");
}

#[test]
fn a_closed_pipe_is_no_panic() {
    let mut serve = Command::new(WORKSHOP);
    serve.args(["serve", "--address", "127.0.0.1:0", "--close-after", "1ms"]).stderr(Stdio::piped());
    let (reader, writer) = std::io::pipe().expect("there is a pipe");
    drop(reader);
    let output = serve.stdout(writer).output().expect("it starts");
    assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()), (Some(0), ""));
}
