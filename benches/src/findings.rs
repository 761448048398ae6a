//! What the comparison found, as claims that every run checks again: one row is faster than another.

use crate::markdown::{factor, interval};
use crate::report::Report;

/// A claim: in one group, one row takes less time than another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Claim {
    /// The group.
    pub group: &'static str,
    /// The row that takes less time.
    pub faster: &'static str,
    /// The row that takes more.
    pub slower: &'static str,
    /// The finding as a sentence; `{}` is where the ratio and its interval belong.
    pub sentence: &'static str,
}

/// What a run says of a claim.
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

/// The claims that `docs/compare.md` makes, in its order. `--quick` measures their groups.
pub const CLAIMS: [Claim; 5] = [
    Claim {
        group: "echo-50",
        faster: "tokio",
        slower: "OS threads",
        sentence: "**Many connections.** To echo a message, with 50 connections, takes {} as long with a thread for each connection as \
                   on tokio.",
    },
    Claim {
        group: "timers-100",
        faster: "smol",
        slower: "tokio",
        sentence: "**Fine timers.** The last of 100 sleepers wakes {} as late on tokio as on smol, because tokio's timers and its wait \
                   both round up to milliseconds.",
    },
    Claim {
        group: "timeouts",
        faster: "tokio by hand",
        slower: "smol by hand",
        sentence: "**Time limits.** To set a time limit and drop it before it is due takes {} as long on smol as on tokio.",
    },
    Claim {
        group: "blocking-100",
        faster: "tokio-multi, a small pool",
        slower: "tokio-multi",
        sentence: "**Blocking calls.** 100 calls that return at once take {} as long on tokio's blocking pool as on one of a thread for \
                   each core, because tokio starts a thread for each call that finds none idle. Calls that really block need that.",
    },
    Claim {
        group: "paint",
        faster: "tokio-multi by hand, 2",
        slower: "tokio-multi by hand, 1",
        sentence: "**Work for the processors.** 32 painters take {} as long on one thread of tokio as on two.",
    },
];

impl Claim {
    /// The claim in short.
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
        let ratio = report.group(self.group)?.ratio(self.slower, self.faster)?;
        let times = format!("{} times ({})", factor(ratio.median), interval(&ratio, factor));
        Some(self.sentence.replace("{}", &times))
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

    const CLAIM: Claim =
        Claim { group: "yield-2", faster: "fast", slower: "slow", sentence: "slow takes {} as long as fast." };

    #[test]
    fn a_claim_has_its_ratio_and_its_verdict() {
        let report = whole_report();
        assert_eq!(CLAIM.verdict(&report), Verdict::Holds);
        let sentence = CLAIM.sentence(&report);
        assert_eq!(sentence.as_deref(), Some("slow takes 2.00 times (2.00 to 2.00) as long as fast."));
        let reversed = Claim { faster: "slow", slower: "fast", ..CLAIM };
        assert_eq!(reversed.verdict(&report), Verdict::Reversed);
        assert_eq!(Claim { faster: "gone", ..CLAIM }.verdict(&report), Verdict::Unmeasured);
    }

    #[test]
    fn too_few_rounds_are_a_tie() {
        let mut report = whole_report();
        for row in &mut report.groups[0].rows {
            row.samples.truncate(5);
        }
        assert_eq!(CLAIM.verdict(&report), Verdict::Tie);
    }
}
