//! Pictures of a recording: a still of one moment as SVG, and with the feature `pictures` as PNG, or a loop as GIF.
//!
//! They show what the stage of the replay page shows, with the page's groups, headline and pace. No code is shared,
//! because the page's is JavaScript; the browser tests hold the two to each other.
//!
//! ```
//! use paintdry_core::Runtime;
//! use paintdry_smol::Local;
//! use paintdry_studio::{Clock, Recording, Studio};
//! use std::time::Duration;
//!
//! type R = Studio<Local>;
//!
//! let brew = async { R::sleep(Duration::from_secs(240)).await };
//! let watched = R::new(Clock::Virtual).recording().run(brew);
//! let mut recording = Recording::of_program("A cup of tea", Clock::Virtual, Vec::new());
//! recording.runs.push(watched.recorded(Local::NAME, "one thread"));
//! let story = paintdry_replay::Story::new(&recording)?;
//! assert_eq!(story.headline(), "A cup of tea: 2 turns and 240\u{a0}s.");
//! assert!(story.still(Some(Duration::from_secs(60))).starts_with("<svg "));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
#![expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a picture has a few thousand points, and its numbers are small and positive"
)]

mod art;
mod canvases;
mod card;
mod crowd;
mod easels;
mod finding;
mod groups;
mod lanes;
mod pace;
#[cfg(feature = "pictures")]
mod pixels;
mod run;
mod story;
mod svg;
mod words;

#[cfg(feature = "pictures")]
pub use self::pixels::PictureError;
pub use self::story::Story;

#[cfg(test)]
mod tests;
