//! Each difference between two runtimes has an explanation.

use crate::draw::programs;
use crate::hold::holds;
use crate::play::on_a_recorder;
use crate::program::Program;
use crate::racy::{self, racy};
use crate::recording;
use paintdry_core::Runtime;
use paintdry_diff::{Reason, Run, diff};
use paintdry_generator::EventLoop;
use paintdry_studio::{RecordedRun, Recording};

fn sound<R: Runtime>(program: &Program) -> RecordedRun {
    on_a_recorder::<R>(program).recorded(R::NAME, "drawn")
}

const SOUND: [fn(&Program) -> RecordedRun; 6] = [
    sound::<EventLoop>,
    sound::<paintdry_tokio::CurrentThread>,
    sound::<paintdry_smol::Local>,
    sound::<paintdry_tokio::MultiThread>,
    sound::<paintdry_async_std::Global>,
    sound::<paintdry_smol::Global>,
];

const RACY: [fn(&[racy::Step]) -> RecordedRun; 6] = [
    racy::on::<EventLoop>,
    racy::on::<paintdry_tokio::CurrentThread>,
    racy::on::<paintdry_smol::Local>,
    racy::on::<paintdry_tokio::MultiThread>,
    racy::on::<paintdry_async_std::Global>,
    racy::on::<paintdry_smol::Global>,
];

/// Compares each run with each, also with itself. `is_sound`: whether the runs must be the same, but for the tasks of a task that is
/// cancelled or panics. With it go their handles and their promises, which other threads may see one after the other.
fn explained(recording: &Recording, is_sound: bool) -> Result<(), String> {
    let runs: Vec<_> = (0..recording.runs.len()).filter_map(|number| Run::of(recording, number)).collect();
    for (number, left) in runs.iter().enumerate() {
        for right in &runs[number..] {
            let compared = diff(left, right);
            let reason = compared.difference().map(|difference| difference.reason);
            let is_itself = std::ptr::eq(left, right);
            let is_as_sound = compared.is_same() || matches!(reason, Some(Reason::DropCancels | Reason::Threads));
            if (is_itself && reason.is_some())
                || (is_sound && !is_as_sound)
                || matches!(reason, Some(Reason::Unexplained | Reason::Program))
            {
                return Err(format!("{} and {}:\n{compared}\n{compared:?}", left.label(), right.label()));
            }
        }
    }
    Ok(())
}

#[test]
fn a_sound_program_does_the_same_on_every_runtime_and_each_other_order_is_explained() {
    holds(&programs(), 60, |program| explained(&recording(SOUND.map(|on| on(program)).into()), true));
}

#[test]
fn each_difference_of_a_program_that_depends_on_the_runtime_is_explained() {
    holds(&racy(), 200, |program| explained(&recording(RACY.map(|on| on(program)).into()), false));
}
