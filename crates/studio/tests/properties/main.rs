//! Properties that hold for every random program: of `amap`, and of programs in virtual time, on every runtime.
//!
//! Each takes a second or two. For more, `PROPTEST_CASES=10000 cargo test -p paintdry-studio --test properties`; a failure
//! is shrunk, printed as the text of a program, and comes with the seed that draws it again.

mod amap;
mod draw;
mod hold;
mod outcome;
mod pauses;
mod play;
mod program;
mod programs;
mod recording;
mod sharing;
mod threads;
mod told;
mod ways;
