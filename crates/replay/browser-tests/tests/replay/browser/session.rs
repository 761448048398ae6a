//! A session: a browser that no other test uses meanwhile, and the commands that are sent to it.

use super::command::Command;
use super::driver::Driver;
use super::process::Browser;
use super::slots::Slot;
use fantoccini::Client;
use serde_json::Value;
use std::cell::Cell;
use std::future::Future;
use std::sync::Arc;
use std::thread;

/// How a browser is started.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Look {
    /// The size of its window.
    pub(crate) size: (u32, u32),
    /// No other browser runs at the same time.
    pub(crate) alone: bool,
}

/// The window of most tests.
const USUAL: (u32, u32) = (1280, 900);

impl Default for Look {
    fn default() -> Self {
        Self { size: USUAL, alone: false }
    }
}

/// The browser is there until the session ends. The driver may end only after it.
#[derive(Debug)]
pub(super) struct Session {
    browser: Option<Browser>,
    /// Whether the next test finds nothing in the browser that this one has changed.
    is_as_new: Cell<bool>,
    driver: Arc<Driver>,
    _slot: Slot,
}

impl Session {
    pub(super) fn start(look: Look) -> Self {
        let slot = Slot::take(look.alone);
        let driver = Driver::shared();
        let is_usual = look.size == USUAL && !look.alone;
        let kept = if is_usual { driver.kept() } else { None };
        let browser = kept.unwrap_or_else(|| Browser::start(&driver.address(), look.size));
        Self { browser: Some(browser), is_as_new: Cell::new(is_usual), driver, _slot: slot }
    }

    fn browser(&self) -> &Browser {
        self.browser.as_ref().expect("it is there until the session ends")
    }

    pub(super) fn block_on<F: Future>(&self, command: F) -> F::Output {
        self.browser().block_on(command)
    }

    pub(super) fn client(&self) -> &Client {
        &self.browser().client
    }

    pub(super) fn issue(&self, command: Command) -> Value {
        if command.outlasts_page() {
            self.is_as_new.set(false);
        }
        let name = format!("{command:?}");
        self.block_on(self.client().issue_cmd(command)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        let Some(browser) = self.browser.take() else { return };
        if self.is_as_new.get() && !thread::panicking() && browser.leave().is_ok() {
            self.driver.keep(browser);
        } else {
            browser.close();
        }
    }
}
