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

/// The address of the published book has one place, the workspace's `homepage`. The test above then says what each still leads to.
#[test]
fn each_still_of_a_frame_stands_beside_its_frame() {
    let pages = stills::pages(&root().join("docs")).expect("the book can be read");
    let stills = pages.values().map(|text| text.matches("<a class=\"still\" href=\"").count()).sum::<usize>();
    let frames = pages.values().map(|text| stills::frames(text).len()).sum::<usize>();
    assert!(frames > 10 && stills == frames, "{stills} stills and {frames} frames");
    assert!(read("docs/front.md").contains("\n## On a code host\n"), "the stills lead to this heading");
}
