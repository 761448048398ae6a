// Chapter 7, about 10 minutes: release a std lock before you await.
// docs/07-function-colour.md
//
// Three painters share a pot of paint behind a `std::sync::Mutex`. The first painter still holds the lock when it awaits. Then
// the second painter calls `lock`. That call blocks the only thread, and the first painter needs this thread to
// continue and release the lock. So the program hangs.
//
// Hold the lock only while the painter takes paint out of the pot.
//
// `lock` returns a guard, and dropping the guard releases the lock. `join_all` awaits several futures at the same time, in one
// task. (With `spawn`, this program would not compile: a std guard is not `Send`.)

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
        seen.assert_took(
            seconds(5),
            "a painter that waits for its canvas does not need the pot, so the others can paint",
        );
        let left = pot.into_inner().unwrap();
        let sentence =
            format!("each of three painters should take one portion of paint, and {left} of 3 portions are left");
        seen.assert(left == 0, &sentence);
    }
}
