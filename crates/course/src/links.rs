//! The links of the book to runs. In the Markdown, a link leads to a still of the run, so that a code host shows a picture of it:
//! `images/stills/NAME.svg#MOMENT`. In the built book it leads to the page that plays the run: `replays/NAME.html#MOMENT`.
//!
//! mdBook calls this program for that: docs/book.toml names it as a preprocessor.

use serde_json::Value;

/// How a link to a still begins.
const TO_A_STILL: &str = "](images/stills/";

/// A link to a still.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The name of the still.
    pub still: String,
    /// The moment, if the link names one: what follows the `#`.
    pub moment: String,
}

impl Link {
    /// The link that `rest` begins with, and what comes after its address.
    fn parse(rest: &str) -> Option<(Self, &str)> {
        let (address, after) = rest.split_at(rest.find(')')?);
        let (file, moment) = address.split_once('#').unwrap_or((address, ""));
        let still = file.strip_suffix(".svg")?;
        Some((Self { still: still.to_owned(), moment: moment.to_owned() }, after))
    }

    /// The address of the page that plays it. All labs are on one page, and the part after `#` says which one.
    fn page(&self) -> String {
        let page = if self.still.starts_with("lab-") { "lab" } else { &self.still };
        let hash = if self.moment.is_empty() { "" } else { "#" };
        format!("replays/{page}.html{hash}{}", self.moment)
    }
}

/// The links of a page to stills.
#[must_use]
pub fn to_stills(page: &str) -> Vec<Link> {
    page.split(TO_A_STILL).skip(1).filter_map(|rest| Some(Link::parse(rest)?.0)).collect()
}

/// The page with links that play. Nothing else changes, so this also works on JSON that contains the page.
#[must_use]
pub fn played(page: &str) -> String {
    let mut parts = page.split(TO_A_STILL);
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| match Link::parse(part) {
        Some((link, after)) => text + "](" + &link.page() + after,
        None => text + TO_A_STILL + part,
    })
}

/// What mdBook wants of a preprocessor: it gives its context and the book, as a JSON array, and takes the book.
///
/// # Errors
/// If that is not what it gives.
pub fn preprocess(input: &str) -> serde_json::Result<String> {
    let (_context, book): (Value, Value) = serde_json::from_str(&played(input))?;
    serde_json::to_string(&book)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "[at 1 s](images/stills/11-heartbeat.svg#event=39)<!-- at: wake --> [all](images/stills/02-b.svg), \
        [the lab](images/stills/lab-paint-canvases-3.svg#lab=paint&canvases=3) ![a picture](images/02.svg)";

    const PLAYED: &str = "[at 1 s](replays/11-heartbeat.html#event=39)<!-- at: wake --> [all](replays/02-b.html), \
        [the lab](replays/lab.html#lab=paint&canvases=3) ![a picture](images/02.svg)";

    #[test]
    fn a_link_to_a_still_becomes_one_to_the_page_that_plays() {
        assert_eq!(played(PAGE), PLAYED);
        let stills: Vec<_> = to_stills(PAGE).into_iter().map(|link| link.still).collect();
        assert_eq!(stills, ["11-heartbeat", "02-b", "lab-paint-canvases-3"]);
        assert!(to_stills(PLAYED).is_empty());
    }

    #[test]
    fn mdbook_gets_its_book_back() -> serde_json::Result<()> {
        let input = serde_json::json!([{"root": "docs"}, {"items": [{"Chapter": {"content": PAGE}}]}]);
        let book: Value = serde_json::from_str(&preprocess(&input.to_string())?)?;
        assert_eq!(book, serde_json::json!({"items": [{"Chapter": {"content": PLAYED}}]}));
        assert!(preprocess("[1]").is_err());
        Ok(())
    }
}
