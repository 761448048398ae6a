// Chapter 16, about 15 minutes: write a function that takes an async closure.
// docs/16-traits-and-closures.md
//
// `retry` calls a closure until it gives something, with a pause of a second between two calls. The closure of `buys_paint`
// counts how often it has asked the shop. So its future borrows `asked`, which the closure holds, and this program does not
// compile: the bound `FnMut() -> T` has one type `T` for all calls, so the future of one call may not borrow from the
// closure.
//
// Repair the bound and the closure. A trait of the standard library is made for this, and it is not called `FnMut`.

use paintdry_course::{say, seconds, sleep, watch};

// Changed: `AsyncFnMut` is the trait of async closures that change what they hold. The future of each call may borrow from
// the closure until that call is over. A second type parameter is not needed: the trait names the output, and not the
// future.
async fn retry(mut attempt: impl AsyncFnMut() -> Option<&'static str>) -> &'static str {
    loop {
        if let Some(paint) = attempt().await {
            return paint;
        }
        sleep(seconds(1)).await;
    }
}

async fn buys_paint() {
    let mut asked = 0;
    // Changed: `async ||`, an async closure. `|| async { … }` is a plain closure that returns a block.
    let paint = retry(async || {
        asked += 1;
        say("asks");
        sleep(seconds(1)).await;
        (asked == 3).then_some("blue")
    })
    .await;
    say(format!("has {paint}, and has asked {asked} times"));
}

fn main() {
    println!("{}", watch("closure1", buys_paint()).log());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shop_is_asked_three_times() {
        let seen = watch("closure1", buys_paint());
        let expected = ["main: asks", "main: asks", "main: asks", "main: has blue, and has asked 3 times"];
        seen.assert_said(&expected, "the shop has paint at the third time");
        seen.assert_took(seconds(5), "each question takes a second, and so does each of the two pauses");
    }
}
