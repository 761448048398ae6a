// Chapter 8, about 10 minutes: write a program that does not depend on what a dropped handle does.
// docs/08-three-runtimes.md
//
// What happens to a task if you drop its handle? tokio and our event loop detach the task: it continues without the
// handle. smol cancels it: the task is dropped at the await where it waits.
//
// So this program, which does not name its runtime, behaves differently on the two. On tokio all three canvases get dry, and on smol
// none does. Change it so that all get dry on both.
//
// `R` is the runtime, behind the trait `Runtime` of chapter 8, and `Local` is smol on one thread. `Studio<R>` is the runtime
// `R` in virtual time.

use paintdry_core::Runtime;
use paintdry_course::{Canvas, seconds};

async fn paint_three<R: Runtime>() {
    for name in ["sky", "sea", "sun"] {
        // TODO: this handle is dropped at the end of each round.
        let _task = R::spawn(paint_one(name));
        R::yield_now().await; // now the task paints
    }
    R::sleep(seconds(5)).await; // time enough for all to dry
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
        let sentence = format!(
            "on {}, 3 of 3 canvases should be dry, and {dry} are: how long does the program keep the handle of each task?",
            R::NAME
        );
        seen.assert(dry == 3, &sentence);
        let took = seen.took();
        let sentence = format!("each canvas should dry while the others are painted, in 8 s at most; it took {took:?}");
        seen.assert(took <= seconds(8), &sentence);
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
