//! What was saved beside a page.

use crate::findings::{FINDINGS, Finding};
use crate::markdown::times;
use crate::report::{GroupReport, Report};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// In a table, the figure of a row that was not measured.
pub(super) const MISSING: &str = "–";

/// What was saved beside the page.
#[derive(Debug)]
pub struct Data {
    /// `compare.json`.
    pub report: Report,
    /// `scale.json`.
    pub scale: Value,
    /// `reruns.json`: what other runs said of the findings.
    pub reruns: Vec<Rerun>,
    /// The table of footprints in `which-runtime.md`, with its header, cell by cell.
    pub footprint: Vec<Vec<String>>,
}

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
    /// For each finding, in the words of its row.
    pub verdicts: Vec<(String, String)>,
}

impl Rerun {
    /// What `report`, made with these options, says of the findings.
    #[must_use]
    pub fn of(report: &Report, options: &str) -> Self {
        let said = |finding: &Finding| {
            let group = report.group(finding.group);
            let measured = group.and_then(|group| Some((group.rounds, group.ratio(finding.slower, finding.faster)?)));
            let measured = measured.map(|(rounds, ratio)| format!(": {}, {rounds} rounds", times(&ratio)));
            format!("{}{}", finding.verdict(report).label(), measured.unwrap_or_default())
        };
        Self {
            begun: report.begun.clone(),
            machine: report.machine.cpu.clone(),
            load: report.machine.load,
            options: options.to_owned(),
            verdicts: FINDINGS.iter().map(|finding| (finding.name(), said(finding))).collect(),
        }
    }
}

impl Data {
    /// How many threads the row has in the groups of these columns: `1`, or `1 to 100`.
    pub(super) fn threads(&self, name: &str, columns: &[&str]) -> String {
        let groups = columns.iter().filter_map(|column| self.group(column.split(' ').next()?));
        let threads: Vec<_> = groups.filter_map(|group| Some(group.row(name)?.entrant.threads)).collect();
        match (threads.iter().min(), threads.iter().max()) {
            (Some(few), Some(many)) if few < many => format!("{few} to {many}"),
            (Some(few), _) => few.to_string(),
            _ => MISSING.to_owned(),
        }
    }

    pub(super) fn group(&self, id: &str) -> Option<&GroupReport> {
        self.report.group(id)
    }

    /// The run of `paintdry scale` of one runtime with as many tasks as `source` says: `scale-100000`.
    fn run(&self, runtime: &str, source: &str) -> Option<&Value> {
        let tasks: u64 = source.strip_prefix("scale-")?.parse().ok()?;
        self.scale["runs"].as_array()?.iter().find(|run| run["runtime"] == runtime && run["tasks"] == tasks)
    }

    /// How many seconds the last of the sleepers of `paintdry scale` was late.
    pub(super) fn above_ideal(&self, runtime: &str, source: &str) -> Option<f64> {
        let run = self.run(runtime, source)?;
        Some((run["wall_ns"].as_f64()? - run["ideal_ns"].as_f64()?) / 1e9)
    }

    /// The bytes of a task in `paintdry scale`.
    pub(super) fn memory(&self, runtime: &str, source: &str) -> Option<f64> {
        self.run(runtime, source)?["bytes_per_task"].as_f64()
    }
}
