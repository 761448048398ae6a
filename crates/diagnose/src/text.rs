//! The diagnosis as people read it: a paragraph for each finding, the worst first.

use crate::diagnosis::Diagnosis;
use crate::finding::Finding;
use crate::kind::Severity;
use crate::words::{and, shortened, time};
use paintdry_core::thousands;
use std::fmt;

/// The text shows this many findings, and counts the rest.
const MOST_SHOWN: usize = 20;

/// How wide a page is that no terminal limits.
const COLUMNS: usize = 80;

/// What the rules look for, for the sentence at the end.
const LOOKED_FOR: &str = "tasks that wait for ever, panic, were never polled, dropped or left behind; threads that were held; \
                          polls that did nothing; and waits that could be shorter";

impl fmt::Display for Diagnosis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.page(COLUMNS))
    }
}

impl Diagnosis {
    /// Its text for people, in lines of this many characters at most, unless a word is longer.
    ///
    /// ```
    /// use paintdry_diagnose::diagnose;
    /// use paintdry_studio::{Clock, Recording};
    ///
    /// let diagnosis = diagnose(&Recording::of_program("tea", Clock::Virtual, Vec::new()))?;
    /// assert!(diagnosis.page(40).lines().all(|line| line.len() <= 40));
    /// # Ok::<(), paintdry_studio::RecordingError>(())
    /// ```
    #[must_use]
    pub fn page(&self, columns: usize) -> String {
        let mut page = Page { text: String::new(), columns };
        if !self.is_faulty() {
            let hints = if self.findings.is_empty() { "" } else { " Some things are worth a look:" };
            page.paragraph("", &format!("Nothing is wrong that these events show.{hints}"));
            page.text.push('\n');
        }
        let distinct = self.distinct();
        for same in distinct.iter().take(MOST_SHOWN) {
            page.finding(same[0], &same[1..]);
            page.text.push('\n');
        }
        match distinct.len().saturating_sub(MOST_SHOWN) {
            0 => {}
            more => {
                page.paragraph("", &format!("And {} more.", thousands(more as u64)));
                page.text.push('\n');
            }
        }
        let [runs, tasks, events] = [(self.runs, "run"), (self.tasks, "task"), (self.events, "event")].map(counted);
        page.paragraph("", &format!("Looked at {runs}, {tasks} and {events}, for {LOOKED_FOR}."));
        page.text
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut page = Page { text: String::new(), columns: COLUMNS };
        page.finding(self, &[]);
        f.write_str(&page.text)
    }
}

/// A text in lines.
struct Page {
    text: String,
    columns: usize,
}

impl Page {
    /// A finding, and in which runs it was found as well.
    fn finding(&mut self, finding: &Finding, also: &[&Finding]) {
        let severity = match finding.severity {
            Severity::Fault => "Fault",
            Severity::Delay => "Delay",
            Severity::Hint => "Hint",
        };
        self.paragraph("", &format!("{severity}: {}.", finding.what));
        self.part("why", &finding.reason());
        let place = finding.place.as_ref().map_or_else(String::new, |place| format!("{place}, "));
        let moment = format!("in the run {} at {}, event {}", quoted_run(finding), time(finding.at_ns), finding.event);
        let other_runs = match also.iter().map(|other| quoted_run(other)).collect::<Vec<_>>().as_slice() {
            [] => String::new(),
            [one] => format!("; the same in the run {one}"),
            several => format!("; the same in the runs {}", and(several)),
        };
        self.part("where", &(place + &moment + &other_runs));
        if let Some(cost) = finding.cost_ns.filter(|cost| *cost > 0) {
            self.part("cost", &time(cost));
        }
        self.part("see", &format!("{} behind the address of the replay page", finding.link));
        self.part("cure", &format!("docs/{}", finding.chapter));
    }

    fn part(&mut self, name: &str, text: &str) {
        self.paragraph(&format!("  {name:5}  "), text);
    }

    /// Words behind a heading. They continue below the first one.
    fn paragraph(&mut self, heading: &str, words: &str) {
        self.text += heading;
        let indent = heading.chars().count();
        let mut used = indent;
        for word in words.split(' ') {
            let width = word.chars().count();
            if used > indent && used + 1 + width > self.columns {
                self.text.push('\n');
                self.text += &" ".repeat(indent);
                used = indent;
            } else if used > indent {
                self.text.push(' ');
                used += 1;
            }
            self.text += word;
            used += width;
        }
        self.text.push('\n');
    }
}

fn quoted_run(finding: &Finding) -> String {
    format!("\"{}\"", shortened(&finding.runtime, 48))
}

fn counted((count, noun): (usize, &str)) -> String {
    format!("{} {noun}{}", thousands(count as u64), if count == 1 { "" } else { "s" })
}
