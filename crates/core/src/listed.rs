//! How messages show long lists and large numbers.

use std::fmt::Display;

/// A message names this many items and counts the others.
const MOST_NAMED: usize = 20;

/// Of a longer item it shows this many characters. That is enough for a sentence about two names of a hundred characters.
const LONGEST_ITEM: usize = 300;

/// The first twenty items, and how many more there are, so that you can read a message about 200,000 tasks. An item
/// is cut after 300 characters.
///
/// ```
/// let tasks: Vec<_> = (1..=200_000).map(|number| format!("task {number}")).collect();
/// let message = paintdry_core::listed(&tasks);
/// assert!(message.starts_with("task 1, task 2, ") && message.ends_with("20 and 199,980 more"));
/// assert_eq!(paintdry_core::listed(&["sky", "sea"]), "sky, sea");
/// ```
#[must_use]
pub fn listed<T: Display>(items: &[T]) -> String {
    let named = items.iter().take(MOST_NAMED).map(shortened).collect::<Vec<_>>().join(", ");
    match items.len().saturating_sub(MOST_NAMED) {
        0 => named,
        more => format!("{named} and {} more", thousands(more as u64)),
    }
}

fn shortened(item: &impl Display) -> String {
    let mut text = item.to_string();
    if let Some((end, _)) = text.char_indices().nth(LONGEST_ITEM) {
        text.truncate(end);
        text.push('…');
    }
    text
}

/// A number with a comma before each group of three digits.
///
/// ```
/// use paintdry_core::thousands;
///
/// assert_eq!([0, 100, 1_000, 1_234_567].map(thousands), ["0", "100", "1,000", "1,234,567"]);
/// ```
#[must_use]
pub fn thousands(count: u64) -> String {
    let digits = count.to_string();
    let groups: Vec<_> = digits.as_bytes().rchunks(3).rev().map(String::from_utf8_lossy).collect();
    groups.join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_item_is_cut_after_three_hundred_characters() {
        let [fits, long] = [LONGEST_ITEM, 1_000_000].map(|length| "ä".repeat(length)); // a character of two bytes
        assert_eq!(listed(&[&fits, &long]), format!("{fits}, {fits}…"));
    }
}
