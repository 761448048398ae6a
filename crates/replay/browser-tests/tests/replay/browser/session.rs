//! A session: a browser of its own, with an empty profile, and the commands that are sent to it.

use super::command::Command;
use super::driver::Driver;
use super::programs::chromium;
use super::slots::Slot;
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;
use tempfile::TempDir;
use tokio::runtime::{Builder, Runtime};

/// What every browser here is started with, besides an empty profile: no window, nothing of its own to do on the network,
/// and a network that leads nowhere, so that a page which needs it fails.
pub(crate) const OWN_FLAGS: [&str; 13] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--disable-extensions",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
    "--proxy-server=127.0.0.1:1",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--lang=en-GB",
];

/// How a browser is started.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Look {
    /// The size of its window.
    pub(crate) size: (u32, u32),
    /// No other browser runs at the same time.
    pub(crate) alone: bool,
}

impl Default for Look {
    fn default() -> Self {
        Self { size: (1280, 900), alone: false }
    }
}

/// The fields are dropped in this order: the browser ends before its profile goes away and its driver may end.
#[derive(Debug)]
pub(super) struct Session {
    pub(super) client: Option<Client>,
    runtime: Runtime,
    _profile: TempDir,
    _driver: Arc<Driver>,
    _slot: Slot,
}

impl Session {
    pub(super) fn start(look: Look) -> Self {
        let slot = Slot::take(look.alone);
        let driver = Driver::shared();
        let profile = tempfile::tempdir().expect("there is room for a profile");
        let mut flags: Vec<String> = OWN_FLAGS.iter().map(ToString::to_string).collect();
        flags.push(format!("--user-data-dir={}", profile.path().display()));
        flags.push("--remote-debugging-pipe".to_owned()); // it ends with the driver, whatever ends that
        flags.push(format!("--window-size={},{}", look.size.0, look.size.1));
        let capabilities = json!({
            "browserName": "chrome",
            "goog:chromeOptions": {"binary": chromium(), "args": flags},
            "goog:loggingPrefs": {"browser": "ALL"},
        });
        let Value::Object(capabilities) = capabilities else { unreachable!("it is written as an object") };
        let runtime = Builder::new_current_thread().enable_all().build().expect("a runtime starts");
        let mut builder = ClientBuilder::new(HttpConnector::new());
        let client = runtime.block_on(async {
            let connecting = builder.capabilities(capabilities).connect(&driver.address()).await;
            connecting.expect("a browser starts")
        });
        Self { client: Some(client), runtime, _profile: profile, _driver: driver, _slot: slot }
    }

    /// Waits for a command of the driver; never for ever.
    pub(super) fn block_on<F: Future>(&self, command: F) -> F::Output {
        let limited = async { tokio::time::timeout(Duration::from_secs(60), command).await };
        self.runtime.block_on(limited).expect("the browser answers within a minute")
    }

    pub(super) fn client(&self) -> &Client {
        self.client.as_ref().expect("it is there until the session ends")
    }

    pub(super) fn issue(&self, command: Command) -> Value {
        let name = format!("{command:?}");
        self.block_on(self.client().issue_cmd(command)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        let Some(client) = self.client.take() else { return };
        // If that fails, the driver closes it when it ends itself.
        let closing = async { tokio::time::timeout(Duration::from_secs(20), client.close()).await };
        drop(self.runtime.block_on(closing));
    }
}
