// Chapter 1, about 10 minutes: start all threads before you wait for the first, so that three canvases take three seconds.
// docs/01-canvas-and-blocking.md
//
// Each canvas has a thread, so all three could be painted at the same time, and dry at the same time. But the program
// still takes nine seconds. Make it take three, without looking at the chapter.
//
// `spawn_thread` is `std::thread::spawn` in virtual time. Its first argument names the thread in the log. The handle that it
// returns has a `join`, which waits for the end of the thread and gives its result.

use paintdry_course::{Canvas, spawn_thread, watch_blocking};

const NAMES: [&str; 3] = ["sky", "sea", "sun"];

fn paint_one(name: &str) -> Canvas {
    let mut canvas = Canvas::new(name);
    canvas.paint();
    canvas.dry_blocking();
    canvas
}

fn paint_all() -> Vec<Canvas> {
    // Changed: all threads start before the first `join`, because `join` waits. The `map` of an array calls its function at
    // once. The `map` of an iterator does not; it would need a `collect` here.
    let painters = NAMES.map(|name| spawn_thread(name, move || paint_one(name)));
    painters.map(|painter| painter.join().expect("painting does not fail")).into()
}

fn main() {
    println!("{}", watch_blocking("threads1", paint_all).log());
}

#[cfg(test)]
mod tests {
    use super::*;
    use paintdry_course::seconds;

    #[test]
    fn three_threads_paint_at_the_same_time() {
        let names = || paint_all().iter().map(|canvas| canvas.name().to_owned()).collect::<Vec<_>>();
        let seen = watch_blocking("threads1", names);
        seen.assert_took(seconds(3), "if all threads start at once, each paints for one second and waits for two");
        seen.assert_result(NAMES, "`join` gives the canvas that the thread has returned");

        let mut said = seen.said(); // threads that act at the same moment may do so in any order
        said.sort();
        let expected = ["sea: dry", "sea: painted", "sky: dry", "sky: painted", "sun: dry", "sun: painted"];
        seen.assert(said == expected, "each of the three canvases should be painted once and dry once");
    }
}
