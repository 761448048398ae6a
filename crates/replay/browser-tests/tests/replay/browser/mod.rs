//! A browser: its programs, its driver, and a page in it.

mod programs;
pub(crate) use programs::chromium;

mod driver;

mod slots;

mod command;

mod process;
pub(crate) use process::OWN_FLAGS;

mod session;
pub(crate) use session::Look;

mod page;
pub(crate) use page::Page;

mod hand;
pub(crate) use hand::key;
