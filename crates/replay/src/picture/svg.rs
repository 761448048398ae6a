//! Writing SVG: numbers, texts that may be a stranger's, and the style of all pictures.

use std::fmt::Write;

/// The page's light colours and type. No rule needs a script, and every class is on the element itself, so that any viewer
/// draws it.
pub(super) const STYLE: &str = "\
text{font-family:'Segoe UI',Roboto,'DejaVu Sans','Noto Sans','Liberation Sans',Arial,Helvetica,sans-serif;font-size:13px;fill:#26221c}
.serif{font-family:Georgia,'DejaVu Serif','Noto Serif','Liberation Serif','Times New Roman',serif;font-weight:bold}
.mono{font-family:'DejaVu Sans Mono','Noto Sans Mono','Liberation Mono',Menlo,Consolas,monospace;font-weight:bold;font-size:20px}
.dim{fill:#675f52}.done-text{fill:#507f36}.bad-text{fill:#9c1030}.end{text-anchor:end}.middle{text-anchor:middle}
.card{fill:#fffdf8;stroke:#ddd4c2}.back{fill:#f7f3ea}.rule{fill:#ddd4c2}.head{fill:#26221c}
.run{fill:#bd4a32}.ready{fill:#a86a12;fill-opacity:.55}.wait{fill:#3a76a4;fill-opacity:.5}
.hold{fill:#3a76a4;fill-opacity:.5;stroke:#bd4a32;stroke-width:1.5}.done{fill:#507f36}.failed{fill:#9c1030}
.skip{fill:#ddd4c2;fill-opacity:.6}
.wood{stroke:#9c7a54;stroke-width:4;stroke-linecap:round;fill:none}.ledge{fill:#9c7a54}.blank{fill:#fffdf7}
.strokes{fill:none;stroke-linecap:round}.gloss{fill:#fff}.frame{fill:none;stroke-width:3;stroke:#ddd4c2}
.of-ready{stroke:#a86a12;stroke-dasharray:5 3}.of-painting{stroke:#bd4a32}.of-wet{stroke:#3a76a4}
.of-dry{stroke:#507f36;stroke-width:4.5}.of-failed{stroke:#9c1030;stroke-dasharray:2 3}
.ink{fill:#26221c}.arm{stroke:#26221c;stroke-width:4;stroke-linecap:round;fill:none}
.brush{stroke:#bd4a32;stroke-width:4;stroke-linecap:round}.idle{opacity:.35}
.name{font-size:17px}.label{font-size:15px}.small{font-size:26px}
.item{fill:none;stroke:#8d8371;stroke-width:1.5}.hand{fill:#fffdf8;stroke:#26221c;stroke-width:3}
";

/// A coordinate, to a hundredth.
pub(super) fn number(value: f64) -> String {
    let text = format!("{value:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// A part of a path: a filled rectangle.
pub(super) fn rectangle(x: f64, y: f64, width: f64, height: f64) -> String {
    format!("M{} {}h{}v{}h{}z", number(x), number(y), number(width), number(height), number(-width))
}

pub(super) fn text(svg: &mut String, x: f64, y: f64, classes: &str, words: &str) {
    if !words.is_empty() {
        let (x, y, words) = (number(x), number(y), escaped(words));
        let _ = write!(svg, r#"<text x="{x}" y="{y}" class="{classes}">{words}</text>"#);
    }
}

/// A text as XML. What XML does not allow, or turns the order of writing, is left out.
pub(super) fn escaped(words: &str) -> String {
    let mut escaped = String::new();
    for c in words.chars() {
        match c {
            '&' => escaped += "&amp;",
            '<' => escaped += "&lt;",
            '>' => escaped += "&gt;",
            '"' => escaped += "&quot;",
            c if acts(c) => {}
            c => escaped.push(c),
        }
    }
    escaped
}

fn acts(c: char) -> bool {
    let turns = matches!(c, '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    turns || c.is_control() || matches!(c, '\u{FFFE}' | '\u{FFFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_strangers_text_stays_text() {
        assert_eq!(escaped("</text><script>&\u{0}\u{202e}\"\u{ffff}"), "&lt;/text&gt;&lt;script&gt;&amp;&quot;");
        assert_eq!([0.0, -0.001, 1.5, 2.345_6, -3.0].map(number), ["0", "0", "1.5", "2.35", "-3"]);
    }
}
