// Chapter 14, about 10 minutes: give tasks a value that they cannot borrow.
// docs/14-send-and-scopes.md
//
// Each painter is a task, and all three use one palette. Here they borrow it from `paint_three`. But a task may live longer
// than the function that spawns it. So the compiler refuses: the borrow would have to be good for ever, which is what
// `'static` means.
//
// There is only one palette, and it cannot be cloned. Share it, so that it lives as long as the last painter. The painters
// should stay tasks. (With `join_all` they would be parts of `paint_three`, and could borrow.)

use paintdry_course::{Canvas, say, spawn, watch};

struct Palette {
    colour: &'static str,
}

async fn paint_three(palette: Palette) {
    // TODO: each task borrows `palette`, which belongs to this function.
    let tasks = ["sky", "sea", "sun"].map(|name| spawn(name, paint_one(name, &palette)));
    for task in tasks {
        task.await.expect("painting does not fail");
    }
}
async fn paint_one(name: &str, palette: &Palette) {
    let mut canvas = Canvas::new(name);
    canvas.paint();
    canvas.dry().await;
    say(format!("{name}: is {}", palette.colour));
}

fn main() {
    println!("{}", watch("static1", paint_three(Palette { colour: "blue" })).log());
}

#[cfg(test)]
mod tests {
    use super::*;
    use paintdry_course::seconds;

    #[test]
    fn three_tasks_share_one_palette() {
        let seen = watch("static1", paint_three(Palette { colour: "gold" }));
        seen.assert_took(seconds(5), "each canvas dries while the others are painted");
        for name in ["sky", "sea", "sun"] {
            let times = seen.times_of(&format!("{name}: is gold")).len();
            seen.assert(times == 1, &format!("{name} should say once that it is gold, and says it {times} times"));
            let is_task = seen.tasks().iter().any(|task| task == name);
            seen.assert(is_task, &format!("{name} should be a task of its own: start it with `spawn`"));
        }
    }
}
