//! The lanes of a card: what each task did over the whole run, and the playhead.

use super::pace::Moment;
use super::run::{Run, State};
use super::svg::{number, rectangle, text};
use super::words::{shorten, task_name};
use std::fmt::Write;

/// At most this many tasks have a lane.
pub(super) const MOST: usize = 13;

/// The names of the paths in the style, from the back to the front.
const PATHS: [&str; 7] = ["skip", "wait", "ready", "hold", "run", "done", "failed"];

pub(super) struct Lanes<'a> {
    pub(super) run: &'a Run<'a>,
    /// The end of the axis, which all cards share: nanoseconds, or events if no time passes.
    pub(super) end: f64,
    pub(super) skipped: &'a [(u64, u64)],
    pub(super) moment: Moment,
    pub(super) are_named: bool,
}

impl Lanes<'_> {
    pub(super) fn draw(&self, svg: &mut String, width: f64, height: f64) {
        let tasks: Vec<_> = self.run.tasks().take(MOST).collect();
        let row = (height / tasks.len().max(1) as f64).min(26.0);
        let thick = (row * 0.62).min(14.0);
        let top = (height - row * tasks.len() as f64) / 2.0;
        let left = if self.are_named { 90.0 } else { 0.0 };
        let across = |share: f64| left + share * (width - left);
        let mut paths = [const { String::new() }; PATHS.len()];
        for (from, to) in self.skipped {
            let (from, to) = (across(*from as f64 / self.end), across(*to as f64 / self.end));
            paths[0] += &rectangle(from, 0.0, to - from, height);
        }
        for (lane, task) in tasks.iter().enumerate() {
            let y = top + (lane as f64 + 0.5) * row;
            for stretch in self.run.of_task(*task) {
                let (path, shortest) = match stretch.state {
                    State::Waiting => (1, 0.0),
                    State::Ready => (2, 0.0),
                    State::Blocking => (3, 0.0),
                    State::Running => (4, 2.0),
                    State::Absent | State::Done => continue,
                };
                let (from, to) = match self.moment {
                    Moment::Time { .. } => (stretch.from_ns as f64, stretch.to_ns as f64),
                    Moment::Events(_) => (stretch.from as f64, stretch.to as f64),
                };
                let (from, to) = (across(from / self.end), across(to / self.end));
                let long = (to - from).max(shortest);
                if long >= 0.2 {
                    paths[path] += &rectangle(from, y - thick / 2.0, long, thick);
                }
            }
            if let Some((end, is_good)) = self.run.end(*task, self.run.size()) {
                let at = match self.moment {
                    Moment::Time { .. } => self.run.ns(end) as f64,
                    Moment::Events(_) => end as f64,
                };
                let x = across(at / self.end).min(width - 3.0);
                paths[if is_good { 5 } else { 6 }] += &rectangle(x, y - thick / 2.0 - 2.0, 3.0, thick + 4.0);
            }
            if self.are_named {
                text(svg, left - 8.0, y + 4.5, "end", &shorten(&task_name(self.run.recorded, *task), 12));
            }
        }
        for (name, path) in PATHS.iter().zip(paths) {
            if !path.is_empty() {
                let _ = write!(svg, r#"<path class="{name}" d="{path}"/>"#);
            }
        }
        let at = match self.moment {
            Moment::Time { ns, .. } => ns as f64,
            Moment::Events(events) => (events as f64 - 0.5).max(0.0),
        };
        let x = number(across((at / self.end).min(1.0)) - 0.75);
        let _ = write!(svg, r#"<rect class="head" x="{x}" y="0" width="1.5" height="{}"/>"#, number(height));
    }
}
