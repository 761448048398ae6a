//! Makes the messages of a stranger's program fit to show: without escape codes, without backtraces, not too long.

use paintdry_terminal::show::{counted, printable, shorten};

/// How much of a message is kept. Two more lines may follow: how much is missing, and how the program ended or which test failed.
const MOST_LINES: usize = 58;
const MOST_CHARACTERS: usize = 4_000;
const MOST_NAME: usize = 100;

/// `text` as a message: printable, without a backtrace and without empty lines around it, and cut if it is too long.
pub(crate) fn cleaned(text: &str) -> String {
    let text = printable(text);
    let is_note = |line: &&str| !line.starts_with("note: run with `RUST_BACKTRACE=");
    let lines: Vec<_> = text.lines().take_while(|line| *line != "stack backtrace:").filter(is_note).collect();
    cut(lines.join("\n").trim_end().trim_start_matches(['\n', ' ']), MOST_LINES)
}

/// As much of `text` as this many lines hold, and a line that says how much is missing.
pub(crate) fn cut(text: &str, most_lines: usize) -> String {
    let mut kept = String::new();
    let mut room = MOST_CHARACTERS;
    for (index, line) in text.lines().enumerate() {
        if index == most_lines || room == 0 {
            let left = text.lines().count() - index;
            return format!("{kept}… and {}", counted(left as u64, "more line", "more lines"));
        }
        kept += &shorten(line, room);
        kept.push('\n');
        room = room.saturating_sub(line.chars().count() + 1);
    }
    kept.truncate(kept.trim_end().len());
    kept
}

/// The first line that is not empty.
pub(crate) fn first_line(message: &str) -> &str {
    message.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default()
}

/// The message of the first failed test, and its name, from the output of a test harness; `None` if it has none.
pub(crate) fn of_failed_test(stdout: &str) -> Option<String> {
    let (before, failures) = stdout.split_once("\nfailures:\n")?;
    let failed = before.lines().filter(|line| line.starts_with("test ") && line.ends_with("FAILED")).count();
    let mut lines = failures.lines().skip_while(|line| test_of_head(line).is_none());
    let test = test_of_head(lines.next()?)?;
    let section: Vec<_> = lines.take_while(|line| test_of_head(line).is_none() && *line != "failures:").collect();
    let message = cleaned(&of_panic(&section, test));
    let name = shorten(printable(test.rsplit("::").next().unwrap_or(test)).trim(), MOST_NAME);
    let which =
        if failed > 1 { format!("the test {name}, and {} more", failed - 1) } else { format!("the test {name}") };
    Some(if message.is_empty() { format!("({which})") } else { format!("{message}\n({which})") })
}

/// The name in `---- tests::name stdout ----`.
fn test_of_head(line: &str) -> Option<&str> {
    line.strip_prefix("---- ")?.strip_suffix(" stdout ----")
}

/// The message of the panic that failed the test: the last one on its thread, which has the test's name. Earlier panics
/// were caught. A test that returned an error did not panic: then it is all of the test's output.
fn of_panic(section: &[&str], test: &str) -> String {
    let is_head = |line: &str| line.starts_with("thread '") && line.contains(" panicked at ");
    let is_own = |line: &str| is_head(line) && line.starts_with(&format!("thread '{test}'"));
    let last_own = section.iter().rposition(|line| is_own(line));
    match last_own.or_else(|| section.iter().position(|line| is_head(line))) {
        Some(head) => {
            let message = section[head + 1..].iter().take_while(|line| !is_head(line));
            message.copied().collect::<Vec<_>>().join("\n")
        }
        None => section.join("\n"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OUTPUT: &str = "
running 3 tests
test tests::a ... ok
test tests::b ... FAILED
test tests::c ... FAILED

failures:

---- tests::b stdout ----
painting

thread '<unnamed>' (7) panicked at exercises/paint.rs:2:85:
caught
note: run with `RUST_BACKTRACE=1` environment variable to display a backtrace

thread 'tests::b' (8) panicked at exercises/paint.rs:3:1:


paint1: it should take 3s and took 9s

What happened
  1.0 s  \u{1b}[31mmain\u{1b}[0m: painted

stack backtrace:
   0: rust_begin_unwind

---- tests::c stdout ----
Error: \"c\"

failures:
    tests::b
    tests::c

test result: FAILED. 1 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s
";

    #[test]
    fn the_panic_that_failed_the_test_without_its_backtrace() {
        let message =
            "paint1: it should take 3s and took 9s\n\nWhat happened\n  1.0 s  main: painted\n(the test b, and 1 more)";
        assert_eq!(of_failed_test(OUTPUT).as_deref(), Some(message));
        assert_eq!(first_line(message), "paint1: it should take 3s and took 9s");
    }

    #[test]
    fn a_test_that_returns_an_error_and_one_that_says_nothing() {
        let said = |said: &str| {
            of_failed_test(&format!(
                "test c ... FAILED\n\nfailures:\n\n---- c stdout ----\n{said}\n\nfailures:\n    c\n"
            ))
        };
        assert_eq!(said("Error: \"c\"").as_deref(), Some("Error: \"c\"\n(the test c)"));
        assert_eq!(said("").as_deref(), Some("(the test c)"));
        assert_eq!(of_failed_test("running 1 test\n"), None);
    }

    #[test]
    fn a_panic_of_another_thread_is_the_message_where_the_test_has_none() {
        let section =
            ["thread 'main' (1) panicked at a.rs:1:1:", "first", "", "thread 'x' (2) panicked at a.rs:2:1:", "second"];
        assert_eq!(cleaned(&of_panic(&section, "tests::a")), "first");
    }

    #[test]
    fn long_messages_are_cut_and_say_so() {
        assert_eq!(cut("a\nb\nc", 3), "a\nb\nc");
        assert_eq!(cut("a\nb\nc", 2), "a\nb\n… and 1 more line");
        let long = cleaned(&format!("start\n{}\nend", "x".repeat(MOST_CHARACTERS)));
        assert_eq!(long, format!("start\n{}…\n… and 1 more line", "x".repeat(MOST_CHARACTERS - 7)));
        let hidden = cleaned(&format!("{}\u{1b}]0;{}\nend", "x".repeat(10), "y".repeat(MOST_CHARACTERS)));
        assert_eq!(hidden, "xxxxxxxxxx\nend");
        let output =
            |test: &str, said: &str| format!("test t ... FAILED\n\nfailures:\n\n---- {test} stdout ----\n{said}");
        let message = of_failed_test(&output("c", &"y\n".repeat(100))).expect("one failed");
        assert_eq!(message.lines().count(), 60);
        assert!(message.ends_with("y\n… and 42 more lines\n(the test c)"), "{message}");
        let message = of_failed_test(&output(&"n".repeat(1 << 20), "y")).expect("one failed");
        assert_eq!(message, format!("y\n(the test {}…)", "n".repeat(MOST_NAME - 1)));
    }
}
