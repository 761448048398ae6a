#![doc = include_str!("../README.md")]
//!
//! [`page`] makes the page of a recording, [`page_at`] one that opens at a moment, [`lab`] the page of the lab, and [`Story`] draws
//! pictures. The page itself is in the folder `assets`: its template `page.html` lists the scripts and says what each is for.
#![cfg_attr(docsrs, feature(doc_cfg))]

mod begin;
mod findings;
mod lines;
mod picture;

pub use begin::BEGIN;
#[cfg(feature = "pictures")]
pub use picture::PictureError;
pub use picture::Story;

use findings::Findings;
use lines::{of_script, of_style};
use paintdry_studio::{Recording, RecordingError, limits};
use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::{CompactFormatter, Formatter};
use std::io::{self, Write};

const PAGE: &str = include_str!("../assets/page.html");
const STYLES: [&str; 3] =
    [include_str!("../assets/style.css"), include_str!("../assets/diagnosis.css"), include_str!("../assets/stage.css")];

/// In the order in which they stand in the page; what each is for stands at the head of the page's template.
const SCRIPTS: [(&str, &str); 40] = [
    ("time.js", include_str!("../assets/time.js")),
    ("model.js", include_str!("../assets/model.js")),
    ("timers.js", include_str!("../assets/timers.js")),
    ("query.js", include_str!("../assets/query.js")),
    ("words.js", include_str!("../assets/words.js")),
    ("sentence.js", include_str!("../assets/sentence.js")),
    ("app.js", include_str!("../assets/app.js")),
    ("axis.js", include_str!("../assets/axis.js")),
    ("story.js", include_str!("../assets/story.js")),
    ("dom.js", include_str!("../assets/dom.js")),
    ("groups.js", include_str!("../assets/groups.js")),
    ("finding.js", include_str!("../assets/finding.js")),
    ("claims.js", include_str!("../assets/claims.js")),
    ("waits.js", include_str!("../assets/waits.js")),
    ("canvases.js", include_str!("../assets/canvases.js")),
    ("art.js", include_str!("../assets/art.js")),
    ("painters.js", include_str!("../assets/painters.js")),
    ("easels.js", include_str!("../assets/easels.js")),
    ("people.js", include_str!("../assets/people.js")),
    ("cells.js", include_str!("../assets/cells.js")),
    ("shelves.js", include_str!("../assets/shelves.js")),
    ("mosaic.js", include_str!("../assets/mosaic.js")),
    ("stage-lanes.js", include_str!("../assets/stage-lanes.js")),
    ("stage.js", include_str!("../assets/stage.js")),
    ("rows.js", include_str!("../assets/rows.js")),
    ("draw.js", include_str!("../assets/draw.js")),
    ("wakes.js", include_str!("../assets/wakes.js")),
    ("crowd.js", include_str!("../assets/crowd.js")),
    ("legend.js", include_str!("../assets/legend.js")),
    ("live.js", include_str!("../assets/live.js")),
    ("source.js", include_str!("../assets/source.js")),
    ("player.js", include_str!("../assets/player.js")),
    ("predict.js", include_str!("../assets/predict.js")),
    ("tables.js", include_str!("../assets/tables.js")),
    ("fragment.js", include_str!("../assets/fragment.js")),
    ("hint.js", include_str!("../assets/hint.js")),
    ("overview.js", include_str!("../assets/overview.js")),
    ("sizes.js", include_str!("../assets/sizes.js")),
    ("controls.js", include_str!("../assets/controls.js")),
    ("keys.js", include_str!("../assets/keys.js")),
];

/// What the page of a recording has besides: the lab is written before its runs, so nothing can be found in them.
const PAGE_SCRIPTS: [(&str, &str); 1] = [("diagnosis.js", include_str!("../assets/diagnosis.js"))];
const PAGE_STYLE: &str = include_str!("../assets/diagnosis.css");

/// What the page of the lab has besides.
const LAB_SCRIPTS: [(&str, &str); 5] = [
    ("lab-engine.js", include_str!("../assets/lab-engine.js")),
    ("lab.js", include_str!("../assets/lab.js")),
    ("lab-panel.js", include_str!("../assets/lab-panel.js")),
    ("lab-tree.js", include_str!("../assets/lab-tree.js")),
    ("lab-recorded.js", include_str!("../assets/lab-recorded.js")),
];
const LAB: &str = include_str!("../assets/lab.html");
const LAB_STYLE: &str = include_str!("../assets/lab.css");
const LAB_ENGINE: &str = include_str!("../assets/lab.wasm.gz.b64");
/// Runs of runtimes that cannot run in a page: JSON, gzipped, as text.
const LAB_RECORDED: &str = include_str!("../assets/lab-recorded.json.gz.b64");
/// The lab compiles its engine, and explores in a worker that it makes from its own text.
const LAB_POLICY: &str = " 'wasm-unsafe-eval'; worker-src blob:";

/// The script that puts the page together.
const MAIN: (&str, &str) = ("main.js", include_str!("../assets/main.js"));

/// The page that plays `recording`: one HTML file that needs nothing else.
///
/// It shows the program as well, if the recording brings its text (a [`Source`](paintdry_studio::Source)) and a run
/// names it. Names and texts in the recording cannot run as code in the page.
///
/// # Errors
/// As [`Recording::check`]: if the recording is too large to be shown, or contradicts itself.
pub fn page(recording: &Recording) -> Result<String, RecordingError> {
    page_at(recording, "")
}

/// The same page, which opens at a moment instead of playing: `moment` is what its address has behind the `#`, such as
/// `run=tokio&event=41&ns=510000000`.
///
/// ```
/// use paintdry_studio::{Clock, Recording};
///
/// let recording = Recording::of_program("tea", Clock::Virtual, Vec::new());
/// let page = paintdry_replay::page_at(&recording, "run=tokio&event=41")?;
/// assert!(page.contains(r#"data-moment="run=tokio&amp;event=41""#));
/// # Ok::<(), paintdry_studio::RecordingError>(())
/// ```
///
/// # Errors
/// As [`page`].
pub fn page_at(recording: &Recording, moment: &str) -> Result<String, RecordingError> {
    let findings = Findings::of(recording)?;
    let scripts = SCRIPTS.iter().chain(&PAGE_SCRIPTS).chain([&MAIN]);
    Ok(filled("", PAGE_STYLE, "", "", moment, scripts, [&json(recording), &json(&findings)]))
}

/// The page of the lab: the course's programs, which the reader changes and whose schedules the reader chooses.
///
/// One HTML file, as [`page`] makes. The programs run in it, on our own loop and in virtual time, as WebAssembly.
///
/// ```
/// assert!(paintdry_replay::lab().starts_with("<!doctype html>"));
/// ```
pub fn lab() -> String {
    let scripts = SCRIPTS.iter().chain(&LAB_SCRIPTS).chain([&MAIN]);
    let engine = format!(r#"<script type="text/plain" id="lab-engine">{LAB_ENGINE}</script>"#);
    let recorded = format!(r#"<script type="text/plain" id="lab-recorded">{LAB_RECORDED}</script>"#);
    filled(LAB, LAB_STYLE, LAB_POLICY, &(engine + &recorded), "", scripts, ["null", &json(&Findings::default())])
}

/// The template with all its places filled.
fn filled<'a>(
    lab: &str,
    own_style: &str,
    policy: &str,
    engine: &str,
    moment: &str,
    scripts: impl Iterator<Item = &'a (&'a str, &'a str)>,
    [recording, findings]: [&str; 2],
) -> String {
    // Comments and indents are for those who read the files; a page that is sent around is smaller without them, and without the
    // list of scripts at its head.
    let scripts: Vec<_> = scripts.flat_map(|(_, text)| text.lines().filter_map(of_script)).collect();
    let styles: Vec<_> = STYLES.iter().flat_map(|text| text.lines().filter_map(of_style)).collect();
    let own_style: Vec<_> = own_style.lines().filter_map(of_style).collect();
    let moment = moment.replace('&', "&amp;").replace('"', "&quot;").replace('{', "%7B");
    let list = PAGE.split_once("\n\n").zip(PAGE.split_once("\n-->"));
    let page = list.map_or(PAGE.to_owned(), |((begin, _), (_, rest))| format!("{begin}\n-->{rest}"));
    let page = page
        .replace("{policy}", policy)
        .replace("{moment}", &moment)
        .replace("/*{style}*/", &styles.join("\n"))
        .replace("/*{own style}*/", &own_style.join("\n"))
        .replace("<!--{lab}-->", lab)
        .replace("<!--{engine}-->", engine)
        .replace("/*{script}*/", &scripts.join("\n"));
    // These come last, and each once: what stands in a recording must not be taken for a place to put something.
    let parts =
        page.split_once("{recording}").and_then(|(before, rest)| Some((before, rest.split_once("{findings}")?)));
    let (before, (between, after)) = parts.expect("the template has a place for each");
    [before, recording, between, findings, after].concat()
}

/// The recording as the page's script reads it.
fn json(recording: &impl Serialize) -> String {
    let mut json = Vec::new();
    let written = recording.serialize(&mut Serializer::with_formatter(&mut json, InPage));
    written.expect("names are strings, numbers are finite, and a Vec takes all bytes");
    String::from_utf8(json).expect("JSON is text")
}

/// How JSON is written into the page. No character can end the element it stands in, or begin another. A number that a
/// script's numbers do not hold exactly, which only a time can be, is a text.
struct InPage;

impl Formatter for InPage {
    fn write_u64<W: ?Sized + Write>(&mut self, writer: &mut W, value: u64) -> io::Result<()> {
        if value <= limits::COUNT { CompactFormatter.write_u64(writer, value) } else { write!(writer, "\"{value}\"") }
    }

    fn write_string_fragment<W: ?Sized + Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        let mut rest = fragment;
        while let Some((at, character)) = rest.char_indices().find(|(_, character)| is_special(*character)) {
            writer.write_all(&rest.as_bytes()[..at])?;
            write!(writer, "\\u{:04x}", u32::from(character))?;
            rest = &rest[at + character.len_utf8()..];
        }
        writer.write_all(rest.as_bytes())
    }
}

fn is_special(character: char) -> bool {
    matches!(character, '&' | '<' | '>' | '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use paintdry_studio::Clock;
    use std::collections::BTreeSet;
    use std::fs;

    fn names() -> impl Iterator<Item = &'static str> {
        SCRIPTS.iter().chain(&PAGE_SCRIPTS).chain(&LAB_SCRIPTS).chain([&MAIN]).map(|(name, _)| *name)
    }

    #[test]
    fn every_script_is_in_the_list_at_the_head_of_the_page_and_in_its_order() {
        let (head, _) = PAGE.split_once("-->").expect("the page begins with a comment");
        let listed: Vec<_> = head.split_whitespace().filter(|word| word.strip_suffix(".js").is_some()).collect();
        assert_eq!(listed, names().collect::<Vec<_>>());
    }

    #[test]
    fn every_script_in_the_folder_is_in_the_page() {
        let folder = fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/assets")).expect("the folder is there");
        let found = folder.map(|file| file.expect("it can be read").file_name().into_string().expect("it is text"));
        let scripts: BTreeSet<_> = found.filter(|name| name.strip_suffix(".js").is_some()).collect();
        assert_eq!(scripts, names().map(str::to_owned).collect());
    }

    /// A page has the lines of the scripts without their indents, which would change such a text.
    #[test]
    fn no_text_of_a_script_spans_lines() {
        for (name, text) in SCRIPTS.iter().chain(&PAGE_SCRIPTS).chain(&LAB_SCRIPTS).chain([&MAIN]) {
            let is_whole = |line: &str| line.matches('`').count().is_multiple_of(2);
            assert!(text.lines().all(is_whole), "{name}: put the lines together with +");
        }
    }

    #[test]
    fn each_place_in_the_page_is_there_once() {
        let places = ["{policy}", "/*{style}*/", "/*{own style}*/", "<!--{lab}-->", "<!--{engine}-->", "/*{script}*/"];
        for place in places.into_iter().chain(["{moment}", "{recording}", "{findings}"]) {
            assert_eq!(PAGE.matches(place).count(), 1, "{place}");
        }
    }

    #[test]
    fn the_lab_is_at_most_400_kb() {
        let page = lab();
        assert!(page.len() <= 400_000, "{} bytes", page.len());
        assert!(!page.contains("{recording}") && page.contains("wasm-unsafe-eval"));
    }

    #[test]
    fn nothing_in_a_recording_can_end_its_element() {
        let written = json(&"</script><!-- & \u{2028}");
        assert_eq!(written, r#""\u003c/script\u003e\u003c!-- \u0026 \u2028""#);
    }

    #[test]
    fn a_number_that_a_script_cannot_hold_is_a_text() {
        let last = 9_007_199_254_740_991_u64;
        assert_eq!(
            json(&[0, last, last + 1, u64::MAX]),
            r#"[0,9007199254740991,"9007199254740992","18446744073709551615"]"#
        );
    }

    #[test]
    fn a_recording_that_cannot_be_read_has_no_page() {
        let mut recording = Recording::of_program("tea", Clock::Real, Vec::new());
        recording.host.cores = 0;
        let read = Recording::read(&recording.to_json()).expect_err("there is no core");
        assert_eq!(page(&recording), Err(read));
    }
}
