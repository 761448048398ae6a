//! The pictures of the book are what the build draws, and each has a place in it.

use super::{links, pages, read};
use paintdry_course::pictures;
use std::collections::HashSet;

#[test]
fn each_picture_is_as_the_build_draws_it() {
    for picture in pictures::all() {
        let drawn = (picture.draw)();
        let file = format!("docs/images/{}.svg", picture.name);
        assert!(read(&file) == drawn, "{file} is not what the build draws: run `cargo run -p paintdry-course`");
    }
}

#[test]
fn each_picture_has_a_page() {
    let shown: HashSet<_> = pages().iter().flat_map(|page| links(&read(&format!("docs/{page}")))).collect();
    for picture in pictures::all() {
        assert!(shown.contains(&format!("images/{}.svg", picture.name)), "no page shows {}", picture.name);
    }
}
