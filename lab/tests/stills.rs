//! Draws the stills of the labs: `docs/images/stills/NAME.svg` for each lab that the book shows in a frame or links to. A code host
//! shows the still, because it shows no frame and has no lab. The name is that of `Frame::name` in `crates/course/src/stills.rs`.
//!
//! A still that is not what the lab draws is a failure, and is then drawn again.

use paintdry_replay::Story;
use paintdry_studio::Recording;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn docs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs")
}

/// What follows the `#` in the address of each lab that a page of the book has in a frame, and of each still of a lab that it links
/// to: `lab=paint&takes_turns=1`.
fn labs() -> BTreeSet<String> {
    let mut labs = BTreeSet::new();
    for file in fs::read_dir(docs()).expect("the book is in the repository") {
        let path = file.expect("its folder can be read").path();
        if path.extension().is_some_and(|extension| extension == "md") {
            let page = fs::read_to_string(&path).expect("a page is text");
            let frames = page.split("=\"replays/lab.html#").skip(1);
            labs.extend(frames.filter_map(|rest| rest.split('"').next()).map(str::to_owned));
            let links = page.split("](images/stills/lab-").skip(1);
            labs.extend(
                links.filter_map(|rest| rest.split(')').next()?.split_once('#')).map(|(_, lab)| lab.to_owned()),
            );
        }
    }
    labs
}

/// A moment of the run in the loop's own order. The choices of a link are kept.
fn still(lab: &str) -> String {
    let words: Vec<_> = lab.split('&').filter(|word| !word.starts_with("chooses=")).collect();
    let request = format!("run {} finish=1", words.join(" ").replacen("lab=", "program=", 1));
    let mut answer: Value = serde_json::from_str(&paintdry_lab::answer(&request)).expect("an answer is JSON");
    let recording = Recording::read(&answer["run"]["recording"].take().to_string());
    let recording = recording.unwrap_or_else(|error| panic!("{lab}: {error}"));
    Story::new(&recording).unwrap_or_else(|error| panic!("{lab}: {error}")).still(None)
}

#[test]
fn each_lab_of_the_book_has_its_still() {
    let labs = labs();
    assert!(labs.len() >= 8, "only {} labs were found", labs.len());
    let mut drawn = Vec::new();
    for lab in labs {
        let name = lab.replace(|c: char| !c.is_ascii_alphanumeric(), "-");
        let file = docs().join(format!("images/stills/{name}.svg"));
        let still = still(&lab);
        if fs::read_to_string(&file).ok().as_ref() != Some(&still) {
            fs::write(&file, still).expect("the still can be written");
            drawn.push(name);
        }
    }
    assert!(drawn.is_empty(), "these stills were not what the lab draws; they are now, so commit them: {drawn:?}");
}
