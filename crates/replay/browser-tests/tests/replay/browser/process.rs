//! The process of a browser, with an empty profile, and the connection to it.

use super::command::Command;
use super::programs::chromium;
use fantoccini::error::CmdError;
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use std::future::Future;
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

/// A browser that runs.
#[derive(Debug)]
pub(super) struct Browser {
    pub(super) client: Client,
    runtime: Runtime,
    _profile: TempDir,
}

impl Browser {
    /// Starts one with the window that tests share.
    pub(super) fn start(driver: &str, (width, height): (u32, u32)) -> Self {
        let profile = tempfile::tempdir().expect("there is room for a profile");
        let mut flags: Vec<String> = OWN_FLAGS.iter().map(ToString::to_string).collect();
        flags.push(format!("--user-data-dir={}", profile.path().display()));
        flags.push("--remote-debugging-pipe".to_owned()); // it ends with the driver, whatever ends that
        flags.push(format!("--window-size={width},{height}"));
        let capabilities = json!({
            "browserName": "chrome",
            "goog:chromeOptions": {"binary": chromium(), "args": flags},
            "goog:loggingPrefs": {"browser": "ALL"},
        });
        let Value::Object(capabilities) = capabilities else { unreachable!("it is written as an object") };
        let runtime = Builder::new_current_thread().enable_all().build().expect("a runtime starts");
        let mut builder = ClientBuilder::new(HttpConnector::new());
        let client = runtime.block_on(async {
            let connecting = builder.capabilities(capabilities).connect(driver).await;
            connecting.expect("a browser starts")
        });
        Self { client, runtime, _profile: profile }
    }

    /// Waits for a command of the driver; never for ever.
    pub(super) fn block_on<F: Future>(&self, command: F) -> F::Output {
        let limited = async { tokio::time::timeout(Duration::from_secs(60), command).await };
        self.runtime.block_on(limited).expect("the browser answers within a minute")
    }

    /// Leaves the page, lets go of every key, moves the pointer out of the way, and ends what the browser pretends.
    pub(super) fn leave(&self) -> Result<(), CmdError> {
        let away = json!({"type": "mouseMoved", "x": 0, "y": 0, "button": "none", "buttons": 0});
        self.block_on(async {
            self.client.release_actions().await?;
            for command in Command::to_reset() {
                self.client.issue_cmd(command).await?;
            }
            self.client.issue_cmd(Command::devtools("Input.dispatchMouseEvent", &away)).await?;
            self.client.goto("about:blank").await
        })
    }

    pub(super) fn close(self) {
        // If that fails, the driver closes it when it ends itself.
        let closing = async { tokio::time::timeout(Duration::from_secs(20), self.client.close()).await };
        drop(self.runtime.block_on(closing));
    }
}
