//! The Rust files of the workspace.

use std::fs;
use std::path::{Path, PathBuf};

/// A file below the folder `src` of a crate.
pub(crate) struct Source {
    /// Its path from there.
    pub(crate) path: PathBuf,
    pub(crate) text: String,
}

impl Source {
    /// Its module, as a path from the root of its crate.
    pub(crate) fn module(&self) -> Vec<String> {
        let path = self.path.with_extension("");
        let mut names: Vec<_> = path.iter().map(|name| name.to_string_lossy().into_owned()).collect();
        if names.last().is_some_and(|name| ["lib", "main", "mod"].contains(&name.as_str())) {
            names.pop();
        }
        names
    }

    pub(crate) fn parsed(&self) -> syn::File {
        syn::parse_file(&self.text).unwrap_or_else(|error| panic!("{}: {error}", self.path.display()))
    }
}

pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The folders of the workspace's crates that have a library.
pub(crate) fn crates() -> Vec<String> {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).expect("the workspace has one");
    let members = manifest.lines().find_map(|line| line.strip_prefix("members = [")).expect("it lists its members");
    let members = members.split('"').skip(1).step_by(2);
    let crates: Vec<_> =
        members.filter(|name| root().join(name).join("src/lib.rs").exists()).map(str::to_owned).collect();
    assert!(crates.len() > 10, "they are found: {crates:?}");
    crates
}

/// The files below the folder `src` of a crate.
pub(crate) fn sources(name: &str) -> Vec<Source> {
    let src = root().join(name).join("src");
    let text = |path: PathBuf| Source {
        text: fs::read_to_string(&path).expect("it is text"),
        path: path.strip_prefix(&src).expect("it is below").to_owned(),
    };
    rust_files(&src).into_iter().map(text).collect()
}

/// All Rust files below a folder, except what a build makes.
pub(crate) fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("it can be read") {
        let path = entry.expect("it can be read").path();
        if path.is_dir() && !path.ends_with("target") {
            found.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found
}
