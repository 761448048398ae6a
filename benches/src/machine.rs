//! Where it was measured, and with which versions.

use paintdry_contenders::{python, versions};
use paintdry_studio::Host;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;
use sysinfo::{CpuRefreshKind, RefreshKind, System};

/// The machine, the compiler, and the libraries.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Machine {
    /// The processor's name, or `unknown`.
    pub cpu: String,
    /// How many cores this process may use.
    pub cores: usize,
    /// How the system chooses the cores' speed, where it tells.
    pub governor: Option<String>,
    /// How many processes wanted a core before the comparison began, over the last minute, where the system tells.
    pub load: Option<f64>,
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
            governor: governor(),
            load: (!cfg!(windows)).then(|| System::load_average().one),
            os: format!("{} {}", host.os, std::env::consts::ARCH),
            rustc: host.rustc,
            is_optimised: !cfg!(debug_assertions),
            versions,
        }
    }
}

impl fmt::Display for Machine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {} cores ({}", self.cpu, self.cores, self.os)?;
        if let Some(governor) = &self.governor {
            write!(f, "; governor {governor}")?;
        }
        if let Some(load) = self.load {
            write!(f, "; load {load:.2}")?;
        }
        write!(f, "), built by rustc {}", self.rustc)
    }
}

/// The processor's name, if the system tells it.
fn cpu() -> Option<String> {
    let system = System::new_with_specifics(RefreshKind::nothing().with_cpu(CpuRefreshKind::nothing()));
    let brand = system.cpus().first()?.brand().trim();
    (!brand.is_empty()).then(|| brand.to_owned())
}

/// How Linux chooses the speed of the first core. A virtual machine is not told.
fn governor() -> Option<String> {
    let text = std::fs::read_to_string("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor").ok()?;
    Some(text.trim().to_owned())
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
