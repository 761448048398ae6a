//! Which chapter of the book an exercise belongs to, so that each message of its tests can name it.

use std::panic::Location;
use std::path::Path;

/// `See chapter 6 of the book.`, for a file in `exercises/06_futures` or `solutions/06_futures`.
pub(crate) fn pointer(file: &str) -> Option<String> {
    number(file).map(|number| format!("See chapter {number} of the book."))
}

/// 6, for the same files.
pub(crate) fn number(file: &str) -> Option<u32> {
    let file = file.replace('\\', "/"); // a path of Windows
    let folder = Path::new(&file).parent()?;
    let is_exercise = folder.parent()?.ends_with("exercises") || folder.parent()?.ends_with("solutions");
    let (number, _) = folder.file_name()?.to_str()?.split_once('_')?;
    number.parse().ok().filter(|_| is_exercise)
}

/// Panics with `sentence` and the chapter, unless `holds`. For an exercise that does not run in virtual time, and so has
/// no [`Seen`](crate::Seen).
///
/// # Panics
/// If it does not hold.
#[track_caller]
pub fn check(holds: bool, sentence: &str) {
    let pointer = pointer(Location::caller().file()).unwrap_or_default();
    assert!(holds, "\n\n{sentence}\n\n{pointer}\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_exercise_has_a_chapter() {
        for file in ["exercises/06_futures/future1.rs", r"solutions\06_futures\future1.rs", "/x/exercises/06_a/b.rs"] {
            assert_eq!(pointer(file).as_deref(), Some("See chapter 6 of the book."), "{file}");
        }
        for file in ["crates/course/src/chapters/futures.rs", "exercises/futures/future1.rs", "06_futures/a.rs", ""] {
            assert_eq!(pointer(file), None, "{file}");
        }
    }
}
