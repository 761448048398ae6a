//! Programs that people reported in public because they hang or are late, rewritten small from the facts of the report. Each is
//! beside its cure.

use crate::label::Labelled;
use paintdry_course::{watch, watch_on};
use paintdry_diagnose::Kind;
use paintdry_smol::Local;
use paintdry_studio::RecordedRun;

mod late;
mod stuck;

use late::{driver, endless_stream, heartbeat, wakes_itself};
use stuck::{first_waker, full_channels, lent_lock, lent_send, notified_late, std_guard, two_waiters};

/// A report, and what has to be found in the program that fails.
struct BugReport {
    name: &'static str,
    expected: &'static [Kind],
    /// It is among the late ones.
    is_late: bool,
    fails: fn() -> RecordedRun,
    cured: fn() -> RecordedRun,
}

const REPORTS: [BugReport; 11] = [
    BugReport {
        name: "oxidecomputer/omicron#9259",
        expected: &[Kind::Futurelock],
        is_late: false,
        fails: || run(lent_lock(false)),
        cured: || run(lent_lock(true)),
    },
    BugReport {
        name: "oxidecomputer/omicron#9272",
        expected: &[Kind::Futurelock],
        is_late: false,
        fails: || run(lent_send(false)),
        cured: || run(lent_send(true)),
    },
    BugReport {
        name: "tokio-rs/tokio#6450",
        expected: &[Kind::Futurelock],
        is_late: false,
        fails: || run(two_waiters(false)),
        cured: || run(two_waiters(true)),
    },
    BugReport {
        name: "tokio-rs/tokio#4588",
        expected: &[Kind::BlockedThread],
        is_late: false,
        fails: || run(std_guard(false)),
        cured: || run(std_guard(true)),
    },
    BugReport {
        name: "Matthias247/futures-intrusive#18",
        expected: &[Kind::StaleWaker],
        is_late: false,
        fails: || run(first_waker(false)),
        cured: || run(first_waker(true)),
    },
    BugReport {
        name: "containerd/ttrpc-rust#227",
        expected: &[Kind::LostWake],
        is_late: false,
        fails: || run(notified_late(false)),
        cured: || run(notified_late(true)),
    },
    BugReport {
        name: "build-trust/ockam#1947",
        expected: &[Kind::Deadlock],
        is_late: false,
        fails: || run(full_channels(1)),
        cured: || run(full_channels(8)),
    },
    BugReport {
        name: "redis-rs/redis-rs#1665",
        expected: &[Kind::DroppedTask],
        is_late: true,
        fails: || watch_on::<Local, _>("", driver(false)).recorded("smol", "fails"),
        cured: || watch_on::<Local, _>("", driver(true)).recorded("smol", "cured"),
    },
    BugReport {
        name: "invisibleroads/socketIO-client#64",
        expected: &[Kind::RestartedWait],
        is_late: true,
        fails: || run(heartbeat(false)),
        cured: || run(heartbeat(true)),
    },
    BugReport {
        name: "tokio-rs/tokio#207",
        expected: &[Kind::LongPoll],
        is_late: true,
        fails: || run(endless_stream(false)),
        cured: || run(endless_stream(true)),
    },
    BugReport {
        name: "rust-lang/futures-rs#57",
        expected: &[Kind::BusyLoop],
        is_late: true,
        fails: || run(wakes_itself(false)),
        cured: || run(wakes_itself(true)),
    },
];

/// Each report and its cure, recorded.
pub(crate) fn runs() -> impl Iterator<Item = Labelled> {
    let labelled = |name, expected, run, is_late| {
        let late = ("crates/diagnose/tests/labelled/reports/late.rs", include_str!("reports/late.rs"));
        let stuck = ("crates/diagnose/tests/labelled/reports/stuck.rs", include_str!("reports/stuck.rs"));
        let file = Some(if is_late { late } else { stuck });
        Labelled::of_file("public reports, rewritten small", name, expected, run, file)
    };
    REPORTS.iter().flat_map(move |report| {
        let cured = format!("{}, cured", report.name);
        [
            labelled(report.name.to_owned(), report.expected, (report.fails)(), report.is_late),
            labelled(cured, &[], (report.cured)(), report.is_late),
        ]
    })
}

fn run(program: impl Future<Output = ()>) -> RecordedRun {
    watch("", program).recorded("generator", "a report")
}
