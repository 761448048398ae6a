//! Where it was measured, and with which versions.

use paintdry_contenders::python;
use paintdry_studio::Host;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use sysinfo::{CpuRefreshKind, RefreshKind, System};

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
    /// What this package and the contenders are built from, by Cargo.lock, and Python if it is there.
    pub versions: BTreeMap<String, String>,
}

const LOCK: &str = include_str!("../../Cargo.lock");

impl Machine {
    /// The machine that this runs on.
    pub(crate) fn this() -> Self {
        let host = Host::this();
        let mut versions = BTreeMap::new();
        for package in [env!("CARGO_PKG_NAME"), "paintdry-contenders"] {
            versions.extend(self::versions(LOCK, package));
        }
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

/// The processor's name, if the system tells it.
fn cpu() -> Option<String> {
    let system = System::new_with_specifics(RefreshKind::nothing().with_cpu(CpuRefreshKind::nothing()));
    let brand = system.cpus().first()?.brand().trim();
    (!brand.is_empty()).then(|| brand.to_owned())
}

/// What is read of a Cargo.lock.
#[derive(Default, Deserialize)]
struct Lock {
    package: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    version: String,
    #[serde(default)]
    dependencies: Vec<String>,
}

/// The versions of what `package` depends on itself.
fn versions(lock: &str, package: &str) -> BTreeMap<String, String> {
    let packages = toml::from_str::<Lock>(lock).unwrap_or_default().package;
    let own = packages.iter().filter(|one| one.name == package).flat_map(|one| &one.dependencies);
    // An entry is a name, with the version behind it where the lock has several.
    let version = |entry: &String| {
        let (name, exact) = entry.split_once(' ').unwrap_or((entry, ""));
        let found = packages.iter().find(|one| one.name == name && (exact.is_empty() || one.version == exact))?;
        Some((name.to_owned(), found.version.clone()))
    };
    own.filter_map(version).collect()
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
