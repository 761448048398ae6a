//! Pitfall 12: the guard of a std lock, kept across an await.

use crate::replays::Replay;
use crate::{Canvas, say, seconds, sleep_blocking, watch};
use futures::future::join;
use std::sync::{Mutex, MutexGuard};

/// How much paint is left.
type Palette = Mutex<u32>;

/// How a program locks the palette.
pub type Lock = fn(&Palette) -> MutexGuard<'_, u32>;

/// The usual way: it blocks the thread until the other guard is dropped.
pub fn lock(palette: &Palette) -> MutexGuard<'_, u32> {
    palette.lock().expect("no task panics here")
}

/// The same, but with an end: it blocks the thread in virtual time, as `lock` does in real time, and gives up after ten
/// seconds.
pub fn lock_or_give_up(palette: &Palette) -> MutexGuard<'_, u32> {
    for _ in 0..10 {
        if let Ok(guard) = palette.try_lock() {
            return guard;
        }
        sleep_blocking(seconds(1));
    }
    panic!("locked, by a guard that waits for this very thread");
}

/// Fails: the guard lives until the canvas is dry, and a task that waits for it meanwhile blocks the thread.
#[expect(clippy::await_holding_lock, reason = "it is the mistake that is shown")]
async fn paint_with_the_guard(name: &str, palette: &Palette, lock: Lock) {
    let mut paint = lock(palette);
    *paint -= 1;
    let mut canvas = Canvas::new(name);
    canvas.paint();
    canvas.dry().await;
}

/// Cured: the guard is dropped at the end of its line.
async fn paint_after_the_guard(name: &str, palette: &Palette, lock: Lock) {
    *lock(palette) -= 1;
    let mut canvas = Canvas::new(name);
    canvas.paint();
    canvas.dry().await;
}

/// Two canvases with one palette, on one thread.
pub async fn keeps_the_guard(lock: Lock) {
    let palette = Palette::new(2);
    join(paint_with_the_guard("sky", &palette, lock), paint_with_the_guard("sea", &palette, lock)).await;
    say(format!("{} left", lock(&palette)));
}

/// The same, cured.
pub async fn drops_the_guard(lock: Lock) {
    let palette = Palette::new(2);
    join(paint_after_the_guard("sky", &palette, lock), paint_after_the_guard("sea", &palette, lock)).await;
    say(format!("{} left", lock(&palette)));
}

/// The replay: the failure above the cure.
pub(super) fn replay() -> Replay {
    Replay {
        name: "09-12-guard-across-await",
        title: "Pitfall 12: a guard across an await",
        file: file!(),
        text: include_str!("p12_guard_across_await.rs"),
        runs: || {
            vec![
                watch("", keeps_the_guard(lock_or_give_up)).recorded(
                    "keeps the guard",
                    "fails: the second painter blocks the thread that the first one needs",
                ),
                watch("", drops_the_guard(lock_or_give_up))
                    .recorded("drops the guard", "cured: the guard is dropped before the await"),
            ]
        },
    }
}

#[cfg(test)]
mod tests {
    use super::super::assert_log;
    use super::*;
    use crate::gather;
    use std::env;
    use std::process::Command;
    use std::sync::Arc;

    /// Set in the process in which the real lock may hang.
    const MAY_HANG: &str = "PAINTDRY_MAY_HANG";

    /// Runs the program with the real lock, which hangs its thread, in a process of its own that ends itself.
    #[test]
    fn the_real_lock_hangs() {
        if env::var_os(MAY_HANG).is_some() {
            watch("a guard across an await", keeps_the_guard(lock)).assert_ended();
            return;
        }
        let test = "chapters::pitfalls::p12_guard_across_await::tests::the_real_lock_hangs";
        let mut child = Command::new(env::current_exe().expect("a test is a program"));
        let ended = child.args(["--exact", test]).env(MAY_HANG, "1").output().expect("it can be started");
        let message = "
`a guard across an await` hangs: it should take a few milliseconds, and is still not done.
";
        let said = String::from_utf8_lossy(&ended.stderr);
        assert!(
            said.contains(message.trim_end()),
            "it should hang, and says {said}{}",
            String::from_utf8_lossy(&ended.stdout)
        );
    }

    #[test]
    fn a_lock_with_an_end_shows_what_the_real_one_does() {
        let seen = watch("keeps the guard", keeps_the_guard(lock_or_give_up));
        let log = "
  1.0 s  sky: painted
";
        assert_log(&seen, log);
        let message = seen.panicked().unwrap_or_default();
        assert!(message.contains("locked, by a guard that waits for this very thread"), "{message}");
        assert_eq!(seen.took(), seconds(11), "the canvas is dry at 3 s, but the thread is held from 1 s on");
    }

    #[test]
    fn without_the_guard_there_is_nothing_to_wait_for() {
        for lock in [lock as Lock, lock_or_give_up] {
            let seen = watch("drops the guard", drops_the_guard(lock));
            seen.assert_took(seconds(4), "the sea is painted while the sky dries");
            let log = "
  1.0 s  sky: painted
  2.0 s  sea: painted
  3.0 s  sky: dry
  4.0 s  sea: dry
  4.0 s  main: 0 left
";
            assert_log(&seen, log);
        }
    }

    #[test]
    fn without_the_guard_each_can_be_a_task() {
        let seen = watch("tasks", async {
            let palette = Arc::new(Palette::new(2));
            let paint = |name, palette: Arc<Palette>| async move { paint_after_the_guard(name, &palette, lock).await };
            gather(["sky", "sea"].map(|name| paint(name, Arc::clone(&palette)))).await;
        });
        seen.assert_took(seconds(4), "the sea is painted while the sky dries");
    }
}
