//! Each stub of the course's exercises fails for the reason that it teaches. (That it fails, and that its solution passes, is what
//! rustlings checks.)

mod reasons;

use paintdry_grade::{Folder, Graded, Plan, Verdict, grade};
use reasons::{REASONS, Reason};
use std::path::Path;
use std::thread;
use std::time::Duration;

fn folder() -> Folder {
    Folder::named(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../exercises")).expect("info.toml is in order")
}

/// Whether an exercise with this verdict and this message fails for this reason.
fn fits(reason: &Reason, verdict: Verdict, message: &str) -> bool {
    let (expected, words) = match reason {
        Reason::Fails(words) => (Verdict::Failed, words),
        Reason::DoesNotCompile(words) => (Verdict::DoesNotCompile, words),
    };
    verdict == expected && words.iter().all(|words| message.contains(words))
}

#[test]
fn each_exercise_has_its_reason_in_the_order_of_the_list() {
    let names: Vec<_> = folder().exercises.into_iter().map(|exercise| exercise.name).collect();
    let mut with_a_reason: Vec<_> = REASONS.iter().map(|(name, _)| *name).collect();
    with_a_reason.dedup();
    assert_eq!(with_a_reason, names);
}

#[test]
#[ignore = "compiles all exercises: .ci/run starts it when rustlings has compiled them"]
fn each_stub_fails_for_the_reason_that_it_teaches() {
    let plan = Plan { folder: folder(), solutions: false, limit: Duration::from_secs(30) };
    let not_interrupted = |_: &str| {
        thread::sleep(Duration::from_millis(5)); // the pause that `grade` asks for
        false
    };
    let Graded { report, .. } = grade(&plan, not_interrupted).expect("there is a cargo");
    let mut wrong = Vec::new();
    for judged in &report.exercises {
        let message = judged.message.as_deref().unwrap_or_default();
        let fitting: Vec<_> =
            REASONS.iter().filter(|(_, reason)| fits(reason, judged.verdict, message)).map(|(name, _)| *name).collect();
        // A reason that fits another exercise as well says too little.
        if fitting != [judged.name.as_str()] {
            let (name, verdict) = (&judged.name, judged.verdict.words());
            wrong.push(format!("{name} {verdict}, with the words of {fitting:?}:\n{message}"));
        }
    }
    assert_eq!(report.exercises.len(), report.total);
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}
