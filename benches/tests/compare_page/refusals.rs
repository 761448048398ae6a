//! Markers that cannot be followed, and figures that are made of the data.

use crate::saved;
use paintdry_benches::page;

#[test]
fn an_inline_figure_that_cannot_be_followed_is_refused() {
    let refusal = |line: &str| page::rewritten(line, &saved()).expect_err("the marker is wrong").to_string();
    for (line, reason) in [
        ("a <!-- figure: yield-2 median, tokio -->1 ns", "needs ` -->` and"),
        ("<!-- figure: yield-2 median -->1 ns<!-- /figure -->", "needs a comma and a row"),
        ("<!-- figure: yield-2 median, nobody -->1 ns<!-- /figure -->", "was not measured"),
        ("<!-- figure: yield-2 mean, tokio -->1 ns<!-- /figure -->", "is no figure"),
    ] {
        assert!(refusal(line).contains(reason), "{}", refusal(line));
    }
}

#[test]
fn a_marker_that_cannot_be_followed_is_refused_with_its_line() {
    let refusal = |page: &str| page::rewritten(page, &saved()).expect_err("the marker is wrong").to_string();
    let unknown = refusal("a\n<!-- table: yield-2 mean -->\n| | a |\n|---|---|\n| tokio | 1 |\n");
    assert!(unknown.starts_with("the table after line 2: `yield-2 mean` is no figure; write"), "{unknown}");
    let unknown = refusal("<!-- table: yield-3 median -->\n| | a |\n|---|---|\n| tokio | 1 |\n");
    assert!(unknown.ends_with("`compare.json` has no group `yield-3`; correct the marker"), "{unknown}");
    for page in ["<!-- table: wake median -->\n", "<!-- table: wake median -->\n| | a | b |\n|---|---|---|\n"] {
        assert_eq!(refusal(page), "the table after line 1: its header needs 2 cells");
    }
}

/// The page says that the fastest full runtime is bold, so it must be there.
#[test]
fn a_column_that_hides_its_bold_row_is_refused() {
    let mut data = saved();
    data.report.groups[0].fastest_full = Some("tokio".to_owned());
    let id = data.report.groups[0].id.clone();
    let table = |kind: &str, row: &str| format!("<!-- table: {id} {kind} -->\n| | a |\n|---|---|\n| {row} | 1 |\n");
    let refusal = page::rewritten(&table("cell", "smol"), &data).expect_err("tokio is not there").to_string();
    assert!(refusal.contains("the row `tokio`, which would be bold, is not there"), "{refusal}");
    let shown = page::rewritten(&table("cell", "tokio"), &data).expect("it is there");
    assert!(shown.contains("| tokio | **"), "{shown}");
    let plain = page::rewritten(&table("plain", "tokio"), &data).expect("no row of it is bold");
    assert!(!plain.contains("**") && plain.contains(" to "), "{plain}");
}

#[test]
fn a_figure_is_that_of_its_row() {
    let data = saved();
    let inline = |name: &str| {
        let line = format!("<!-- figure: {name} -->x<!-- /figure -->");
        let text = page::rewritten(&line, &data).unwrap_or_else(|error| panic!("{name}: {error}"));
        text.split("-->").nth(1).and_then(|text| text.split("<!--").next()).expect("a figure").to_owned()
    };
    let group = data.report.group("yield-2").expect("it was measured");
    let ratio = group.ratio("smol", "tokio").expect("both were measured");
    let shown = inline("yield-2 ratio, smol / tokio");
    assert!(shown.starts_with(&format!("{:.2} times (", ratio.median)), "{shown}");
    assert_ne!(shown, inline("yield-2 ratio, tokio / smol"));
    assert_eq!(inline("footprint crates, monoio: default features"), "22");
    assert_eq!(inline("footprint program, monoio: default features"), "404 kB");
    let table =
        "<!-- table: threads, yield-2 plain -->\n| | a | b |\n|---|---|---|\n| tokio-multi | | |\n| nobody | | |\n";
    let table = page::rewritten(table, &data).expect("it can be followed");
    assert!(table.contains("| tokio-multi | 2 |") && table.contains("| nobody | – | – |"), "{table}");
}
