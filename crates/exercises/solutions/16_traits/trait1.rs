// Chapter 16, about 10 minutes: say in a trait that the future of an async function is `Send`.
// docs/16-traits-and-closures.md
//
// `hire` gives a task to a painter of any type. So the future of `paint` must be `Send`. Both painters here have such a
// future. But an `async fn` in a trait does not say so, and `hire` knows only the trait. This program does not compile.
//
// Change the declaration in the trait, and nothing else. An `async fn` is a function that returns a future, and you can
// write that out: then there is a place for `Send`.

use paintdry_course::{Canvas, seconds, sleep, spawn, watch};

trait Painter {
    // Changed: this is the same function, written out, and it promises that the future is `Send`. Both painters can still
    // write `async fn`, and the compiler checks that they keep the promise.
    fn paint(&self, name: &'static str) -> impl Future<Output = ()> + Send;
}

struct Patient;

impl Painter for Patient {
    async fn paint(&self, name: &'static str) {
        let mut canvas = Canvas::new(name);
        canvas.paint();
        canvas.dry().await;
    }
}

struct Hasty;

impl Painter for Hasty {
    async fn paint(&self, name: &'static str) {
        let mut canvas = Canvas::new(name);
        canvas.paint();
        sleep(seconds(1)).await; // under a fan
    }
}

async fn hire(name: &'static str, painter: impl Painter + Send + Sync + 'static) {
    let task = spawn(name, async move { painter.paint(name).await });
    task.await.expect("painting does not fail");
}

fn main() {
    println!("{}", watch("trait1", hire("sky", Patient)).log());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_task_takes_a_painter_of_any_type() {
        watch("trait1", hire("sky", Patient)).assert_took(seconds(3), "a second to paint, and two to dry");
        watch("trait1 hasty", hire("sky", Hasty)).assert_took(seconds(2), "under a fan it dries in one second");
    }
}
