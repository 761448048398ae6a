//! Commands of chromedriver that are not in the WebDriver standard.

use fantoccini::wd::WebDriverCompatibleCommand;
use http::Method;
use serde_json::{Value, json};
use url::{ParseError, Url};

/// A command of the session: where it is sent, and what with it.
#[derive(Debug)]
pub(super) struct Command {
    path: &'static str,
    body: Value,
}

impl Command {
    /// What the console has been told since it was last asked.
    pub(super) fn console() -> Self {
        Self { path: "se/log", body: json!({"type": "browser"}) }
    }

    /// A command of the browser's own protocol, `DevTools`.
    pub(super) fn devtools(name: &str, parameters: &Value) -> Self {
        Self { path: "goog/cdp/execute", body: json!({"cmd": name, "params": parameters}) }
    }

    /// The commands that take back what a test has let the browser pretend.
    pub(super) fn to_reset() -> [Self; 3] {
        [
            Self::devtools("Emulation.clearDeviceMetricsOverride", &json!({})),
            Self::devtools("Emulation.setEmulatedMedia", &json!({"media": "", "features": []})),
            Self::devtools("Emulation.setTouchEmulationEnabled", &json!({"enabled": false})),
        ]
    }
}

impl WebDriverCompatibleCommand for Command {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, ParseError> {
        base.join(&format!("session/{}/{}", session.unwrap_or_default(), self.path))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        (Method::POST, Some(self.body.to_string()))
    }
}
