// Chapter 10, about 10 minutes: wait until an aborted task has ended.
// docs/10-cancellation-and-structure.md
//
// There is one brush. Ada holds it for ten seconds while she paints. At second 1 the main task aborts her, and takes the
// brush for itself. But the brush is not there: `abort` only asks a task to end, and returns at once. The task drops what
// it holds in its next turn.
//
// Make sure that the task has ended before you take the brush.
//
// `abortable(future)` returns a future that ends early when its handle's `abort` is called. `try_lock` takes the lock, or
// returns `None` if it is held.

use futures::future::abortable;
use paintdry_course::{say, seconds, sleep, spawn};
use paintdry_studio::sync::Mutex;

async fn take_the_brush_from_ada() {
    let brush = Mutex::new("brush", ());
    let (painting, handle) = abortable(paint(brush.clone()));
    let ada = spawn("ada", painting);
    sleep(seconds(1)).await;
    handle.abort();
    // Changed: the handle is ready when the task has ended, and by then the task has dropped the brush. Its result is
    // `Err(Aborted)`, which is no news.
    let _ = ada.await;
    let _brush = brush.try_lock().expect("the brush is not there: ada still holds it, although she was aborted");
    say("paints");
}

/// Holds the brush for ten seconds. You need not change it.
async fn paint(brush: Mutex<()>) {
    let _brush = brush.lock().await;
    say("paints");
    sleep(seconds(10)).await;
}

fn main() {
    println!("{}", paintdry_course::watch("abort1", take_the_brush_from_ada()).log());
}

#[cfg(test)]
mod tests {
    use super::*;
    use paintdry_course::watch;

    #[test]
    fn the_brush_is_back_when_the_task_has_ended() {
        let seen = watch("abort1", take_the_brush_from_ada());
        seen.assert_took(seconds(1), "an aborted task ends in its next turn, and that takes no time");
        seen.assert_said(&["ada: paints", "main: paints"], "both should have the brush, one after the other");
        let alive = seen.left_alive();
        seen.assert(alive == 0, &format!("ada's task should have ended, and {alive} tasks are left"));
    }
}
