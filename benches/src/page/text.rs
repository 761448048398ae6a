//! The paragraphs of a page that are computed.

use super::data::Data;
use crate::estimate::Estimate;
use crate::findings::{FINDINGS, Verdict};
use crate::report::GroupReport;
use std::fmt::Write;

impl Data {
    /// The paragraph with this name; it ends with a line.
    pub(super) fn text(&self, name: &str) -> Option<String> {
        match name {
            "findings" => {
                let sentences = FINDINGS.iter().filter_map(|finding| finding.sentence(&self.report));
                let lines: Vec<_> = sentences.map(|sentence| format!("- {sentence}\n")).collect();
                Some(lines.concat())
            }
            "sight" => self.sight(),
            "where" => {
                let versions: Vec<_> =
                    self.report.machine.versions.iter().map(|(name, version)| format!("{name} {version}")).collect();
                let rounds = || self.report.groups.iter().map(|group| group.rounds);
                let (fewest, most) = (rounds().min().unwrap_or(0), rounds().max().unwrap_or(0));
                Some(format!(
                    "{}. {fewest} to {most} rounds for each group, begun at {}. {}.\n",
                    self.report.machine,
                    self.report.begun,
                    versions.join(", ")
                ))
            }
            "scale" => Some(match (self.scale["begun"].as_str(), self.scale["cpu"].as_str()) {
                (Some(begun), Some(cpu)) => format!("Measured at {begun} on {cpu}, one run of each row.\n"),
                _ => "One run of each row; the file does not say when it was, or on which processor.\n".to_owned(),
            }),
            "reruns" => Some(self.reruns()),
            _ => None,
        }
    }

    /// How far apart two rows have to be before we can tell: the quietest group, the loudest, and that of the servers.
    fn sight(&self) -> Option<String> {
        let mut groups: Vec<_> =
            self.report.groups.iter().filter_map(|group| Some((reach(group)?, group.id.as_str()))).collect();
        groups.sort_unstable_by(|one, other| one.0.total_cmp(&other.0));
        let (quietest, loudest) = (groups.first()?, groups.last()?);
        let servers = groups.iter().find(|(_, id)| *id == "echo-50")?;
        let percent = |(reach, id): &(f64, &str)| format!("{:.0} % in `{id}`", reach * 100.0);
        Some(format!(
            "**A tie is no proof that two rows are equal.** Half of the intervals between full runtimes reach further from their \
             ratio than {}, the quietest group, {}, and {}, the loudest. A difference smaller than that is most likely shown as a \
             tie.\n",
            percent(quietest),
            percent(servers),
            percent(loudest)
        ))
    }

    /// A table: a row for each finding, a column for each rerun.
    fn reruns(&self) -> String {
        let mut text = String::from("| finding |");
        for rerun in &self.reruns {
            let options = if rerun.options.is_empty() { "everything" } else { &rerun.options };
            let load = rerun.load.map_or_else(String::new, |load| format!(", load {load:.2}"));
            let _ = write!(text, " {options}, {}, {}{load} |", rerun.begun, rerun.machine);
        }
        text.push_str("\n|---|");
        text.push_str(&"---|".repeat(self.reruns.len()));
        for finding in FINDINGS {
            let _ = write!(text, "\n| {} |", finding.name());
            for rerun in &self.reruns {
                let verdict = rerun.verdicts.iter().find(|(name, _)| *name == finding.name());
                let _ = write!(text, " {} |", verdict.map_or(Verdict::Unmeasured.label(), |(_, verdict)| verdict));
            }
        }
        text + "\n"
    }
}

/// How far an interval between two full runtimes of this group reaches from its ratio: the median of all pairs.
fn reach(group: &GroupReport) -> Option<f64> {
    let full: Vec<_> = group.rows.iter().filter(|row| row.entrant.is_full).map(|row| &row.entrant.name).collect();
    let pairs = full.iter().enumerate().flat_map(|(n, one)| full[..n].iter().map(move |other| (one, other)));
    let reach = |ratio: Estimate| {
        let (low, high) = ratio.interval?;
        Some((ratio.median / low).max(high / ratio.median) - 1.0)
    };
    let reaches = pairs.filter_map(|(one, other)| reach(group.ratio(one, other)?)).collect();
    Some(Estimate::of(reaches, 1.0)?.median)
}
