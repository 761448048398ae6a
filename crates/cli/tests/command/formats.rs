//! The result in every format, read back field by field.

use crate::started::{RUNTIMES, json, stdout};
use serde_json::Value;
use std::collections::BTreeSet;

fn keys(object: &Value) -> BTreeSet<&str> {
    object.as_object().expect("an object").keys().map(String::as_str).collect()
}

fn ns(value: &Value) -> u64 {
    value.as_u64().unwrap_or_else(|| panic!("{value} is not a whole number of nanoseconds"))
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| panic!("{value} is not a number"))
}

#[test]
fn json_of_paint() {
    let report = json("--speed 100 --strokes 1000 --canvases 4");
    assert_eq!(keys(&report), BTreeSet::from(["schema", "workload", "host", "runs"]));
    assert_eq!(report["schema"], 1);

    let workload = &report["workload"];
    let parameters =
        ["job", "canvases", "drying_ns", "poll_ns", "strokes", "stroke_cost_ns", "speed", "clock", "recorded"];
    assert_eq!(keys(workload), BTreeSet::from(parameters));
    assert_eq!(
        (&workload["job"], &workload["canvases"], &workload["strokes"]),
        (&"paint".into(), &4.into(), &1_000.into())
    );
    let (drying, poll) = (20_000_000, 5_000_000);
    assert_eq!((ns(&workload["drying_ns"]), ns(&workload["poll_ns"])), (drying, poll));

    let host = &report["host"];
    assert_eq!(keys(host), BTreeSet::from(["os", "cores", "rustc"]));
    assert_eq!(host["os"], std::env::consts::OS);
    let cores = ns(&host["cores"]);

    let runs = report["runs"].as_array().expect("a list");
    let names: Vec<_> = runs.iter().map(|run| run["runtime"].as_str().expect("a name")).collect();
    assert_eq!(names, RUNTIMES);
    let blocking = ns(&runs[0]["wall_ns"]);
    for run in runs {
        let fields = [
            "runtime",
            "version",
            "threads",
            "wall_ns",
            "walls_ns",
            "ideal_ns",
            "speedup",
            "error",
            "painting_ns",
            "canvases",
        ];
        assert_eq!(keys(run), BTreeSet::from(fields));
        assert!(run["version"].as_str().is_some_and(|version| version.starts_with(|c: char| c.is_ascii_digit())));
        assert_eq!(run["error"], Value::Null);
        let (wall, threads) = (ns(&run["wall_ns"]), ns(&run["threads"]));
        let (ideal, painting) = (ns(&run["ideal_ns"]), ns(&run["painting_ns"]));
        match run["runtime"].as_str() {
            Some("blocking") => assert_eq!(ideal, painting + 4 * drying, "{run}"),
            _ if threads == 1 => assert_eq!(ideal, painting + drying, "{run}"),
            // Divided, but no less than the longest of the four.
            _ => assert!((painting / threads.min(cores)..=painting).contains(&(ideal - drying)), "{run}"),
        }
        let [speedup, faster, slower] = [&run["speedup"], &run["wall_ns"], &runs[0]["wall_ns"]].map(number);
        assert!((speedup * faster / slower - 1.0).abs() < 1e-6, "{run}");

        let canvases = run["canvases"].as_array().expect("a list");
        assert_eq!(canvases.len(), 4);
        for canvas in canvases {
            assert_eq!(keys(canvas), BTreeSet::from(["painted_ns", "dry_ns", "checks"]));
            let (painted, dry, checks) = (ns(&canvas["painted_ns"]), ns(&canvas["dry_ns"]), ns(&canvas["checks"]));
            assert!(painted + drying <= dry && dry <= wall, "{canvas} in {wall} ns");
            assert!((2..=1 + drying / poll).contains(&checks), "a sleep is never too short: {canvas}");
        }
    }
    assert!(blocking >= 4 * drying);
    assert_eq!(ns(&runs[1]["threads"]), 4, "a thread for each canvas");
}

#[test]
fn json_of_amap() {
    let report = json("amap --tasks 3 --items 4");
    assert_eq!(keys(&report["workload"]), BTreeSet::from(["job", "tasks", "items", "speed", "clock", "recorded"]));
    assert_eq!(report["workload"]["job"], "amap");
    let runs = report["runs"].as_array().expect("a list");
    assert_eq!(runs.len(), RUNTIMES.len());
    let all: BTreeSet<_> =
        ["a", "b", "c"].iter().flat_map(|task| (0..4).map(move |item| format!("{task}{item}"))).collect();
    for run in runs {
        let fields = ["runtime", "version", "threads", "wall_ns", "walls_ns", "ideal_ns", "speedup", "error"];
        assert_eq!(keys(run), fields.into_iter().chain(["order", "results", "ns_per_yield"]).collect());
        assert_eq!((&run["ideal_ns"], &run["error"]), (&Value::Null, &Value::Null));
        assert_eq!(run["results"], serde_json::json!([[0, 2, 4, 6], [0, 2, 4, 6], [0, 2, 4, 6]]));
        let order: Vec<_> = run["order"].as_array().expect("a list").iter().filter_map(Value::as_str).collect();
        assert_eq!(order.len(), 12);
        assert_eq!(order.iter().map(|item| (*item).to_owned()).collect::<BTreeSet<_>>(), all);
        if run["runtime"] == "blocking" {
            assert_eq!(run["ns_per_yield"], Value::Null, "it does not yield");
            continue;
        }
        assert!((number(&run["ns_per_yield"]) * 12.0 - number(&run["wall_ns"])).abs() < 1.0, "{run}");
    }
}

#[test]
fn the_generator_takes_turns() {
    let report = json("amap --runtime generator");
    assert_eq!(
        report["runs"][0]["order"],
        serde_json::json!(["a0", "b0", "a1", "b1", "a2", "b2", "a3", "b3", "a4", "b4"])
    );
    assert_eq!(report["runs"][0]["speedup"], Value::Null, "blocking was not run");
}

#[test]
fn a_long_order_is_omitted_from_the_json_and_results_are_not() {
    let report = json("amap --tasks 10 --items 1001 --runtime generator,blocking");
    for run in report["runs"].as_array().expect("a list") {
        assert_eq!(run.get("order"), None);
        assert_eq!(run["results"].as_array().map(Vec::len), Some(10));
        assert_eq!(run["results"][9][1000], 2000);
    }
}

#[test]
fn csv_has_a_row_for_each_runtime_under_the_names_of_the_json() {
    let rows = |arguments: &str| {
        let text = stdout(&format!("{arguments} --format csv"));
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let names: Vec<String> = reader.headers().expect("a header").iter().map(str::to_owned).collect();
        let rows: Vec<_> = reader.records().map(|row| row.expect("a row")).collect();
        (names.join(" "), rows)
    };
    let (names, paint) = rows("--speed 1000");
    assert_eq!(names, "runtime version threads wall_ns ideal_ns speedup error checks");
    assert_eq!(paint.iter().map(|row| &row[0]).collect::<Vec<_>>(), RUNTIMES);
    assert!(paint.iter().all(|row| row[3].parse::<u64>().is_ok() && row[6].is_empty()));
    let (names, amap) = rows("amap --runtime generator");
    assert_eq!(names, "runtime version threads wall_ns ideal_ns speedup error ns_per_yield order");
    assert_eq!(&amap[0][8], "a0 b0 a1 b1 a2 b2 a3 b3 a4 b4");
}

#[test]
fn markdown_is_a_table_as_github_draws_it() {
    for arguments in ["--speed 1000 --format markdown", "amap --format markdown"] {
        let text = stdout(arguments);
        let table: Vec<_> = text.lines().skip_while(|line| !line.starts_with('|')).take(10).collect();
        assert!(table[0].starts_with("| runtime | version | threads | wall time |"), "{text}");
        assert!(table[1].starts_with("|---|---|--:|--:|"), "{text}");
        let bars: Vec<_> = table.iter().map(|line| line.matches('|').count()).collect();
        assert!(bars.iter().all(|count| *count == bars[0]), "{text}");
        let names: Vec<_> = table[2..].iter().filter_map(|line| line.split('|').nth(1)).collect();
        assert_eq!(names.iter().map(|name| name.trim().trim_start_matches("★ ")).collect::<Vec<_>>(), RUNTIMES);
    }
}

#[test]
fn the_table_fits_80_columns_and_says_what_one_run_cannot_tell() {
    let arguments = [
        "--speed 100",
        "--speed 100 --runs 3",
        "amap --runs 4",
        "amap",
        "amap --tasks 100 --items 100",
        "amap --items 20000 --runtime smol",
        "runtimes",
    ];
    for arguments in arguments {
        let text = stdout(arguments);
        let widest = text.lines().map(|line| line.chars().count()).max();
        assert!(widest <= Some(80), "{widest:?} columns:\n{text}");
        assert!(!text.contains('\x1b'), "no colour in a pipe");
    }
    let text = stdout("--speed 100");
    assert!(text.starts_with("paint: 3 canvases, 20 ms drying, a check every 5 ms, painting "), "{text}");
    assert!(!text.contains('★') && text.contains("1 run of each cannot show which is faster"), "{text}");
    let several = stdout("--speed 100 --runs 4");
    assert!(several.contains("; medians of 4 runs\n") && several.contains("±: half the width"), "{several}");
    assert!(several.contains("★ is the fastest") || several.contains("from the noise, which is ± "), "{several}");
    assert!(text.contains("⌈drying / poll⌉ × poll"), "{text}");
    assert!(!stdout("--speed 100 --runtime smol").contains("which is faster"), "alone it is no race");
}

/// The advice is enough: with it, the note does not appear.
#[test]
fn a_figure_that_is_not_of_the_yield_alone_has_a_note() {
    let note = |arguments: &str| {
        let table = stdout(&format!("amap --runtime generator {arguments}"));
        let (_, note) = table.split_once("spawning and joining the tasks is a part of the time;\n")?;
        let advice = note.lines().next()?.split_once("--")?.1;
        Some(format!("--{advice}"))
    };
    for arguments in ["--tasks 2", "--tasks 100 --items 10", "--tasks 20000 --items 2", "--tasks 100000 --items 1"] {
        let advice = note(arguments).unwrap_or_else(|| panic!("{arguments} has a note"));
        let tasks =
            if advice.contains("--tasks") { "" } else { arguments.split(" --items").next().unwrap_or_default() };
        assert_eq!(note(&format!("{tasks} {advice}")), None, "{arguments}: {advice}");
    }
}

#[test]
fn colour_as_asked_for() {
    assert!(stdout("--speed 1000 --color always").contains("\x1b[1m"));
    assert!(!stdout("--speed 1000 --color never").contains('\x1b'));
    assert!(!stdout("--speed 1000 --color auto --quiet").contains('\x1b'));
}

#[test]
fn the_list_of_runtimes() {
    let list = json("runtimes");
    let names: Vec<_> = list.as_array().expect("a list").iter().map(|line| line["runtime"].clone()).collect();
    assert_eq!(names, RUNTIMES);
    let table = stdout("runtimes");
    assert_eq!(table.lines().count(), 2 + RUNTIMES.len(), "one line on each");
    assert!(table.contains("discontinued"));
    assert_eq!(stdout("runtimes --format csv").lines().count(), 1 + RUNTIMES.len());
    assert!(stdout("runtimes --format markdown").starts_with("| runtime | version | what it is |"));
}
