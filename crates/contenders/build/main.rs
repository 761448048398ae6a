//! Puts the versions of what is compared into the environment of this build, from its Cargo.lock.

mod lock;

use lock::Lock;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    println!("cargo:rerun-if-changed=build");
    let mut versions = Vec::new();
    if let Some((path, lock)) = lock_file() {
        println!("cargo:rerun-if-changed={}", path.display());
        versions.extend(lock.dependencies_of(env!("CARGO_PKG_NAME")));
    }
    println!("cargo:rustc-env=PAINTDRY_VERSIONS={}", versions.join(","));
}

/// The Cargo.lock of this build. Cargo does not say where it is, so this searches above the target folder, and
/// then above this package, unless the package was downloaded: the lock beside a downloaded package is its publisher's, and
/// the build may not follow it. `cargo install` keeps no lock at all.
fn lock_file() -> Option<(PathBuf, Lock)> {
    let (target, package) = (PathBuf::from(env::var_os("OUT_DIR")?), PathBuf::from(env::var_os("CARGO_MANIFEST_DIR")?));
    let own = if is_downloaded(&package) { None } else { Some(&package) };
    let folders = [Some(&target), own].into_iter().flatten().flat_map(|path| path.ancestors());
    folders.map(|folder| folder.join("Cargo.lock")).find_map(|path| {
        let lock: Lock = toml::from_str(&fs::read_to_string(&path).ok()?).ok()?;
        lock.is_of(env!("CARGO_PKG_NAME"), env!("CARGO_PKG_VERSION")).then_some((path, lock))
    })
}

/// Whether the package came from a registry, or from cargo's own copy of its repository.
fn is_downloaded(package: &Path) -> bool {
    package.ancestors().any(|folder| [".cargo-ok", "Cargo.toml.orig"].iter().any(|mark| folder.join(mark).exists()))
}
