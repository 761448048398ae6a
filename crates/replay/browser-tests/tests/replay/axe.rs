//! What axe, a checker of accessibility, finds on the page in each of its sizes: nothing.

use crate::browser::{Look, Page};
use paintdry_browser_tests::Recording;
use serde_json::json;
use std::{env, fs};

/// The findings, each with the elements.
const RUN: &str = "return axe.run().then((found) => found.violations.map((one) =>
    one.id + ': ' + one.nodes.slice(0, 3).map((node) => node.target.join(' ')).join(', ')));";

/// axe's script. `.ci/run` fetches it and sets `AXE` to its path, because a page's test must not need the network itself.
pub(crate) fn axe() -> String {
    let path = env::var("AXE").expect("AXE is the path of axe-core's axe.min.js");
    fs::read_to_string(path).expect("axe-core can be read")
}

impl Page {
    pub(crate) fn assert_axe_finds_nothing(&self, axe: &str, what: &str) {
        self.run(axe, vec![]);
        assert_eq!(self.run(RUN, vec![]), json!([]), "{what}");
    }
}

#[test]
#[ignore = "needs axe-core: AXE is the path of its axe.min.js"]
fn axe_finds_nothing() {
    let axe = axe();
    let paint = Recording::of("--virtual --stroke-cost 40ns");
    let page = Page::open(&paint.page());
    page.prefer("screen", &[("prefers-reduced-motion", "reduce")]); // what moves has no contrast of its own
    for fragment in [
        "run=tokio&event=30&more=0",
        "run=tokio&event=30",
        "run=tokio&event=30&theme=dark&more=0",
        "run=tokio&event=30&wakes=1&lanes=thread&theme=dark",
        "predict=1",
    ] {
        page.go(&paint.page(), fragment);
        page.assert_axe_finds_nothing(&axe, fragment);
    }
    page.press('f');
    page.wait("document.body.classList.contains('presenting')");
    page.assert_axe_finds_nothing(&axe, "on a projector");
    for recording in
        [Recording::of("amap --virtual"), Recording::of_explored("two-locks"), Recording::of("--virtual --canvases 40")]
    {
        for fragment in ["event=20&more=0", "event=20"] {
            page.go(&recording.page(), fragment);
            page.assert_axe_finds_nothing(&axe, fragment);
        }
    }
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let lab = folder.path().join("lab.html");
    fs::write(&lab, paintdry_replay::lab()).expect("there is room for a file");
    for fragment in
        ["lab=two-locks", "lab=paint&chooses=0", "lab=paint&threads=2", "lab=paint&canvases=5", "lab=backpressure"]
    {
        let page = Page::open_at(&lab, fragment, Look::default());
        page.prefer("screen", &[("prefers-reduced-motion", "reduce")]);
        page.go(&lab, fragment);
        page.wait("paintdry.lab().counted");
        page.assert_axe_finds_nothing(&axe, fragment);
    }
}
