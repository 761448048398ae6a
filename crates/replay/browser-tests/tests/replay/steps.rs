//! Steps of a reader: something is done, and then something holds.

use crate::browser::Page;

/// What a reader does.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Act {
    Press(char),
    PressWith(char, char),
    Click(&'static str),
    Choose(&'static str, &'static str),
}

/// Where it begins (the fragment of the address), what is done, and what holds then. A condition is an expression of
/// JavaScript in which `old` is the moment before and `now` the one that is shown; `id`, `one` and `all` find elements.
pub(crate) type Steps = (&'static str, &'static [(Act, &'static str)]);

const FIND: &str =
    "['getElementById', 'querySelector', 'querySelectorAll'].map((name) => document[name].bind(document))";

impl Page {
    /// Does what `steps` say, and waits each time until the condition holds.
    pub(crate) fn take(&self, (from, steps): Steps) {
        self.reset(from);
        self.follow(steps);
    }

    /// The same, from where the page is.
    pub(crate) fn follow(&self, steps: &[(Act, &str)]) {
        for (act, condition) in steps {
            self.run(
                "window.old = { ...paintdry.moment(), speed: document.getElementById('speed').selectedIndex,
                    cards: document.querySelectorAll('.card').length };",
                vec![],
            );
            match *act {
                Act::Press(key) => self.press(key),
                Act::PressWith(held, key) => self.press_with(Some(held), key),
                Act::Click(selector) => self.click(selector),
                Act::Choose(selector, value) => self.choose(selector, value),
            }
            self.wait(&format!("((now, old, id, one, all) => {condition})(paintdry.moment(), window.old, ...{FIND})"));
        }
    }

    /// Shows the moment that `fragment` names, as after a change of the address; everything else is as the page opens. Waits
    /// until it is drawn: on a busy machine a click may come before the next frame, when what is asked for is still hidden.
    pub(crate) fn reset(&self, fragment: &str) {
        self.run(
            "document.getElementById('keys').close();
            document.getElementById('events').open = false;
            document.activeElement?.blur();
            history.replaceState(null, '', '#' + arguments[0]);
            dispatchEvent(new Event('hashchange'));
            scrollTo(0, 0);
            window.isDrawn = false;
            requestAnimationFrame(() => { window.isDrawn = true; });", // after the page's own, which was asked for before
            vec![fragment.into()],
        );
        self.wait("window.isDrawn");
    }
}
