//! What the command accepts, and how it refuses the rest: one sentence, the right exit status, and no panic.

use crate::started::{RUNTIMES, json, paintdry, run, stdout, text};

/// Runs the command, which must refuse its arguments in one line that contains `words`.
fn refused(arguments: &str, words: &str) {
    let output = run(arguments);
    let stderr = text(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "paintdry {arguments}: {stderr}");
    assert!(output.stdout.is_empty(), "paintdry {arguments}");
    assert!(!stderr.contains("panicked"), "{stderr}");
    let (sentence, hints) = stderr.split_once('\n').expect("a line");
    assert!(sentence.contains(words), "paintdry {arguments}: {sentence}");
    // Then come clap's hints, after an empty line.
    assert!(hints.is_empty() || hints.starts_with('\n') || hints.starts_with("  [possible values"), "{stderr}");
}

#[test]
fn counts() {
    for job in ["", "paint "] {
        for count in ["0", "-3", "100001", "99999999999999999999999999", "2.5", "three"] {
            refused(&format!("{job}--canvases {count}"), "write a whole number from 1 to 100,000");
        }
    }
    for count in ["0", "-1", "1000000000001"] {
        refused(&format!("--strokes {count}"), "write a whole number from 1 to 1,000,000,000,000");
    }
    for option in ["tasks", "items"] {
        for count in ["0", "-1", "1000001"] {
            refused(&format!("amap --{option} {count}"), "write a whole number from 1 to 1,000,000");
        }
    }
    refused("amap --tasks 1001 --items 1000", "1,001,000 items in all");
    for tasks in ["0", "-1", "1.5M", "ten", "1,,2", "1k,2G", "1001M"] {
        refused(&format!("scale --tasks {tasks}"), "write whole numbers from 1 to 1,000,000,000, such as 1,10k,1M");
    }
    let numbers = ["1"; 101].join(",");
    refused(&format!("scale --tasks {numbers}"), "--tasks has 101 numbers, and at most 100 are allowed");
    refused("amap --items 1000000 --tasks 1 --runs 11", "11,000,000 items in all, and at most 10,000,000");
    for memory in ["much", "-1GB", "4parsecs"] {
        refused(&format!("scale --memory {memory}"), "write an amount of memory with its unit, such as 512MB or 4GB");
    }
}

#[test]
fn durations() {
    for option in ["--drying", "--poll", "paint --drying", "scale --drying"] {
        refused(&format!("{option} 2"), "the unit is missing; write 2s or 2ms");
        refused(&format!("{option} 0s"), "cannot be zero");
        refused(&format!("{option} 0"), "cannot be zero");
        refused(&format!("{option} -2s"), "cannot be negative");
        refused(&format!("{option} 25h"), "at most 24h");
        refused(&format!("{option} 99999999999999y"), "24h");
        refused(&format!("{option} 9999999999999999999s"), "24h");
        refused(&format!("{option} 0.1ns"), "from 1ns to 24h");
        refused(&format!("{option} soon"), "such as 2s, 500ms or 1m 30s");
    }
    refused("--drying 24h --poll 1ms", "check less often");
}

#[test]
fn speed() {
    for speed in ["0", "-1", "nan", "inf", "1e7", "1e-300", "fast"] {
        refused(&format!("--speed {speed}"), "write a number from 0.000001 to 1,000,000");
    }
    refused("amap --speed 10", "unexpected argument '--speed' found"); // no duration in it could be divided
    refused("--speed 1000000 --drying 10ns --poll 10ns", "is not from 1ns to 24h");
    refused("--speed 0.00001", "is not from 1ns to 24h");
    refused("scale --speed 1000000 --drying 10ns", "--drying 10 ns divided by --speed 1000000 is not from 1ns to 24h");
    let workload = json("--speed 0.5 --drying 1ms --poll 1ms --strokes 1 --runtime smol")["workload"].clone();
    assert_eq!((&workload["drying_ns"], &workload["speed"]), (&2_000_000.into(), &0.5.into()));
}

#[test]
fn unknown_runtimes() {
    let names = RUNTIMES.join(", ");
    for job in ["", "paint ", "amap ", "scale "] {
        refused(&format!("{job}--runtime tokyo"), "no runtime is called 'tokyo'; did you mean 'tokio'?");
        refused(&format!("{job}--runtime smol,smol-globl"), "did you mean 'smol-global'?");
        refused(&format!("{job}--runtime embassy"), if job == "scale " { "generator-by-hand, " } else { &names });
    }
    refused("--runtime smol,", "no runtime is called ''");
    refused("amap --runtime generator-by-hand", "no runtime is called 'generator-by-hand'");
    refused("scale --runtime python-asynci", "did you mean 'python-asyncio'?");
}

#[test]
fn options_that_do_not_go_together_show_the_usage_of_their_subcommand() {
    for (arguments, usage) in [
        ("--drying 24h --poll 1ms", "Usage: paintdry [OPTIONS]\n"),
        ("paint --drying 24h --poll 1ms", "Usage: paintdry paint [OPTIONS]\n"),
        ("amap --tasks 1001 --items 1000", "Usage: paintdry amap [OPTIONS]\n"),
        ("scale --speed 1000000 --drying 10ns", "Usage: paintdry scale [OPTIONS]\n"),
        ("explore lost-update --seed 1:1 --random", "Usage: paintdry explore [OPTIONS] [PROGRAM]\n"),
    ] {
        let told = text(&run(arguments).stderr);
        assert!(told.contains(usage), "{arguments}: {told}");
    }
}

#[test]
fn unknown_words() {
    refused("--frmat json", "unexpected argument '--frmat'");
    refused("--format yaml", "invalid value 'yaml' for '--format <FORMAT>'");
    refused("--color sometimes", "invalid value 'sometimes'");
    refused("pant", "unrecognized subcommand 'pant'");
    refused("completions tcsh", "invalid value 'tcsh'");
    refused("--speed 10 amap", "the subcommand 'amap' cannot be used with '--speed <FACTOR>'");
    refused("amap --canvases 3", "unexpected argument '--canvases'");
    for option in ["--virtual", "--record a.json", "--replay a.html", "--trace a.json", "--poll 1s", "--canvases 3"] {
        let name = option.split(' ').next().expect("a name");
        refused(&format!("scale {option}"), &format!("unexpected argument '{name}'"));
    }
    refused("scale-child smol 1", "unrecognized subcommand 'scale-child'");
    refused("paint --format svg", "invalid value 'svg'");
    refused("scale --format yaml", "invalid value 'yaml'");
    refused("--output", "a value is required for '--output <FILE>'");
}

#[test]
fn some_runtimes_in_the_order_of_the_table() {
    for arguments in ["--runtime smol,blocking,smol", "--runtime smol --runtime blocking"] {
        let report = json(&format!("amap {arguments}"));
        let names: Vec<_> =
            report["runs"].as_array().expect("a list").iter().map(|run| run["runtime"].clone()).collect();
        assert_eq!(names, ["blocking", "smol"]);
    }
    let output = paintdry("amap --format csv --runtime").arg("smol, blocking ").output().expect("the command starts");
    assert_eq!(output.status.code(), Some(0), "spaces do no harm: {}", text(&output.stderr));
}

#[test]
fn alone_it_paints() {
    let job = |arguments: &str| json(arguments)["workload"]["job"].clone();
    assert_eq!(job("--speed 1000 --runtime smol"), "paint");
    assert_eq!(job("paint --speed 1000 --runtime smol"), "paint");
}

#[test]
fn help_has_examples() {
    for command in " paint amap scale replay diagnose diff explore lab doctor grade runtimes completions man".split(' ')
    {
        for help in [stdout(&format!("{command} --help")), stdout(&format!("{command} -h"))] {
            assert!(help.contains("Examples:\n  paintdry "), "paintdry {command} --help:\n{help}");
        }
    }
    let version = stdout("--version");
    assert!(version.starts_with("paintdry ") && version.contains("\ncommit ") && version.contains("\ntokio 1."));
    assert_eq!(stdout("-V").lines().count(), 1);
}

#[test]
fn the_common_options_are_short_as_well() {
    let short = serde_json::from_str::<serde_json::Value>(&stdout("-r smol -f json --virtual -q")).expect("it is JSON")
        ["runs"][0]["runtime"]
        .clone();
    assert_eq!(short, "smol");
    for command in ["", "paint ", "amap ", "scale ", "explore ", "diff ", "grade "] {
        let help = stdout(&format!("{command}-h"));
        for option in ["-f, --format", "-o, --output", "-q, --quiet"] {
            assert!(help.contains(option), "paintdry {command}-h has no {option}");
        }
        assert_eq!(help.contains("-r, --runtime"), command != "grade ", "paintdry {command}-h");
    }
}

/// The man page is the only one, so it names no other, and has every option of every subcommand.
#[test]
fn the_man_page_has_a_section_for_each_subcommand() {
    let page = stdout("man");
    assert!(page.contains(".TH paintdry 1") && !page.contains("(1)"), "{page}");
    for (subcommand, option) in
        [("amap", "items"), ("diagnose", "format"), ("diff", "runtime"), ("explore", "seed"), ("grade", "only")]
    {
        let (_, section) =
            page.split_once(&format!(".SH \"PAINTDRY {}\"", subcommand.to_uppercase())).expect("a section");
        let section = section.split("\n.SH ").next().unwrap_or_default();
        assert!(section.contains(&format!("\\-\\-{option}")), "{subcommand}: {section}");
    }
    assert_eq!(page.matches(".SH NAME").count(), 1);
}

/// A stranger may have chosen the name of a file.
#[test]
fn what_a_strangers_word_says_is_not_done_to_the_terminal() {
    let hostile = "b\u{1b}[2J\u{1b}]0;pwn\u{7}\u{202e}.json";
    for arguments in ["replay a.json", "diagnose", "explore", "--runtime", "--color always"] {
        let output = paintdry(arguments).arg(hostile).env("CLICOLOR_FORCE", "1").output().expect("the command starts");
        let told = text(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{arguments}: {told:?}");
        assert!(
            !told.contains(['\u{1b}', '\u{7}', '\u{202e}']) && told.contains('b') && told.ends_with('\n'),
            "{told:?}"
        );
    }
    let output = paintdry("explore lost-update --seed").arg("9".repeat(80_000)).output().expect("the command starts");
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stderr.len() < 5_000, "{} bytes", output.stderr.len());
}

#[test]
fn every_example_in_the_help_is_accepted() {
    let pages = ["", "paint ", "amap ", "scale ", "explore ", "diagnose ", "diff ", "doctor ", "grade "]
        .map(|job| stdout(&format!("{job}--help")));
    let examples = pages.iter().flat_map(|page| page.split_once("Examples:\n").expect("examples").1.lines());
    for example in examples {
        let arguments = example.trim().split("   ").next().expect("a command").trim_start_matches("paintdry");
        // A wrong last option keeps anything from running; it is the only one that is reported.
        refused(&format!("{arguments} --no-such-option"), "'--no-such-option'");
    }
}

#[test]
fn a_comparison_that_blocking_would_not_end_in_a_day_is_refused() {
    let output = run("--canvases 100000 --drying 24h --poll 24h");
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).starts_with("error: blocking would wait for more than a day"));
    refused("--canvases 40000 --strokes 1000000000000 --runtime tokio", "would take more than a day to paint");
}
