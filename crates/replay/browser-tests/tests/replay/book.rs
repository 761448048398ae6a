//! The built book in a real browser: its pages fit a laptop and a phone, and its front page is for everybody.

use crate::axe::axe;
use crate::browser::Page;
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::thread;

/// The folder of the built book.
fn book() -> PathBuf {
    let book = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../book");
    book.canonicalize().expect("the book is built")
}

/// The pages of the built book: those of its two folders, without the replay pages and the page for printing.
fn pages() -> Vec<PathBuf> {
    let book = book();
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

/// The frames of the book: the replay pages, all in a frame of the usual size, and each lab that a chapter shows, with its height.
fn frames() -> Vec<(String, u32)> {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../docs");
    let replays = fs::read_dir(docs.join("replays")).expect("the book's replay pages are built");
    let names = replays.map(|file| file.expect("it can be read").file_name().to_string_lossy().into_owned());
    let mut frames: Vec<_> =
        names.filter(|name| name.ends_with(".html") && name != "lab.html").map(|name| (name, 420)).collect();
    for chapter in fs::read_dir(&docs).expect("the book").map(|file| file.expect("it can be read").path()) {
        let Ok(text) = fs::read_to_string(&chapter) else { continue };
        for lab in text.lines().filter_map(|line| line.strip_prefix("<object data=\"replays/lab.html#")) {
            let (fragment, rest) = lab.split_once('"').expect("the address ends");
            let height = rest.split_once("height=\"").and_then(|(_, rest)| rest.split('"').next()?.parse().ok());
            frames.push((format!("lab.html#{fragment}"), height.expect("a height")));
        }
    }
    frames.sort();
    frames
}

/// What of a frame is cut: what a reader needs there, if it does not lie in the frame or does not fit into its own box.
const CUT: &str = "[...document.querySelectorAll('#title, #play, #sentence, .card, .card h2, .card-error, .card-end, .scene, #lab-ready')]
    .filter((one) => one.checkVisibility())
    .filter((one) => {
        const { right, bottom } = one.getBoundingClientRect();
        const isLab = document.body.classList.contains('in-lab');
        const mayBeBelow = isLab && one.closest('.card:not(:first-child)');
        const isWide = one.scrollWidth > one.clientWidth + 1 && !(one instanceof SVGElement);
        return isWide || right > innerWidth + 0.5 || (bottom > innerHeight + 0.5 && !mayBeBelow);
    })
    .map((one) => `${one.id || one.getAttribute('class')}: ${one.textContent.slice(0, 60)}`)";

/// Looks at each of these in one of two browsers, and returns all that is wrong.
fn wrong_in<T: Sync>(these: &[T], look: impl Fn(&Page, &T) -> Vec<String> + Sync) -> String {
    let look_at = |these: &[T]| {
        let browser = Page::for_a_site();
        let wrong: Vec<_> = these.iter().flat_map(|one| look(&browser, one)).collect();
        browser.leave();
        wrong
    };
    let (some, others) = these.split_at(these.len() / 2);
    thread::scope(|scope| {
        let others = scope.spawn(|| look_at(others));
        [look_at(some), others.join().expect("it has looked at all")].concat().join("\n")
    })
}

#[test]
#[ignore = "needs the pages of the book: `cargo run -p paintdry-course`"]
fn in_the_frames_of_the_built_book_nothing_is_cut() {
    let frames = frames();
    assert!(frames.len() > 50, "the frames were found");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../docs/replays");
    let wrong = wrong_in(&frames, |browser, (frame, height)| {
        browser.pretend_size((750, *height));
        let (name, fragment) = frame.split_once('#').unwrap_or((frame, ""));
        browser.go_to_a_frame(&folder.join(name), fragment);
        let cut_at = |event: i32| {
            browser.run("paintdry.seek({ event: arguments[0] });", vec![event.into()]);
            let cut = browser.value(CUT);
            (cut != json!([])).then(|| format!("{frame} at event {event}: {cut}"))
        };
        [-1, 1_000_000].into_iter().filter_map(cut_at).collect()
    });
    assert!(wrong.is_empty(), "{wrong}");
}

fn at_width(page: &Page, width: u32) -> Value {
    page.pretend_size((width, 900));
    page.value(TOO_WIDE)
}

#[test]
#[ignore = "needs the built book: `mdbook build docs`"]
fn the_built_book_fits_a_laptop_and_scrolls_sideways_on_no_phone() {
    let pages = pages();
    assert!(pages.len() > 40, "the pages were found");
    let wrong = wrong_in(&pages, |browser, page| {
        let name = page.file_name().unwrap_or_default().display();
        browser.go_to_a_site(page);
        let (laptop, phone) = (at_width(browser, 1280), at_width(browser, 400));
        let laptop_is_wrong = laptop != json!({"page": 0, "tables": []});
        let at_1280 = laptop_is_wrong.then(|| format!("{name} at 1280 pixels: {laptop}"));
        let at_400 = (phone["page"] != json!(0)).then(|| format!("{name} at 400 pixels: {phone}"));
        at_1280.into_iter().chain(at_400).collect()
    });
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
#[ignore = "needs the built book, and axe-core: AXE is the path of its axe.min.js"]
fn the_front_page_of_the_built_book_is_for_everybody_and_asks_nothing_of_another_site() {
    let axe = axe();
    let front = book().join("front.html");
    let page = Page::for_a_site();
    page.go_to_a_site(&front);
    for theme in ["light", "navy"] {
        page.run("localStorage.setItem('mdbook-theme', arguments[0]);", vec![json!(theme)]);
        for width in [1280, 400] {
            page.pretend_size((width, 900));
            page.go_to_a_site(&front);
            page.assert_axe_finds_nothing(&axe, &format!("{theme}, {width} pixels wide"));
        }
    }
    // The list of chapters is closed on a phone.
    page.click("#mdbook-sidebar-toggle");
    page.wait("document.querySelector('#mdbook-sidebar a').getBoundingClientRect().right > 0");
    page.wait("document.querySelector('button[aria-controls=mdbook-sidebar]').ariaExpanded === 'true'");
    let elsewhere: Vec<_> = page.fetched().into_iter().filter(|address| !is_a_file(address)).collect();
    assert_eq!(elsewhere, [""; 0]);
    page.leave();
}

fn is_a_file(address: &Value) -> bool {
    address.as_str().is_some_and(|address| address.starts_with("file:"))
}
