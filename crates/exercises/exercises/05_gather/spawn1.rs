// Each canvas is painted by a task of its own, and a task, once spawned, runs without being awaited. Still no canvas is
// even painted: the painter goes home at once, and the program ends with its main future, whoever else is still at work.
//
// `spawn` gives a handle. Awaiting it waits for the end of the task, and gives its result.
//
// See to it that all are dry before the painter goes home, and that it takes no longer than it has to.

use paintdry_course::{Canvas, say, spawn, watch};

async fn paint_one(name: &'static str) {
    let mut canvas = Canvas::new(name);
    canvas.paint();
    canvas.dry().await;
}

async fn paint_all(names: &[&'static str]) {
    for &name in names {
        // TODO: keep the handle, and await it when all are spawned.
        spawn(name, paint_one(name));
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
        seen.assert(left == 0, &format!("the program has ended, and {left} of its tasks had not"));
        for name in names {
            let sentence = format!("the {name} should have a task of its own");
            seen.assert(seen.tasks().iter().any(|task| task == name), &sentence);
        }
        seen.assert_took(seconds(time), "the tasks run side by side, and nobody waits longer than for the last");
        let last = seen.said().pop();
        seen.assert(last.as_deref() == Some("main: goes home"), "the painter should stay until all are dry");
    }

    #[test]
    fn the_program_ends_after_its_tasks() {
        ends_after_its_tasks(&["sky", "sea", "sun"], 5);
        ends_after_its_tasks(&["sky"], 3);
    }
}
