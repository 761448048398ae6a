//! How each task ended. tokio does not tell that a poll returned ready, but what it does next shows it.

use crate::merge::Noted;
use crate::record::What;
use crate::seen::{Source, Task};
use std::collections::HashMap;

/// tokio drops the future of a task that has returned at once. If this many nanoseconds pass, the task was cancelled: it had
/// returned pending, and its thread slept.
const AT_ONCE_NS: u64 = 1_000_000;

/// How a task ends, by the positions in the list of records.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct End {
    /// It completes here.
    pub(crate) completes_at: Option<usize>,
    /// It is cancelled here.
    pub(crate) cancelled_at: Option<usize>,
    /// From here until it is closed its future is dropped, which is no poll.
    pub(crate) dropped_from: Option<usize>,
    /// How it ended was before the recording begins, and nothing of it is shown.
    pub(crate) is_unknown: bool,
}

impl End {
    const UNKNOWN: Self = Self { completes_at: None, cancelled_at: None, dropped_from: None, is_unknown: true };
}

/// The ends of all tasks whose spans were closed.
///
/// tokio does not tell whether a poll returned ready. But it drops a future that has, at once, and enters the span again for
/// that. So the last time that the span was entered is the drop, and the task completed if nothing came between the poll before
/// and the drop.
pub(crate) fn ends(noted: &[Noted]) -> HashMap<u32, End> {
    let mut turns: HashMap<u32, Turns> = HashMap::new();
    let mut ends = HashMap::new();
    for (at, Noted { record, .. }) in noted.iter().enumerate() {
        match &record.what {
            What::Enter => turns.entry(record.task).or_default().enter(at),
            What::Exit | What::Panic(_) => turns.entry(record.task).or_default().exit(at),
            What::Close { task, is_inside } => {
                let turns = turns.remove(&record.task).unwrap_or_default();
                ends.insert(record.task, end(noted, task, turns, at, *is_inside));
            }
            What::Spawn(_) => turns.entry(record.task).or_default().is_new = true,
            _ => {}
        }
    }
    ends
}

/// When the span of a task was last entered and left, and before that.
#[derive(Debug, Default, Clone, Copy)]
struct Turns {
    /// Whether it was made since the recording begins.
    is_new: bool,
    left_before: Option<usize>,
    entered: Option<usize>,
    left: Option<usize>,
}

impl Turns {
    fn enter(&mut self, at: usize) {
        self.left_before = self.left.take();
        self.entered = Some(at);
    }

    fn exit(&mut self, at: usize) {
        self.left = Some(at);
    }
}

fn end(noted: &[Noted], task: &Task, turns: Turns, closed: usize, is_inside: bool) -> End {
    let is_panic = |at: usize| matches!(noted[at].record.what, What::Panic(_));
    let Turns { is_new, left_before, entered, left } = turns;
    let follows = |before: Option<usize>, next: Option<usize>| {
        before.zip(next).is_some_and(|(before, next)| follows_at_once(&noted[before], &noted[next]))
    };
    // Another task has dropped it, inside its own poll.
    if is_inside && (is_new || left.is_some()) && !follows(left_before, entered) {
        return End { cancelled_at: Some(closed), ..End::default() };
    }
    let Some(left) = left else { return End::UNKNOWN };
    match (task.source, entered, left_before) {
        (Source::Tokio, Some(entered), Some(before)) => {
            let completes = !is_panic(before) && follows(left_before, turns.entered);
            let is_cancelled = !is_panic(before) && !completes;
            End {
                completes_at: completes.then_some(before),
                cancelled_at: is_cancelled.then_some(left),
                dropped_from: Some(entered),
                is_unknown: false,
            }
        }
        (Source::Tokio, Some(entered), None) if is_new => {
            End { cancelled_at: Some(left), dropped_from: Some(entered), ..End::default() }
        }
        (Source::Tokio, ..) => End::UNKNOWN,
        _ if is_panic(left) => End::default(),
        (Source::Studio, ..) if !follows(Some(left), Some(closed)) => {
            End { cancelled_at: Some(closed), ..End::default() }
        }
        (Source::Studio | Source::Other, ..) => End { completes_at: Some(left), ..End::default() },
    }
}

/// Whether a thread wrote one record right after the other.
fn follows_at_once(one: &Noted, other: &Noted) -> bool {
    let is_next = one.thread == other.thread && one.position + 1 == other.position;
    is_next && other.record.ns - one.record.ns < AT_ONCE_NS
}
