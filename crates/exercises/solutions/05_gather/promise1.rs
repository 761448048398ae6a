// Chapter 5, about 15 minutes: fulfil each promise, or break it at once, and forget none.
// docs/05-promises-and-gather.md
//
// A painter has three orders. Each order holds the promise for its customer, who waits for the future. The painter has
// no blue, so she cannot paint the sea.
//
// Bob and eve should get the time at which their canvas is dry. Ada should hear that there will be no sea, as soon as
// the painter knows it. (They hear it at the painter's next `.await`: until then she has the thread.) Here bob and eve
// get an error although their canvases are dry, and ada waits for ever: the painter keeps ada's order, and then waits for
// more orders: `pending()` is a future that is never ready.
//
// `paintdry_course::now()` gives the time since the start.

use futures::channel::oneshot;
use paintdry_course::{Canvas, now, say, spawn};
use std::time::Duration;

async fn paint_all(orders: Vec<Order>) {
    for order in orders {
        if order.canvas == "sea" {
            // Changed: the order is dropped at the end of this round, and its promise with it. That breaks the promise,
            // and ada is woken with an error. (`drop(order)` says the same in a line of its own.)
            continue;
        }
        let mut canvas = Canvas::new(order.canvas);
        canvas.paint();
        canvas.dry().await;
        // Changed: the promise is fulfilled. The customer may have left, so an error of `send` is no reason to stop.
        let _ = order.promise.send(now());
    }
    std::future::pending::<()>().await; // waits for more orders, which never come
}

// You need not change anything below this line.

struct Order {
    canvas: &'static str,
    promise: oneshot::Sender<Duration>,
}

async fn wait_for_canvas(future: oneshot::Receiver<Duration>) {
    match future.await {
        Ok(time) => say(format!("dry at {} s", time.as_secs())),
        Err(oneshot::Canceled) => say("no canvas"),
    }
}

async fn open_shop() {
    let (mut orders, mut customers) = (Vec::new(), Vec::new());
    for (name, canvas) in [("ada", "sea"), ("bob", "sky"), ("eve", "sun")] {
        let (promise, future) = oneshot::channel();
        orders.push(Order { canvas, promise });
        customers.push(spawn(name, wait_for_canvas(future)));
    }
    let _painter = spawn("painter", paint_all(orders));
    for customer in customers {
        customer.await.expect("waiting does not fail");
    }
}

fn main() {
    println!("{}", paintdry_course::watch("promise1", open_shop()).log());
}

#[cfg(test)]
mod tests {
    use super::*;
    use paintdry_course::{seconds, watch};

    #[test]
    fn each_customer_gets_an_answer_in_time() {
        let seen = watch("promise1", open_shop());
        let is_stuck = seen.stalled().is_some();
        seen.assert(
            !is_stuck,
            "ada waits for ever, because her promise still exists. Which value of the painter holds it?",
        );
        let ada = seen.times_of("ada: no canvas");
        let sentence = format!(
            "ada should hear in the first second that there will be no sea, and heard it at {ada:?}. Which line of the \
             painter breaks the promise, and when does that line run?"
        );
        seen.assert(ada.len() == 1 && ada[0] <= seconds(1), &sentence);
        for (name, time) in [("bob", 3), ("eve", 6)] {
            let said = seen.said();
            let heard = said.iter().find_map(|said| said.strip_prefix(&format!("{name}: dry at ")));
            let sentence = match heard {
                Some(heard) => format!(
                    "{name} should hear {time} s, and heard {heard}: send the time since the start, `now()`, when the \
                     canvas is dry"
                ),
                None => format!(
                    "{name} should hear that the canvas is dry at {time} s. A promise that is dropped without a value \
                     is broken, even if the canvas is dry: where does the painter send the time?"
                ),
            };
            seen.assert(heard == Some(&format!("{time} s")), &sentence);
        }
    }
}
