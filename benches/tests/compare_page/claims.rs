//! What the pages say of the figures follows from the figures.

use crate::{read, saved};
use paintdry_benches::findings::{FINDINGS, Verdict};
use paintdry_benches::page::Rerun;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

#[test]
fn every_finding_holds_in_the_saved_run_and_can_be_checked_quickly() {
    let report = saved().report;
    let mut seconds = 0.0;
    for finding in FINDINGS {
        assert_eq!(finding.verdict(&report), Verdict::Holds, "{}", finding.name());
        let group = report.group(finding.group).expect("it has a verdict");
        seconds += group.seconds * 19.0 / f64::from(u32::try_from(group.rounds).expect("a few dozen"));
    }
    assert!(seconds < 240.0, "--quick takes {seconds} s");
}

/// What the text says of two rows: the group, the two, and whether the first takes longer, is a tie, or takes less.
const SAID: [(&str, &str, &str, Verdict); 26] = [
    ("echo-50", "smol", "tokio-multi", Verdict::Tie),
    ("echo-50", "smol", "tokio", Verdict::Tie),
    ("echo-50", "tokio-multi", "tokio", Verdict::Tie),
    ("echo-50", "OS threads", "one thread with mio", Verdict::Holds),
    ("echo-50", "async-std", "one thread with mio", Verdict::Holds),
    ("echo-50", "generator", "one thread with mio", Verdict::Holds),
    ("paint", "tokio-multi by hand, 2", "plain threads, 2", Verdict::Tie),
    ("paint", "tokio-multi by hand, 1", "tokio-multi by hand, 2", Verdict::Holds),
    ("paint", "plain threads, 1", "plain threads, 2", Verdict::Holds),
    ("yield-2", "tokio by hand", "tokio by hand, another yield", Verdict::Holds),
    ("yield-100", "tokio by hand", "tokio by hand, another yield", Verdict::Tie),
    ("yield-10000", "tokio by hand", "tokio by hand, another yield", Verdict::Tie),
    ("yield-100000", "tokio by hand", "tokio by hand, another yield", Verdict::Tie),
    ("yield-2", "tokio by hand, another yield", "monoio", Verdict::Reversed),
    ("yield-2", "smol", "tokio", Verdict::Reversed),
    ("yield-100", "smol", "tokio", Verdict::Holds),
    ("yield-2", "tokio-multi by hand", "tokio by hand", Verdict::Holds),
    ("yield-100000", "tokio-multi by hand", "tokio by hand", Verdict::Reversed),
    ("timeouts", "smol by hand", "tokio-multi by hand", Verdict::Tie),
    ("timers-100", "tokio-multi", "smol", Verdict::Holds),
    ("timers-100", "monoio", "smol", Verdict::Holds),
    ("mutex", "tokio", "tokio with another yield", Verdict::Holds),
    ("blocking-100", "tokio-multi", "smol", Verdict::Holds),
    ("files", "smol", "monoio", Verdict::Holds),
    ("files", "tokio", "monoio", Verdict::Holds),
    ("files", "compio", "smol", Verdict::Tie),
];

#[test]
fn what_the_text_says_of_two_rows_follows_from_their_ratio() {
    let report = saved().report;
    for (group, of, to, said) in SAID {
        let ratio = report.group(group).and_then(|group| group.ratio(of, to));
        let ratio = ratio.unwrap_or_else(|| panic!("{group} has no {of} or no {to}"));
        let is = match ratio {
            _ if ratio.is_tie() => Verdict::Tie,
            _ if ratio.median > 1.0 => Verdict::Holds,
            _ => Verdict::Reversed,
        };
        assert_eq!(is, said, "{group}: {of} / {to} is {ratio:?}; change the text of the pages, and then this list");
    }
}

/// "compio and monoio needed about twice as long in some rounds as in the others".
#[test]
fn two_servers_had_rounds_that_took_twice_as_long() {
    let report = saved().report;
    for name in ["compio", "monoio"] {
        let row = report.group("echo-50").and_then(|group| group.row(name)).expect("it was measured");
        assert!(row.samples.iter().any(|ns| *ns > 1.8 * row.ns.median), "{name}: {:?}", row.samples);
    }
}

#[test]
fn a_rerun_says_how_many_rounds_it_had_and_how_busy_the_machine_was() {
    let report = saved().report;
    let rerun = Rerun::of(&report, "--quick");
    assert_eq!((rerun.load, rerun.options.as_str()), (report.machine.load, "--quick"));
    for ((_, verdict), finding) in rerun.verdicts.iter().zip(FINDINGS) {
        let rounds = report.group(finding.group).expect("it was measured").rounds;
        assert!(verdict.starts_with("holds: ") && verdict.contains(" times ("), "{verdict}");
        assert!(verdict.ends_with(&format!("), {rounds} rounds")), "{verdict}");
    }
}

/// The rows of the table of answers: the program and what to take.
fn answers(page: &str) -> BTreeMap<String, String> {
    let page = read(page);
    let table =
        page.lines().skip_while(|line| !line.starts_with("| your program |")).take_while(|line| line.starts_with('|'));
    let cells = |row: &str| {
        let mut cells = row.trim_matches('|').split('|').map(|cell| cell.trim().to_owned());
        cells.next().zip(cells.next()).expect("two cells")
    };
    table.skip(2).map(cells).collect()
}

#[test]
fn both_pages_give_the_same_answer_for_the_same_program() {
    let (compared, chosen) = (answers("compare.md"), answers("which-runtime.md"));
    let both: Vec<_> =
        compared.iter().filter_map(|(program, take)| Some((program, take, chosen.get(program)?))).collect();
    assert!(both.len() >= 4, "{both:?}");
    for (program, one, other) in both {
        assert_eq!(one, other, "{program}");
    }
}

/// The script measured the memory of tasks without the peers, because their option needs a feature.
#[test]
fn the_script_builds_what_its_options_ask_for() {
    let script = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("save")).expect("the script");
    let scale: Vec<_> = script.lines().filter(|line| line.contains(" scale ") && line.contains("cargo ")).collect();
    let compares = script.lines().filter(|line| line.contains("cargo bench") && !line.starts_with('#'));
    assert!(!scale.is_empty(), "{script}");
    for line in scale {
        assert!(line.contains("--peers") && line.contains("--features peers"), "{line}");
    }
    for line in compares {
        assert!(line.contains("--features compio"), "{line}");
    }
}
