//! What a reader of the lab sees without scrolling: their place in the tree, whether the goal is met, whose line it is.

use crate::lab::LabPage;
use serde_json::json;

/// Whether an element lies in the part of a box that is on the screen.
const IS_IN: &str = "(one, box) => {
    const [inner, outer] = [one, box].map((each) => each.getBoundingClientRect());
    return inner.left >= outer.left && inner.right <= outer.right && inner.top >= outer.top && inner.bottom <= outer.bottom;
}";

#[test]
fn the_tree_marks_the_place_of_the_reader_and_keeps_it_in_view() {
    let lab = LabPage::open("lab=two-locks");
    lab.is_counted();
    let tree = "document.getElementById('lab-tree')";
    let place = format!("{tree}.querySelector('.here')");
    let is_seen = |ended: &str| {
        lab.page.wait(&format!("{place}.dataset.ended === '{ended}'"));
        assert_eq!(lab.page.text(&format!("{place}.textContent")), "you");
        assert!(lab.page.is(&format!("({IS_IN})({place}, {tree})")), "it is in view");
    };
    for width in [1280, 750, 400] {
        lab.page.resize(width, 800);
        lab.page.click("#lab-again");
        for choice in [0, 0, 1, 1, 1, 0] {
            is_seen("");
            lab.page.click(&format!("#lab-ready [data-position='{choice}']"));
        }
        is_seen("stuck");
        assert!(lab.page.is(&format!("{tree}.scrollTop > 0")), "the tree is larger than its box");
    }
    // Of four painters there are too many schedules to draw all.
    lab.go("lab=two-locks&painters=4&choices=1.1.1");
    lab.page.wait(&format!("{place}.textContent === 'you'"));
}

#[test]
fn a_run_that_has_ended_says_whether_it_met_a_goal() {
    let lab = LabPage::open("lab=two-locks");
    lab.is_counted();
    assert_eq!(lab.text("lab-verdict"), "");
    lab.page.click("#lab-finish");
    assert_eq!(lab.text("lab-verdict"), "Not yet: reach the deadlock.");
    lab.page.click("#lab-shortest");
    assert_eq!(lab.text("lab-verdict"), "Goal met: reach the deadlock.");
    // Another run does not meet it, though the list remembers that it was met.
    lab.page.click("#lab-passing");
    assert_eq!(lab.text("lab-verdict"), "Not yet: reach it with three painters: each has what the next one needs.");
    assert!(lab.text("lab-goals").contains("✓ Reach the deadlock."));
    lab.set("same_order", 1);
    lab.page.click("#lab-finish");
    lab.page.wait(
        "document.getElementById('lab-verdict').textContent === 'Goal met: change the program so that no schedule fails.'",
    );
}

#[test]
fn the_end_of_a_run_moves_neither_the_player_nor_the_stage() {
    let lab = LabPage::open("lab=two-locks");
    lab.is_counted();
    let places = "['play', 'slider', 'stage', 'lab-tree', 'source'].map((id) =>
        [document.getElementById(id).checkVisibility(), document.getElementById(id).getBoundingClientRect().top])";
    let before = lab.page.value(places);
    assert!(before.as_array().expect("a list").iter().all(|place| place[0] == json!(true)), "{before}");
    lab.page.click("#lab-shortest");
    assert_eq!(lab.shown("ended"), json!("stuck"));
    assert_eq!(lab.page.value(places), before);
}

#[test]
fn the_program_is_shown_from_its_first_line_with_the_mark_of_each_task() {
    let lab = LabPage::open("lab=two-locks&choices=0.0.1");
    let source = "document.getElementById('source')";
    assert!(lab.page.is(&format!("{source}.scrollTop === 0")), "it begins at line 1");
    let heights = format!(
        "new Set([...{source}.querySelectorAll('.line:not(.elsewhere)')].map((line) => Math.round(line.offsetHeight))).size"
    );
    assert_eq!(lab.page.value(&heights), json!(1), "no line is broken");
    let marks = format!(
        "[...{source}.querySelectorAll('.line.hot')].map((line) =>
            [line.querySelector('i').textContent, line.querySelector('.chip').textContent, ({IS_IN})(line.querySelector('.chip'), {source})])"
    );
    assert_eq!(lab.page.value(&marks), json!([["21", "ada", true]]), "ada has taken red at line 21");
}
