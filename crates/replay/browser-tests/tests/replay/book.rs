//! The built book in a real browser: its pages fit a laptop and a phone.

use crate::browser::Page;
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};

/// The pages of the built book: those of its two folders, without the replay pages and the page for printing.
fn pages() -> Vec<PathBuf> {
    let book = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../book");
    let book = book.canonicalize().expect("the book is built");
    let files = [book.clone(), book.join("compare")].map(|folder| fs::read_dir(folder).expect("the book is built"));
    let mut pages: Vec<_> = files.into_iter().flatten().map(|file| file.expect("it can be read").path()).collect();
    let is_page = |page: &PathBuf| page.extension().is_some_and(|extension| extension == "html");
    pages.retain(|page| is_page(page) && !page.ends_with("print.html") && !page.ends_with("toc.html"));
    pages.sort();
    pages
}

/// What is too wide: the page itself, and each table that has to be scrolled, with how many pixels are missing.
const TOO_WIDE: &str = "(() => {
    const missing = (box) => box.scrollWidth - box.clientWidth;
    const tables = [...document.querySelectorAll('main table')].map((table) => table.parentElement);
    const named = (box) => `a table: ${box.innerText.trim().slice(0, 60)}`;
    return {
        page: missing(document.documentElement),
        tables: tables.filter((box) => missing(box) > 0).map((box) => `${named(box)}: ${missing(box)}`),
    };
})()";

fn at_width(page: &Page, width: u32) -> Value {
    let size = json!({"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": false});
    page.devtools("Emulation.setDeviceMetricsOverride", &size);
    page.value(TOO_WIDE)
}

#[test]
#[ignore = "needs the built book: `mdbook build docs`"]
fn the_built_book_fits_a_laptop_and_scrolls_sideways_on_no_phone() {
    let pages = pages();
    assert!(pages.len() > 40, "the pages were found");
    let browser = Page::of_a_site(&pages[0]);
    let mut wrong = Vec::new();
    for page in &pages {
        let name = page.file_name().unwrap_or_default().display();
        browser.go_to_a_site(page);
        let laptop = at_width(&browser, 1280);
        if laptop != json!({"page": 0, "tables": []}) {
            wrong.push(format!("{name} at 1280 pixels: {laptop}"));
        }
        let phone = at_width(&browser, 400);
        if phone["page"] != json!(0) {
            wrong.push(format!("{name} at 400 pixels: {phone}"));
        }
    }
    browser.leave();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
