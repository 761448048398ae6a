//! The place on the terminal where the picture of a running job is drawn, again and again.

use console::{Term, measure_text_width, truncate_str};
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// A picture of a few lines on standard error, which replaces the one before it.
#[derive(Debug)]
pub struct Live {
    screen: Arc<Mutex<Screen>>,
    colour: bool,
}

/// The terminal, and the picture that it shows.
#[derive(Debug)]
struct Screen {
    terminal: Term,
    lines: Vec<String>,
    /// How wide the terminal was when the lines were drawn.
    columns: usize,
}

impl Live {
    /// The time from one picture to the next.
    pub const INTERVAL: Duration = Duration::from_millis(100);

    /// The display, if standard error is a terminal that can move its cursor.
    pub fn on_terminal(colour: bool) -> Option<Self> {
        let terminal = Term::buffered_stderr(); // one write replaces the old picture with the new one, so it does not flicker
        let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        if dumb || !terminal.is_term() {
            return None;
        }
        let screen = Arc::new(Mutex::new(Screen { terminal, lines: Vec::new(), columns: 0 }));
        #[cfg(unix)]
        if crate::signals::is_a_job() {
            erase_before_a_stop(&screen);
        }
        Some(Self { screen, colour })
    }

    /// Whether the picture may have colour.
    pub fn is_coloured(&self) -> bool {
        self.colour
    }

    /// Draws `text`, as much of it as the terminal has room for.
    pub fn draw(&self, text: &str) {
        drop(locked(&self.screen).draw(text)); // it fails if the terminal is gone
    }

    /// Leaves the terminal as it was.
    pub fn clear(&self) {
        drop(locked(&self.screen).erase());
    }
}

fn locked(screen: &Mutex<Screen>) -> MutexGuard<'_, Screen> {
    screen.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Screen {
    fn size(&self) -> (usize, usize) {
        let (rows, columns) = self.terminal.size_checked().unwrap_or((24, 80));
        (usize::from(rows.max(1)), usize::from(columns.max(1)))
    }

    fn draw(&mut self, text: &str) -> io::Result<()> {
        let (rows, columns) = self.size();
        // The empty line stays on the screen when a terminal echoes ^C, which moves the cursor a line down.
        let lines = [""].into_iter().chain(text.lines()).take(rows);
        let lines: Vec<_> = lines.map(|line| truncate_str(line, columns, "…").into_owned()).collect();
        if lines == self.lines && columns == self.columns {
            return Ok(());
        }
        self.erase()?;
        self.terminal.write_str(&lines.join("\n"))?;
        (self.lines, self.columns) = (lines, columns);
        self.terminal.flush()
    }

    fn erase(&mut self) -> io::Result<()> {
        let (rows, columns) = self.size();
        let widths: Vec<_> = self.lines.drain(..).map(|line| measure_text_width(&line)).collect();
        let Some(below) = rows_of(&widths, columns).min(rows).checked_sub(1) else { return Ok(()) };
        self.terminal.move_cursor_up(below)?;
        self.terminal.write_str("\r")?;
        self.terminal.clear_to_end_of_screen()?;
        self.terminal.flush()
    }
}

/// How many rows lines of these widths take. A terminal that became narrower has broken the lines that did not fit.
fn rows_of(widths: &[usize], columns: usize) -> usize {
    widths.iter().map(|width| width.div_ceil(columns).max(1)).sum()
}

/// Removes the picture before Ctrl-Z stops the process; the next one is drawn when the process continues. Otherwise
/// the shell's lines would come below it, and it would be on the screen twice.
#[cfg(unix)]
fn erase_before_a_stop(screen: &Arc<Mutex<Screen>>) {
    let screen = Arc::clone(screen);
    crate::signals::hear(vec![nix::sys::signal::Signal::SIGTSTP], move |signal| {
        let mut screen = locked(&screen); // until the process continues, so that nothing is drawn in between
        drop(screen.erase());
        crate::signals::act_by_default(signal);
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_narrower_terminal_breaks_the_lines_that_do_not_fit() {
        let widths = [0, 40, 20, 21];
        assert_eq!([80, 40, 20, 10].map(|columns| rows_of(&widths, columns)), [4, 4, 6, 10]);
    }
}
