//! How messages show long lists and large numbers.

use std::fmt::Display;

/// A message names this many items and counts the others.
const MOST_NAMED: usize = 20;

/// The first twenty items, and how many more there are, so that you can read a message about 200,000 tasks.
///
/// ```
/// let tasks: Vec<_> = (1..=200_000).map(|number| format!("task {number}")).collect();
/// let message = paintdry_core::listed(&tasks);
/// assert!(message.starts_with("task 1, task 2, ") && message.ends_with(", task 20 and 199,980 more"));
/// assert_eq!(paintdry_core::listed(&["sky", "sea"]), "sky, sea");
/// ```
#[must_use]
pub fn listed<T: Display>(items: &[T]) -> String {
    let named = items.iter().take(MOST_NAMED).map(ToString::to_string).collect::<Vec<_>>().join(", ");
    match items.len().saturating_sub(MOST_NAMED) {
        0 => named,
        more => format!("{named} and {} more", thousands(more as u64)),
    }
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
    let first = digits.len() % 3;
    let mut text = digits[..first].to_owned();
    for group in digits.as_bytes()[first..].chunks(3) {
        if !text.is_empty() {
            text.push(',');
        }
        text.extend(group.iter().copied().map(char::from));
    }
    text
}
