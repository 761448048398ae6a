//! Each chapter has the same shape: a question, something to run, a picture, code, a prediction, the rule, questions to check
//! yourself (`quiz.rs` holds their form), exercises, and three lines to remember.

use super::{STAGES, chapters, headings, links, read};
use pulldown_cmark::HeadingLevel;

/// The sections that a chapter has, in this order; between "Run it first" and "The rule" it has others.
const SECTIONS: [&str; 6] =
    ["Run it first", "The rule", "Check yourself", "Exercises", "Three lines to remember", "Next"];

/// The text of a section, up to the next heading of its level.
pub(crate) fn section<'a>(chapter: &'a str, heading: &str) -> &'a str {
    let (_, rest) = chapter.split_once(&format!("\n## {heading}\n")).unwrap_or_default();
    rest.split("\n## ").next().unwrap_or_default()
}

fn count(text: &str, what: &str) -> usize {
    text.matches(what).count()
}

#[test]
fn each_chapter_has_the_shape_of_a_chapter() {
    let mut wrong = Vec::new();
    for page in chapters() {
        let chapter = read(&format!("docs/{page}"));
        let mut expect = |holds: bool, what: &str| {
            if !holds {
                wrong.push(format!("docs/{page}: {what}"));
            }
        };
        let titles: Vec<_> = headings(&chapter).into_iter().filter(|(level, _)| *level == HeadingLevel::H2).collect();
        let kept: Vec<_> =
            titles.iter().map(|(_, title)| title.as_str()).filter(|title| SECTIONS.contains(title)).collect();
        expect(kept == SECTIONS, &format!("its sections are {kept:?}, and should be {SECTIONS:?}"));
        let opening = chapter.split("\n## ").next().unwrap_or_default();
        expect(opening.contains('?'), "its first lines ask no question");
        expect(
            section(&chapter, "Run it first").contains("=\"replays/")
                || section(&chapter, "Run it first").contains("```console"),
            "there is nothing to run in \"Run it first\"",
        );
        expect(links(&chapter).iter().any(|link| link.starts_with("images/")), "it has no picture");
        let starts =
            |marks: [&str; 2]| chapter.lines().position(|line| marks.iter().any(|mark| line.starts_with(mark)));
        expect(starts(["![", "[!["]) < starts(["```rust", "```diff"]), "its first code comes before its first picture");
        expect(count(&chapter, "**Predict.**") >= 1, "it asks the reader to predict nothing");
        expect(
            section(&chapter, "Three lines to remember").lines().filter(|line| line.starts_with("- ")).count() == 3,
            "\"Three lines to remember\" has not three",
        );
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn each_loop_has_the_lines_that_its_page_says() {
    let page = read(&format!("docs/{STAGES}"));
    let rows = page.lines().filter_map(|line| line.split_once("](../")?.1.split_once(") | "));
    let rows: Vec<_> = rows.filter(|(file, _)| file.starts_with("crates/course/src/loops/")).collect();
    assert_eq!(rows.len(), 4);
    for (file, cells) in rows {
        let code = |line: &&str| !line.trim().is_empty() && !line.trim().starts_with("//");
        let lines = read(file).lines().filter(code).count();
        let said = cells.trim_end_matches(" |").rsplit(' ').next().and_then(|number| number.parse().ok());
        assert_eq!(said, Some((lines + 5) / 10 * 10), "{file} has {lines} lines of code");
    }
}
