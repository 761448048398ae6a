//! How to know a replay page without reading all of it.

/// The text with which every replay page begins, of this version or an older one.
pub const BEGIN: &str = "<!doctype html>\n<!-- The replay page of one recording: ";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_begin_with_it() {
        assert!(crate::PAGE.starts_with(BEGIN));
    }
}
