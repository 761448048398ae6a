//! Each frame of the book and each link to a run has its still, and the still of a replay page is what the build draws.
//! `lab/tests/stills.rs` holds those of the labs.

use super::{read, root};
use paintdry_course::{replays, stills};

#[test]
fn each_frame_and_each_link_has_its_still() {
    let missing = stills::missing(&root().join("docs")).expect("the book can be read");
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

#[test]
fn each_still_of_a_replay_page_is_as_the_build_draws_it() {
    for replay in replays::all() {
        let file = format!("docs/{}", stills::still(replay.name));
        let still = replay.still().expect("its runs can be shown");
        assert!(read(&file) == still, "{file} is not what the build draws: run `cargo run -p paintdry-course`");
    }
}

/// On a code host, what `cargo run -p paintdry-course` writes into docs/replays does not exist.
#[test]
fn no_link_of_the_markdown_leads_to_a_page_that_is_not_there() {
    for (page, text) in stills::pages(&root().join("docs")).expect("the book can be read") {
        assert!(
            !text.contains("](replays/"),
            "docs/{page}: write [text](images/stills/NAME.svg#MOMENT); the book makes replays/NAME.html#MOMENT of it"
        );
    }
}

/// So one page says how to play the runs, and an address of the published book has one place.
#[test]
fn each_still_of_a_frame_leads_to_the_page_that_says_how_to_play() {
    let pages = stills::pages(&root().join("docs")).expect("the book can be read");
    let frames: Vec<_> = pages.values().flat_map(|text| text.split("<a class=\"still\" href=\"").skip(1)).collect();
    assert!(frames.len() > 10, "they were found");
    for frame in frames {
        let expected = "front.md#on-a-code-host\"><img src=\"images/stills/";
        assert!(frame.starts_with(expected), "{}", frame.lines().next().unwrap_or_default());
    }
    let places = pages.iter().filter(|(_, text)| text.contains("public address, name it here"));
    let places: Vec<_> = places.map(|(page, _)| page.as_str()).collect();
    assert_eq!(places, ["front.md"]);
    assert!(read("docs/front.md").contains("\n## On a code host\n"), "the stills lead to this heading");
}
