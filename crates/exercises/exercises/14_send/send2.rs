// Chapter 14, about 10 minutes: do not hold an error that is not `Send` across an await.
// docs/14-send-and-scopes.md
//
// Each task orders a canvas. If the shop refuses, the task says so, waits a second, and then writes down what the shop has
// said. The error of the shop is a `Box<dyn Error>`, which may hold anything. So it is not `Send`, and this program does not
// compile.
//
// You cannot change the shop. Change `order`, so that the task no longer holds the box when it awaits. First try this: make a
// `String` of the error, then `drop(error)`, and use the `String` after the await. Read what the compiler says to that.

use paintdry_course::{gather, say, seconds, sleep};

/// A library, which you need not change.
mod shop {
    use std::error::Error;

    pub fn order(name: &str) -> Result<(), Box<dyn Error>> {
        if name == "sea" { Err("no blue is left".into()) } else { Ok(()) }
    }
}

async fn order(name: &'static str) {
    // TODO: `error` lives across the await.
    if let Err(error) = shop::order(name) {
        say(format!("{name}: refused"));
        sleep(seconds(1)).await;
        say(format!("{name}: {error}"));
    }
}

async fn order_three() {
    gather(["sky", "sea", "sun"].map(order)).await;
}

fn main() {
    println!("{}", paintdry_course::watch("send2", order_three()).log());
}

#[cfg(test)]
mod tests {
    use super::*;
    use paintdry_course::watch;

    #[test]
    fn the_refusal_is_written_down_after_a_second() {
        let seen = watch("send2", order_three());
        let expected = ["sea: refused", "sea: no blue is left"];
        seen.assert_said(&expected, "the task of the sea should say what the shop has said");
        seen.assert_took(seconds(1), "the task waits for a second before it writes the refusal down");
    }
}
