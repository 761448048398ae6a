//! Each frame of the book has its still, and the still of a replay page is what the build draws. `lab/tests/stills.rs` holds those
//! of the labs.

use super::{read, root};
use paintdry_course::{replays, stills};

#[test]
fn each_frame_has_its_still_and_each_still_its_frame() {
    let missing = stills::missing(&root().join("docs")).expect("the book can be read");
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

#[test]
fn each_still_of_a_replay_page_is_as_the_build_draws_it() {
    let pages = stills::pages(&root().join("docs")).expect("the book can be read");
    let frames: Vec<_> = pages.values().flat_map(|text| stills::frames(text)).collect();
    let mut drawn = 0;
    for replay in replays::all() {
        if frames.iter().any(|frame| frame.replay() == Some(replay.name)) {
            let file = format!("docs/{}", stills::still(replay.name));
            let still = replay.still().expect("its runs can be shown");
            assert!(read(&file) == still, "{file} is not what the build draws: run `cargo run -p paintdry-course`");
            drawn += 1;
        }
    }
    assert!(drawn >= 3, "only {drawn} replay pages have a frame");
}
