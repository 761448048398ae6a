//! Puts the versions of what is compared into the environment of this build.

mod lock;
mod unpacked;

use lock::Lock;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// This package.
const OWN: &str = env!("CARGO_PKG_NAME");

fn main() {
    println!("cargo:rerun-if-changed=build");
    let versions = match lock_file() {
        Some((path, lock)) => {
            println!("cargo:rerun-if-changed={}", path.display());
            lock.dependencies_of(OWN).collect()
        }
        None => installed().unwrap_or_default(),
    };
    println!("cargo:rustc-env=PAINTDRY_VERSIONS={}", versions.join(","));
}

/// The Cargo.lock of this build. Cargo does not say where it is, so this searches above the target folder, and
/// then above this package, unless the package was downloaded: the lock beside a downloaded package is its publisher's, and
/// the build may not follow it.
fn lock_file() -> Option<(PathBuf, Lock)> {
    let (target, package) = (PathBuf::from(env::var_os("OUT_DIR")?), package()?);
    let own = if is_downloaded(&package) { None } else { Some(&package) };
    let folders = [Some(&target), own].into_iter().flatten().flat_map(|path| path.ancestors());
    folders.map(|folder| folder.join("Cargo.lock")).find_map(|path| {
        let lock = lock_in(&path)?;
        Some((path, lock))
    })
}

/// The versions in a build by `cargo install`, which keeps no lock of its own. Cargo unpacks all packages of a build, beside each
/// other, before it compiles one.
fn installed() -> Option<Vec<String>> {
    let package = package()?;
    let folder = package.parent().filter(|_| is_downloaded(&package))?;
    let names = fs::read_dir(folder).ok()?.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let names: Vec<_> = names.collect();
    let mut commands = names.iter().filter(|name| name.starts_with("paintdry-"));
    let lock = commands.find_map(|name| lock_in(&folder.join(name).join("Cargo.lock")))?;
    let manifest = fs::read_to_string(package.join("Cargo.toml")).ok()?;
    Some(unpacked::versions(&lock, OWN, &manifest, &names))
}

fn package() -> Option<PathBuf> {
    env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from)
}

/// The lock at this path, if this package is in it.
fn lock_in(path: &Path) -> Option<Lock> {
    let lock: Lock = toml::from_str(&fs::read_to_string(path).ok()?).ok()?;
    lock.is_of(OWN, env!("CARGO_PKG_VERSION")).then_some(lock)
}

/// Whether the package came from a registry, or from cargo's own copy of its repository.
fn is_downloaded(package: &Path) -> bool {
    package.ancestors().any(|folder| [".cargo-ok", "Cargo.toml.orig"].iter().any(|mark| folder.join(mark).exists()))
}
