//! Times, names and links as findings have them.

use paintdry_core::{listed, thousands};
use paintdry_studio::RecordedRun;

/// A longer name is cut.
const LONGEST_NAME: usize = 48;

/// At most this many tasks are named in a sentence.
const MOST_NAMED: usize = 6;

const UNITS: [(u64, &str); 4] = [(1_000_000_000, "s"), (1_000_000, "ms"), (1_000, "µs"), (1, "ns")];

/// A time with about three digits: `1.25 s`, `40 ms`, `0 s`.
pub(crate) fn time(ns: u64) -> String {
    let Some((unit, name)) = UNITS.into_iter().find(|(unit, _)| ns >= *unit) else { return "0 s".to_owned() };
    let (whole, thousandths) = (ns / unit, ns % unit * 1_000 / unit);
    let digits = match whole {
        0..10 => 2,
        10..100 => 1,
        _ => 0,
    };
    let fraction = format!("{thousandths:03}");
    let fraction = fraction[..digits].trim_end_matches('0');
    match fraction {
        "" => format!("{} {name}", thousands(whole)),
        fraction => format!("{whole}.{fraction} {name}"),
    }
}

/// `once`, `twice`, `3 times`.
pub(crate) fn times(count: u64) -> String {
    match count {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        more => format!("{} times", thousands(more)),
    }
}

/// The name of a task in a sentence; one without a name is known by its number.
pub(crate) fn name(run: &RecordedRun, task: u32) -> String {
    match run.tasks.get(task as usize).map_or("", |name| name.trim()) {
        "" => format!("task {task}"),
        name => shortened(name, LONGEST_NAME),
    }
}

/// A text in one line, cut if it is longer.
pub(crate) fn shortened(text: &str, most: usize) -> String {
    let mut line: String = text.chars().map(|c| if is_unseen(c) { ' ' } else { c }).collect();
    if let Some((end, _)) = line.char_indices().nth(most) {
        line.truncate(end);
        line.push('…');
    }
    line
}

/// Whether it does something to the terminal, or turns the direction of a text, where a reader would see nothing.
fn is_unseen(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// `ada`, `ada and bob`, `ada, bob and 3 more`.
pub(crate) fn and(names: &[String]) -> String {
    match names {
        [] => "no task".to_owned(),
        [name] => name.clone(),
        [first @ .., last] if names.len() <= MOST_NAMED => format!("{} and {last}", listed(first)),
        many => {
            format!("{} and {} more", listed(&many[..MOST_NAMED - 1]), thousands((many.len() + 1 - MOST_NAMED) as u64))
        }
    }
}

/// The part of a replay page's address that leads to an event: the page knows a run by its name, or by its number if
/// another run has the same name.
pub(crate) fn link(runs: &[RecordedRun], run: usize, event: usize) -> String {
    let name = &runs[run].runtime;
    let is_unique = runs.iter().filter(|other| other.runtime == *name).count() == 1;
    let is_a_number = !name.is_empty() && name.chars().all(|c| c.is_ascii_digit());
    let key = if is_unique && !is_a_number { encoded(name) } else { run.to_string() };
    format!("#run={key}&event={event}")
}

/// As a part of an address.
fn encoded(text: &str) -> String {
    let encode = |byte: u8| match byte {
        b' ' => "+".to_owned(),
        b'-' | b'.' | b'_' | b'*' => char::from(byte).to_string(),
        _ if byte.is_ascii_alphanumeric() => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    text.bytes().map(encode).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn times_have_about_three_digits() {
        let shown = [0, 999, 1_500, 40_000_000, 1_250_000_000, 2_000_000_000, 12_345_678_901, 1_234_567_000_000_000];
        let words = ["0 s", "999 ns", "1.5 µs", "40 ms", "1.25 s", "2 s", "12.3 s", "1,234,567 s"];
        assert_eq!(shown.map(time), words);
        assert_eq!([1, 2, 3_000].map(times), ["once", "twice", "3,000 times"]);
    }

    #[test]
    fn names_are_joined_as_in_a_sentence() {
        let names: Vec<_> = ["ada", "bob", "cyd", "dee", "eve", "fay", "gil"].map(str::to_owned).into();
        assert_eq!(and(&names[..1]), "ada");
        assert_eq!(and(&names[..3]), "ada, bob and cyd");
        assert_eq!(and(&names), "ada, bob, cyd, dee, eve and 2 more");
    }

    #[test]
    fn a_link_names_a_run_that_is_unique() {
        let run = |name: &str| RecordedRun::new(name, "", Duration::ZERO, Vec::new(), Vec::new());
        let runs = ["in a row", "smol", "smol", "7", "späte"].map(run);
        let links: Vec<_> = (0..5).map(|number| link(&runs, number, 3)).collect();
        assert_eq!(
            links,
            ["#run=in+a+row&event=3", "#run=1&event=3", "#run=2&event=3", "#run=3&event=3", "#run=sp%C3%A4te&event=3"]
        );
    }
}
