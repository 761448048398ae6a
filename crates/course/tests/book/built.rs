//! The links of the built book, where mdbook makes `.html` of every `.md`, even of files that are no page.

use crate::root;
use std::fs;
use std::path::Path;

/// The links, images and frames of a page. HTML in code is text.
fn targets(page: &str) -> Vec<String> {
    let mut parts = page.split("<code");
    let before = parts.next().unwrap_or_default();
    let page =
        parts.filter_map(|part| part.split_once("</code>")).fold(before.to_owned(), |page, (_, rest)| page + rest);
    let quoted = |attribute| page.split(attribute).skip(1).filter_map(|rest: &str| rest.split('"').next());
    quoted("href=\"")
        .chain(quoted("src=\""))
        .chain(quoted("<object data=\""))
        .map(|link| link.replace("&amp;", "&"))
        .collect()
}

#[test]
#[ignore = "needs the built book: `mdbook build docs`"]
fn every_link_of_the_built_book_leads_somewhere() {
    let book = root().join("book");
    let (mut seen, mut dead) = (0, Vec::new());
    let folders = [book.clone(), book.join("compare")];
    let entries = folders.iter().flat_map(|folder| fs::read_dir(folder).expect("the book is built"));
    for entry in entries {
        let path = entry.expect("it can be read").path();
        let folder = path.parent().unwrap_or(&book);
        if path.extension().is_none_or(|extension| extension != "html") {
            continue;
        }
        let page = fs::read_to_string(&path).expect("it is text");
        for link in targets(&page).into_iter().filter(|link| !link.contains(':')) {
            seen += 1;
            if link.contains("images/stills/") && link.contains('#') {
                dead.push(format!(
                    "{}: {link} is a picture, and should play",
                    path.file_name().unwrap_or_default().display()
                ));
            }
            let (file, anchor) = link.split_once('#').unwrap_or((&link, ""));
            let file = file.split('?').next().unwrap_or_default();
            let target = if file.is_empty() { path.clone() } else { folder.join(file) };
            // In a replay page, what follows the `#` is a moment.
            let has_anchors = !file.starts_with("replays/") && !anchor.is_empty() && is_page(&target);
            let leads = target.exists()
                && (!has_anchors
                    || fs::read_to_string(&target).is_ok_and(|page| page.contains(&format!("id=\"{anchor}\""))));
            if !leads {
                dead.push(format!("{}: {link}", path.file_name().unwrap_or_default().display()));
            }
        }
    }
    dead.sort();
    dead.dedup();
    assert!(seen > 500, "the links were found");
    assert!(dead.is_empty(), "{}", dead.join("\n"));
}

#[test]
#[ignore = "needs the built book: `mdbook build docs`"]
fn the_built_book_can_be_searched() {
    let files = fs::read_dir(root().join("book")).expect("the book is built");
    let index = files.filter_map(Result::ok).find(|file| file.file_name().to_string_lossy().starts_with("searchindex"));
    let index = index.expect("mdbook is built with its feature `search`").path();
    let index = fs::read_to_string(index).expect("it is text");
    for page in ["front.html", "06-futures-and-wakers.html", "compare/compare.html"] {
        assert!(index.contains(page), "the index has no {page}");
    }
}

fn is_page(target: &Path) -> bool {
    target.extension().is_some_and(|extension| extension == "html")
}
