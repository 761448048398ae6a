// Chapter 18, about 20 minutes: call a library that blocks from a task, and hear its callbacks while it works.
// docs/18-bridging.md
//
// `scanner::scan` is a library for plain code. It blocks its thread, and calls a closure, the callback, after each line
// that it has scanned. A task needs the lines as they come, and a heart beats beside it on the same thread.
//
// Here the task calls the library itself. So the heart cannot beat, and the task sees all lines at the end. Give the
// call to another thread: `offload(name, closure)` of this course is what tokio calls `spawn_blocking`. It is an async
// fn, and returns the result of the closure. Let the callback send each line into a channel, and receive the lines
// while the scan runs.
//
// `futures::channel::mpsc::unbounded()` makes a channel. `sender.unbounded_send(line)` works in plain code, and
// `receiver.next().await` gives `None` when every sender is dropped. `next` needs `use futures::StreamExt`.

use futures::StreamExt;
use futures::channel::mpsc;
use futures::future::join;
use paintdry_course::{milliseconds, offload, say, sleep, spawn};

/// Scans the canvas, says each line when it comes, and returns how many there were.
async fn scan_and_report() -> usize {
    // Changed: another thread calls the library, and its callback sends each line to this task.
    let (sender, mut receiver) = mpsc::unbounded();
    let scan = offload("scanner", || {
        // The closure owns the sender and drops it at its end. Then `next` gives `None`, and the loop below ends.
        scanner::scan(3, move |line| {
            let _ = sender.unbounded_send(line); // fails if the task is gone, which is no reason to stop a scan
        })
    });
    let report = async {
        while let Some(line) = receiver.next().await {
            say(format!("line {line}"));
        }
    };
    // `join` polls both, so the lines come while the scan runs. To await one before the other does not work: without a
    // poll of `scan` no line comes, and when `scan` is over all lines come at once.
    join(scan, report).await.0
}

async fn scan_with_a_heartbeat() -> usize {
    let _heart = spawn("heart", async {
        loop {
            sleep(milliseconds(400)).await;
            say("beat");
        }
    });
    scan_and_report().await
}

/// A library that you cannot change.
mod scanner {
    use paintdry_course::{seconds, sleep_blocking};

    /// Scans this number of lines, which takes a second for each. Returns the number.
    pub fn scan(lines: usize, mut callback: impl FnMut(usize)) -> usize {
        for line in 1..=lines {
            sleep_blocking(seconds(1));
            callback(line);
        }
        lines
    }
}

fn main() {
    println!("{}", paintdry_course::watch("bridge1", scan_with_a_heartbeat()).log());
}

#[cfg(test)]
mod tests {
    use super::*;
    use paintdry_course::{seconds, watch};

    #[test]
    fn the_lines_come_while_the_scan_runs_and_the_heart_beats() {
        let seen = watch("bridge1", scan_with_a_heartbeat());
        seen.assert_ended();
        let beats = seen.times_of("heart: beat").len();
        let sentence = format!(
            "step 1 of 2: the heart should beat 7 times in three seconds, and beat {beats} times. On which thread \
             does `scanner::scan` block? Nothing else can run there"
        );
        seen.assert(beats == 7, &sentence);
        let times: Vec<_> = [1, 2, 3].map(|line| seen.times_of(&format!("main: line {line}"))).concat();
        let sentence = format!(
            "step 2 of 2: the main task should say line 1 after 1 s, line 2 after 2 s and line 3 after 3 s, and said \
             them at {times:?}. It has to receive while the scan runs. `offload(…)` is a future: it does nothing \
             before it is polled, and an `.await` of it alone waits until the scan is over"
        );
        seen.assert(times == [seconds(1), seconds(2), seconds(3)], &sentence);
        seen.assert_took(seconds(3), "three lines, a second for each");
        seen.assert_result(3, "`scan` returns the number of lines, and the task should pass it on");
    }
}
