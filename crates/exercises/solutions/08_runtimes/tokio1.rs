// tokio's timers and tasks belong to a runtime: outside of one, `tokio::time::sleep` and `tokio::spawn` panic with "there
// is no reactor running". futures' `block_on` polls any future to its end, but it is no runtime: it has neither.
//
// Run the tests and read the panic. Then start a runtime of tokio's and let it do the polling. Not every sleep looks for
// the runtime at the same moment, so the two tests may not pass at the same moment either.
//
// (This exercise runs in real time. The drying takes two milliseconds.)

use std::time::Duration;

/// Runs what `make` makes, to its end.
fn run<F: Future>(make: impl FnOnce() -> F) -> F::Output {
    // Changed: a runtime of tokio's, on this thread and with timers. `make` is called inside of it, because what makes a
    // sleep looks for the runtime at once.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build();
    runtime.expect("a runtime of one thread needs nothing").block_on(async { make().await })
}

fn main() {
    println!("{}", run(|| dry("sky")));
}

/// Leave it as it is.
async fn dry(name: &str) -> String {
    tokio::time::sleep(Duration::from_millis(2)).await;
    format!("{name}: dry")
}

#[cfg(test)]
mod tests {
    use super::*;
    use paintdry_course::within_a_second;

    #[test]
    fn a_task_sleeps() {
        let ended = within_a_second("tokio1", || run(|| async { tokio::spawn(dry("sky")).await }));
        assert_eq!(ended.expect("it does not panic"), "sky: dry");
    }

    #[test]
    fn a_sleep_that_is_made_at_once_finds_the_runtime() {
        // In `dry` the sleep is made when the coroutine is polled. This one is made when `make` is called.
        within_a_second("tokio1", || run(|| tokio::time::sleep(Duration::from_millis(2))));
    }
}
