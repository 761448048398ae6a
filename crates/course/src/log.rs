//! The event log of a run as text: the time, the task, the event.

use crate::canvas::SEPARATOR;
use paintdry_studio::{Event, EventKind};
use std::time::Duration;

/// One line for each event that a reader needs: what tasks say, and how they end if not as they should.
pub(crate) fn lines(tasks: &[String], events: &[Event]) -> Vec<String> {
    let line = |event: &Event| {
        let name = tasks.get(event.task as usize).map_or("?", String::as_str);
        let text = match &event.what {
            EventKind::Note(text) => said_by(name, text),
            EventKind::Panic(message) => format!("{name}{SEPARATOR}panics: {message}"),
            EventKind::Cancel if event.task == 0 => return None, // the watchdog gave up, which its own message says
            EventKind::Cancel => format!("{name}{SEPARATOR}dropped before its end"),
            _ => return None,
        };
        Some(format!("{:>5.1} s  {text}", Duration::from_nanos(event.ns).as_secs_f64()))
    };
    events.iter().filter_map(line).collect()
}

/// A longer log is not read.
const MOST_LINES: usize = 30;

/// The lines as a failed assertion shows them: the beginning and the end of a long log.
pub(crate) fn shortened(mut lines: Vec<String>) -> String {
    let left_out = lines.len().saturating_sub(MOST_LINES);
    if left_out > 0 {
        let half = MOST_LINES / 2;
        lines.splice(half..half + left_out, [format!("         ... {left_out} lines more ...")]);
    }
    lines.join("\n")
}

/// What a task says, without the time. A canvas adds its own name, in case another task works on it.
pub(crate) fn said_by(name: &str, text: &str) -> String {
    if text.contains(SEPARATOR) { text.to_owned() } else { format!("{name}{SEPARATOR}{text}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_long_log_is_shortened() {
        let lines = |count: usize| (1..=count).map(|line| line.to_string()).collect::<Vec<_>>();
        assert_eq!(shortened(lines(MOST_LINES)), lines(MOST_LINES).join("\n"));

        let short = shortened(lines(100));
        assert!(short.starts_with("1\n2\n") && short.ends_with("\n99\n100"), "{short}");
        assert!(short.contains("\n15\n         ... 70 lines more ...\n86\n"), "{short}");
    }
}
