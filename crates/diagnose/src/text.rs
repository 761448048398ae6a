//! The diagnosis as people read it: a paragraph for each finding, the worst first.

use crate::diagnosis::Diagnosis;
use crate::finding::Finding;
use crate::kind::Severity;
use crate::words::{and, shortened, time};
use paintdry_core::thousands;
use std::fmt;

/// The text shows this many findings, and counts the rest.
const MOST_SHOWN: usize = 20;

/// How many characters a line of a part has at most, unless a word is longer.
const WIDTH: usize = 90;

/// What the rules look for, for the sentence at the end.
const LOOKED_FOR: &str = "tasks that wait for ever, panic, were never polled, dropped or left behind; threads that were held; \
                          polls that did nothing; and waits that could be shorter";

impl fmt::Display for Diagnosis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.is_faulty() {
            let hints = if self.findings.is_empty() { "" } else { " Some things are worth a look:" };
            writeln!(f, "Nothing is wrong that these events show.{hints}\n")?;
        }
        let distinct = self.distinct();
        for same in distinct.iter().take(MOST_SHOWN) {
            write(f, same[0], &same[1..])?;
            writeln!(f)?;
        }
        match distinct.len().saturating_sub(MOST_SHOWN) {
            0 => {}
            more => writeln!(f, "And {} more.\n", thousands(more as u64))?,
        }
        let [runs, tasks, events] = [(self.runs, "run"), (self.tasks, "task"), (self.events, "event")].map(counted);
        writeln!(f, "Looked at {runs}, {tasks} and {events}, for {LOOKED_FOR}.")
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write(f, self, &[])
    }
}

/// Writes a finding, and in which runs it was found as well.
fn write(f: &mut fmt::Formatter<'_>, finding: &Finding, also: &[&Finding]) -> fmt::Result {
    let severity = match finding.severity {
        Severity::Fault => "Fault",
        Severity::Delay => "Delay",
        Severity::Hint => "Hint",
    };
    writeln!(f, "{severity}: {}.", finding.what)?;
    part(f, "why", &finding.reason())?;
    let place = finding.place.as_ref().map_or_else(String::new, |place| format!("{place}, "));
    let moment = format!("in the run {} at {}, event {}", quoted_run(finding), time(finding.at_ns), finding.event);
    let other_runs = match also.iter().map(|other| quoted_run(other)).collect::<Vec<_>>().as_slice() {
        [] => String::new(),
        [one] => format!("; the same in the run {one}"),
        several => format!("; the same in the runs {}", and(several)),
    };
    part(f, "where", &(place + &moment + &other_runs))?;
    if let Some(cost) = finding.cost_ns.filter(|cost| *cost > 0) {
        part(f, "cost", &time(cost))?;
    }
    part(f, "see", &format!("{} behind the address of the replay page", finding.link))?;
    part(f, "cure", &format!("docs/{}", finding.chapter))
}

fn quoted_run(finding: &Finding) -> String {
    format!("\"{}\"", shortened(&finding.runtime, 48))
}

/// A part of a finding, in lines of a width that is read well.
fn part(f: &mut fmt::Formatter<'_>, name: &str, text: &str) -> fmt::Result {
    let mut name = name;
    let mut line = String::new();
    for word in text.split(' ') {
        if !line.is_empty() && line.chars().count() + word.chars().count() >= WIDTH {
            writeln!(f, "  {name:5}  {line}")?;
            (name, line) = ("", String::new());
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line += word;
    }
    writeln!(f, "  {name:5}  {line}")
}

fn counted((count, noun): (usize, &str)) -> String {
    format!("{} {noun}{}", thousands(count as u64), if count == 1 { "" } else { "s" })
}
