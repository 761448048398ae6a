//! The programs that the explorer ships: on the shortest schedule that fails, and on schedules that pass.

use crate::label::Labelled;
use paintdry_diagnose::Kind;
use paintdry_explore::programs::ALL;
use paintdry_explore::{CheckError, Ended, Explorer, Play, Then};
use paintdry_studio::Source;
use std::ops::ControlFlow;

const GROUP: &str = "the explorer's programs";

pub(crate) fn runs() -> Vec<Labelled> {
    let mut runs = failing();
    for program in ALL {
        // The loop's own order, and schedules that leave it.
        for (number, choices) in schedules().into_iter().enumerate() {
            let play = Play { choices: &choices, then: Then::OwnOrder, names: &[], is_recorded: true };
            let Ok(played) = program.play(&Explorer::new(), play) else { break };
            if played.ended == Ended::Passed {
                let run = played.recorded("generator", "passes", None);
                runs.push(Labelled::new(GROUP, format!("{}, schedule {number}", program.name), &[], run));
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
            "two-locks" => &[Kind::Deadlock],
            other => panic!("say here what diagnose has to find in {other}"),
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
