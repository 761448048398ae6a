//! Puts this build's versions into its environment: the runtimes' from its Cargo.lock, and the commit's.
//! An unknown version is called "unknown".

mod lock;

use lock::{is_of, version_for};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

/// The runtimes: their variables, their packages, and the packages that depend on them.
const PACKAGES: [(&str, &str, &str); 5] = [
    ("TOKIO", "tokio", "paintdry-tokio"),
    ("ASYNC_STD", "async-std", "paintdry-async-std"),
    ("SMOL", "smol", "paintdry-smol"),
    ("COMPIO", "compio", "paintdry-contenders"),
    ("MONOIO", "monoio", "paintdry-contenders"),
];

const UNKNOWN: &str = "unknown";

fn main() {
    println!("cargo:rerun-if-changed=build");
    let lock = lock_file();
    if let Some(lock) = &lock {
        println!("cargo:rerun-if-changed={}", lock.display());
    }
    let lock = lock.and_then(|lock| fs::read_to_string(lock).ok()?.parse().ok()).unwrap_or_default();
    for (variable, package, dependent) in PACKAGES {
        let version = version_for(&lock, dependent, package).unwrap_or_else(|| UNKNOWN.to_owned());
        println!("cargo:rustc-env=PAINTDRY_{variable}_VERSION={version}");
    }
    println!("cargo:rustc-env=PAINTDRY_COMMIT={}", commit().as_deref().unwrap_or(UNKNOWN));
}

/// The Cargo.lock of this build. Cargo does not say where it is, so this searches above the target folder, and
/// then above this package, unless the package was downloaded: the lock beside a downloaded package is its publisher's, and
/// the build may not follow it. `cargo install` keeps no lock at all.
fn lock_file() -> Option<PathBuf> {
    let (target, package) = (PathBuf::from(env::var_os("OUT_DIR")?), PathBuf::from(env::var_os("CARGO_MANIFEST_DIR")?));
    let own = if is_downloaded(&package) { None } else { Some(&package) };
    let folders = [Some(&target), own].into_iter().flatten().flat_map(|path| path.ancestors());
    folders.map(|folder| folder.join("Cargo.lock")).find(|lock| {
        let text = fs::read_to_string(lock).unwrap_or_default();
        text.parse().is_ok_and(|lock| is_of(&lock, env!("CARGO_PKG_NAME"), env!("CARGO_PKG_VERSION")))
    })
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
