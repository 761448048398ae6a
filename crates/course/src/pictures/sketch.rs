//! The pencil of the pictures: words, code, boxes and arrows on a card, in the colours of the replay page.
//!
//! Coordinates are whole pixels of a card that is at most 720 wide, so that the smallest words can be read on a code host.

use std::fmt::Write;

/// Light and dark. No colour stands alone: a box has a word in it, or a line beside it that names it.
const STYLE: &str = "
text{font:15px system-ui,'Segoe UI',Roboto,'DejaVu Sans',sans-serif;fill:#26221c;white-space:pre}
.code{font:14px ui-monospace,Menlo,Consolas,'DejaVu Sans Mono',monospace}
.bold{font-weight:600}.dim{fill:#675f52}.middle{text-anchor:middle}.end{text-anchor:end}
.card{fill:#fffdf8;stroke:#ddd4c2}.plain{fill:#f7f3ea;stroke:#8d8371}
.run{fill:#f3d3c8;stroke:#bd4a32}.ready{fill:#f4e1bd;stroke:#a86a12}.wait{fill:#cfe0ee;stroke:#3a76a4}
.done{fill:#d5e6c8;stroke:#507f36}.failed{fill:#f4ccd4;stroke:#9c1030}
.bar.run{fill:#bd4a32}.bar.wait{fill:#7fa9c9}.bar.ready{fill:#d2a75f}.bar.done{fill:#507f36}.bar.failed{fill:#9c1030}
rect.bar{stroke:none}.rule{stroke:#ddd4c2}.line{stroke:#26221c;fill:none;stroke-width:1.5}.head{fill:#26221c}
.dash{stroke-dasharray:5 4}
.t-run{fill:#a43c26}.t-ready{fill:#855008}.t-wait{fill:#2b628c}.t-done{fill:#42702a}.t-failed{fill:#9c1030}
@media(prefers-color-scheme:dark){
text{fill:#f0e9db}.dim{fill:#b5ab99}.card{fill:#221f1a;stroke:#4a443a}.plain{fill:#2e2a24;stroke:#8d8371}
.run{fill:#5a2a1e;stroke:#e8806a}.ready{fill:#4c3a17;stroke:#e0ab55}.wait{fill:#1f3c52;stroke:#7db6df}
.done{fill:#2a4420;stroke:#93c474}.failed{fill:#551522;stroke:#f08098}
.bar.run{fill:#e8806a}.bar.wait{fill:#4a7ea6}.bar.ready{fill:#b58a3e}.bar.done{fill:#93c474}.bar.failed{fill:#f08098}
.rule{stroke:#4a443a}.line{stroke:#f0e9db}.head{fill:#f0e9db}
.t-run{fill:#f0957f}.t-ready{fill:#e0ab55}.t-wait{fill:#8cc1e6}.t-done{fill:#a2d183}.t-failed{fill:#f496aa}
}";

/// A picture that is being drawn.
pub(super) struct Sketch(String);

impl Sketch {
    /// An empty card. `title` says in a sentence what the picture shows, for readers who do not see it.
    pub(super) fn new(width: u32, height: u32, title: &str) -> Self {
        let title = escaped(title);
        Self(format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="img">
<title>{title}</title>
<style>{STYLE}</style>
<defs><marker id="head" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" orient="auto-start-reverse"><path class="head" d="M0 0L10 5L0 10z"/></marker></defs>
<rect class="card" x=".5" y=".5" width="{}" height="{}" rx="10"/>
"#,
            width - 1,
            height - 1
        ))
    }

    /// Words that begin at `x`, or end there (class `end`), or have their middle there (class `middle`); `y` is their baseline.
    pub(super) fn text(&mut self, x: i32, y: i32, class: &str, words: &str) {
        let words = escaped(words);
        let _ = writeln!(self.0, r#"<text x="{x}" y="{y}" class="{class}">{words}</text>"#);
    }

    /// Lines of code, 20 apart; the first has its baseline at `y`.
    pub(super) fn code(&mut self, x: i32, y: i32, lines: &[&str]) {
        for (y, line) in (y..).step_by(20).zip(lines) {
            self.text(x, y, "code", line);
        }
    }

    /// A box: `plain`, or in the colour of a state (`run`, `ready`, `wait`, `done`, `failed`).
    pub(super) fn frame(&mut self, x: i32, y: i32, width: i32, height: i32, class: &str) {
        let _ = writeln!(
            self.0,
            r#"<rect class="{class}" x="{x}" y="{y}" width="{width}" height="{height}" rx="6" stroke-width="1.5"/>"#
        );
    }

    /// A box, 30 high, with words in its middle.
    pub(super) fn labelled(&mut self, x: i32, y: i32, width: i32, class: &str, words: &str) {
        self.frame(x, y, width, 30, class);
        self.text(x + width / 2, y + 20, "middle", words);
    }

    /// A filled bar of a lane, without an outline.
    pub(super) fn bar(&mut self, x: i32, y: i32, width: i32, height: i32, class: &str) {
        let _ = writeln!(self.0, r#"<rect class="bar {class}" x="{x}" y="{y}" width="{width}" height="{height}"/>"#);
    }

    /// A thin line without a head, for axes and tables.
    pub(super) fn rule(&mut self, from: (i32, i32), to: (i32, i32)) {
        let _ = writeln!(self.0, r#"<path class="rule" d="M{} {}L{} {}"/>"#, from.0, from.1, to.0, to.1);
    }

    /// A straight arrow.
    pub(super) fn arrow(&mut self, from: (i32, i32), to: (i32, i32)) {
        self.path(&format!("M{} {}L{} {}", from.0, from.1, to.0, to.1), "line");
    }

    /// An arrow along any path of SVG; `line dash` dashes it.
    pub(super) fn path(&mut self, path: &str, class: &str) {
        let _ = writeln!(self.0, r#"<path class="{class}" d="{path}" marker-end="url(#head)"/>"#);
    }

    /// The finished picture.
    pub(super) fn finish(mut self) -> String {
        self.0.push_str("</svg>\n");
        self.0
    }
}

/// The words as XML.
fn escaped(words: &str) -> String {
    words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
