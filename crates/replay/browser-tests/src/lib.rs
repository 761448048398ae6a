//! Recordings of the command `paintdry`, and replay pages made from them, for tests.

mod program;
pub use program::program;

mod recording;
pub use recording::Recording;

mod schema;
pub use schema::{kinds_of_events, schema};
