//! A browser: its programs, its driver, and a page in it.

mod programs;
pub(crate) use programs::chromium;

mod driver;

mod slots;

mod command;

mod session;
pub(crate) use session::{Look, OWN_FLAGS};

mod page;
pub(crate) use page::Page;

mod hand;
pub(crate) use hand::key;
