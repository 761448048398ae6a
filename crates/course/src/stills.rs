//! The stills of the book: for each lab and replay page that the book shows in a frame or links to, a picture of one of its moments.
//!
//! A link leads to the still, and the built book changes it ([`links`]).
//! A code host shows no frames. It drops an `<object>`, and shows the still after it, which links to the published page. The book shows
//! the frame, and its style hides the still. An `<iframe>` will not do: GitHub shows its tag as text
//! (<https://github.github.com/gfm/#disallowed-raw-html-extension->).

use crate::links;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::{fs, io};

/// Where the still of a frame leads: to this page of the published book. As long as the workspace's `homepage` is a placeholder, there
/// is none, and it leads to the section that says how to get the pages that play.
fn elsewhere(homepage: &str, target: &str) -> String {
    if homepage.ends_with(".example") { "front.md#on-a-code-host".to_owned() } else { format!("{homepage}/{target}") }
}

/// A lab or a replay page that a page of the book shows in a frame.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    /// What it shows, with the part after `#`: `replays/lab.html#lab=paint`.
    pub target: String,
    /// Its title, in words.
    pub title: String,
    /// Its height in pixels.
    pub height: String,
    /// Its line in the Markdown, from 1 on.
    pub line: usize,
}

impl Frame {
    /// The name of its still: `docs/images/stills/NAME.svg`. Frames that show the same have the same still.
    #[must_use]
    pub fn name(&self) -> String {
        name(self.target.strip_prefix("replays/lab.html#").or_else(|| self.replay()).unwrap_or_default())
    }

    /// The name of its replay page, unless it is a lab.
    #[must_use]
    pub fn replay(&self) -> Option<&str> {
        let page = self.target.strip_prefix("replays/")?.split(".html").next()?;
        (page != "lab").then_some(page)
    }

    /// The Markdown of it.
    #[must_use]
    pub fn markdown(&self) -> String {
        let Self { target, title, height, .. } = self;
        let (name, elsewhere) = (self.name(), elsewhere(env!("CARGO_PKG_HOMEPAGE"), target));
        format!(
            r#"<object data="{target}" type="text/html" title="{title}" width="100%" height="{height}"></object>
<a class="still" href="{elsewhere}"><img src="images/stills/{name}.svg" alt="{title}: a still picture"></a>"#
        )
    }
}

/// The name of the still of a lab by what follows the `#` in its address, and of a replay page by its name.
fn name(shown: &str) -> String {
    shown.replace(|c: char| !c.is_ascii_alphanumeric(), "-")
}

/// The frames of a page, which is Markdown: each begins a line.
#[must_use]
pub fn frames(page: &str) -> Vec<Frame> {
    let lines = page.lines().zip(1..);
    let frame = |(text, line): (&str, usize)| {
        let is_frame = text.starts_with("<object ") || text.starts_with("<iframe ");
        let attribute = |name: &str| Some(text.split_once(&format!(" {name}=\""))?.1.split('"').next()?.to_owned());
        let target = attribute("data").or_else(|| attribute("src"))?;
        (is_frame && target.starts_with("replays/")).then_some(Frame {
            target,
            title: attribute("title").unwrap_or_default(),
            height: attribute("height").unwrap_or_default(),
            line,
        })
    };
    lines.filter_map(frame).collect()
}

/// The pages of the book, by their names, with their Markdown.
///
/// # Errors
/// If a page cannot be read.
pub fn pages(docs: &Path) -> io::Result<BTreeMap<String, String>> {
    let mut pages = BTreeMap::new();
    for file in fs::read_dir(docs)? {
        let path = file?.path();
        if path.extension().is_some_and(|extension| extension == "md") {
            pages.insert(named(&path), fs::read_to_string(&path)?);
        }
    }
    Ok(pages)
}

/// What has to change so that each frame and each link has its still, and each still a frame or a link.
///
/// # Errors
/// If a page cannot be read.
pub fn missing(docs: &Path) -> io::Result<Vec<String>> {
    let mut missing = Vec::new();
    let mut shown = BTreeSet::new();
    for (page, text) in pages(docs)? {
        for frame in frames(&text) {
            let (name, markdown, line) = (frame.name(), frame.markdown(), frame.line);
            if !text.contains(&markdown) {
                missing.push(format!("docs/{page}:{line}: replace the frame with:\n{markdown}"));
            }
            if !docs.join(still(&name)).exists() {
                let draw = frame.replay().map_or(LAB, |_| BOOK);
                missing
                    .push(format!("docs/{page}:{line}: there is no docs/{}; to draw it, run `{draw}`", still(&name)));
            }
            shown.insert(name);
        }
        for link in links::to_stills(&text) {
            if !docs.join(still(&link.still)).exists() {
                let draw = if link.still.starts_with("lab-") { LAB } else { BOOK };
                missing.push(format!("docs/{page}: there is no docs/{}; to draw it, run `{draw}`", still(&link.still)));
            }
            if link.still.starts_with("lab-") && link.still != name(&link.moment) {
                missing.push(format!("docs/{page}: the still of #{} is {}", link.moment, still(&name(&link.moment))));
            }
            shown.insert(link.still);
        }
    }
    for file in fs::read_dir(docs.join("images/stills"))? {
        let path = file?.path();
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        if !shown.contains(&name) {
            missing.push(format!("docs/{}: no page shows it or links to it; delete it", still(&name)));
        }
    }
    Ok(missing)
}

/// What draws the stills of the replay pages.
const BOOK: &str = "cargo run -p paintdry-course";

/// What draws the stills of the labs.
const LAB: &str = "cargo test --manifest-path lab/Cargo.toml --test stills";

/// The file of a still, from the folder of the book.
#[must_use]
pub fn still(name: &str) -> String {
    format!("images/stills/{name}.svg")
}

fn named(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const LAB: &str =
        r#"<iframe src="replays/lab.html#lab=paint&takes_turns=1" title="Turns" width="100%" height="680"></iframe>"#;

    #[test]
    fn a_still_leads_to_the_published_page_once_there_is_one() {
        assert_eq!(elsewhere("https://paint.example", "replays/lab.html#lab=paint"), "front.md#on-a-code-host");
        let published = "https://paint.org/replays/lab.html#lab=paint";
        assert_eq!(elsewhere("https://paint.org", "replays/lab.html#lab=paint"), published);
    }

    #[test]
    fn a_frame_has_a_name_by_what_it_shows() {
        let [lab] = &frames(LAB)[..] else { panic!("it is one frame") };
        assert_eq!((lab.name().as_str(), lab.replay()), ("lab-paint-takes-turns-1", None));
        let replay = Frame { target: "replays/11-heartbeat.html#event=3".to_owned(), ..lab.clone() };
        assert_eq!((replay.name().as_str(), replay.replay()), ("11-heartbeat", Some("11-heartbeat")));
    }

    #[test]
    fn a_frame_with_its_still_is_the_same_frame() {
        let lab = frames(LAB);
        assert_eq!(frames(&lab[0].markdown()), lab);
    }

    #[test]
    fn the_check_says_what_to_write_and_what_to_draw() -> io::Result<()> {
        let docs = tempfile::tempdir()?;
        fs::create_dir_all(docs.path().join("images/stills"))?;
        fs::write(docs.path().join("01.md"), LAB)?;
        let said = missing(docs.path())?.join("\n");
        assert!(said.contains("docs/01.md:1: replace the frame") && said.contains("--test stills"), "{said}");
        let markdown = frames(LAB)[0].markdown();
        fs::write(docs.path().join("01.md"), &markdown)?;
        fs::write(docs.path().join(still("lab-paint-takes-turns-1")), "")?;
        fs::write(docs.path().join(still("tea")), "")?;
        fs::write(
            docs.path().join("02.md"),
            "[a](images/stills/lab-paint-takes-turns-1.svg#lab=paint) [b](images/stills/b.svg)",
        )?;
        let [wrong, none, _] = &missing(docs.path())?[..] else { panic!("a wrong name, a missing still, and tea") };
        assert_eq!(wrong, "docs/02.md: the still of #lab=paint is images/stills/lab-paint.svg");
        assert_eq!(
            none,
            "docs/02.md: there is no docs/images/stills/b.svg; to draw it, run `cargo run -p paintdry-course`"
        );
        fs::remove_file(docs.path().join("02.md"))?;
        assert_eq!(missing(docs.path())?, ["docs/images/stills/tea.svg: no page shows it or links to it; delete it"]);
        Ok(())
    }
}
