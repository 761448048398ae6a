//! A session: a browser that no other test uses meanwhile, and the commands that are sent to it.

use super::command::Command;
use super::driver::Driver;
use super::process::Browser;
use super::slots::Slot;
use fantoccini::Client;
use serde_json::Value;
use std::future::Future;
use std::sync::Arc;
use std::thread;

/// How a test wants its browser.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Look {
    /// The size of its window; another one than usual is pretended, because to start a browser takes longer than most tests.
    pub(crate) size: (u32, u32),
    /// No other browser runs at the same time.
    pub(crate) alone: bool,
}

/// The window of most tests.
pub(super) const USUAL: (u32, u32) = (1280, 900);

impl Default for Look {
    fn default() -> Self {
        Self { size: USUAL, alone: false }
    }
}

/// The browser is there until the session ends. The driver may end only after it.
#[derive(Debug)]
pub(super) struct Session {
    browser: Option<Browser>,
    driver: Arc<Driver>,
    _slot: Slot,
}

impl Session {
    pub(super) fn start(look: Look) -> Self {
        let slot = Slot::take(look.alone);
        let driver = Driver::shared();
        let browser = driver.kept().unwrap_or_else(|| Browser::start(&driver.address(), USUAL));
        Self { browser: Some(browser), driver, _slot: slot }
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
        let name = format!("{command:?}");
        self.block_on(self.client().issue_cmd(command)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        let Some(browser) = self.browser.take() else { return };
        if !thread::panicking() && browser.leave().is_ok() {
            self.driver.keep(browser);
        } else {
            browser.close();
        }
    }
}
