//! Random command lines: valid words, in places where they may not be valid.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::{Just, Strategy, any, prop_oneof};
use proptest::sample::select;
use std::ffi::OsString;
use std::fmt;

/// The words after `paintdry`. It prints as a user would type it.
#[derive(Clone)]
pub(crate) struct Line(pub(crate) Vec<OsString>);

impl fmt::Debug for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for word in &self.0 {
            write!(f, "{word:?} ")?;
        }
        Ok(())
    }
}

pub(crate) const SUBCOMMANDS: [&str; 14] = [
    "paint",
    "amap",
    "scale",
    "explore",
    "diagnose",
    "diff",
    "replay",
    "lab",
    "runtimes",
    "completions",
    "man",
    "help",
    "doctor",
    "grade",
];

/// All options of the command, which a test checks, and some that do not exist.
pub(crate) const OPTIONS: [&str; 43] = [
    "--runs",
    "--canvases",
    "--drying",
    "--poll",
    "--strokes",
    "--stroke-cost",
    "--tasks",
    "--items",
    "--runtime",
    "--virtual",
    "--replay",
    "--open",
    "--image",
    "--at",
    "--gif",
    "--record",
    "--trace",
    "--speed",
    "--format",
    "--output",
    "--quiet",
    "--color",
    "--peers",
    "--memory",
    "--force",
    "--random",
    "--seed",
    "--depth",
    "--budget",
    "--observe",
    "--only",
    "--timeout",
    "--solutions",
    "--help",
    "-h",
    "--version",
    "-V",
    "--",
    "-",
    "--canvas",
    "-q",
    "---",
    "--=",
];

/// Values that some option accepts, values at the edge, and others.
const VALUES: [&str; 67] = [
    "0",
    "1",
    "2",
    "3",
    "7",
    "10",
    "10k",
    "1M",
    "1_000",
    "100000",
    "100001",
    "1000000",
    "1000000000000",
    "1000000000001",
    "18446744073709551615",
    "18446744073709551616",
    "99999999999999999999999999",
    "-1",
    "-0",
    "+1",
    "0.5",
    "1e6",
    "1e7",
    "1e-6",
    "1e-7",
    "1e400",
    "nan",
    "inf",
    "-inf",
    "1ns",
    "0.1ns",
    "40ns",
    "1us",
    "500ms",
    "2s",
    "24h",
    "25h",
    "1m 30s",
    "0s",
    "18446744073709551615s 1000ms",
    "18446744073709551615s",
    "1y",
    "64MB",
    "4GB",
    "0B",
    "1.5GB",
    "2:1,5:3",
    "1:0",
    "0:0",
    "lost-update",
    "two-lokcs",
    "smol",
    "tokio",
    "blocking,generator",
    "smol,",
    ",",
    "python",
    "tokyo",
    "table",
    "json",
    "csv",
    "markdown",
    "svg",
    "always",
    "never",
    "bash",
    "",
];

/// Any word: a valid one, any text, or bytes that are not text.
fn any_word() -> impl Strategy<Value = OsString> {
    let text = vec(any::<char>(), 0..12).prop_map(|text| text.into_iter().collect::<String>().into());
    prop_oneof![
        4 => select(&SUBCOMMANDS[..]).prop_map(OsString::from),
        30 => select(&OPTIONS[..]).prop_map(OsString::from),
        30 => select(&VALUES[..]).prop_map(OsString::from),
        10 => (select(&OPTIONS[..]), select(&VALUES[..])).prop_map(|(option, value)| format!("{option}={value}").into()),
        2 => text,
        1 => vec(any::<u8>(), 0..12).prop_map(|word| bytes(&word)),
    ]
}

#[cfg(unix)]
fn bytes(bytes: &[u8]) -> OsString {
    std::os::unix::ffi::OsStringExt::from_vec(bytes.to_vec())
}

#[cfg(not(unix))]
fn bytes(bytes: &[u8]) -> OsString {
    String::from_utf8_lossy(bytes).into_owned().into()
}

/// Options of a job, with values of the right kind, if not of the right size.
fn fitting_options() -> impl Strategy<Value = Vec<OsString>> {
    let pair = |option: &'static str, values: &'static [&'static str]| {
        option::weighted(0.4, select(values)).prop_map(move |value| match value {
            Some(value) => vec![option, value],
            None => Vec::new(),
        })
    };
    let flag =
        |option: &'static str| any::<bool>().prop_map(move |is_there| if is_there { vec![option] } else { vec![] });
    let of_paint = (
        pair("--canvases", &["1", "3", "100000", "0"]),
        pair("--drying", &["1ns", "1ms", "2s", "24h", "0s"]),
        pair("--poll", &["1ns", "1ms", "500ms", "24h"]),
        pair("--strokes", &["1", "25000000", "1000000000000"]),
        pair("--speed", &["1", "0.000001", "1000000", "10"]),
    );
    let of_amap = (pair("--tasks", &["1", "1000", "1000000"]), pair("--items", &["1", "1000", "1000001"]));
    let of_both = (
        pair("--runtime", &["smol", "blocking,tokio", "smol-globl"]),
        pair("--format", &["json", "csv", "markdown", "table"]),
        flag("--virtual"),
        pair("--record", &["a.json", "b.json"]),
    );
    let paint = of_paint.prop_map(|(a, b, c, d, e)| [vec!["paint"], a, b, c, d, e].concat());
    let amap = of_amap.prop_map(|(a, b)| [vec!["amap"], a, b].concat());
    let job = prop_oneof![paint, amap];
    (job, of_both).prop_map(|(job, (a, b, c, d))| [job, a, b, c, d].concat().into_iter().map(OsString::from).collect())
}

/// Any command line: half of them of any words, half of valid options, some with a word too many.
pub(crate) fn any_line() -> impl Strategy<Value = Line> {
    let fitting = (fitting_options(), vec(any_word(), 0..2));
    prop_oneof![vec(any_word(), 0..9).prop_map(Line), fitting.prop_map(|(line, more)| Line([line, more].concat())),]
}

/// Where files may be written to, or not: the names are those of `folder.rs`.
const PLACES: [&str; 10] = [
    "new.json",
    "old.json",
    "new.html",
    "./old.json",
    "missing/new.json",
    "folder",
    "old.json/below",
    "",
    ".",
    "link.json",
];

/// Command lines for the real command: each takes only a moment.
pub(crate) fn small_line() -> impl Strategy<Value = Line> {
    let place = || select(&PLACES[..]);
    let export = prop_oneof![
        9 => (select(&["--output", "--record", "--replay", "--trace"][..]), place()),
        1 => (Just("--image"), select(&["new.svg", "missing/new.svg", "new.json"][..])),
    ];
    let exports = || {
        let named = vec(export.clone(), 0..3);
        let unnamed = option::weighted(0.2, Just("--replay"));
        (named, unnamed).prop_map(|(named, unnamed)| {
            named.into_iter().flat_map(|(option, place)| [option, place]).chain(unnamed).collect::<Vec<_>>().into_iter()
        })
    };
    let runtime =
        || select(&["blocking", "generator", "smol", "tokio", "threads,async-std", "tokio-multi,smol-global"][..]);
    let format = || select(&["table", "json", "csv", "markdown"][..]);
    let paint = select(&["--virtual --drying 1ms --poll 1ms", "--drying 1us --poll 1us", "--virtual --canvases 9"][..]);
    let paint = paint.prop_map(|paint| format!("paint --strokes 1 {paint}"));
    let amap = select(&["amap", "amap --virtual", "amap --tasks 9 --items 3", "amap --tasks 10001 --items 1"][..]);
    let job = (prop_oneof![paint, amap.prop_map(str::to_owned)], runtime(), format());
    let job = job.prop_map(|(job, runtime, format)| format!("{job} --runtime {runtime} --format {format}"));
    let scale = "scale --tasks 1,2 --drying 1ms --runtime smol,generator-by-hand";
    let explore = select(
        &[
            "explore",
            "explore lost-update",
            "explore two-locks --random --budget 9 --seed 3",
            "explore lost-wakeup --seed 1:1,2:1,3:1",
            "explore amap --budget 20 --depth 9",
            "explore clock --seed 4:4",
            "explore lost-update --observe 3",
            "explore lost-update --runtime smol",
            "explore clock --runtime tokio",
            "explore amap --runtime tokio-multi",
        ][..],
    );
    let explore = (explore, select(&["table", "json", "csv"][..]), exports());
    let recording = || select(&["good.json", "old.json", "half.json", "folder", "missing.json"][..]);
    // There are no exercises in the folder, so nothing is built.
    let grade = select(&["grade folder", "grade missing --solutions"][..]);
    let grade = (grade, select(&["table", "json", "junit"][..]), exports());
    let line = prop_oneof![
        8 => (job, exports()).prop_map(|(job, exports)| words(&job).chain(exports.map(OsString::from)).collect::<Vec<_>>()),
        1 => place().prop_map(move |place| words(scale).chain(["--output".into(), place.into()]).collect()),
        3 => explore.prop_map(|(job, format, exports)| {
            words(&format!("{job} --format {format}")).chain(exports.map(OsString::from)).collect()
        }),
        1 => grade.prop_map(|(job, format, exports)| {
            words(&format!("{job} --format {format}")).chain(exports.map(OsString::from)).collect()
        }),
        2 => (recording(), place()).prop_map(|(recording, place)| words("replay").chain([recording.into(), "--output".into(), place.into()]).collect()),
        1 => (recording(), place()).prop_map(|(recording, place)| words("diagnose").chain([recording.into(), "--output".into(), place.into()]).collect()),
        1 => place().prop_map(|place| words("lab").chain(["--output".into(), place.into()]).collect()),
        1 => Just(words("runtimes --format json").collect()),
        1 => Just(words("completions bash").collect()),
    ];
    // No line may run just to be refused; an accepted line with one more word is still a small job.
    let more =
        option::weighted(0.2, select(&["--quiet", "--force", "--color=always", "--help", "--no", "\u{1f58c}"][..]));
    (line, more).prop_map(|(mut line, more)| {
        line.extend(more.map(OsString::from));
        Line(line)
    })
}

fn words(text: &str) -> impl Iterator<Item = OsString> + use<> {
    text.split(' ').map(OsString::from).collect::<Vec<_>>().into_iter()
}
