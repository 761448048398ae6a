//! The sentences around the tables of `scale`.

use crate::format::prose::COLUMNS;
use crate::scale::{MANY, ScaleReport, ScaleRun};
use paintdry_core::thousands;
use paintdry_terminal::show::{counted, flowed, show};

/// What was run, and where.
pub(super) fn headline(report: &ScaleReport) -> String {
    let host = &report.host;
    format!(
        "scale: canvases that dry for {} at the same time, a process for each run\non {} with {}, built by rustc {}",
        show(report.workload.drying),
        host.os,
        counted(host.cores as u64, "core", "cores"),
        host.rustc
    )
}

/// The lines under the tables.
pub(super) fn notes(report: &ScaleReport, left_out: Option<&str>) -> Vec<String> {
    let mut notes = Vec::new();
    if report.runs.is_empty() {
        return notes;
    }
    if report.runs.iter().any(|run| run.wall.is_some()) {
        notes.extend(of_the_figures());
    }
    notes.extend(left_out.map(str::to_owned));
    notes.extend(reasons(report, |run| run.not_run.as_deref(), "was not run"));
    notes.extend(reasons(report, |run| run.error.as_deref(), "failed"));
    notes
}

/// What the columns are, and what they are not.
fn of_the_figures() -> Vec<String> {
    let mut notes = vec![format!(
        "Each figure is that of one run; another run may order close ones differently.\n\
         Above ideal: from before the first spawn until the last task is joined, less the\n\
         drying time; with many tasks, most of it is creating them. CPU time: of all\n\
         threads in that time. Peak: the most memory the process had. For a task: what\n\
         the peak is above that of one task, divided among them; from {} tasks on,\n\
         with which whole pages of memory still blur it by some 40 B.",
        thousands(MANY as u64)
    )];
    if cfg!(debug_assertions) {
        notes.push("Built without optimisation, so these are no figures to compare: use `--release`.".to_owned());
    }
    notes
}

/// A sentence for each contestant and reason, with all the numbers of tasks that it holds for.
fn reasons(report: &ScaleReport, why: fn(&ScaleRun) -> Option<&str>, what: &str) -> Vec<String> {
    let mut reasons: Vec<(&str, &str, Vec<String>)> = Vec::new();
    for run in &report.runs {
        let Some(why) = why(run) else { continue };
        let tasks = thousands(run.tasks as u64);
        match reasons.iter_mut().find(|(name, known, _)| (*name, *known) == (run.runtime, why)) {
            Some((_, _, numbers)) => numbers.push(tasks),
            None => reasons.push((run.runtime, why, vec![tasks])),
        }
    }
    reasons.sort_by_key(|(name, _, _)| report.runs.iter().position(|run| run.runtime == *name));
    let sentence = |(name, why, numbers): (&str, &str, Vec<String>)| {
        let tasks = if numbers == ["1"] { "task" } else { "tasks" };
        wrapped(&format!("{name} with {} {tasks} {what}: {why}", numbers.join(" and ")))
    };
    reasons.into_iter().map(sentence).collect()
}

/// `text` in lines that fit, which begin further to the right from the second on.
fn wrapped(text: &str) -> String {
    flowed(text.split_whitespace(), COLUMNS, "  ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_sentences_are_wrapped_between_words() {
        assert_eq!(wrapped("a task  was not run"), "a task was not run");
        let text = wrapped(&"twelve chars ".repeat(20));
        let lines: Vec<_> = text.lines().collect();
        assert_eq!(lines[1].trim_start().len() + 2, lines[1].len());
        assert!(lines.len() == 4 && lines.iter().all(|line| line.len() <= COLUMNS), "{text}");
        assert_eq!(text.split_whitespace().count(), 40);
        let long = "x".repeat(100);
        assert_eq!(wrapped(&long), long, "a word is not broken");
    }
}
