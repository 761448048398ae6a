//! Durations, counts and names in words, as the replay page puts them.

use paintdry_studio::{RecordedRun, RecordedWorkload, Recording};

const UNITS: [(f64, &str); 4] = [(1e9, "s"), (1e6, "ms"), (1e3, "µs"), (1.0, "ns")];
const LONG_UNITS: [(f64, &str); 3] = [(86_400e9, "days"), (3_600e9, "h"), (60e9, "min")];

/// The largest unit that fits.
pub(super) fn unit_for(ns: f64) -> (f64, &'static str) {
    UNITS.into_iter().find(|(size, _)| ns >= *size).unwrap_or(UNITS[3])
}

/// A duration with about three digits: `0`, `45.2 µs`, `500 ms`, `2.03 s`, `12.5 min`, `120 days`.
pub(super) fn duration(ns: u64) -> String {
    let ns = ns as f64;
    if ns == 0.0 {
        return "0".to_owned();
    }
    if let Some((size, name)) = LONG_UNITS.into_iter().find(|(size, _)| ns >= 10.0 * size) {
        let tenths = (10.0 * ns / size).round();
        let whole = grouped((tenths / 10.0).trunc() as u64);
        let tenth = tenths % 10.0;
        return if tenth == 0.0 { format!("{whole}\u{a0}{name}") } else { format!("{whole}.{tenth}\u{a0}{name}") };
    }
    let (size, name) = unit_for(ns);
    let rounded: f64 = format!("{:.2e}", ns / size).parse().unwrap_or(ns / size);
    format!("{rounded}\u{a0}{name}")
}

/// A number with its thousands.
pub(super) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

pub(super) fn counted(number: usize, one: &str, several: &str) -> String {
    format!("{} {}", grouped(number as u64), if number == 1 { one } else { several })
}

pub(super) fn shorten(text: &str, length: usize) -> String {
    if text.chars().count() <= length {
        return text.to_owned();
    }
    text.chars().take(length.saturating_sub(1)).chain(['…']).collect()
}

/// The name of a task in a sentence; one without a name is known by its number.
pub(super) fn task_name(run: &RecordedRun, task: usize) -> String {
    match run.tasks[task].trim() {
        "" => format!("task {task}"),
        name => shorten(name, 48),
    }
}

pub(super) fn run_name(run: &RecordedRun, number: usize) -> String {
    match run.runtime.trim() {
        "" => format!("run {number}"),
        name => shorten(name, 40),
    }
}

/// The job in one line.
pub(super) fn title(recording: &Recording) -> String {
    let runs = recording.runs.len();
    let on = match &recording.runs[..] {
        [] => "no runs".to_owned(),
        [run] => format!("on {}", shorten(&run.runtime, 40)),
        _ => format!("on {}", counted(runs, "runtime", "runtimes")),
    };
    match &recording.workload {
        RecordedWorkload::Program { name } => {
            let name = if name.trim().is_empty() { "A program".to_owned() } else { shorten(name.trim(), 120) };
            format!("{name} — {}", counted(runs, "run", "runs"))
        }
        RecordedWorkload::Amap(job) => {
            let items = usize::try_from(job.items).unwrap_or(usize::MAX);
            let (tasks, items) = (counted(job.tasks, "task", "tasks"), counted(items, "item", "items"));
            format!("{tasks}, {items} each, yielding after each item — {on}")
        }
        RecordedWorkload::Paint(job) => {
            let ns = |duration: std::time::Duration| u64::try_from(duration.as_nanos()).unwrap_or(u64::MAX);
            let painting = match ns(job.painting_cost()) {
                0 => String::new(),
                cost => format!("{} painting, ", duration(cost)),
            };
            let (drying, poll) = (duration(ns(job.drying)), duration(ns(job.poll)));
            let canvases = counted(job.canvases, "canvas", "canvases");
            format!("{canvases}, {painting}{drying} drying, looked at every {poll} — {on}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_read_as_on_the_page() {
        let shown = [0, 45_230, 500_000_000, 2_030_000_000, 9_000_000_000, 750_000_000_000, 10_368_000_000_000_000];
        let words = ["0", "45.2 µs", "500 ms", "2.03 s", "9 s", "12.5 min", "120 days"];
        assert_eq!(shown.map(|ns| duration(ns).replace('\u{a0}', " ")), words);
        assert_eq!([1, 999, 1_000, 25_000_000].map(grouped), ["1", "999", "1,000", "25,000,000"]);
        assert_eq!(shorten("a long name", 7), "a long…");
    }
}
