//! One figure of a page.

use super::data::{Data, MISSING};
use crate::estimate::Estimate;
use crate::markdown::{factor, time, times, with_interval};
use crate::report::{GroupReport, Row};

/// The figure of the contender `name` in a column; a dash if it was not measured.
///
/// # Errors
/// If the column is unknown: the reason, as a sentence.
pub(super) fn figure(column: &str, name: &str, data: &Data) -> Result<String, String> {
    let (source, what) = column.split_once(' ').unwrap_or((column, ""));
    let group =
        || data.group(source).ok_or_else(|| format!("`compare.json` has no group `{source}`; correct the marker"));
    let row = || group().map(|group| group.row(name));
    let figure = match (source, what) {
        ("footprint", heading) => footprint(heading, name, data),
        (_, "above-ideal") => data.above_ideal(name, source).map(|seconds| format!("{seconds:.2} s")),
        (_, "memory") => data.memory(name, source).map(|bytes| format!("{bytes:.0} B")),
        (_, "median") => row()?.map(|row| time(row.ns.median)),
        (_, "cell") => row()?.map(|row| cell(row, group().is_ok_and(|group| is_fastest(group, name)))),
        (_, "plain") => row()?.map(|row| with_interval(&row.ns)),
        (_, "rounds") => Some(group()?.rounds.to_string()),
        (_, "ratio") => name.split_once(" / ").and_then(|(of, to)| group().ok()?.ratio(of, to)).map(|it| times(&it)),
        (_, "late") => row()?.and_then(|row| row.late).map(|late| time(late.median)),
        (_, "late-99") => row()?.and_then(|row| {
            let only_median = row.late.map(|late| time(late.p99)); // older reports have no interval
            row.late_99.as_ref().map(with_interval).or(only_median)
        }),
        (_, "server-cpu") => row()?.and_then(|row| row.server_cpu.as_ref().map(with_interval)),
        (_, "client-cpu") => row()?.and_then(|row| row.client_cpu.as_ref().map(with_interval)),
        (_, "to-by-hand") => group()?.ratio(name, &format!("{name} by hand")).map(|ratio| tie_or_times(&ratio)),
        (_, "to-one-thread") => {
            let (without_number, _) = name.rsplit_once(", ").unwrap_or((name, ""));
            let one = format!("{without_number}, 1");
            (one != name).then(|| group().ok()?.ratio(name, &one)).flatten().map(|ratio| times(&ratio))
        }
        _ => {
            return Err(format!(
                "`{column}` is no figure; write `footprint` and a heading of its table, `scale-` and a number of tasks with \
                 `above-ideal` or `memory`, or a group with `cell`, `plain`, `median`, `rounds`, `ratio`, `late`, `late-99`, \
                 `server-cpu`, `client-cpu`, `to-by-hand` or `to-one-thread`; in a table also `threads` alone"
            ));
        }
    };
    Ok(figure.unwrap_or_else(|| MISSING.to_owned()))
}

/// Whether this is the fastest full runtime of the group.
fn is_fastest(group: &GroupReport, name: &str) -> bool {
    group.fastest_full.as_deref() == Some(name)
}

/// [`with_interval`], marked if it is a tie with the fastest full runtime: `= 80.2 ns (78.0 to 91.2)`. That one is bold.
fn cell(row: &Row, is_fastest: bool) -> String {
    let tie = if row.to_fastest_full.is_some_and(|ratio| ratio.is_tie()) && !is_fastest { "= " } else { "" };
    let figure = with_interval(&row.ns);
    if !is_fastest {
        return format!("{tie}{figure}");
    }
    let (median, interval) = figure.split_once(" (").unwrap_or((&figure, ""));
    format!("**{median}**{}{interval}", if interval.is_empty() { "" } else { " (" })
}

/// A ratio, marked if it is a tie: `= 1.02 times`.
fn tie_or_times(ratio: &Estimate) -> String {
    format!("{}{} times", if ratio.is_tie() { "= " } else { "" }, factor(ratio.median))
}

/// The cell of a program's row under a heading.
fn footprint(heading: &str, program: &str, data: &Data) -> Option<String> {
    let column = data.footprint.first()?.iter().position(|cell| cell == heading)?;
    data.footprint.iter().find(|row| row[0] == program)?.get(column).cloned()
}
