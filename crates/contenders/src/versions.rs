//! The versions of what is compared, in this build.

/// What this package depends on, each with its version; what the build could not find out is left out.
pub fn all() -> impl Iterator<Item = (&'static str, &'static str)> {
    env!("PAINTDRY_VERSIONS").split(',').filter_map(|entry| entry.split_once(' '))
}

/// The version of a library; `unknown` if the build could not find it out.
pub fn of(library: &str) -> &'static str {
    all().find(|(name, _)| *name == library).map_or("unknown", |(_, version)| version)
}

/// These belong to the build, whose tests cargo does not run.
#[cfg(test)]
#[path = "../build/lock.rs"]
mod lock;
#[cfg(test)]
#[path = "../build/unpacked.rs"]
mod unpacked;
