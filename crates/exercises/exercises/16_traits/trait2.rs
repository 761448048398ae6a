// Chapter 16, about 15 minutes: put painters of two types into one list.
// docs/16-traits-and-closures.md
//
// The workshop has a list of painters. They are of two types, so the list has a box for each, a `Box<dyn Painter>`. The
// compiler refuses it: each type has a future of another size, and the caller of a `dyn` function must know the size of
// what it returns. This program does not compile.
//
// Let `paint` return a box with the future in it, instead of the future: its lines go into an `async move` block. Change the
// trait and the two painters, and leave the list as it is. A future in a box has the type
// `Pin<Box<dyn Future<Output = ()> + Send + '_>>`, for which the crate `futures` has the short name `BoxFuture<'_, ()>`.

use futures::future::join_all;
use paintdry_course::{Canvas, seconds, sleep};

trait Painter {
    // TODO: with `async`, the trait is not dyn compatible.
    async fn paint(&self, name: &'static str);
}

struct Patient;

impl Painter for Patient {
    async fn paint(&self, name: &'static str) {
        let mut canvas = Canvas::new(name);
        canvas.paint();
        canvas.dry().await;
    }
}

/// A painter with a fan, under which a canvas dries in this number of seconds.
struct Hasty {
    fan: u64,
}

impl Painter for Hasty {
    async fn paint(&self, name: &'static str) {
        let mut canvas = Canvas::new(name);
        canvas.paint();
        sleep(seconds(self.fan)).await;
    }
}

async fn paint_all() {
    let painters: Vec<(&'static str, Box<dyn Painter>)> =
        vec![("sky", Box::new(Patient)), ("sea", Box::new(Hasty { fan: 1 })), ("sun", Box::new(Patient))];
    join_all(painters.iter().map(|(name, painter)| painter.paint(name))).await;
}

fn main() {
    println!("{}", paintdry_course::watch("trait2", paint_all()).log());
}

#[cfg(test)]
mod tests {
    use super::*;
    use paintdry_course::watch;

    #[test]
    fn one_list_has_painters_of_both_types() {
        let seen = watch("trait2", paint_all());
        seen.assert_took(seconds(5), "three canvases, a second for each, and the last one dries in two");
        for name in ["sky", "sea", "sun"] {
            let is_painted = seen.said().iter().any(|said| said.ends_with(&format!("{name}: painted")));
            seen.assert(is_painted, &format!("the {name} should be painted"));
        }
    }
}
