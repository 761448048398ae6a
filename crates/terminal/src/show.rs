//! How durations, counts, paths, long texts and a stranger's words are shown to people.

use console::measure_text_width;
use paintdry_core::thousands;
use std::path::Path;
use std::time::Duration;

/// A duration in a suitable unit: `2 s`, `2.010 s`, `500 ms`, `9.83 ms`, `45.2 µs`, `120 ns`, `1m 30s`. Whole
/// numbers have no decimals, so that a requested duration reads as it was written.
pub fn show(duration: Duration) -> String {
    let nanoseconds = duration.as_nanos();
    match nanoseconds {
        0..1_000 => format!("{nanoseconds} ns"),
        1_000..1_000_000 => three_digits(nanoseconds, 1_000, "µs"),
        1_000_000..1_000_000_000 => three_digits(nanoseconds, 1_000_000, "ms"),
        1_000_000_000..60_000_000_000 if duration.subsec_nanos() == 0 => format!("{} s", duration.as_secs()),
        1_000_000_000..60_000_000_000 => format!("{:.3} s", duration.as_secs_f64()),
        _ => in_words(duration.as_secs()),
    }
}

/// From there on, Humantime counts in months of 30.44 days, which no reader can add up again.
const DAY: u64 = 24 * 60 * 60;

fn in_words(seconds: u64) -> String {
    let rest = humantime::format_duration(Duration::from_secs(seconds % DAY)).to_string();
    match (seconds / DAY, seconds % DAY) {
        (0, _) => rest,
        (1, 0) => "1day".to_owned(),
        (1, _) => format!("1day {rest}"),
        (days, 0) => format!("{days}days"),
        (days, _) => format!("{days}days {rest}"),
    }
}

fn three_digits(nanoseconds: u128, unit: u128, name: &str) -> String {
    let whole = nanoseconds / unit;
    let decimals = match whole {
        _ if nanoseconds.is_multiple_of(unit) => 0,
        0..10 => 2,
        10..100 => 1,
        _ => 0,
    };
    // Rounded in whole numbers: tenths or hundredths of the unit.
    let scale = 10_u128.pow(decimals);
    let rounded = (nanoseconds * scale + unit / 2) / unit;
    match decimals {
        0 => format!("{rounded} {name}"),
        _ => format!("{}.{:0width$} {name}", rounded / scale, rounded % scale, width = decimals as usize),
    }
}

/// How far `measured` is from `ideal`, with its sign, and always in milliseconds, so that a column of them reads
/// easily.
pub fn show_difference(measured: Duration, ideal: Duration) -> String {
    let milliseconds = (measured.as_secs_f64() - ideal.as_secs_f64()) * 1e3;
    let sign = if milliseconds < 0.0 { '−' } else { '+' };
    format!("{sign}{:.1} ms", milliseconds.abs())
}

/// A time of a few nanoseconds, or of more: `3.2 ns`, `153 ns`, `9.12 µs`.
pub fn show_nanoseconds(nanoseconds: f64) -> String {
    match nanoseconds {
        0.0..100.0 => format!("{nanoseconds:.1} ns"),
        _ => show(Duration::from_secs_f64((nanoseconds / 1e9).clamp(0.0, 1e9))),
    }
}

/// A count and its noun: `1 canvas`, `3 canvases`.
pub fn counted(count: u64, one: &str, several: &str) -> String {
    format!("{} {}", thousands(count), if count == 1 { one } else { several })
}

/// How many columns of a terminal `text` takes: most Chinese characters and emoji take two.
pub fn width(text: &str) -> usize {
    measure_text_width(text)
}

/// `text`, or as much of it as fits `columns`, with `…` for the rest.
pub fn shorten(text: &str, columns: usize) -> String {
    if beginning(text, columns) == text {
        return text.to_owned();
    }
    format!("{}…", beginning(text, columns.saturating_sub(1)).trim_end())
}

/// As much of `text` as fits `columns`. An accent that stands above its letter counts as a column, because a text may have very many.
fn beginning(text: &str, columns: usize) -> &str {
    let mut used = 0;
    let does_not_fit = |(_, c): &(usize, char)| {
        used += width(c.encode_utf8(&mut [0; 4])).max(1);
        used > columns
    };
    &text[..text.char_indices().find(does_not_fit).map_or(text.len(), |(at, _)| at)]
}

/// How many columns standard output has. If it is not a terminal, the width with which a terminal opens.
pub fn columns() -> usize {
    terminal_columns().unwrap_or(80).clamp(30, 120)
}

/// How many columns standard output has, if it is a terminal.
pub fn terminal_columns() -> Option<usize> {
    let (terminal_size::Width(columns), _) = terminal_size::terminal_size_of(std::io::stdout())?;
    Some(usize::from(columns))
}

/// `words` in lines that fit `columns`; all but the first begin with `indent`. A word that is too long is not broken.
pub fn flowed<'a>(words: impl IntoIterator<Item = &'a str>, columns: usize, indent: &str) -> String {
    let mut text = String::new();
    let mut used = 0;
    for word in words {
        let width = width(word);
        if used > 0 && used + 1 + width > columns {
            text.push('\n');
            text.push_str(indent);
            used = self::width(indent);
        } else if used > 0 {
            text.push(' ');
            used += 1;
        }
        text.push_str(word);
        used += width;
    }
    text
}

/// The lines of `text`, indented, and wrapped so that they fit `columns`. A word that is too long is broken.
pub fn wrapped(text: &str, columns: usize, indent: &str) -> String {
    let room = columns.saturating_sub(width(indent));
    let wrapped = |line: &str| match line {
        "" => "\n".to_owned(),
        line => format!("{indent}{}\n", flowed(line.split(' ').flat_map(|word| pieces(word, room)), room, indent)),
    };
    text.lines().map(wrapped).collect()
}

/// A word in pieces that fit `columns`, of a character at least.
fn pieces(word: &str, columns: usize) -> impl Iterator<Item = &str> {
    let mut rest = Some(word);
    std::iter::from_fn(move || {
        let word = rest?;
        let one = word.chars().next().map_or(0, char::len_utf8);
        let (piece, left) = word.split_at(beginning(word, columns).len().max(one));
        rest = Some(left).filter(|left| !left.is_empty());
        Some(piece)
    })
}

/// `text` with its lines as they are, but for those that are wider than `columns`: they are wrapped between words, and continue
/// below their own beginning.
pub fn fit(text: &str, columns: usize) -> String {
    let fit = |line: &str| {
        let words = line.trim_start();
        let (indent, end) = (&line[..line.len() - words.len()], words.trim_end_matches('\n'));
        if width(line.trim_end()) <= columns {
            return line.to_owned();
        }
        let mut words = end.split(' ');
        let first = [indent, words.next().unwrap_or_default()].concat();
        flowed([first.as_str()].into_iter().chain(words), columns, indent) + &line[indent.len() + end.len()..]
    };
    text.split_inclusive('\n').map(fit).collect()
}

/// `text` without characters that act on a terminal, that nobody sees, that reverse the order of the text beside them, or that are not
/// allowed in XML. Line breaks and tabs stay. An escape sequence without an end does not reach beyond its line.
pub fn printable(text: &str) -> String {
    let stays = |c: &char| matches!(c, '\n' | '\t') || !acts(*c);
    let line = |line: &str| anstream::adapter::strip_str(line).to_string();
    text.split('\n').map(line).collect::<Vec<_>>().join("\n").chars().filter(stays).collect()
}

/// Words of a program or of a file, which may be a stranger's and of any length: one line that a person can read.
pub fn one_line(words: &str) -> String {
    const MOST_CHARACTERS: usize = 300;
    let words = printable(words);
    shorten(&words.split_whitespace().collect::<Vec<_>>().join(" "), MOST_CHARACTERS)
}

/// A path on one line, with its control characters escaped.
pub fn shown_path(path: &Path) -> String {
    let shown = |c: char| if acts(c) { c.escape_default().to_string() } else { c.to_string() };
    path.to_string_lossy().chars().map(shown).collect()
}

/// Whether it is a control character, one that nobody sees, or no character at all. Those that nobody sees change the direction of
/// writing, say where a word may be broken, or are ignored. Accents stay, and so does what makes a sign an emoji.
#[rustfmt::skip] // a row for each plane
fn acts(c: char) -> bool {
    let is_unseen = matches!(
        c,
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180B}'..='\u{180F}'
        | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FEFF}' | '\u{FFA0}'
        | '\u{FFF0}'..='\u{FFFB}' | '\u{13430}'..='\u{1343F}' | '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D173}'..='\u{1D17A}'
        | '\u{E0000}'..='\u{E0FFF}'
    );
    c.is_control() || is_unseen || matches!(c, '\u{FFFE}' | '\u{FFFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_read_as_people_write_them() {
        let shown = |nanoseconds| show(Duration::from_nanos(nanoseconds));
        assert_eq!([0, 1, 999].map(shown), ["0 ns", "1 ns", "999 ns"]);
        assert_eq!([1_000, 1_234, 45_250, 512_800].map(shown), ["1 µs", "1.23 µs", "45.3 µs", "513 µs"]);
        assert_eq!([1_000_000, 9_834_000, 500_000_000].map(shown), ["1 ms", "9.83 ms", "500 ms"]);
        assert_eq!([2_000_000_000, 2_010_049_000].map(shown), ["2 s", "2.010 s"]);
        assert_eq!([90_000_000_000, 86_400_000_000_000].map(shown), ["1m 30s", "1day"]);
    }

    #[test]
    fn differences_have_a_sign() {
        let (less, more) = (Duration::from_millis(20), Duration::from_millis(23));
        assert_eq!(show_difference(more, less), "+3.0 ms");
        assert_eq!(show_difference(less, more), "−3.0 ms");
    }

    #[test]
    fn long_times_are_in_days_that_can_be_added_up() {
        let days = |days: u64, hours: u64| show(Duration::from_secs((days * 24 + hours) * 3600));
        assert_eq!(
            [days(1, 0), days(1, 2), days(110, 0), days(110, 16)],
            ["1day", "1day 2h", "110days", "110days 16h"]
        );
    }

    #[test]
    fn few_nanoseconds_have_a_decimal() {
        assert_eq!([3.24, 153.4, 9_123.0].map(show_nanoseconds), ["3.2 ns", "153 ns", "9.12 µs"]);
    }

    #[test]
    fn counts_are_grouped() {
        assert_eq!([1, 2].map(|count| counted(count, "canvas", "canvases")), ["1 canvas", "2 canvases"]);
    }

    #[test]
    fn long_texts_end_in_an_ellipsis() {
        assert_eq!(shorten("a0 b0 a1", 8), "a0 b0 a1");
        assert_eq!(shorten("a0 b0 a1", 7), "a0 b0…");
    }

    #[test]
    fn chinese_and_emoji_are_two_columns_wide() {
        assert_eq!((width("干"), width("🎨"), width("e\u{301}"), width("ä")), (2, 2, 1, 1));
        assert_eq!([3, 4, 5, 6].map(|columns| shorten("油漆干", columns)), ["油…", "油…", "油漆…", "油漆干"]);
        assert_eq!(flowed(["油漆", "干了", "🎨"], 7, ""), "油漆\n干了 🎨");
        let accents = "\u{301}".repeat(1_000);
        assert!(shorten(&accents, 10).chars().count() == 10);
    }

    #[test]
    fn long_lines_are_wrapped_and_nothing_is_lost() {
        assert_eq!(wrapped("one two\n\nthree", 6, "  "), "  one\n  two\n\n  thre\n  e\n");
        assert_eq!(wrapped("油漆干了", 5, ""), "油漆\n干了\n");
        let text = "  fits  well\n  does  not fit\nlonger-than-this\n";
        assert_eq!(fit(text, 12), "  fits  well\n  does  not\n  fit\nlonger-than-this\n");
        assert_eq!(fit("no line break", 8), "no line\nbreak");
    }

    #[test]
    fn words_of_any_length_are_one_line() {
        assert_eq!(one_line(" no\n\tpaint\u{1b}[31m left "), "no paint left");
        let long = one_line(&"y".repeat(1_000));
        assert!(long.chars().count() == 300 && long.ends_with("y…"), "{long}");
    }

    #[test]
    fn nothing_that_acts_on_a_terminal_is_left() {
        let text = "a\u{1b}[2J\u{1b}]0;title\u{7}b\r\n\tc\u{0}\u{9b}d\u{FFFF}\u{202E}é\u{2066}";
        assert_eq!(printable(text), "ab\n\tcdé");
        assert_eq!(printable("a\u{1b}]0;b\nc"), "a\nc", "a sequence that was cut");
        assert_eq!(shown_path(Path::new("a\n\u{1b}[31mé\u{202E}/b c")), "a\\n\\u{1b}[31mé\\u{202e}/b c");
    }
    proptest::proptest! {
        /// Unicode's classes of characters that format, or that are ignored where they are unknown.
        #[test]
        fn nothing_is_left_that_nobody_sees(text in r"[[\p{Cf}\p{DI}\p{Zl}\p{Zp}]--[\p{PCM}\x{FE00}-\x{FE0F}]]{200}") {
            assert_eq!(printable(&text), "");
        }

        #[test]
        fn letters_accents_and_signs_stay(text in r"[[\p{L}\p{M}\p{N}\p{P}\p{S} ]--\p{DI}]{200}") {
            assert_eq!(printable(&text), text);
        }
    }
}
