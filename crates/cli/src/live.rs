//! The live display on a terminal: what each canvas is doing, and how far the whole comparison is.

use crate::canvas_states::{CanvasStates, Seen};
use crate::show::{shorten, show};
use crate::{Entry, Workload};
use anstyle::{AnsiColor, Style};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use paintdry_core::thousands;
use std::fmt::Write;
use std::io::IsTerminal;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Canvases that have a line of their own; the others are counted.
const LINES: usize = 10;

/// What there is to draw.
#[derive(Debug)]
pub(crate) struct Scene<'a> {
    pub(crate) runtimes: &'a [Entry],
    /// The index of the runtime that runs at present.
    pub(crate) current: usize,
    pub(crate) workload: Workload,
    /// The canvases of the present run; `None` before it and for amap.
    pub(crate) states: Option<Arc<CanvasStates>>,
    /// When the present run began.
    pub(crate) begun: Instant,
}

/// The place on the terminal where the scene is drawn, again and again.
#[derive(Debug)]
pub(crate) struct Live {
    bar: ProgressBar,
    colour: bool,
}

impl Live {
    /// The time from one picture to the next.
    pub(crate) const INTERVAL: Duration = Duration::from_millis(100);

    /// The display, if standard error is a terminal that can move its cursor.
    pub(crate) fn on_terminal(colour: bool) -> Option<Self> {
        let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        (std::io::stderr().is_terminal() && !dumb).then(|| Self::on(ProgressDrawTarget::stderr(), colour))
    }

    fn on(target: ProgressDrawTarget, colour: bool) -> Self {
        // One bar with a text of several lines: all of them change in one drawing, so nothing flickers.
        let bar = ProgressBar::with_draw_target(None, target);
        let style = ProgressStyle::with_template("{msg}").unwrap_or_else(|_| ProgressStyle::default_spinner());
        bar.set_style(style);
        Self { bar, colour }
    }

    pub(crate) fn draw(&self, scene: &Scene<'_>) {
        self.draw_text(&scene.text(self.colour));
    }

    pub(crate) fn draw_text(&self, text: &str) {
        // The empty line is what stays on the screen when a terminal echoes ^C, which moves the cursor a line down.
        self.bar.set_message(format!("\n{text}"));
    }

    /// Leaves the terminal as it was.
    pub(crate) fn clear(&self) {
        self.bar.finish_and_clear();
    }
}

impl Scene<'_> {
    /// Lines of at most 40 columns, so that they fit a narrow window.
    fn text(&self, colour: bool) -> String {
        let Some(states) = &self.states else {
            return self.title();
        };
        let mut text = self.title();
        let mut others = 0_usize;
        let mut dry = 0_usize;
        for (index, seen) in states.seen().enumerate() {
            if index < LINES {
                // Writing to a String cannot fail.
                let _ = write!(text, "\n  canvas {:<2} {}", index + 1, state(seen, states.drying(), colour));
            } else {
                others += 1;
                dry += usize::from(seen == Seen::Dry);
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
        let name = shorten(entry.name(), 12);
        let mut title = format!("{name} ({} of {})", self.current + 1, self.runtimes.len());
        if let Some(left) = self.time_left() {
            let _ = write!(title, ", about {} left", show(Duration::from_secs(left.as_secs() + 1)));
        }
        title
    }

    /// A rough guess: what the waiting leaves of this run and all of the later ones; painting is left aside.
    fn time_left(&self) -> Option<Duration> {
        let Workload::Paint(workload) = self.workload else { return None };
        self.states.as_ref()?;
        let mut ideals = self.runtimes.iter().skip(self.current).map(|entry| entry.ideal(&workload, &[], 1));
        let present = ideals.next()?.saturating_sub(self.begun.elapsed());
        Some(ideals.fold(present, Duration::saturating_add))
    }
}

/// What one canvas is doing, in words; the bar is how wet it still is.
fn state(seen: Seen, drying: Duration, colour: bool) -> String {
    const CELLS: u128 = 10;
    let (colour_of_it, words) = match seen {
        Seen::Blank => (AnsiColor::BrightBlack, "blank".to_owned()),
        Seen::Painting => (AnsiColor::Yellow, "painting".to_owned()),
        Seen::Wet { left } => {
            let wet = (left.as_nanos() * CELLS).div_ceil(drying.as_nanos().max(1));
            let bar: String = (0..CELLS).map(|cell| if cell < wet { '█' } else { '░' }).collect();
            (AnsiColor::Cyan, format!("wet {bar} {:.1} s left", left.as_secs_f64()))
        }
        Seen::Dry => (AnsiColor::Green, "dry".to_owned()),
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
    use indicatif::InMemoryTerm;

    fn scene(runtimes: &[Entry], canvases: usize) -> Scene<'_> {
        let workload = PaintWorkload { canvases, ..PaintWorkload::default() };
        let now = Box::new(|| Duration::from_secs(1));
        let states = Arc::new(CanvasStates::with_clock(canvases, Duration::from_secs(2), now));
        Scene { runtimes, current: 0, workload: Workload::Paint(workload), states: Some(states), begun: Instant::now() }
    }

    #[test]
    fn each_canvas_has_a_line_and_nothing_stays_behind() {
        let runtimes = built_in();
        let scene = scene(&runtimes, 4);
        let painters: Vec<_> = (0..4).map(|canvas| Painter::new(scene.states.as_ref(), canvas)).collect();
        painters[1].begins();
        painters[2].begins();
        painters[2].looks();
        painters[3].ends();

        let terminal = InMemoryTerm::new(24, 40);
        let live = Live::on(ProgressDrawTarget::term_like(Box::new(terminal.clone())), false);
        live.draw(&scene);
        let contents = terminal.contents();
        let lines: Vec<_> = contents.lines().collect();
        assert!(lines[1].starts_with("blocking (1 of 8), about "), "{}", lines[1]);
        assert_eq!(
            lines[2..],
            ["  canvas 1  blank", "  canvas 2  painting", "  canvas 3  wet ██████████ 2.0 s left", "  canvas 4  dry",]
        );
        live.clear();
        assert_eq!(terminal.contents(), "");
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
