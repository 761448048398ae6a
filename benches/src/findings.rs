//! What the comparison found, each of which every run checks again: one row is faster than another.

use crate::markdown::{times, with_interval};
use crate::report::Report;

/// A finding: in one group, one row takes less time than another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Finding {
    /// The group.
    pub group: &'static str,
    /// The row that takes less time.
    pub faster: &'static str,
    /// The row that takes more.
    pub slower: &'static str,
    /// The finding as a sentence. `{times}` is the ratio and its interval, `{faster}` and `{slower}` are the times of the rows.
    pub sentence: &'static str,
}

/// What a run says of a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// The same.
    Holds,
    /// It does not tell the two apart.
    Tie,
    /// The opposite.
    Reversed,
    /// It did not measure them.
    Unmeasured,
}

/// The findings of `docs/compare.md`, in its order. `--quick` measures their groups. A sentence names the flavour of a runtime
/// that its row has, and gives no cause that was not measured.
pub const FINDINGS: [Finding; 5] = [
    Finding {
        group: "echo-50",
        faster: "tokio",
        slower: "OS threads",
        sentence: "**Many connections.** To echo a message, with 50 connections, takes {times} as long with a thread for each \
                   connection as on tokio's current-thread runtime.",
    },
    Finding {
        group: "timers-100",
        faster: "smol",
        slower: "tokio",
        sentence: "**Fine timers.** Of 100 sleepers, the latest wakes {slower} late on tokio, whose timers count in milliseconds, and \
                   {faster} late on smol.",
    },
    Finding {
        group: "timeouts",
        faster: "tokio by hand",
        slower: "smol by hand",
        sentence: "**Time limits.** To set a time limit and drop it before it is due takes {times} as long on smol as on tokio's \
                   current-thread runtime.",
    },
    Finding {
        group: "spawn-10000",
        faster: "monoio",
        slower: "tokio by hand, LocalRuntime",
        sentence: "**Short tasks.** To spawn and join one of 10,000 tasks takes {times} as long on tokio's LocalRuntime as on monoio. On \
                   both, a task stays on its thread.",
    },
    Finding {
        group: "blocking-100",
        faster: "tokio-multi, a small pool",
        slower: "tokio-multi",
        sentence: "**Blocking calls.** 100 calls that return at once take {times} as long on the pool of tokio's multi-thread runtime \
                   as on one that is limited to a thread for each core. Calls that really block need more threads than that.",
    },
];

impl Finding {
    /// The finding in short.
    #[must_use]
    pub fn name(&self) -> String {
        format!("{}: {} before {}", self.group, self.faster, self.slower)
    }

    /// What `report` says of it.
    #[must_use]
    pub fn verdict(&self, report: &Report) -> Verdict {
        let ratio = report.group(self.group).and_then(|group| group.ratio(self.slower, self.faster));
        match ratio {
            None => Verdict::Unmeasured,
            Some(ratio) if ratio.is_tie() => Verdict::Tie,
            Some(ratio) if ratio.median > 1.0 => Verdict::Holds,
            Some(_) => Verdict::Reversed,
        }
    }

    /// The finding with its ratio in `report`; `None` if it was not measured.
    #[must_use]
    pub fn sentence(&self, report: &Report) -> Option<String> {
        let group = report.group(self.group)?;
        let time = |name| Some(with_interval(&group.row(name)?.ns));
        let ratio = times(&group.ratio(self.slower, self.faster)?);
        Some(self.filled(&ratio, &time(self.faster)?, &time(self.slower)?))
    }

    /// The finding without figures, for a page that has none.
    #[must_use]
    pub fn without_figures(&self) -> String {
        self.filled("… times", "…", "…")
    }

    fn filled(&self, times: &str, faster: &str, slower: &str) -> String {
        self.sentence.replace("{times}", times).replace("{faster}", faster).replace("{slower}", slower)
    }
}

impl Verdict {
    /// The verdict in a table.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Holds => "holds",
            Self::Tie => "a tie",
            Self::Reversed => "reversed",
            Self::Unmeasured => "not measured",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::tests::whole_report;

    const FINDING: Finding = Finding {
        group: "yield-2",
        faster: "fast",
        slower: "slow",
        sentence: "slow takes {slower}, {times} as long as fast, {faster}.",
    };

    #[test]
    fn a_claim_has_its_ratio_and_its_verdict() {
        let report = whole_report();
        assert_eq!(FINDING.verdict(&report), Verdict::Holds);
        let sentence = FINDING.sentence(&report);
        assert_eq!(
            sentence.as_deref(),
            Some(
                "slow takes 40.0 ns (40.0 to 80.0), 2.00 times (2.00 to 2.00) as long as fast, 20.0 ns (20.0 to 40.0)."
            )
        );
        assert_eq!(FINDING.without_figures(), "slow takes …, … times as long as fast, ….");
        let reversed = Finding { faster: "slow", slower: "fast", ..FINDING };
        assert_eq!(reversed.verdict(&report), Verdict::Reversed);
        assert_eq!(Finding { faster: "gone", ..FINDING }.verdict(&report), Verdict::Unmeasured);
    }

    #[test]
    fn too_few_rounds_are_a_tie() {
        let mut report = whole_report();
        for row in &mut report.groups[0].rows {
            row.samples.truncate(5);
        }
        assert_eq!(FINDING.verdict(&report), Verdict::Tie);
    }
}
