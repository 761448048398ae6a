//! The findings on programs whose faults are known: every faulty program gets its finding, and no sound program is
//! blamed. The page in the book shows them.

mod course;
mod explored;
mod fault;
mod label;
mod page;
mod queues;
mod random;
mod reports;
mod shared;
mod small;

use futures::FutureExt;
use label::{Judgement, Labelled, NOT_IN_THE_TABLE, judgement};
use page::Table;
use paintdry_course::{spawn, watch};
use paintdry_studio::{Clock, Recording};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::future::pending;

/// How many programs are drawn.
const DRAWN: usize = 3_000;

/// How many are drawn beside a fault.
const FAULTY: usize = 240;

fn all() -> impl Iterator<Item = Labelled> {
    let written = course::runs()
        .into_iter()
        .chain(explored::runs())
        .chain(reports::runs())
        .chain(small::runs())
        .chain(shared::runs())
        .chain(queues::runs());
    written.chain(random::runs(DRAWN)).chain(random::faulty_runs(FAULTY))
}

#[test]
fn every_fault_is_found_and_no_sound_program_is_blamed() {
    let (mut table, mut findings, mut wrong) = (Table::new(), BTreeMap::new(), String::new());
    let shown = page::shown();
    for labelled in all() {
        let diagnosis = labelled.diagnosis();
        let judgement = judgement(&labelled, &diagnosis);
        let row = table.iter().position(|(group, _)| *group == labelled.group).unwrap_or_else(|| {
            table.push((labelled.group, [0; 6]));
            table.len() - 1
        });
        table[row].1[judgement as usize] += 1;
        if matches!(judgement, Judgement::Missed | Judgement::FalseAlarm) {
            let _ = writeln!(wrong, "{judgement:?}, {}, expected {:?}\n{diagnosis}", labelled.name, labelled.expected);
        }
        if let Some(finding) = diagnosis.findings.first().filter(|_| shown.contains(&labelled.name)) {
            findings.insert(labelled.name, finding.to_string());
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    table.retain(|(group, _)| *group != NOT_IN_THE_TABLE);
    page::check(&findings, &table);
}

#[test]
fn what_several_runs_show_is_said_once() {
    let labelled = queues::runs().into_iter().next().expect("a faulty one");
    let mut recording = labelled.recording;
    for name in ["tokio", "smol"] {
        let mut run = queues::run(queues::workers(true));
        name.clone_into(&mut run.runtime);
        recording.runs.push(run);
    }
    let diagnosis = paintdry_diagnose::diagnose(&recording).expect("a sound recording");
    assert_eq!((diagnosis.findings.len(), diagnosis.distinct().len()), (3, 1));
    let text = diagnosis.to_string().replace("\n         ", " ");
    assert_eq!(text.matches("Fault: ").count(), 1, "{text}");
    assert!(text.contains(r#"; the same in the runs "tokio" and "smol""#), "{text}");
    for columns in [40, 80, 120] {
        let page = diagnosis.page(columns);
        let fits =
            |line: &str| line.chars().count() <= columns || !line.get(9..).is_some_and(|rest| rest.contains(' '));
        assert!(page.lines().all(fits), "{page}");
    }
}

#[test]
fn a_wake_that_went_to_another_task_is_named() {
    let mut runs = queues::runs().into_iter();
    let labelled = runs.find(|labelled| labelled.name == "a waker that is left in a queue").expect("it is there");
    let why = &labelled.diagnosis().findings[0].why;
    assert!(why.contains("At 3 s sea woke sky, which did nothing: that wake may have been meant for sun."), "{why}");
}

#[test]
fn tasks_that_wait_for_the_end_of_others_name_them() {
    let program = async {
        let [ada, bob] = ["ada", "bob"].map(|name| spawn(name, pending::<()>()));
        let _cat = spawn("cat", ada.map(drop));
        let _ = bob.await;
    };
    let mut recording = Recording::of_program("ends", Clock::Virtual, Vec::new());
    let mut run = watch("ends", program).recorded("generator", "");
    run.source = None; // the recording has none
    recording.runs.push(run);
    let diagnosis = paintdry_diagnose::diagnose(&recording);
    let finding = diagnosis.expect("a sound recording").findings.remove(0).what;
    assert_eq!(
        finding,
        "ada and bob wait for wakes that never come, and main and cat wait for the ends of ada and bob"
    );
}
