//! The result of a comparison, as text, as JSON and as a page.

use paintdry_core::{listed, thousands};
use paintdry_diff::{Diff, Difference, Groups, Run};
use paintdry_terminal::show::{columns, one_line};
use serde::Serialize;
use std::fmt::Write;

/// The version of the JSON.
const SCHEMA: u32 = 1;

/// The text shows this many groups, and this many comparisons.
const MOST_SHOWN: usize = 20;

/// What was compared, and what came of it.
pub(super) enum Report<'a> {
    /// Several runs of one recording.
    Groups { runs: Vec<Run<'a>>, groups: Groups },
    /// Two runs, or each run of one recording with a run of another.
    Pairs(Vec<(Run<'a>, Run<'a>, Diff)>),
}

impl Report<'_> {
    /// Whether all runs that were compared do the same.
    pub(super) fn is_same(&self) -> bool {
        match self {
            Self::Groups { groups, .. } => groups.groups.len() == 1,
            Self::Pairs(pairs) => pairs.iter().all(|(.., diff)| diff.is_same()),
        }
    }

    /// The result for people.
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        match self {
            Self::Groups { runs, groups } => {
                let all = thousands(runs.len() as u64);
                match groups.groups.len() {
                    1 => {
                        let names: Vec<_> = runs.iter().map(|run| run.label().to_owned()).collect();
                        text += &wrapped(&format!("All {all} runs do the same: {}.", listed(&names)), "");
                    }
                    several => {
                        let _ = writeln!(text, "{all} runs do {} different things:", thousands(several as u64));
                        for group in groups.groups.iter().take(MOST_SHOWN) {
                            let names: Vec<_> = group.iter().map(|run| runs[*run].label().to_owned()).collect();
                            text += &wrapped(&listed(&names), "  ");
                        }
                        text += &and_more("  ", several);
                    }
                }
                for between in groups.differences.iter().take(MOST_SHOWN) {
                    text += &wrapped(&format!("\n{} and {}", between.diff.left, between.diff.right), "");
                    text += &wrapped(&between.diff.to_string(), "  ");
                }
                text += &and_more("\n", groups.differences.len());
            }
            Self::Pairs(pairs) => {
                for (number, (left, _, diff)) in pairs.iter().enumerate().take(MOST_SHOWN) {
                    let separator = if number > 0 { "\n" } else { "" };
                    if pairs.len() > 1 {
                        text += &wrapped(&format!("{separator}On {}", one_line(left.runtime())), "");
                    }
                    text += &wrapped(&diff.to_string(), if pairs.len() > 1 { "  " } else { "" });
                }
                text += &and_more("\n", pairs.len());
            }
        }
        text
    }

    /// The result for programs.
    pub(super) fn json(&self) -> impl Serialize {
        #[derive(Serialize)]
        struct Json<'a> {
            schema: u32,
            job: &'static str,
            same: bool,
            /// Which runs of one recording do the same.
            groups: Option<Vec<Vec<&'a str>>>,
            comparisons: Vec<Comparison<'a>>,
        }

        #[derive(Serialize)]
        struct Comparison<'a> {
            left_runtime: &'a str,
            right_runtime: &'a str,
            #[serde(flatten)]
            diff: &'a Diff,
        }

        let (groups, comparisons) = match self {
            Self::Groups { runs, groups } => {
                let names = |group: &Vec<usize>| group.iter().map(|run| runs[*run].label()).collect();
                let first = |group: usize| runs[groups.groups[group][0]].runtime();
                let between = groups.differences.iter().map(|between| Comparison {
                    left_runtime: first(between.left),
                    right_runtime: first(between.right),
                    diff: &between.diff,
                });
                (Some(groups.groups.iter().map(names).collect()), between.collect())
            }
            Self::Pairs(pairs) => {
                let compared = pairs.iter().map(|(left, right, diff)| Comparison {
                    left_runtime: left.runtime(),
                    right_runtime: right.runtime(),
                    diff,
                });
                (None, compared.collect())
            }
        };
        Json { schema: SCHEMA, job: "diff", same: self.is_same(), groups, comparisons }
    }

    /// Two runs, and where they first differ: the first comparison that finds a difference.
    pub(super) fn to_show(&self) -> Option<(&Run<'_>, &Run<'_>, &Difference)> {
        match self {
            Self::Groups { runs, groups } => groups.differences.iter().find_map(|between| {
                let first = |group: usize| &runs[groups.groups[group][0]];
                Some((first(between.left), first(between.right), between.diff.difference()?))
            }),
            Self::Pairs(pairs) => {
                let mut different = pairs.iter().filter(|(.., diff)| !diff.is_same());
                let shown = different.next().or(pairs.first())?;
                Some((&shown.0, &shown.1, shown.2.difference()?))
            }
        }
    }
}

/// How many of a text's parts are not shown; nothing if all are.
fn and_more(before: &str, parts: usize) -> String {
    let more = parts.saturating_sub(MOST_SHOWN) as u64;
    if more == 0 {
        String::new()
    } else {
        format!("{before}And {} more; --format json has them all.\n", thousands(more))
    }
}

/// Paragraphs in lines that fit the terminal.
fn wrapped(text: &str, indent: &str) -> String {
    paintdry_terminal::show::wrapped(text, columns(), indent)
}
