//! Pictures of the runs: stills, and in a build that can, loops.

use crate::started::{paintdry, text};
use std::fs;
use std::path::Path;
use tempfile::TempDir;

/// Painting that takes time: a second for each canvas.
const STORY: &str = "--virtual --stroke-cost 40ns --runtime blocking,threads,generator,tokio,smol";

fn folder() -> TempDir {
    tempfile::tempdir().expect("a folder for the test")
}

/// Runs the command in this folder; returns its status and what it says on standard error.
fn said(folder: &Path, arguments: &str) -> (Option<i32>, String) {
    let output = paintdry(arguments).current_dir(folder).output().expect("the command starts");
    (output.status.code(), text(&output.stderr))
}

/// The texts of a picture, in their order.
fn texts(svg: &str) -> Vec<String> {
    let texts = svg.split("<text ").skip(1).filter_map(|text| text.split_once('>')?.1.split_once("</text>"));
    texts.map(|(words, _)| words.replace('\u{a0}', " ")).collect()
}

/// The texts of the picture that these options give.
fn drawn(options: &str) -> Vec<String> {
    let folder = folder();
    let (status, told) = said(folder.path(), &format!("{options} --image it.svg"));
    assert!(status == Some(0) && told.starts_with("wrote it.svg, "), "{options}: {told}");
    let svg = fs::read_to_string(folder.path().join("it.svg")).expect("it was written");
    assert!(svg.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\" ") && svg.ends_with("</svg>\n"), "{svg}");
    assert_eq!(svg.matches("<g").count() - svg.matches("<g/").count(), svg.matches("</g>").count(), "{svg}");
    texts(&svg)
}

fn has(texts: &[String], words: &str) -> bool {
    texts.iter().any(|text| text == words)
}

#[test]
fn a_still_tells_the_finding_and_shows_each_group() {
    let texts = drawn(STORY);
    assert_eq!(texts[0], "One painter who waits at each easel: 9 s. Taking turns: 5 s. Three painters: 3 s.");
    for words in ["blocking", "threads", "generator, tokio", "and smol", "3.26 s", "3 s", "being painted", "canvas 3"] {
        assert!(has(&texts, words), "{words}: {texts:?}");
    }
    assert_eq!(texts.iter().filter(|text| *text == "dry").count(), 5, "one, three, and one: {texts:?}");
    assert!(!has(&texts, "5 s") && !has(&texts, "9 s"), "these have not ended: {texts:?}");
}

#[test]
fn any_moment_has_a_still() {
    let at = |moment: &str| drawn(&format!("{STORY} --at {moment}"));
    let begins = at("0s");
    assert!(has(&begins, "being painted") && !has(&begins, "dry"), "{begins:?}");
    let middle = at("2.4s");
    assert!(has(&middle, "2.40 s") && has(&middle, "dry in 1.6 s") && has(&middle, "waits"), "{middle:?}");
    for end in ["9s", "24h"] {
        let ended = at(end);
        assert!(["9 s", "3 s", "5 s", "9.00 s"].iter().all(|wall| has(&ended, wall)), "{end}: {ended:?}");
    }
}

#[test]
fn items_a_crowd_and_runs_without_time_have_stills() {
    let items = drawn("amap --virtual --runtime blocking,generator");
    assert_eq!(items[0], "One task after the other: a0 a1 a2 a3 … Taking turns: a0 b0 a1 b1 …");
    assert!(items[2].starts_with("event ") && has(&items, "a") && has(&items, "done"), "{items:?}");
    let crowd = drawn("--virtual --canvases 1000 --runtime blocking,smol");
    assert!(!has(&crowd, "canvas 1") && crowd[0].ends_with("Taking turns: 2 s."), "{crowd:?}");
    drawn("--speed 1000 --strokes 10");
}

#[test]
fn a_recording_and_a_failing_schedule_have_stills() {
    let folder = folder();
    let said = |arguments: &str| said(folder.path(), arguments);
    let texts_of = |file: &str| texts(&fs::read_to_string(folder.path().join(file)).expect("it was written"));
    assert_eq!(said("--virtual --runtime blocking,smol --stroke-cost 40ns --record dry.json --quiet").0, Some(0));
    let (status, told) = said("replay dry.json --image dry.svg --at 2.4s");
    assert!(status == Some(0) && told.starts_with("wrote dry.svg, ") && told.lines().count() == 1, "{told}");
    assert!(has(&texts_of("dry.svg"), "dry in 1.6 s"));
    let (status, told) = said("replay dry.json --image dry.svg --output dry.svg");
    assert!(status == Some(2) && told.contains("cannot be written twice"), "{told}");

    let (status, told) = said("explore two-locks --image stuck.svg --at 0s");
    assert!(status == Some(1) && told.contains("wrote stuck.svg, "), "{told}");
    assert!(has(&texts_of("stuck.svg"), "ada"), "{:?}", texts_of("stuck.svg"));
    let (status, told) = said("explore --image none.svg");
    assert!(status == Some(2) && told.contains("required arguments were not provided"), "{told}");
    assert_eq!(fs::read_dir(folder.path()).expect("the folder").count(), 3, "and no page");
}

#[test]
fn a_name_says_which_picture_it_is() {
    let folder = folder();
    for (arguments, words) in [
        ("--virtual --image dry.gif", "write a name that ends in .svg or .png"),
        ("--virtual --image -", "write a name that ends in .svg or .png"),
        ("--virtual --at 2s", "--image"),
        ("--virtual --image a.svg --at 2", "the unit is missing"),
        ("--virtual --image a.svg --record a.svg", "a.svg cannot be written twice"),
        ("--image a.svg --runs 3", "cannot be used with"),
        ("scale --image a.svg", "unexpected argument '--image'"),
    ] {
        let (status, told) = said(folder.path(), arguments);
        assert!(status == Some(2) && told.contains(words), "{arguments}: {told}");
    }
    assert_eq!(fs::read_dir(folder.path()).expect("the folder").count(), 0);
}

#[cfg(not(feature = "pictures"))]
#[test]
fn without_the_feature_the_command_says_how_to_get_it() {
    let folder = folder();
    for arguments in ["--virtual --image dry.png", "--virtual --gif dry.gif"] {
        let (status, told) = said(folder.path(), arguments);
        assert!(status == Some(2) && told.contains("build it with `--features pictures`"), "{arguments}: {told}");
    }
    assert_eq!(fs::read_dir(folder.path()).expect("the folder").count(), 0);
}

/// The delays of a GIF's frames, in hundredths of a second, and their sizes.
#[cfg(feature = "pictures")]
fn frames(gif: &[u8]) -> Vec<(u16, [u16; 2])> {
    let short = |at: usize| u16::from_le_bytes([gif[at], gif[at + 1]]);
    let skip_blocks = |mut at: usize| {
        while gif[at] != 0 {
            at += usize::from(gif[at]) + 1;
        }
        at + 1
    };
    let mut frames = Vec::new();
    let (mut at, mut delay) = (13 + 3 * 256, 0);
    loop {
        match gif[at] {
            0x21 => {
                if gif[at + 1] == 0xf9 {
                    delay = short(at + 4);
                }
                at = skip_blocks(at + 2);
            }
            0x2c => {
                frames.push((delay, [short(at + 5), short(at + 7)]));
                at = skip_blocks(at + 11);
            }
            end => {
                assert_eq!((end, at + 1), (0x3b, gif.len()), "it is whole");
                return frames;
            }
        }
    }
}

#[cfg(feature = "pictures")]
#[test]
fn pixels() {
    let folder = folder();
    let job = "--virtual --stroke-cost 40ns --runtime blocking,smol";
    let (status, told) = said(folder.path(), &format!("{job} --image dry.png --gif dry.gif"));
    assert!(status == Some(0) && told.starts_with("wrote dry.png, ") && told.contains("\nwrote dry.gif, "), "{told}");
    let read = |name: &str| fs::read(folder.path().join(name)).expect("it was written");
    let (png, gif) = (read("dry.png"), read("dry.gif"));
    assert!(png.starts_with(b"\x89PNG\r\n\x1a\n") && png.ends_with(b"IEND\xaeB`\x82"));
    assert!(gif.starts_with(b"GIF89a") && gif.windows(11).any(|window| window == b"NETSCAPE2.0"), "it loops");
    let frames = frames(&gif);
    assert_eq!(frames.iter().map(|(delay, _)| delay).sum::<u16>(), 1_200, "a loop of 12 s");
    assert!(frames.len() > 60 && frames[0].1[0] == 900, "{frames:?}");
    assert!(gif.len() < 1_500_000, "a README can have it: {}", gif.len());
}
