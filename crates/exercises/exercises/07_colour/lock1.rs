// Three painters share a pot of paint behind a `std::sync::Mutex`. The first one still holds the lock when it awaits. Then
// the next one calls `lock`, and that waits in the way of threads: it holds the only thread there is, on which the first
// would have to go on to give the lock back. (`spawn` would not even compile: a std guard is not `Send`.)
//
// Hold the lock only where the pot is needed, which is before the drying.

use futures::future::join_all;
use paintdry_course::{Canvas, say};
use std::sync::Mutex;

async fn paint_one(name: &str, pot: &Mutex<u32>) {
    let mut canvas = Canvas::new(name);
    say(format!("{name}: wants the pot"));
    let mut portions = pot.lock().unwrap();
    *portions -= 1;
    canvas.paint();
    // TODO: the guard lives until the end of the function.
    canvas.dry().await;
}

async fn paint_three(pot: &Mutex<u32>) {
    join_all(["sky", "sea", "sun"].map(|name| paint_one(name, pot))).await;
}

fn main() {
    println!("{}", paintdry_course::watch("lock1", paint_three(&Mutex::new(3))).log());
}

#[cfg(test)]
mod tests {
    use super::*;
    use paintdry_course::{seconds, watch};

    #[test]
    fn the_lock_is_not_held_while_a_canvas_dries() {
        let pot = Mutex::new(3);
        let seen = watch("lock1", paint_three(&pot));
        seen.assert_took(seconds(5), "nobody needs the pot while a canvas dries, so the others can go on");
        let left = pot.into_inner().unwrap();
        seen.assert(left == 0, &format!("each painter should take a portion out of the pot, and {left} of 3 are left"));
    }
}
