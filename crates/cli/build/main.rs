//! Puts the versions that this build is made of into its environment: the runtimes' from Cargo.lock, and the
//! compiler's. What cannot be found out is called "unknown".

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

/// The runtimes, and the names of their variables.
const PACKAGES: [(&str, &str); 5] =
    [("TOKIO", "tokio"), ("ASYNC_STD", "async-std"), ("SMOL", "smol"), ("COMPIO", "compio"), ("MONOIO", "monoio")];

const UNKNOWN: &str = "unknown";

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let lock = lock_file();
    if let Some(lock) = &lock {
        println!("cargo:rerun-if-changed={}", lock.display());
    }
    let lock = lock.and_then(|lock| fs::read_to_string(lock).ok()).unwrap_or_default();
    for (variable, package) in PACKAGES {
        let version = locked_version(&lock, package).unwrap_or(UNKNOWN);
        println!("cargo:rustc-env=PAINTDRY_{variable}_VERSION={version}");
    }
    println!("cargo:rerun-if-env-changed=RUSTC");
    println!("cargo:rustc-env=PAINTDRY_RUSTC_VERSION={}", rustc_version().as_deref().unwrap_or(UNKNOWN));
}

/// The Cargo.lock of the workspace: the nearest one, from this package upwards.
fn lock_file() -> Option<PathBuf> {
    let package = env::var_os("CARGO_MANIFEST_DIR")?;
    Path::new(&package).ancestors().map(|folder| folder.join("Cargo.lock")).find(|lock| lock.is_file())
}

/// The version that stands on the line after the package's name.
fn locked_version<'a>(lock: &'a str, package: &str) -> Option<&'a str> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines();
    lines.find(|line| *line == name)?;
    lines.next()?.strip_prefix("version = \"")?.strip_suffix('"')
}

/// The second word of `rustc 1.95.0 (59807616e 2026-04-14)`.
fn rustc_version() -> Option<String> {
    let output = Command::new(env::var_os("RUSTC")?).arg("--version").output().ok()?;
    String::from_utf8(output.stdout).ok()?.split_whitespace().nth(1).map(str::to_owned)
}
