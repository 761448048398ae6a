// What happens to a task whose handle is dropped? tokio and our event loop detach it: it runs on. smol cancels it: the
// task is dropped where it stands.
//
// This program is the same on all runtimes, and yet on tokio three of three canvases are dry, and on smol none is. Write
// it so that it does not matter what a dropped handle does.

use paintdry_core::Runtime;
use paintdry_course::Canvas;

async fn paint_three<R: Runtime>() {
    let mut tasks = Vec::new();
    for name in ["sky", "sea", "sun"] {
        tasks.push(R::spawn(paint_one(name))); // Changed: the handles are kept
        R::yield_now().await; // it paints now
    }
    // Changed: and awaited. A guess at how long that takes is not needed any more.
    for task in tasks {
        task.await.expect("a painter does not panic");
    }
}

async fn paint_one(name: &str) {
    let mut canvas = Canvas::new(name);
    canvas.paint();
    canvas.dry().await;
}

fn main() {
    use paintdry_smol::Local;
    use paintdry_studio::Studio;
    println!("{}", paintdry_course::watch_on::<Local, _>("smol1", paint_three::<Studio<Local>>()).log());
}

#[cfg(test)]
mod tests {
    use super::*;
    use paintdry_course::{seconds, watch_on};
    use paintdry_smol::Local;
    use paintdry_studio::Studio;
    use paintdry_tokio::CurrentThread;

    fn all_get_dry<R: Runtime>(name: &str) {
        let seen = watch_on::<R, _>(name, paint_three::<Studio<R>>());
        seen.assert_ended();
        let is_dry = |name: &&str| !seen.times_of(&format!("{name}: dry")).is_empty();
        let dry = ["sky", "sea", "sun"].iter().filter(|name| is_dry(name)).count();
        seen.assert(dry == 3, &format!("3 of 3 canvases should be dry on {}, and {dry} are", R::NAME));
        let took = seen.took();
        seen.assert(took <= seconds(8), &format!("canvases should dry while others are painted; it took {took:?}"));
    }

    #[test]
    fn on_tokio() {
        all_get_dry::<CurrentThread>("smol1, on tokio");
    }

    #[test]
    fn on_smol() {
        all_get_dry::<Local>("smol1");
    }
}
