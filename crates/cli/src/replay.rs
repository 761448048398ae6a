//! The replay page: one file that plays a recording, with nothing to fetch and nothing to install.

use paintdry_studio::Recording;

const PAGE: &str = include_str!("../assets/replay/page.html");
const STYLE: &str = include_str!("../assets/replay/style.css");

/// In the order in which they stand in the page.
const SCRIPTS: [&str; 20] = [
    include_str!("../assets/replay/recording.js"),
    include_str!("../assets/replay/model.js"),
    include_str!("../assets/replay/query.js"),
    include_str!("../assets/replay/words.js"),
    include_str!("../assets/replay/sentence.js"),
    include_str!("../assets/replay/app.js"),
    include_str!("../assets/replay/axis.js"),
    include_str!("../assets/replay/dom.js"),
    include_str!("../assets/replay/rows.js"),
    include_str!("../assets/replay/draw.js"),
    include_str!("../assets/replay/crowd.js"),
    include_str!("../assets/replay/live.js"),
    include_str!("../assets/replay/source.js"),
    include_str!("../assets/replay/player.js"),
    include_str!("../assets/replay/predict.js"),
    include_str!("../assets/replay/tables.js"),
    include_str!("../assets/replay/fragment.js"),
    include_str!("../assets/replay/controls.js"),
    include_str!("../assets/replay/keys.js"),
    include_str!("../assets/replay/main.js"),
];

/// The page that plays `recording`.
pub(crate) fn page(recording: &Recording) -> String {
    // The recording comes last: what stands in it must not be taken for a place to put something.
    PAGE.replace("/*{style}*/", STYLE)
        .replace("/*{script}*/", &SCRIPTS.concat())
        .replace("{recording}", &inert(&recording.to_json()))
}

/// The same JSON without any character that could end the element it stands in, or begin another.
fn inert(json: &str) -> String {
    json.replace('&', "\\u0026")
        .replace('<', "\\u003c")
        .replace('>', "\\u003e")
        .replace('\u{2028}', "\\u2028")
        .replace('\u{2029}', "\\u2029")
}
