//! The versions of what is compared, by the Cargo.lock of this build.

/// What this package depends on, each with its version; nothing if the lock was not found.
pub fn all() -> impl Iterator<Item = (&'static str, &'static str)> {
    env!("PAINTDRY_VERSIONS").split(',').filter_map(|entry| entry.split_once(' '))
}

/// The version of a library; `unknown` if the lock was not found.
pub fn of(library: &str) -> &'static str {
    all().find(|(name, _)| *name == library).map_or("unknown", |(_, version)| version)
}

/// It belongs to the build, whose tests cargo does not run.
#[cfg(test)]
#[path = "../build/lock.rs"]
mod lock;
