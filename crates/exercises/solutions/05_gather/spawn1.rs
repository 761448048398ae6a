// Chapter 5, about 10 minutes: keep the handles of your tasks, and await them before the program ends.
// docs/05-promises-and-gather.md
//
// Each canvas is painted by a task of its own. A task needs no await to run, but it needs its turn. Here the painter,
// which is the main future, never awaits, so it goes home before any task has had a turn. The program ends when it does.
//
// `spawn` starts a task and names it. It returns a handle: a future of the task's result. Make sure that all canvases are dry
// before the painter goes home, and that the painter goes home as soon as they are. Write it without looking at the chapter.

use paintdry_course::{Canvas, say, spawn, watch};

async fn paint_one(name: &'static str) {
    let mut canvas = Canvas::new(name);
    canvas.paint();
    canvas.dry().await;
}

async fn paint_all(names: &[&'static str]) {
    // Changed: two loops. If the first one awaited each handle, the next task would not start before the last had ended.
    let tasks: Vec<_> = names.iter().map(|name| spawn(name, paint_one(name))).collect();
    for task in tasks {
        task.await.expect("painting does not fail");
    }
    say("goes home");
}

fn main() {
    println!("{}", watch("spawn1 sky sea sun", paint_all(&["sky", "sea", "sun"])).log());
}

#[cfg(test)]
mod tests {
    use super::*;
    use paintdry_course::seconds;

    fn ends_after_its_tasks(names: &[&'static str], time: u64) {
        let seen = watch(&format!("spawn1 {}", names.join(" ")), paint_all(names));
        seen.assert_ended();
        let left = seen.left_alive();
        let sentence = format!("the program has ended before {left} of its tasks: what could it wait for?");
        seen.assert(left == 0, &sentence);
        for name in names {
            let sentence = format!("the {name} should have a task of its own");
            seen.assert(seen.tasks().iter().any(|task| task == name), &sentence);
        }
        seen.assert_took(
            seconds(time),
            "the tasks run side by side, and the program waits no longer than for the last",
        );
        let last = seen.said().pop();
        seen.assert(last.as_deref() == Some("main: goes home"), "the painter should stay until all are dry");
    }

    #[test]
    fn the_program_ends_after_its_tasks() {
        ends_after_its_tasks(&["sky", "sea", "sun"], 5);
        ends_after_its_tasks(&["sky"], 3);
    }
}
