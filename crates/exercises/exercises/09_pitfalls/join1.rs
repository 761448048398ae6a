// Chapter 9, about 10 minutes: give work to two threads, with a task for each canvas.
// docs/09-pitfalls-too-late.md
//
// There are two canvases, and a runtime with two threads. Painting is work, and both threads can work. So both
// canvases could be painted in the first second, and dry after three. But this program takes four.
//
// `join!` awaits two futures at the same time, but both are part of the task that awaits them: the log says which task paints.
// And one thread at a time polls a task.
//
// Give each canvas a task of its own, with the function `spawn` below. (`TwoThreads` is tokio with two threads, and `Studio` watches
// it in virtual time. `name_task` gives the running task a name. The error of a task
// that has panicked is a `TaskError`.)

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
    // TODO: the main task paints both.
    join!(paint_one("sky"), paint_one("sea"));
}

/// Starts a task on this runtime. The handle is a future of a `Result`, because a task can panic.
fn spawn<F>(future: F) -> impl Future<Output = Result<F::Output, TaskError>>
where
    F: Future + Send + 'static,
    F::Output: Send,
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
            seen.assert(is_said(&format!("{name}: dry")), &format!("the {name} should be dry at the end"));
        }
        seen.assert_took(seconds(3), "two threads can paint two canvases in one second, if these are two tasks");
        for name in ["sky", "sea"] {
            let sentence = format!("the {name} should be painted by a task of its own");
            seen.assert(is_said(&format!("{name}: paints the {name}")), &sentence);
        }
    }
}
