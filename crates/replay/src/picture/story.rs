//! A recording as pictures tell it, and one of its moments as SVG.

use super::card::{self, Card, Stage};
use super::finding::{group_name, headline};
use super::groups::group;
use super::pace::{Moment, Pace};
use super::run::{Run, State};
use super::svg::{STYLE, escaped, number, text};
use super::words::{grouped, title, unit_for};
use crate::findings::Findings;
use paintdry_studio::{RecordedWorkload, Recording, RecordingError};
use std::fmt::Write;
use std::time::Duration;

const WIDTH: f64 = card::WIDTH + 2.0 * MARGIN;
const MARGIN: f64 = 20.0;
const TOP: f64 = 94.0;
const GAP: f64 = 10.0;
const BOTTOM: f64 = 36.0;
/// The moment of the page's still: much has happened, and the runs differ.
const TELLING: f64 = 0.4;

/// The runs of a recording, as pictures tell them.
#[derive(Debug)]
pub struct Story<'a> {
    recording: &'a Recording,
    findings: Findings,
    runs: Vec<Run<'a>>,
    groups: Vec<Vec<usize>>,
    cards: Vec<Card>,
    pub(super) pace: Pace,
    skipped: Vec<(u64, u64)>,
    /// The end of the axis: nanoseconds, or events if no time passes.
    end: f64,
}

impl<'a> Story<'a> {
    /// Reads the runs.
    ///
    /// # Errors
    /// As [`Recording::check`].
    pub fn new(recording: &'a Recording) -> Result<Self, RecordingError> {
        let findings = Findings::of(recording)?;
        let runs: Vec<_> = recording.runs.iter().map(Run::new).collect();
        let is_program = matches!(recording.workload, RecordedWorkload::Program { .. });
        let groups = group(&runs, is_program);
        let cards = groups.iter().map(|group| Card::new(&recording.workload, &runs, group)).collect();
        let pace = Pace::new(recording.clock, &runs, is_program);
        let skipped = pace.skipped(&runs);
        let end = match runs.iter().map(|run| run.wall).max().unwrap_or(0) {
            0 => runs.iter().map(Run::size).max().unwrap_or(0).max(1) as f64,
            wall => wall as f64,
        };
        Ok(Self { recording, findings, runs, groups, cards, pace, skipped, end })
    }

    /// The finding, or the job if there is none.
    #[must_use]
    pub fn headline(&self) -> String {
        headline(self.recording, &self.findings, &self.runs, &self.groups)
    }

    /// The names of the groups of runs that did the same.
    #[must_use]
    pub fn groups(&self) -> Vec<String> {
        self.groups.iter().map(|group| group_name(&self.runs, group)).collect()
    }

    /// A picture, as SVG, of the moment after this time in every run, or of a moment that tells much.
    #[must_use]
    pub fn still(&self, at: Option<Duration>) -> String {
        let moment = match at {
            None => self.pace.at(self.pace.seconds * TELLING),
            Some(at) => Moment::Time { ns: u64::try_from(at.as_nanos()).unwrap_or(u64::MAX), part: 1.0 },
        };
        self.draw(self.on_axis(moment))
    }

    /// Where no time passes, all has happened at any time.
    pub(super) fn on_axis(&self, moment: Moment) -> Moment {
        match moment {
            Moment::Time { .. } if self.runs.iter().all(|run| run.wall == 0) => Moment::Events(self.end as usize),
            Moment::Time { ns, part } => Moment::Time { ns: ns.min(self.end as u64), part },
            events @ Moment::Events(_) => events,
        }
    }

    fn height(&self) -> f64 {
        let cards: f64 = self.cards.iter().map(|card| card.height + GAP).sum();
        TOP + cards.max(60.0) + BOTTOM
    }

    pub(super) fn draw(&self, moment: Moment) -> String {
        let (headline, height) = (self.headline(), self.height());
        let size = (860.0 / (0.59 * headline.chars().count().max(1) as f64)).clamp(12.0, 27.0);
        let (height_in_words, size) = (number(height), number(size));
        let mut svg = format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height_in_words}" viewBox="0 0 {WIDTH} {height_in_words}">"#
        );
        let _ = write!(svg, "<title>{}</title><style>{STYLE}", escaped(&headline));
        let _ = write!(svg, ".headline{{font-size:{size}px}}</style>");
        svg += r#"<clipPath id="art"><rect width="100" height="70"/></clipPath>"#;
        let _ = write!(svg, r#"<rect class="back" width="{WIDTH}" height="{height_in_words}"/>"#);
        text(&mut svg, MARGIN, 40.0, "serif headline", &headline);
        text(&mut svg, MARGIN, 66.0, "dim", &(title(self.recording) + "."));
        text(&mut svg, WIDTH - MARGIN, 67.0, "mono end", &self.clock(moment));
        let share = match moment {
            Moment::Time { ns, .. } => ns as f64 / self.end,
            Moment::Events(events) => events as f64 / self.end,
        };
        let bar = number(card::WIDTH * share.clamp(0.0, 1.0));
        let _ = write!(svg, r#"<rect class="rule" x="20" y="78" width="860" height="5" rx="2"/>"#);
        let _ = write!(svg, r#"<rect class="run" x="20" y="78" width="{bar}" height="5" rx="2"/>"#);
        let Self { recording, runs, skipped, end, .. } = self;
        let stage = Stage { workload: &recording.workload, runs, skipped, end: *end };
        let mut y = TOP;
        for card in &self.cards {
            let _ = write!(svg, r#"<g transform="translate({MARGIN} {})">"#, number(y));
            card.draw(&mut svg, &stage, moment);
            svg += "</g>";
            y += card.height + GAP;
        }
        if self.cards.is_empty() {
            text(&mut svg, MARGIN, y + 24.0, "dim", "This recording has no runs.");
        }
        self.draw_key(&mut svg, height - 14.0);
        svg += "</svg>\n";
        svg
    }

    fn clock(&self, moment: Moment) -> String {
        match moment {
            Moment::Time { ns, .. } => {
                let (size, name) = unit_for(self.end);
                format!("{:.2}\u{a0}{name}", ns as f64 / size)
            }
            Moment::Events(events) => {
                format!("event {} of {}", grouped(events as u64), grouped(self.end as u64))
            }
        }
    }

    /// What the colours of the lanes mean.
    fn draw_key(&self, svg: &mut String, y: f64) {
        let mut x = MARGIN;
        let meanings = [
            (State::Running, "run", "a thread runs it"),
            (State::Ready, "ready", "ready"),
            (State::Waiting, "wait", "waits"),
            (State::Blocking, "hold", "waits and keeps its thread"),
        ];
        let draws = |run: &Run<'_>, state| {
            run.stretches.iter().any(|stretch| stretch.state == state && !run.is_helper(stretch.task))
        };
        let is_drawn = |state| self.runs.iter().any(|run| draws(run, state));
        for (_, class, words) in meanings.into_iter().filter(|(state, ..)| is_drawn(*state)) {
            let _ = write!(
                svg,
                r#"<rect class="{class}" x="{}" y="{}" width="18" height="10"/>"#,
                number(x),
                number(y - 10.0)
            );
            text(svg, x + 25.0, y, "dim", words);
            x += 48.0 + 7.2 * words.len() as f64;
        }
    }
}
