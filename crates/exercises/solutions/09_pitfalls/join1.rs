// Two canvases, and a runtime with two threads for the painters. Painting is work, and both threads can do some: so both
// canvases could be painted in the first second, and dry after three. With `join!` it takes four.
//
// `join!` awaits both at the same time, but in the task in which it stands: see in the log who paints. And a task is
// polled by one thread at a time.
//
// Give each canvas a task of its own. `spawn` stands below.

use futures::join;
use paintdry_core::{Runtime, TaskError};
use paintdry_course::{Canvas, TwoThreads, name_task, say, watch_on};
use paintdry_studio::Studio;

async fn paint_one(name: &'static str) {
    say(format!("paints the {name}"));
    let mut canvas = Canvas::new(name);
    canvas.paint();
    canvas.dry().await;
}

async fn paint_both() {
    name_task("main");
    // Changed: two tasks, which two threads can poll. `join!` is right for waiting until both have ended.
    let (sky, sea) = join!(spawn(paint_one("sky")), spawn(paint_one("sea")));
    sky.and(sea).expect("painting does not fail");
}

/// Starts a task on this runtime. The handle that it gives is a future of the task's result.
fn spawn<F>(future: F) -> impl Future<Output = Result<F::Output, TaskError>>
where
    F: Future<Output: Send> + Send + 'static,
{
    Studio::<TwoThreads>::spawn(future)
}

fn main() {
    println!("{}", watch_on::<TwoThreads, _>("join1", paint_both()).log());
}

#[cfg(test)]
mod tests {
    use super::*;
    use paintdry_course::seconds;

    #[test]
    fn both_are_painted_in_the_same_second() {
        let seen = watch_on::<TwoThreads, _>("join1", paint_both());
        seen.assert_ended();
        let said = seen.said();
        let is_said = |text: &str| said.iter().filter(|said| *said == text).count() == 1;
        for name in ["sky", "sea"] {
            seen.assert(is_said(&format!("{name}: dry")), &format!("the {name} should be dry in the end"));
        }
        seen.assert_took(seconds(3), "two threads can paint two canvases in one second, but not if they are one task");
        for name in ["sky", "sea"] {
            let sentence = format!("the {name} should be painted by a task of its own");
            seen.assert(is_said(&format!("{name}: paints the {name}")), &sentence);
        }
    }
}
