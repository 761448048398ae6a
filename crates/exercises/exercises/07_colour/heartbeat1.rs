// Chapter 7, about 10 minutes: let a task that works for long give up its turn, so that no other task is late.
// docs/07-function-colour.md
//
// A heartbeat is a task that beats every 250 ms. If a beat is late, another task has held the thread. A server in this state
// does not answer.
//
// Here a painting is thirty strokes, each 100 ms of work, and no other task can run between two strokes. Keep the heart
// beating: no gap between two beats may be longer than 500 ms, and the painting must still take three seconds.

use paintdry_course::{milliseconds, say, sleep, spawn, work};

async fn paint() -> u32 {
    let mut strokes = 0;
    for _ in 0..30 {
        strokes += stroke();
        // TODO: the task never gives up its turn.
    }
    strokes
}

/// Works for 100 ms. You need not change it.
fn stroke() -> u32 {
    work(milliseconds(100));
    1
}

async fn heartbeat() {
    loop {
        sleep(milliseconds(250)).await;
        say("beat");
    }
}

async fn paint_with_a_heartbeat() -> u32 {
    let _heart = spawn("heart", heartbeat());
    let painter = spawn("painter", paint());
    painter.await.expect("painting does not fail")
}

fn main() {
    println!("{}", paintdry_course::watch("heartbeat1", paint_with_a_heartbeat()).log());
}

#[cfg(test)]
mod tests {
    use super::*;
    use paintdry_course::{seconds, watch};

    #[test]
    fn the_heart_does_not_miss_a_beat() {
        let seen = watch("heartbeat1", paint_with_a_heartbeat());
        seen.assert_ended();
        let mut times = seen.times_of("heart: beat");
        times.insert(0, milliseconds(0));
        times.push(seen.took());
        let gap = times.windows(2).map(|pair| pair[1] - pair[0]).max().unwrap_or_default();
        let sentence = format!(
            "the longest gap between two beats should be 500 ms, and was {gap:?}: where does the painter let the heart run?"
        );
        seen.assert(gap <= milliseconds(500), &sentence);
        seen.assert_took(seconds(3), "thirty strokes of 100 ms. The painter need not sleep to let the heart beat");
        seen.assert_result(30, "the painter should make all strokes");
    }
}
