//! The programs that the book's chapters quote, in the chapters' order, each with its tests in virtual time.

#![allow(clippy::missing_panics_doc, reason = "where a program expects something it says what")]

pub mod blocking;
