//! Finds the browser and its driver on this machine.

use std::env;
use std::path::PathBuf;

/// Chromium, or Chrome.
pub(crate) fn chromium() -> PathBuf {
    find("CHROME", &["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"])
}

pub(super) fn chromedriver() -> PathBuf {
    find("CHROMEDRIVER", &["chromedriver"])
}

fn find(variable: &str, names: &[&str]) -> PathBuf {
    if let Some(path) = env::var_os(variable).filter(|path| !path.is_empty()) {
        return path.into();
    }
    let folders: Vec<_> = env::split_paths(&env::var_os("PATH").unwrap_or_default()).collect();
    let candidates = names.iter().flat_map(|name| {
        folders.iter().map(move |folder| folder.join(name).with_extension(env::consts::EXE_EXTENSION))
    });
    candidates.into_iter().find(|path| path.is_file()).unwrap_or_else(|| {
        panic!("none of {names:?} is on the PATH: install it (on Debian: apt-get install chromium chromium-driver), or set {variable}")
    })
}
