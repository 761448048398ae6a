// A thread for each canvas: then all can be painted at the same time, and dry at the same time.
//
// The threads are there, but it still takes nine seconds. Let it take three.

use paintdry_course::{Canvas, spawn_thread, watch_blocking};

const NAMES: [&str; 3] = ["sky", "sea", "sun"];

fn paint_one(name: &str) -> Canvas {
    let mut canvas = Canvas::new(name);
    canvas.paint();
    canvas.dry_blocking();
    canvas
}

fn paint_all() -> Vec<Canvas> {
    // Changed: all are started before the first is joined. `map` of an array calls its function at once; that of an
    // iterator does not, and would need a `collect` here.
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
        seen.assert_took(seconds(3), "all start at once, each paints for one second and waits for two");
        seen.assert_result(NAMES, "`join` gives what the thread has returned");

        let mut said = seen.said(); // at the same moment the threads come in any order
        said.sort();
        let expected = ["sea: dry", "sea: painted", "sky: dry", "sky: painted", "sun: dry", "sun: painted"];
        seen.assert(said == expected, "each of the three canvases should be painted and dry");
    }
}
