//! The page needs no network, no driver and no permission.

use crate::browser::{OWN_FLAGS, Page, chromium};
use paintdry_browser_tests::Recording;
use serde_json::json;
use std::fs;
use std::process::{Command, Stdio};
use url::Url;

/// What the page shows when a browser without a driver opens it: its elements, before its script.
fn opened(recording: &Recording) -> String {
    let profile = tempfile::tempdir().expect("there is room for a profile");
    let mut browser = Command::new(chromium());
    browser.args(OWN_FLAGS).arg(format!("--user-data-dir={}", profile.path().display()));
    let mut address = Url::from_file_path(recording.page()).expect("a test's files have whole paths");
    address.set_fragment(Some("more=1"));
    let output =
        browser.arg("--dump-dom").arg(address.as_str()).stderr(Stdio::null()).output().expect("the browser starts");
    let page = String::from_utf8(output.stdout).expect("it writes text");
    page.split("<script").next().expect("a text").to_owned()
}

#[test]
fn it_opens_without_a_driver() {
    let recording = Recording::of("--virtual");
    let shown = opened(&recording);
    assert!(shown.contains("<title>3 canvases"), "the title: {}", &shown[..shown.len().min(2000)]);
    for run in recording.runs() {
        let name = run["runtime"].as_str().expect("a name");
        assert!(shown.contains(&format!(r#"<tr data-run="{name}">"#)), "{name} is in the table");
        assert!(
            shown.contains(r#"<section class="run"#) && shown.contains(&format!(r#"aria-label="{name}""#)),
            "{name} has a row"
        );
    }
    assert!(shown.contains(r#"class="ink-running""#), "the lanes are drawn");
}

#[test]
fn a_program_of_your_own_has_its_name_in_the_heading_and_need_not_bring_its_text() {
    let shown = opened(&Recording::of("--virtual --runtime generator,tokio").of_a_program("Tea for <two>"));
    let told = "Tea for &lt;two&gt;";
    assert!(
        shown.contains(&format!(r#"<h1 id="title">{told}: each of 2 runs takes 2&nbsp;s.</h1>"#)),
        "{}",
        &shown[..shown.len().min(2000)]
    );
    assert!(shown.contains("<title>Tea for"), "in the tab too");
    assert!(shown.contains("it passes while work is done") && !shown.contains("speed undefined"));
    assert!(shown.contains("The recording does not contain the program of this run."));
    assert!(shown.contains(r#"class="ink-running""#), "the lanes are drawn");
}

#[test]
fn it_asks_for_nothing() {
    let recording = Recording::of("--virtual");
    let text = fs::read_to_string(recording.page()).expect("it is there");
    for word in [
        "http:",
        "https:",
        "@import",
        "url(//",
        "import(",
        "fetch(",
        "XMLHttpRequest",
        "WebSocket",
        "eval(",
        "innerHTML",
        "document.write",
    ] {
        let without_names = text.replace("http://www.w3.org/2000/svg", "");
        assert!(!without_names.contains(word), "the page has no {word}");
    }
    let page = Page::open(&recording.page());
    let policy = page.text("document.querySelector('meta[http-equiv=Content-Security-Policy]').content");
    assert!(policy.contains("default-src 'none'"), "{policy}");
    assert_eq!(page.value("[localStorage.length, document.cookie]"), json!([0, ""]), "it keeps nothing");
}

/// The other tests rely on this: a page that fetches something or fails is noticed.
#[test]
fn a_page_that_is_not_quiet_is_noticed() {
    let recording = Recording::of("--virtual --runtime generator");
    let page = Page::open(&recording.page());
    assert_eq!(page.console(), [""; 0]);
    page.run("new Image().src = 'http://paintdry.example/x.png';", vec![]);
    page.wait("performance.getEntriesByType('resource').length > 0");
    assert_eq!(page.fetched(), ["http://paintdry.example/x.png"]);
    page.run("performance.clearResourceTimings();", vec![]);
    assert!(
        page.console().iter().any(|line| line.contains("Content Security Policy")),
        "what the policy forbids is told"
    );
    page.run("setTimeout(() => { throw new Error('on purpose'); });", vec![]);
    page.run("return new Promise((resolve) => setTimeout(resolve, 1));", vec![]);
    assert!(page.console().iter().any(|line| line.contains("on purpose")), "an error is told");
}
