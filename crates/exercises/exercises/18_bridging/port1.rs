// Chapter 18, about 25 minutes: port a program from async-std to smol, and keep what it does.
// docs/18-bridging.md
//
// async-std is discontinued. Port this program to smol: docs/leaving-async-std.md has a table that says what replaces
// what. The compiler finds a name that smol does not have, and a receiver that must be pinned. It does not find what is
// different when the program runs. The page lists such traps, and two of them are here.
//
// The program opens a gallery. A clerk asks the keeper for the prices. Three painters wait until the bell rings. Then
// each lets its canvas dry for two milliseconds, and sends the name and the price.
//
// Run the test: it has three steps. (This exercise runs in real time. `within_a_second` ends a program that hangs.)

use async_std::channel::unbounded;
use async_std::stream::StreamExt;
use async_std::task;
use paintdry_course::within_a_second;
use std::time::Duration;

/// Opens the gallery, and returns the names of the canvases that are dry, with their prices, sorted.
async fn open_gallery() -> Vec<(&'static str, u32)> {
    // TODO: port this function and the next one to smol.
    let clerk = task::spawn(async { prices() });
    let prices = clerk.await;

    let (bell, opening) = unbounded::<()>();
    let (sender, mut dry) = unbounded();
    for (name, price) in ["sky", "sea", "sun"].into_iter().zip(prices) {
        let (opening, sender) = (opening.clone(), sender.clone());
        let _painter = task::spawn(async move {
            let _ = opening.recv().await; // an error when the bell is dropped
            task::sleep(Duration::from_millis(2)).await;
            let _ = sender.send((name, price)).await;
        });
    }
    drop(sender); // the painters have theirs
    drop(bell); // rings

    let mut canvases = Vec::new();
    while let Some(canvas) = dry.next().await {
        canvases.push(canvas);
    }
    canvases.sort_unstable();
    canvases
}

/// Asks the keeper, which is a task, for the prices.
fn prices() -> [u32; 3] {
    let keeper = task::spawn(async { [300, 200, 100] });
    task::block_on(keeper)
}

fn main() {
    println!("{:?}", within_a_second("port1", || smol::block_on(open_gallery())));
}

#[cfg(test)]
mod tests {
    use super::*;
    use paintdry_course::check;

    #[test]
    fn the_gallery_does_the_same_on_smol() {
        let (program, _) = include_str!("port1.rs").split_once("\nfn main").expect("there is a main");
        let lines = program.lines().filter(|line| !line.trim().starts_with("//"));
        let old = lines.filter(|line| line.contains("async_std")).count();
        let sentence = format!(
            "port1, step 1 of 3: {old} lines name async_std. Replace the paths first, with the table of \
             docs/leaving-async-std.md: `task::spawn` is `smol::spawn`, and `task::sleep` is `smol::Timer::after`"
        );
        check(old == 0, &sentence);

        let what = "port1, step 2 of 3: the clerk is a task that calls block_on, and smol has one thread for all \
                    tasks (trap 3). The gallery";
        let canvases = within_a_second(what, || smol::block_on(open_gallery()));

        let dry = canvases.len();
        let sentence = format!(
            "port1, step 3 of 3: 3 canvases should be dry, and {dry} are. The program drops the handles of the \
             painters. What does smol do then (trap 1)?"
        );
        check(dry == 3, &sentence);
        let expected = [("sea", 200), ("sky", 300), ("sun", 100)];
        check(canvases == expected, &format!("port1: it should return {expected:?}, and returns {canvases:?}"));
    }
}
