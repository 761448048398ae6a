//! The lines that make tasks and resources. There are as many as the program has, so this needs no bound.

use crate::seen::Site;
use std::collections::HashMap;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use std::sync::{Arc, Mutex, PoisonError};

/// By file.
#[derive(Debug, Default)]
pub(crate) struct Sites(Mutex<HashMap<Box<str>, OfFile>>);

/// By line and column.
type OfFile = HashMap<(u32, u32), Arc<Site>>;

impl Sites {
    /// The site of a line, and how many it has made with this one.
    pub(crate) fn made(&self, file: &str, line: u32, column: u32) -> (Arc<Site>, u32) {
        let mut files = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if !files.contains_key(file) {
            files.insert(file.into(), OfFile::new());
        }
        let new = || Arc::new(Site { file: shown(file).into(), line, column, made: AtomicU32::new(0) });
        let site = Arc::clone(files.get_mut(file).expect("it is there").entry((line, column)).or_insert_with(new));
        let nth = site.made.fetch_add(1, Relaxed) + 1;
        (site, nth)
    }
}

/// A file as a reader knows it: a dependency's begins with its name and version, not with the folder that cargo keeps it in.
fn shown(file: &str) -> &str {
    let in_registry = ["/registry/src/", "\\registry\\src\\"].iter().find_map(|folder| file.split_once(folder));
    in_registry.and_then(|(_, rest)| rest.split_once(['/', '\\'])).map_or(file, |(_, in_crate)| in_crate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_counts_what_it_makes() {
        let sites = Sites::default();
        assert_eq!(sites.made("src/main.rs", 3, 5).1, 1);
        assert_eq!(sites.made("src/main.rs", 3, 9).1, 1);
        assert_eq!(sites.made("src/main.rs", 3, 5).1, 2);
    }

    #[test]
    fn a_dependency_is_known_by_its_name() {
        let (site, _) = Sites::default().made("/home/me/.cargo/registry/src/index-1/hyper-1.2.0/src/rt.rs", 1, 1);
        assert_eq!(&*site.file, "hyper-1.2.0/src/rt.rs");
    }
}
