//! Each stub of the course's exercises fails for the reason that it teaches, and each solution passes.

mod reasons;
mod wrong;

use paintdry_grade::{Folder, Graded, Plan, Report, Verdict, grade};
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

/// Compiles all stubs, or all solutions, and runs their tests.
fn graded(solutions: bool) -> Report {
    graded_in(folder(), solutions)
}

fn graded_in(folder: Folder, solutions: bool) -> Report {
    let plan = Plan { folder, solutions, limit: Duration::from_secs(30) };
    let not_interrupted = |_: &str| {
        thread::sleep(Duration::from_millis(5)); // the pause that `grade` asks for
        false
    };
    let Graded { report, .. } = grade(&plan, not_interrupted).expect("there is a cargo");
    assert_eq!(report.exercises.len(), report.total);
    report
}

#[test]
#[ignore = "compiles all exercises: .ci/run asks for it"]
fn each_stub_fails_for_the_reason_that_it_teaches() {
    let mut wrong = Vec::new();
    for judged in &graded(false).exercises {
        let message = judged.message.as_deref().unwrap_or_default();
        let fitting: Vec<_> =
            REASONS.iter().filter(|(_, reason)| fits(reason, judged.verdict, message)).map(|(name, _)| *name).collect();
        // A reason that fits another exercise as well says too little.
        if fitting != [judged.name.as_str()] {
            let (name, verdict) = (&judged.name, judged.verdict.words());
            wrong.push(format!("{name} {verdict}, with the words of {fitting:?}:\n{message}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
#[ignore = "compiles all solutions: .ci/run asks for it"]
fn each_solution_passes() {
    let report = graded(true);
    let failed: Vec<_> = report.exercises.iter().filter(|judged| judged.verdict != Verdict::Passed).collect();
    assert!(failed.is_empty(), "{failed:#?}");
}

#[test]
#[ignore = "compiles exercises: .ci/run asks for it"]
fn each_wrong_answer_gets_its_sentence() {
    let (names, clone) = wrong::answers();
    let folder = Folder::named(clone.path()).and_then(|folder| folder.only(&names)).expect("they are in the list");
    let report = graded_in(folder, false);
    assert_eq!(report.total, names.len());
    for judged in &report.exercises {
        let message = judged.message.as_deref().unwrap_or_default();
        if let Some(problem) = wrong::problem(&judged.name, message) {
            panic!("{}: {problem}:\n{message}", judged.name);
        }
    }
}
