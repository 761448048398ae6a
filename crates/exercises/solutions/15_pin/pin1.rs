// Chapter 15, about 10 minutes: keep several futures, and poll them where they are.
// docs/15-pin.md
//
// Three canvases dry, and the painter hangs each of them as soon as it is dry. `select_all` polls all futures of a `Vec`.
// When one is ready, it gives its result, its place in the `Vec`, and a `Vec` of the others, which the next round takes.
//
// So the futures move from one `Vec` to the next, and a future that has been polled must not move. The compiler says that it
// "cannot be unpinned", and makes two proposals. Only one of them fits here. Which of the two may leave the closure?

use futures::future::select_all;
use paintdry_course::{say, seconds, sleep, watch};

async fn dry(name: &'static str, takes: u64) -> &'static str {
    sleep(seconds(takes)).await;
    name
}

async fn hang_three() {
    // Changed: each future is in a box of its own, and stays there. What moves from `Vec` to `Vec` is the box. `pin!` would
    // keep the future in a variable of the closure, which ends with the call, so what `pin!` gives cannot be returned.
    let mut wet: Vec<_> = [("sky", 3), ("sea", 1), ("sun", 2)].map(|(name, takes)| Box::pin(dry(name, takes))).into();
    while !wet.is_empty() {
        let (name, _place, others) = select_all(wet).await;
        say(format!("hangs the {name}"));
        wet = others;
    }
}

fn main() {
    println!("{}", watch("pin1", hang_three()).log());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_canvas_is_hung_when_it_is_dry() {
        let seen = watch("pin1", hang_three());
        let expected = ["main: hangs the sea", "main: hangs the sun", "main: hangs the sky"];
        seen.assert_said(&expected, "the canvas that dries in 1 s comes first, and that of 3 s last");
        seen.assert_took(seconds(3), "all three dry at the same time");
    }
}
