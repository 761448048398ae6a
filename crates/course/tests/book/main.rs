//! Holds the book to the code: its quotes and links exist, and nothing is left out.

mod built;
mod choosing;
mod compiler;
mod forms;
mod moments;
mod names;
mod order;
mod pains;
mod pictures;
mod quiz;
mod quotes;
mod shape;
mod siblings;
mod stills;
mod trust;
mod two_days;

use paintdry_course::{links::played, replays};
use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};

/// This page shows four stages of one program, each with its run and its diff, so it may be longer than the others.
const STAGES: &str = "06b-four-loops.md";

/// These pages build a program in stages, and show what each adds, so they may be longer than the others.
const LONG: [&str; 2] = [STAGES, "19-workshop.md"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The pages that the table of contents lists, in its order.
fn pages() -> Vec<String> {
    listed(&read("docs/SUMMARY.md"))
}

/// The pages before the reference pages, which come after the last rule: the chapters, and what is written like them.
fn prose() -> Vec<String> {
    let summary = read("docs/SUMMARY.md");
    let (prose, _) = summary.rsplit_once("\n---\n").expect("a rule comes before the reference pages");
    listed(prose)
}

/// The numbered pages, from 1 on.
fn chapters() -> Vec<String> {
    pages()
        .into_iter()
        .filter(|page| page.starts_with(|c: char| c.is_ascii_digit()) && !page.starts_with("00"))
        .collect()
}

fn listed(summary: &str) -> Vec<String> {
    let links = summary.split("](").skip(1).filter_map(|rest| rest.split_once(')'));
    links.map(|(page, _)| page.to_owned()).collect()
}

fn parser(text: &str) -> Parser<'_> {
    Parser::new_ext(text, Options::ENABLE_TABLES)
}

/// A fenced block of a page.
struct Block {
    line: usize,
    language: String,
    text: String,
    /// The file that it quotes.
    quotes: Option<String>,
    /// The two files whose difference it shows.
    compares: Option<(String, String)>,
    /// Whether it quotes what the compiler says of the block before it.
    is_of_the_compiler: bool,
}

fn blocks(page: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut language = None;
    for (event, range) in parser(page).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                let before = page[..range.start].trim_end().lines().next_back().unwrap_or_default();
                let comment = before.trim().strip_prefix("<!-- ").and_then(|rest| rest.strip_suffix(" -->"));
                let quotes = comment.and_then(|comment| comment.strip_prefix("quote: "));
                let compares = comment.and_then(|comment| comment.strip_prefix("diff: ")?.split_once(' '));
                let line = page[..range.start].matches('\n').count() + 1;
                language = Some(Block {
                    line,
                    language: info.to_string(),
                    text: String::new(),
                    quotes: quotes.map(str::to_owned),
                    compares: compares.map(|(old, new)| (old.to_owned(), new.to_owned())),
                    is_of_the_compiler: comment == Some("compiler"),
                });
            }
            Event::Text(text) => language.iter_mut().for_each(|block: &mut Block| block.text.push_str(&text)),
            Event::End(TagEnd::CodeBlock) => blocks.extend(language.take()),
            _ => {}
        }
    }
    blocks
}

/// The anchor that GitHub and mdBook make from a heading.
fn slug(heading: &str) -> String {
    let kept = heading.to_lowercase();
    kept.chars().filter(|c| c.is_alphanumeric() || " -_".contains(*c)).collect::<String>().replace(' ', "-")
}

/// The headings of a page, without marks.
fn headings(page: &str) -> Vec<(HeadingLevel, String)> {
    let mut headings = Vec::new();
    let mut heading: Option<(HeadingLevel, String)> = None;
    for event in parser(page) {
        match event {
            Event::Start(Tag::Heading { level, .. }) => heading = Some((level, String::new())),
            Event::Text(text) | Event::Code(text) => heading.iter_mut().for_each(|(_, title)| title.push_str(&text)),
            Event::End(TagEnd::Heading(_)) => headings.extend(heading.take()),
            _ => {}
        }
    }
    headings
}

fn links(page: &str) -> Vec<String> {
    let link = |event| match event {
        Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => Some(dest_url.to_string()),
        _ => None,
    };
    parser(page).filter_map(link).filter(|link| !link.starts_with("http")).collect()
}

#[test]
fn links_lead_to_files_headings_and_replays() {
    let lab = "replays/lab.html".to_owned();
    let replays = replays::all().into_iter().map(|replay| format!("replays/{}.html", replay.name));
    let replays: Vec<_> = replays.chain([lab]).collect();
    let mut wrong = Vec::new();
    let mut seen = HashMap::new();
    for page in pages() {
        for link in links(&read(&format!("docs/{page}"))) {
            let (file, anchor) =
                link.split_once('#').map_or((link.as_str(), None), |(file, anchor)| (file, Some(anchor)));
            let folder = Path::new(&page).parent().unwrap_or(Path::new(""));
            let file = if file.is_empty() { page.clone() } else { folder.join(file).display().to_string() };
            *seen.entry(file.clone()).or_insert(0) += 1;
            if !root().join("docs").join(&file).exists() {
                wrong.push(format!("docs/{page}: {link} does not exist"));
                continue;
            }
            let Some(anchor) =
                anchor.filter(|_| Path::new(&file).extension().is_some_and(|extension| extension == "md"))
            else {
                continue;
            };
            let headings = headings(&read(&format!("docs/{file}")));
            if !headings.iter().any(|(_, heading)| slug(heading) == anchor) {
                wrong.push(format!("docs/{page}: {file} has no heading for #{anchor}"));
            }
        }
    }
    assert!(seen.len() > 20, "the links were found");
    let played: Vec<_> = pages().iter().flat_map(|page| links(&played(&read(&format!("docs/{page}"))))).collect();
    let played = played.iter().filter_map(|link| link.split('#').next()).filter(|file| file.starts_with("replays/"));
    let played: HashSet<_> = played.map(str::to_owned).collect();
    wrong.extend(played.iter().filter(|page| !replays.contains(page)).map(|page| format!("the build makes no {page}")));
    wrong.extend(
        replays.iter().filter(|replay| !played.contains(*replay)).map(|replay| format!("no page links to {replay}")),
    );
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The names of the exercises, with their folders.
fn exercises() -> Vec<String> {
    let info = read("crates/exercises/info.toml");
    let value = |line: &str, key: &str| {
        line.strip_prefix(&format!("{key} = \"")).and_then(|rest| rest.strip_suffix('"').map(str::to_owned))
    };
    let names: Vec<_> = info.lines().filter_map(|line| value(line, "name")).collect();
    let folders: Vec<_> = info.lines().filter_map(|line| value(line, "dir")).collect();
    assert_eq!(names.len(), folders.len());
    names
        .iter()
        .zip(folders)
        .map(|(name, folder)| format!("../crates/exercises/exercises/{folder}/{name}.rs"))
        .collect()
}

/// How many lines a reader of the book reads before the quiz and after it, with all answers folded: no comments, and no stills of
/// what plays there.
fn seen_at_first(chapter: &str) -> usize {
    let without_quiz = quiz::section(chapter).map(|quiz| chapter.replace(quiz, ""));
    let chapter = without_quiz.as_deref().unwrap_or(chapter);
    let folded: usize = chapter
        .split("<details>")
        .skip(1)
        .filter_map(|rest| rest.split("</details>").next())
        .map(|answer| answer.lines().count())
        .sum();
    chapter.lines().filter(|line| !line.starts_with("<!--") && !line.starts_with("<a class=\"still\"")).count() - folded
}

#[test]
fn every_page_and_every_exercise_has_its_place() {
    let pages = pages();
    let mut files: Vec<_> = fs::read_dir(root().join("docs"))
        .expect("the folder is there")
        .map(|file| file.expect("it can be read"))
        .collect();
    files.retain(|file| file.path().extension().is_some_and(|extension| extension == "md"));
    for file in files {
        let name = file.file_name().into_string().expect("it is UTF-8");
        assert!(name == "SUMMARY.md" || pages.contains(&name), "docs/{name} is not in the table of contents");
    }
    let names = chapters();
    let chapters: Vec<_> = names.iter().map(|page| read(&format!("docs/{page}"))).collect();
    let mut wrong = Vec::new();
    for (page, chapter) in names.iter().zip(&chapters) {
        let lines = seen_at_first(chapter);
        if !(60..=if LONG.contains(&page.as_str()) { 300 } else { 150 }).contains(&lines) {
            wrong.push(format!("docs/{page} has {lines} lines, which is not what one sits down to read"));
        }
    }
    let exercises = exercises();
    assert!(exercises.len() >= 28, "only {} exercises", exercises.len());
    for exercise in exercises {
        if !chapters.iter().any(|chapter| links(chapter).contains(&exercise)) {
            wrong.push(format!("no chapter links to {exercise}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
