//! Where it was measured, and with which versions.

use paintdry_contenders::{python, versions};
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
    /// What the contenders are built from, by Cargo.lock, and Python if it is there.
    pub versions: BTreeMap<String, String>,
}

impl Machine {
    /// The machine that this runs on.
    pub(crate) fn this() -> Self {
        let host = Host::this();
        let mut versions = python::versions();
        let named = |(name, version): (&str, &str)| (name.to_owned(), version.to_owned());
        versions.extend(versions::all().map(named));
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_those_of_the_lock_file() {
        let tokio = &Machine::this().versions["tokio"];
        let entry = format!("\nname = \"tokio\"\nversion = \"{tokio}\"\n");
        assert!(include_str!("../../Cargo.lock").contains(&entry), "{tokio}");
    }
}
