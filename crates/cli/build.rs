//! Puts the commit into the environment of this build.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rustc-env=PAINTDRY_COMMIT={}", commit().as_deref().unwrap_or("unknown"));
}

/// The commit of the repository that this package is in. Only for a release: otherwise each commit would rebuild the command.
fn commit() -> Option<String> {
    let package = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR")?);
    if env::var("PROFILE").ok()? != "release" || is_downloaded(&package) {
        return None;
    }
    println!("cargo:rerun-if-changed={}", package.join("../../.git/logs/HEAD").display());
    let output = Command::new("git").args(["rev-parse", "--short=12", "HEAD"]).current_dir(package).output().ok()?;
    let commit = String::from_utf8(output.stdout).ok()?;
    Some(commit.trim().to_owned()).filter(|commit| !commit.is_empty())
}

/// Whether the package came from a registry, or from cargo's own copy of its repository.
fn is_downloaded(package: &Path) -> bool {
    package.ancestors().any(|folder| [".cargo-ok", "Cargo.toml.orig"].iter().any(|mark| folder.join(mark).exists()))
}
