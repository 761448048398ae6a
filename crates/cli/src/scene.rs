//! The picture during a comparison: finished runtimes, and the canvases of the current one.

use crate::canvas_states::{Appearance, CanvasStates};
use crate::report::Row;
use crate::{Entry, Workload};
use anstyle::{AnsiColor, Style};
use paintdry_core::thousands;
use paintdry_terminal::show::{shorten, show};
use std::fmt::Write;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// The columns of a runtime's name.
const NAME: usize = 12;

/// How many canvases have a line of their own; the others are counted.
const LINES: usize = 10;

/// What to draw.
#[derive(Debug)]
pub(crate) struct Scene<'a> {
    pub(crate) runtimes: &'a [Entry],
    /// The index of the current runtime.
    pub(crate) current: usize,
    pub(crate) workload: Workload,
    /// The canvases of the current run; `None` before it and for amap.
    pub(crate) states: Option<Arc<CanvasStates>>,
    /// When the current run began.
    pub(crate) begun: Instant,
    /// The runtimes that have run.
    pub(crate) finished: Vec<Finished>,
}

/// The result of a finished runtime.
#[derive(Debug)]
pub(crate) struct Finished {
    name: &'static str,
    /// The median of its runs so far; `None` if it failed.
    wall: Option<Duration>,
}

impl From<&Row> for Finished {
    fn from(run: &Row) -> Self {
        Self { name: run.runtime, wall: run.wall }
    }
}

impl Scene<'_> {
    /// Lines of at most 40 columns, so that they fit a narrow window.
    pub(crate) fn text(&self, colour: bool) -> String {
        let mut text = String::new();
        for Finished { name, wall } in &self.finished {
            let wall = wall.map_or_else(|| "failed".to_owned(), show);
            let _ = writeln!(text, "{:<NAME$} {wall}", shorten(name, NAME)); // writing to a String cannot fail
        }
        text += &self.title();
        let Some(states) = &self.states else {
            return text;
        };
        let mut others = 0_usize;
        let mut dry = 0_usize;
        for (index, seen) in states.seen().enumerate() {
            if index < LINES {
                let _ = write!(text, "\n  canvas {:<2} {}", index + 1, state(seen, states.drying(), colour));
            } else {
                others += 1;
                dry += usize::from(seen == Appearance::Dry);
            }
        }
        if others > 0 {
            let _ = write!(text, "\n  … and {} more, {} dry", thousands(others as u64), thousands(dry as u64));
        }
        text
    }

    fn title(&self) -> String {
        let Some(entry) = self.runtimes.get(self.current) else {
            return String::new();
        };
        let name = shorten(entry.name(), NAME);
        let mut title = format!("{name} ({} of {})", self.current + 1, self.runtimes.len());
        if let Some(left) = self.time_left() {
            let _ = write!(title, ", about {} left", show(Duration::from_secs(left.as_secs() + 1)));
        }
        title
    }

    /// A rough guess: the waiting that is left of this run and of all later ones, without painting.
    fn time_left(&self) -> Option<Duration> {
        let Workload::Paint(workload) = self.workload else { return None };
        self.states.as_ref()?;
        let mut ideals = self.runtimes.iter().skip(self.current).map(|entry| entry.ideal(&workload, &[], 1));
        let present = ideals.next()?.saturating_sub(self.begun.elapsed());
        Some(ideals.fold(present, Duration::saturating_add))
    }
}

/// What one canvas is doing, in words; the bar is how wet it still is.
fn state(seen: Appearance, drying: Duration, colour: bool) -> String {
    const CELLS: u128 = 10;
    let (colour_of_it, words) = match seen {
        Appearance::Blank => (AnsiColor::BrightBlack, "blank".to_owned()),
        Appearance::Painting => (AnsiColor::Yellow, "painting".to_owned()),
        Appearance::Wet { left } => {
            let wet = (left.as_nanos() * CELLS).div_ceil(drying.as_nanos().max(1));
            let bar: String = (0..CELLS).map(|cell| if cell < wet { '█' } else { '░' }).collect();
            (AnsiColor::Cyan, format!("wet {bar} {:.1} s left", left.as_secs_f64()))
        }
        Appearance::Dry => (AnsiColor::Green, "dry".to_owned()),
    };
    if colour {
        let style = Style::new().fg_color(Some(colour_of_it.into()));
        format!("{style}{words}{style:#}")
    } else {
        words
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::canvas_states::Painter;
    use crate::{PaintWorkload, built_in};

    fn scene(runtimes: &[Entry], canvases: usize) -> Scene<'_> {
        let workload = PaintWorkload { canvases, ..PaintWorkload::default() };
        let now = Box::new(|| Duration::from_secs(1));
        let states = Arc::new(CanvasStates::with_clock(canvases, Duration::from_secs(2), now));
        Scene {
            runtimes,
            current: 0,
            workload: Workload::Paint(workload),
            states: Some(states),
            begun: Instant::now(),
            finished: Vec::new(),
        }
    }

    #[test]
    fn each_canvas_has_a_line() {
        let runtimes = built_in();
        let scene = scene(&runtimes, 4);
        let painters: Vec<_> = (0..4).map(|canvas| Painter::new(scene.states.as_ref(), canvas)).collect();
        painters[1].begins();
        painters[2].begins();
        painters[2].looks();
        painters[3].ends();

        let text = scene.text(false);
        let lines: Vec<_> = text.lines().collect();
        assert!(lines[0].starts_with("blocking (1 of 8), about "), "{}", lines[0]);
        assert_eq!(
            lines[1..],
            ["  canvas 1  blank", "  canvas 2  painting", "  canvas 3  wet ██████████ 2.0 s left", "  canvas 4  dry"]
        );
    }

    #[test]
    fn finished_runtimes_are_above() {
        let runtimes = built_in();
        let wall = |wall| Finished { name: "async-std", wall };
        let finished = vec![wall(Some(Duration::from_millis(2010))), wall(None)];
        let text = Scene { finished, current: 2, states: None, ..scene(&runtimes, 3) }.text(false);
        assert_eq!(text, "async-std    2.010 s\nasync-std    failed\ngenerator (3 of 8)");
    }

    #[test]
    fn many_canvases_are_counted_and_colour_comes_only_when_asked_for() {
        let runtimes = built_in();
        let scene = scene(&runtimes, 1_000);
        Painter::new(scene.states.as_ref(), 999).ends();
        let text = scene.text(false);
        assert_eq!(text.lines().count(), 1 + LINES + 1);
        assert!(text.ends_with("… and 990 more, 1 dry"), "{text}");
        assert!(!text.contains('\x1b') && scene.text(true).contains('\x1b'));
        assert!(text.lines().all(|line| line.chars().count() <= 40), "{text}");
    }
}
