//! The programs of the pages "From Python" and "For people who come from asyncio", in Rust. Each has its counterpart in docs/python.
//! The other files of this folder are programs.

mod canvas;
pub use canvas::{Canvas, NAMES, POLL};
