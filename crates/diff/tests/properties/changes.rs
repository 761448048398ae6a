//! One event of a run is changed: the comparison finds the task.

use crate::draw::programs;
use crate::hold::holds;
use crate::play::on_a_recorder;
use crate::recording;
use paintdry_diff::{Run, diff};
use paintdry_generator::EventLoop;
use paintdry_studio::{EventKind, RecordedRun, WakeSource};
use proptest::prelude::any;
use proptest::sample::Index;

/// Changes what happens in an event, or takes the event out. Gives the tasks of which one has to be found; none if the change is
/// none, or one to which nothing can be said.
fn change(run: &mut RecordedRun, position: usize) -> Vec<u32> {
    let (before, after) = run.events.split_at_mut(position + 1);
    let event = &mut before[position];
    let has_a_turn = after.iter().any(|later| later.task == event.task && matches!(later.what, EventKind::Poll { .. }));
    let mut found = vec![event.task];
    match &mut event.what {
        EventKind::Note(text) => *text = format!("{text}!").into(),
        EventKind::Line(line) => *line += 1_000,
        EventKind::Wake(_) | EventKind::Fire { .. } if !has_a_turn => return Vec::new(), // nobody will ever know
        EventKind::Yield | EventKind::Join { .. } | EventKind::Fire { .. } => drop(run.events.remove(position)),
        EventKind::Timer { due_ns, .. } => *due_ns += 1,
        EventKind::Complete => event.what = EventKind::Cancel,
        EventKind::Cancel => event.what = EventKind::Complete,
        EventKind::Panic(message) => *message = format!("{message}!").into(),
        EventKind::Wake(source @ (WakeSource::Timer | WakeSource::Thread)) => *source = WakeSource::Task(0),
        EventKind::Wake(source @ WakeSource::Task(_)) => *source = WakeSource::Timer,
        EventKind::Spawn { by: Some(_) } => {
            // The task never comes to be, and so its parent does not make it.
            let task = event.task;
            if let EventKind::Spawn { by: Some(parent) } = event.what {
                found.push(parent);
            }
            run.events.retain(|event| event.task != task);
        }
        _ => return Vec::new(),
    }
    found
}

#[test]
fn a_changed_event_is_found() {
    let cases = (programs(), any::<Index>());
    holds(&cases, 300, |(program, index)| {
        let run = on_a_recorder::<EventLoop>(program).recorded("generator", "drawn");
        let mut changed = run.clone();
        let position = index.index(run.events.len());
        let tasks = change(&mut changed, position);
        if tasks.is_empty() {
            return Ok(());
        }
        let recording = recording(vec![run, changed]);
        let runs: Vec<_> = (0..2).filter_map(|number| Run::of(&recording, number)).collect();
        let compared = diff(&runs[0], &runs[1]);
        let names = || tasks.iter().map(|task| recording.runs[0].tasks[*task as usize].as_str());
        let event = &recording.runs[0].events[position];
        match compared.difference() {
            Some(first) if !compared.is_same() && names().any(|name| name == first.task) => Ok(()),
            other => Err(format!("event {position} was changed, {event:?}, and this is found:\n{compared}\n{other:?}")),
        }
    });
}
