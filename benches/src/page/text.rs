//! The paragraphs of a page that are computed.

use super::Data;
use super::figure::times;
use crate::estimate::Estimate;
use crate::findings::{CLAIMS, Claim, Verdict};
use crate::report::{GroupReport, Report};
use serde::{Deserialize, Serialize};
use std::fmt::Write;

/// What a run at another time or place said of the findings.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Rerun {
    /// When it began.
    pub begun: String,
    /// Where.
    pub machine: String,
    /// How many processes wanted a core before it began; older entries do not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub load: Option<f64>,
    /// With which options.
    pub options: String,
    /// For each claim, in the words of its row.
    pub verdicts: Vec<(String, String)>,
}

impl Rerun {
    /// What `report`, made with these options, says of the findings.
    #[must_use]
    pub fn of(report: &Report, options: &str) -> Self {
        let said = |claim: &Claim| {
            let group = report.group(claim.group);
            let measured = group.and_then(|group| Some((group.rounds, group.ratio(claim.slower, claim.faster)?)));
            let measured = measured.map(|(rounds, ratio)| format!(": {}, {rounds} rounds", times(&ratio)));
            format!("{}{}", claim.verdict(report).label(), measured.unwrap_or_default())
        };
        Self {
            begun: report.begun.clone(),
            machine: report.machine.cpu.clone(),
            load: report.machine.load,
            options: options.to_owned(),
            verdicts: CLAIMS.iter().map(|claim| (claim.name(), said(claim))).collect(),
        }
    }
}

impl Data {
    /// The paragraph with this name; it ends with a line.
    pub(super) fn text(&self, name: &str) -> Option<String> {
        match name {
            "findings" => {
                let sentences = CLAIMS.iter().filter_map(|claim| claim.sentence(&self.report));
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

    /// A table: a row for each claim, a column for each rerun.
    fn reruns(&self) -> String {
        let mut text = String::from("| finding |");
        for rerun in &self.reruns {
            let options = if rerun.options.is_empty() { "everything" } else { &rerun.options };
            let load = rerun.load.map_or_else(String::new, |load| format!(", load {load:.2}"));
            let _ = write!(text, " {options}, {}, {}{load} |", rerun.begun, rerun.machine);
        }
        text.push_str("\n|---|");
        text.push_str(&"---|".repeat(self.reruns.len()));
        for claim in CLAIMS {
            let _ = write!(text, "\n| {} |", claim.name());
            for rerun in &self.reruns {
                let verdict = rerun.verdicts.iter().find(|(name, _)| *name == claim.name());
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
