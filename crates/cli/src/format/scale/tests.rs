//! How a made-up result is shown.

use super::{ScaleFormat, render_scale};
use crate::built_in;
use crate::scale::answer::Measured;
use crate::scale::{Answer, ScaleParameters, ScaleReport, ScaleRun, contestants};
use paintdry_contenders::job::Dries;
use std::time::Duration;

fn report() -> ScaleReport {
    let drying = Duration::from_secs(10);
    let tasks = vec![1, 1_000_000];
    let mut report = ScaleReport::new(ScaleParameters { job: "scale", tasks, drying, speed: 1.0 });
    let contestants = contestants(&built_in());
    let mut add = |name, tasks, answer| {
        let contestant = contestants.iter().find(|contestant| contestant.name == name).expect("it is there");
        report.runs.push(ScaleRun::new(contestant, &Dries { tasks, drying }, answer, Some(4_000_000)));
    };
    let measured = |late_ms: u64, peak_bytes| {
        let wall_ns = (10_000 + late_ms) * 1_000_000;
        let cpu_ns = Some(late_ms * 1_000_000);
        Answer::Measured(Measured { threads: 1, wall_ns, cpu_ns, peak_bytes, ..Measured::default() })
    };
    add("tokio", 1, measured(1, Some(4_000_000)));
    add("floor-closures", 1, measured(0, Some(4_000_000)));
    add("generator-by-hand", 1_000_000, measured(250, Some(104_000_000)));
    add("tokio", 1_000_000, measured(590, Some(595_000_000)));
    add("smol", 1_000_000, Answer::Error("no brush | <no> paint & no canvas".to_owned()));
    add("floor-closures", 1_000_000, measured(90, Some(68_000_000)));
    add("python-asyncio", 1_000_000, measured(16_400, Some(1_570_000_000)));
    add("python-uvloop", 1_000_000, Answer::NotRun("it is not there".to_owned()));
    report
}

#[test]
fn each_run_is_a_row_and_none_is_crowned() {
    let table = render_scale(&report(), ScaleFormat::Table, None);
    let row = |words: &str| {
        let row = table.lines().find(|line| line.contains(words)).expect("it has a row");
        row.split_whitespace().map(|cell| cell.trim_matches(|c| c == '\u{1b}').to_owned()).collect::<Vec<_>>().join(" ")
    };
    assert!(row("1,000,000  generator-by-hand").contains("+250.0 ms 250.0 ms 104.0 MB 100 B"), "{table}");
    assert!(row("1,000,000  tokio").contains("+590.0 ms 590.0 ms 595.0 MB 591 B"), "{table}");
    assert!(row("1,000,000  floor-closures").contains("+90.0 ms 90.0 ms 68.0 MB 64 B"), "{table}");
    assert!(row("1,000,000  python-asyncio").contains("+16,400.0 ms 16,400.0 ms 1.6 GB 1,566 B"), "{table}");
    assert!(row("        1  tokio").contains("+1.0 ms 1.0 ms 4.0 MB –"), "{table}");
    assert!(!table.contains('★'), "{table}");
    assert!(row("1,000,000  smol").contains("failed – – –"), "{table}");
    assert!(row("1,000,000  python-uvloop").contains("not run – – –"), "{table}");
    assert!(table.contains("\nsmol with 1,000,000 tasks failed: no brush | <no> paint & no canvas\n"), "{table}");
    assert!(table.contains("\npython-uvloop with 1,000,000 tasks was not run: it is not there\n"), "{table}");
    let plain = anstream::adapter::strip_str(&table).to_string();
    assert!(plain.lines().all(|line| line.chars().count() <= 80), "{plain}");
}

#[test]
fn what_this_build_cannot_run_is_said() {
    let left_out = "Left out: some peers.";
    for format in [ScaleFormat::Table, ScaleFormat::Markdown] {
        assert!(render_scale(&report(), format, Some(left_out)).contains(left_out));
    }
}

#[test]
fn the_chart_has_a_dot_where_there_is_a_figure_and_words_where_there_is_none() {
    let svg = render_scale(&report(), ScaleFormat::Svg, None);
    // Lateness and processor time of six runs, memory of four; and two in the legend, one of them for the most.
    let dots = ["class=\"empty\"", "class=\"full\""].map(|class| svg.matches(class).count());
    assert_eq!(dots, [4 + 1, 3 * 4 + 1], "{svg}");
    assert_eq!((svg.matches(">failed<").count(), svg.matches(">not run<").count()), (3, 3), "{svg}");
    for words in [">16.400 s<", ">1,566 B<", ">100 B<", ">1 kB<", ">100 ms<"] {
        assert!(svg.contains(words), "{words}: {svg}");
    }
    assert!(!svg.contains("NaN") && !svg.contains("inf"), "{svg}");
}

#[test]
fn a_result_without_runs_is_still_a_result() {
    let empty = ScaleReport { runs: Vec::new(), ..report() };
    for format in [ScaleFormat::Table, ScaleFormat::Markdown, ScaleFormat::Json, ScaleFormat::Svg] {
        assert!(render_scale(&empty, format, None).contains("10"), "{format:?}");
    }
}

#[test]
fn where_nothing_was_measured_no_figure_is_explained() {
    let mut report = report();
    report.runs.retain(|run| run.wall.is_none());
    let table = render_scale(&report, ScaleFormat::Table, None);
    assert!(!table.contains("Above ideal:"), "{table}");
    assert!(table.contains("python-uvloop with 1,000,000 tasks was not run: it is not there"), "{table}");
}
