//! The programs that the explorer ships: on the shortest schedule that fails, and on schedules that pass.

use crate::label::Labelled;
use paintdry_diagnose::Kind;
use paintdry_explore::programs::{ALL, amap, gather, lost_update, lost_wakeup, paint, two_locks};
use paintdry_explore::{CheckError, Ended, ExploredLoop, Explorer, Play, Then};
use paintdry_studio::Source;
use std::future::Future;
use std::ops::ControlFlow;
use std::pin::Pin;

const GROUP: &str = "the explorer's programs";

type Main = fn() -> Pin<Box<dyn Future<Output = ()>>>;

/// The programs that run on any runtime, and whose schedules can be played.
const PLAYED: [(&str, Main); 9] = [
    ("lost-update", || Box::pin(lost_update::lost_update::<ExploredLoop>())),
    ("lost-update-repaired", || Box::pin(lost_update::repaired::<ExploredLoop>())),
    ("lost-wakeup", || Box::pin(lost_wakeup::lost_wakeup::<ExploredLoop>())),
    ("lost-wakeup-repaired", || Box::pin(lost_wakeup::repaired::<ExploredLoop>())),
    ("two-locks", || Box::pin(two_locks::two_locks::<ExploredLoop>())),
    ("two-locks-repaired", || Box::pin(two_locks::repaired::<ExploredLoop>())),
    ("amap", || Box::pin(amap::amap::<ExploredLoop>(4, 4))),
    ("paint", || Box::pin(paint::paint::<ExploredLoop>(4, 4))),
    ("gather", || Box::pin(gather::gather::<ExploredLoop>(4, 4))),
];

pub(crate) fn runs() -> Vec<Labelled> {
    let mut runs = failing();
    for (name, program) in PLAYED {
        // The loop's own order, and schedules that leave it.
        for (number, choices) in schedules().into_iter().enumerate() {
            let play = Play { choices: &choices, then: Then::OwnOrder, names: &[], is_recorded: true };
            let played = Explorer::new().play(|_| program(), play);
            if played.ended == Ended::Passed {
                let run = played.recorded("generator", "passes", None);
                runs.push(Labelled::new(GROUP, format!("{name}, schedule {number}"), &[], run));
            }
        }
    }
    runs
}

fn schedules() -> Vec<Vec<u32>> {
    let of = |seed: u32| (0..seed.min(12)).map(|turn| (seed * 7 + turn * turn * 5) % 3).collect();
    (0..40).map(of).collect()
}

fn failing() -> Vec<Labelled> {
    let fails = ALL.iter().filter(|program| program.has_bug).map(|program| {
        let result = program.check(&Explorer::new(), &mut |_| ControlFlow::Continue(()));
        let Err(CheckError::Failed(failure)) = result else { panic!("{} has a bug", program.name) };
        let expected: &[Kind] = match program.name {
            "lost-update" => &[Kind::Failed],
            "lost-wakeup" => &[Kind::LostWake],
            _ => &[Kind::Deadlock],
        };
        let file = Some((program.file, program.text));
        let source = Source {
            name: "program".to_owned(),
            file: program.file.to_owned(),
            first_line: 1,
            text: program.text.to_owned(),
        };
        let run = failure.recorded("generator", Some(&source));
        Labelled::of_file(GROUP, format!("{}, failing", program.name), expected, run, file)
    });
    fails.collect()
}
