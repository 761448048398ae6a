//! The code in the pages is quoted from a file or compiled: all blocks of the chapters, and the Rust of the reference pages and the README.

use super::{blocks, compiler, pages, prose, read};

/// The lines without their common indentation.
fn unindented(lines: &[&str]) -> Vec<String> {
    let indents = lines.iter().filter(|line| !line.trim().is_empty()).map(|line| line.len() - line.trim_start().len());
    let common = indents.min().unwrap_or(0);
    lines.iter().map(|line| line.get(common..).unwrap_or_default().trim_end().to_owned()).collect()
}

fn is_in(block: &str, file: &str) -> bool {
    let block: Vec<_> = block.trim_end().lines().collect();
    let wanted = unindented(&block);
    let lines: Vec<_> = file.lines().collect();
    lines.windows(block.len().max(1)).any(|window| unindented(window) == wanted)
}

/// One side of a diff: the lines with this mark and the lines of both sides, without their marks.
fn side(diff: &str, mark: char) -> String {
    let lines = diff.lines().filter_map(|line| match line.chars().next() {
        None => Some(""),
        Some(first) if first == mark || first == ' ' => Some(&line[1..]),
        Some(_) => None,
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn what_is_quoted_is_in_the_file_and_all_else_is_compiled() {
    let doctests = read("crates/course/src/lib.rs");
    let prose = prose();
    let reference = pages().into_iter().filter(|page| !prose.contains(page)).map(|page| format!("docs/{page}"));
    let reference = reference.chain(["README.md".to_owned()]).map(|page| (page, false));
    let prose = prose.iter().map(|page| (format!("docs/{page}"), true));
    let mut wrong = Vec::new();
    for (page, is_prose) in prose.chain(reference) {
        for block in blocks(&read(&page)) {
            let at = format!("{page}:{}", block.line);
            let is_rust = block.language.starts_with("rust");
            if let Some((old, new)) = &block.compares {
                let is_marked = block.language == "diff" && block.text.lines().all(|line| !line.starts_with("@@"));
                for (file, mark) in [(old, '-'), (new, '+')] {
                    if !is_marked || !is_in(&side(&block.text, mark), &read(file)) {
                        wrong.push(format!("{at}: the {mark} side of this diff is not in {file}"));
                    }
                }
                continue;
            }
            match &block.quotes {
                Some(file) if !is_in(&block.text, &read(file)) => wrong.push(format!("{at}: this is not in {file}")),
                Some(_) if is_rust && block.language != "rust,ignore" => {
                    wrong.push(format!("{at}: a quote is not compiled; write rust,ignore"));
                }
                Some(_) => {}
                None if !is_prose && !is_rust => {} // files and commands that a reference page shows
                None if block.language == "console" || block.is_of_the_compiler => {}
                None if compiler::is_doctest(&block.language) => {
                    if !doctests.contains(&format!("{page}\")")) {
                        wrong.push(format!("{at}: lib.rs does not compile the page's doctests"));
                    }
                }
                None => wrong.push(format!("{at}: {:?} is neither a quote nor compiled nor a command", block.language)),
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
