//! Runs an async program under every order of its tasks, and shows the shortest one that fails.

mod explorer;
pub use explorer::{Explored, Explorer};

mod seed;
pub use seed::{NotASeed, Schedule, Seed};

mod shared;
pub use shared::{Shared, Touching, touch, touching};

mod words;
pub use words::{name_task, note, now};

mod runtime;
pub use runtime::{ExploredLoop, ExploredTask};

mod failure;
pub use failure::{Failure, NotPassed, Turn, Why};

mod search;

mod run;

mod hashes;

mod recorder;

mod quiet;

pub mod programs;
