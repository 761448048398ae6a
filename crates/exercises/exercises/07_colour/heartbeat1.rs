// A heartbeat is the simplest measure of a runtime's health: a task that beats every 250 ms. If a beat comes late, some
// other task has held the thread for so long. A server in this state answers nobody.
//
// Painting here is thirty strokes of 100 ms of work each, and in between nobody else gets a turn. Keep the heart beating:
// no gap may be longer than half a second, and the painting may not take longer than before.

use paintdry_course::{milliseconds, say, sleep, spawn, work};

async fn paint() -> u32 {
    let mut strokes = 0;
    for _ in 0..30 {
        strokes += stroke();
        // TODO: the task never gives up its turn.
    }
    strokes
}

/// Leave it as it is.
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
    painter.await.expect("a painter does not panic")
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
        seen.assert(gap <= milliseconds(500), &format!("the longest gap was {gap:?}, and should be 500 ms at most"));
        seen.assert_took(seconds(3), "thirty strokes of 100 ms, and nobody has to sleep for the heart to beat");
        seen.assert_result(30, "all strokes should be made");
    }
}
