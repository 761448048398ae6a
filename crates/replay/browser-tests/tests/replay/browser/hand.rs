//! What a reader's hands do: press keys, click, drag, turn the wheel.

use super::page::Page;
use fantoccini::Locator;
use fantoccini::actions::{Actions, InputSource, KeyAction, KeyActions, WheelAction, WheelActions};
use fantoccini::elements::Element;
use fantoccini::error::CmdError;
use serde_json::json;
use std::time::Duration;

/// Keys that are not characters.
pub(crate) mod key {
    pub(crate) const TAB: char = '\u{e004}';
    pub(crate) const SHIFT: char = '\u{e008}';
    pub(crate) const CONTROL: char = '\u{e009}';
    pub(crate) const ESCAPE: char = '\u{e00c}';
    pub(crate) const PAGE_UP: char = '\u{e00e}';
    pub(crate) const PAGE_DOWN: char = '\u{e00f}';
    pub(crate) const END: char = '\u{e010}';
    pub(crate) const HOME: char = '\u{e011}';
    pub(crate) const LEFT: char = '\u{e012}';
    pub(crate) const UP: char = '\u{e013}';
    pub(crate) const RIGHT: char = '\u{e014}';
    pub(crate) const DOWN: char = '\u{e015}';
}

const AT_ONCE: Option<Duration> = Some(Duration::ZERO);

impl Page {
    /// Presses a key, while `held` is held down.
    pub(crate) fn press_with(&self, held: Option<char>, key: char) {
        let mut keys = KeyActions::new("keyboard".to_owned());
        let (down, up) = (|value| KeyAction::Down { value }, |value| KeyAction::Up { value });
        let before = held.map(down);
        let after = held.map(up);
        for action in before.into_iter().chain([down(key), up(key)]).chain(after) {
            keys = keys.then(action);
        }
        self.act(keys);
    }

    /// Presses a key.
    pub(crate) fn press(&self, key: char) {
        self.press_with(None, key);
    }

    /// Clicks an element, where a pointer would: what covers it is in the way.
    pub(crate) fn click(&self, selector: &str) {
        self.with_element(selector, async |element| element.click().await);
    }

    /// Drags in an element, from a share of its width to others; `then` is called at each of them.
    pub(crate) fn drag(&self, selector: &str, shares: &[f64], mut then: impl FnMut(f64)) {
        for (number, share) in shares.iter().enumerate() {
            let (x, y) = self.place(selector, *share, 0.5);
            if number == 0 {
                self.mouse("mouseMoved", x, y, 0);
                self.mouse("mousePressed", x, y, 1);
            } else {
                self.mouse("mouseMoved", x, y, 1);
            }
            then(*share);
            if number + 1 == shares.len() {
                self.mouse("mouseReleased", x, y, 0);
            }
        }
    }

    /// Moves the pointer over an element: to a share of its width and of its height.
    pub(crate) fn point(&self, selector: &str, x: f64, y: f64) {
        let (x, y) = self.place(selector, x, y);
        self.mouse("mouseMoved", x, y, 0);
    }

    fn place(&self, selector: &str, x: f64, y: f64) -> (f64, f64) {
        let at = self.run(
            "const element = document.querySelector(arguments[0]);
            element.scrollIntoView({block: 'center', behavior: 'instant'});
            const box = element.getBoundingClientRect();
            return [box.left + box.width * arguments[1], box.top + box.height * arguments[2]];",
            vec![selector.into(), x.into(), y.into()],
        );
        (at[0].as_f64().expect("a place"), at[1].as_f64().expect("a place"))
    }

    // One step at a time: between two lists of WebDriver's actions, chromedriver forgets that a button is down.
    fn mouse(&self, what: &str, x: f64, y: f64, buttons: u8) {
        let button = if what == "mouseMoved" && buttons == 0 { "none" } else { "left" };
        let clicks = u8::from(what != "mouseMoved");
        let event = json!({"type": what, "x": x, "y": y, "button": button, "buttons": buttons, "clickCount": clicks});
        self.devtools("Input.dispatchMouseEvent", &event);
    }

    /// Turns the wheel over the middle of an element, while `held` is held down.
    pub(crate) fn wheel(&self, selector: &str, held: char, by: i64) {
        let (x, y) = self.place(selector, 0.5, 0.5);
        #[allow(clippy::cast_possible_truncation)] // a place on the screen
        let (x, y) = (x.round() as i64, y.round() as i64);
        let pause = || KeyAction::Pause { duration: Duration::ZERO };
        let keys = KeyActions::new("keyboard".to_owned());
        let keys = keys.then(KeyAction::Down { value: held }).then(pause()).then(KeyAction::Up { value: held });
        let mut wheel = WheelActions::new("wheel".to_owned());
        wheel.push(WheelAction::Pause { duration: Duration::ZERO });
        wheel.push(WheelAction::Scroll { duration: AT_ONCE, x, y, delta_x: 0, delta_y: by });
        self.act(Actions::from(keys).and(wheel));
    }

    /// Chooses an option of a list by its value.
    pub(crate) fn choose(&self, selector: &str, value: &str) {
        self.with_element(selector, async |element| element.select_by_value(value).await);
    }

    fn with_element<T>(&self, selector: &str, act: impl AsyncFnOnce(&Element) -> Result<T, CmdError>) -> T {
        let acting = async {
            let element = self.session.client().find(Locator::Css(selector)).await?;
            act(&element).await
        };
        self.session.block_on(acting).unwrap_or_else(|error| panic!("{selector}: {error}"))
    }

    fn act(&self, actions: impl Into<Actions>) {
        self.session.block_on(self.session.client().perform_actions(actions)).expect("the browser does it");
    }
}
