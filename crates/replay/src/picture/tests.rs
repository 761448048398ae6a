//! Pictures of small recordings, and what they say.

use super::Story;
use paintdry_studio::{Clock, Recording};

#[test]
fn a_recording_without_runs_has_a_picture() {
    let recording = Recording::of_program("</title>tea", Clock::Virtual, Vec::new());
    let story = Story::new(&recording).expect("it can be read");
    let svg = story.still(None);
    assert!(svg.contains("This recording has no runs.") && svg.contains("&lt;/title&gt;tea"), "{svg}");
}
