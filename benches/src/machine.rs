//! Where it was measured, and with which versions.

use crate::python;
use paintdry_studio::Host;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs;
use std::process::Command;

/// The machine, the compiler, and the libraries.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Machine {
    /// The processor's name, or `unknown`.
    pub cpu: String,
    /// How many cores this process may use.
    pub cores: usize,
    /// The operating system and the architecture.
    pub os: String,
    /// The version of the compiler.
    pub rustc: String,
    /// Whether it was built with optimisation; without, the figures mean nothing.
    pub is_optimised: bool,
    /// What this package is built from, by Cargo.lock, and Python if it is there.
    pub versions: BTreeMap<String, String>,
}

const LOCK: &str = include_str!("../../Cargo.lock");

impl Machine {
    /// The machine that this runs on.
    pub(crate) fn this() -> Self {
        let host = Host::this();
        let mut versions = versions(LOCK, env!("CARGO_PKG_NAME"));
        versions.extend(python::versions());
        Self {
            cpu: cpu().unwrap_or_else(|| "unknown".to_owned()),
            cores: host.cores,
            os: format!("{} {}", host.os, std::env::consts::ARCH),
            rustc: host.rustc,
            is_optimised: !cfg!(debug_assertions),
            versions,
        }
    }
}

/// The processor's name, as Linux or macOS tells it.
fn cpu() -> Option<String> {
    if let Ok(info) = fs::read_to_string("/proc/cpuinfo") {
        let line = info.lines().find(|line| line.starts_with("model name"))?;
        return Some(line.split_once(':')?.1.trim().to_owned());
    }
    let output = Command::new("sysctl").args(["-n", "machdep.cpu.brand_string"]).output().ok()?;
    Some(String::from_utf8(output.stdout).ok()?.trim().to_owned()).filter(|name| !name.is_empty())
}

/// The versions of what `package` depends on itself.
fn versions(lock: &str, package: &str) -> BTreeMap<String, String> {
    let text =
        |line: &str, key: &str| Some(line.strip_prefix(key)?.strip_prefix(" = \"")?.strip_suffix('"')?.to_owned());
    let packages = lock.split("[[package]]").map(|block| {
        let find = |key| block.lines().find_map(|line| text(line, key)).unwrap_or_default();
        (find("name"), find("version"), block)
    });
    let packages: Vec<_> = packages.collect();
    let Some((_, _, own)) = packages.iter().find(|(name, ..)| name == package) else { return BTreeMap::new() };
    // A dependency stands there as ` "name",` or, where there are several versions, as ` "name version",`.
    let quoted = own.lines().filter_map(|line| line.trim().strip_prefix('"')?.strip_suffix("\","));
    let wanted: Vec<_> = quoted.map(|entry| entry.split_once(' ').unwrap_or((entry, ""))).collect();
    let is_wanted = |name: &str, version: &str| {
        wanted.iter().any(|(wanted, exact)| *wanted == name && (exact.is_empty() || *exact == version))
    };
    packages
        .iter()
        .filter(|(name, version, _)| is_wanted(name, version))
        .map(|(name, version, _)| (name.clone(), version.clone()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_those_of_the_lock_file() {
        let lock = r#"
[[package]]
name = "a"
version = "1.0.0"

[[package]]
name = "b"
version = "1.5.0"

[[package]]
name = "b"
version = "2.0.0"

[[package]]
name = "ours"
version = "0.1.0"
dependencies = [
 "a",
 "b 2.0.0",
]
"#;
        let expected = [("a", "1.0.0"), ("b", "2.0.0")].map(|(name, version)| (name.to_owned(), version.to_owned()));
        assert_eq!(versions(lock, "ours"), BTreeMap::from(expected));
        assert!(Machine::this().versions.contains_key("tokio"));
    }
}
