// Chapter 5, about 15 minutes: return results in the order of the input, not in the order in which the tasks end.
// docs/05-promises-and-gather.md
//
// `gather` starts a task for each future, and waits for all of them. Each task adds its result to a list when it ends. So
// the results come in the order in which the tasks end, and the caller cannot tell whose result is whose.
//
// Return the results in the order of the futures. The tasks should still run at the same time.
//
// `spawn` starts a task and names it. It returns a handle: a future of a `Result`, because a task can panic. `F::Output` is
// the type of the value that a future of type `F` gives.

use paintdry_course::{say, seconds, sleep, spawn, watch};

/// Runs each future as a task. Returns what they give.
async fn gather<F>(futures: Vec<F>) -> Vec<F::Output>
where
    F: Future + Send + 'static,
    F::Output: Send,
{
    use std::sync::{Arc, Mutex};
    let results = Arc::new(Mutex::new(Vec::new()));
    let mut tasks = Vec::new();
    for future in futures {
        let results = Arc::clone(&results);
        tasks.push(spawn("painter", async move {
            let result = future.await;
            // TODO: the task that ends first is the first in the list.
            results.lock().unwrap().push(result);
        }));
    }
    for task in tasks {
        task.await.expect("painting does not fail");
    }
    std::mem::take(&mut results.lock().unwrap()) // takes the list, and leaves an empty one
}

// You need not change anything below this line.

/// Waits until a canvas is dry, and returns its name and how long that took.
async fn dry(name: &str, time: u64) -> String {
    sleep(seconds(time)).await;
    say(format!("{name}: dry"));
    format!("the {name}: {time} s")
}

/// Three canvases. The sky has the thickest paint, and the sea the thinnest.
async fn dry_all() -> Vec<String> {
    gather(vec![dry("sky", 3), dry("sea", 1), dry("sun", 2)]).await
}

fn main() {
    let seen = watch("gather1", dry_all());
    println!("{}", seen.log());
    println!("Results: {:?}", seen.result());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_are_in_the_order_of_the_input() {
        let seen = watch("gather1", dry_all());
        let because = "the canvases dry at the same time, so the task with the shortest wait ends first";
        seen.assert_said(&["sea: dry", "sun: dry", "sky: dry"], because);
        seen.assert_took(seconds(3), "as long as the longest of the three");
        let because = "the caller gave the sky, the sea and the sun, and expects the results in this order";
        seen.assert_result(["the sky: 3 s", "the sea: 1 s", "the sun: 2 s"], because);
    }
}
