#![doc = include_str!("../README.md")]
//!
//! [`Folder`] finds the list of exercises, [`grade`] goes through them, and the [`Report`] becomes a [`page`] for people,
//! JSON, or [`junit`] XML.

mod error;
pub use error::Error;

mod info;
pub use info::Exercise;

mod folder;
pub use folder::Folder;

mod build;

mod verdict;

mod grade;
pub use grade::{Graded, Plan, grade};

mod report;
pub use report::{Judged, Report, Verdict};

mod message;

mod page;
pub use page::page;

mod junit;
pub use junit::junit;
