//! A replay page in a browser: it runs scripts in it, waits for conditions, and reads what it shows.

use super::command::Command;
use super::session::{Look, Session, USUAL};
use serde_json::{Value, json};
use std::path::Path;
use std::thread;
use url::Url;

/// A page that is open. When it is closed, it must have been quiet: nothing on the console, nothing fetched.
#[derive(Debug)]
pub(crate) struct Page {
    pub(super) session: Session,
}

impl Page {
    /// Opens the page in a new browser, before the first event, with the details: the lanes, the program and the tables.
    pub(crate) fn open(file: &Path) -> Self {
        Self::open_at(file, "more=1", Look::default())
    }

    /// Opens the page at a moment: with `fragment` behind the `#` of its address.
    pub(crate) fn open_at(file: &Path, fragment: &str, look: Look) -> Self {
        let page = Self { session: Session::start(look) };
        if look.size != USUAL {
            page.pretend_size(look.size);
        }
        page.go(file, fragment);
        page
    }

    /// Opens another page in the same browser; the same one again, if it is that.
    pub(crate) fn go(&self, file: &Path, fragment: &str) {
        let mut address = Url::from_file_path(file).expect("a test's files have whole paths");
        self.goto("about:blank"); // a change of the fragment alone would not load the page again
        address.set_fragment(Some(fragment).filter(|text| !text.is_empty()));
        self.goto(address.as_str());
        self.wait("window.paintdry !== undefined");
    }

    /// A browser for the pages of a site, which may fetch their own files. `leave` the site before this is dropped.
    pub(crate) fn for_a_site() -> Self {
        Self { session: Session::start(Look::default()) }
    }

    /// Opens a page of a site.
    pub(crate) fn go_to_a_site(&self, file: &Path) {
        self.goto(Url::from_file_path(file).expect("a test's files have whole paths").as_str());
        self.wait("document.readyState === 'complete'");
    }

    /// Opens a replay page as a frame shows it. (A page that was loaded from a file cannot look into a frame.)
    pub(crate) fn go_to_a_frame(&self, file: &Path, fragment: &str) {
        let mut address = Url::from_file_path(file).expect("a test's files have whole paths");
        address.set_query(Some("embedded"));
        address.set_fragment(Some(fragment));
        self.leave(); // a change of the fragment alone would not load the page again
        self.goto(address.as_str());
        self.wait("window.paintdry?.ready && document.body.classList.contains('embedded')");
    }

    /// Leaves a site, with all that it has fetched and told the console.
    pub(crate) fn leave(&self) {
        self.goto("about:blank");
        self.console();
    }

    fn goto(&self, address: &str) {
        self.session.block_on(self.session.client().goto(address)).expect("the page loads");
    }

    /// Runs the body of a function in the page; `arguments` holds its arguments. A promise is waited for.
    pub(crate) fn run(&self, script: &str, arguments: Vec<Value>) -> Value {
        let running = self.session.client().execute(script, arguments);
        self.session.block_on(running).unwrap_or_else(|error| panic!("{error}\nin {script}"))
    }

    /// The value of an expression in the page.
    pub(crate) fn value(&self, expression: &str) -> Value {
        self.run(&format!("return ({expression});"), vec![])
    }

    /// The text of an expression in the page.
    pub(crate) fn text(&self, expression: &str) -> String {
        let value = self.value(expression);
        value.as_str().unwrap_or_else(|| panic!("{expression} is a text, not {value}")).to_owned()
    }

    /// A colour of the page by its name in the styles, as red, green and blue.
    pub(crate) fn ink(&self, name: &str) -> String {
        self.text(&format!(
            "(() => {{
                const probe = document.body.appendChild(document.createElement('span'));
                probe.style.color = 'var(--{name})';
                const colour = getComputedStyle(probe).color.match(/\\d+/g).slice(0, 3).join();
                probe.remove();
                return colour;
            }})()"
        ))
    }

    /// Whether an expression is true in the page.
    pub(crate) fn is(&self, expression: &str) -> bool {
        self.value(&format!("Boolean({expression})")) == json!(true)
    }

    /// Waits until an expression is true in the page.
    pub(crate) fn wait(&self, expression: &str) {
        let script = format!(
            "const holds = () => {{ try {{ return Boolean({expression}); }} catch {{ return false; }} }};
            const deadline = Date.now() + 20_000;
            return new Promise((resolve) => {{
                const look = () => holds() ? resolve(true) : Date.now() > deadline ? resolve(false) : setTimeout(look, 5);
                look();
            }});"
        );
        if self.run(&script, vec![]) != json!(true) {
            let moment =
                self.value("JSON.stringify(window.paintdry?.moment?.() ?? document.body.innerText.slice(0, 500))");
            panic!("{expression} does not become true; the page shows {moment}");
        }
    }

    /// Goes to a moment: `{run, event, ns}`.
    pub(crate) fn seek(&self, moment: &Value) {
        self.run("paintdry.seek(arguments[0]);", vec![moment.clone()]);
    }

    /// What the page shows: the run, the event, the time, the view.
    pub(crate) fn moment(&self) -> Value {
        self.value("paintdry.moment()")
    }

    /// Lets the browser pretend, as its `DevTools` do.
    pub(crate) fn devtools(&self, name: &str, parameters: &Value) -> Value {
        self.session.issue(Command::devtools(name, parameters))
    }

    /// Lets the browser pretend that its window has this size.
    pub(crate) fn pretend_size(&self, (width, height): (u32, u32)) {
        let size = json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": false});
        self.devtools("Emulation.setDeviceMetricsOverride", &size);
    }

    /// What the page has told the console since this was last asked.
    pub(crate) fn console(&self) -> Vec<String> {
        let entries = self.session.issue(Command::console());
        let text = |entry: &Value| format!("{}: {}", entry["level"], entry["message"]);
        entries.as_array().expect("the console is a list").iter().map(text).collect()
    }

    /// What the page has fetched.
    pub(crate) fn fetched(&self) -> Vec<Value> {
        let found = self.value("performance.getEntriesByType('resource').map((entry) => entry.name)");
        found.as_array().expect("it is a list").clone()
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        if !thread::panicking() {
            assert_eq!(self.console(), [""; 0], "the page tells the console nothing");
            assert_eq!(self.fetched(), [""; 0], "the page fetches nothing");
        }
    }
}
