//! Where a program ran: the machine and the compiler.

use serde::{Deserialize, Serialize};
use std::num::NonZero;
use std::{env, thread};

/// The version of the compiler that built this crate, such as `1.95.0`, or `unknown`.
pub const RUSTC: &str = env!("PAINTDRY_RUSTC_VERSION");

/// The machine and the compiler.
///
/// ```
/// let host = paintdry_studio::Host::this();
/// assert_eq!(host.os, std::env::consts::OS);
/// assert!(host.cores >= 1);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Host {
    /// The operating system, as Rust names it.
    pub os: String,
    /// How many cores the process may use.
    pub cores: usize,
    /// The version of the compiler.
    pub rustc: String,
}

impl Host {
    /// The machine that this runs on, and the compiler that built it.
    #[must_use]
    pub fn this() -> Self {
        let cores = thread::available_parallelism().map_or(1, NonZero::get);
        Self { os: env::consts::OS.to_owned(), cores, rustc: RUSTC.to_owned() }
    }
}
