// Chapter 10, about 15 minutes: limit how many tasks use a scarce thing at the same time.
// docs/10-cancellation-and-structure.md
//
// A hundred canvases have to dry, and the workshop has four racks. A task is cheap, so the program spawns all hundred at once.
// But racks are scarce, and no task here waits until one is free.
//
// Let at most four canvases dry at the same time. No rack should be empty while a canvas waits for one.
//
// `gather` runs futures as tasks and returns their results. An `AtomicUsize` is a number that tasks can share: `fetch_add`
// adds to it, and returns what it was before. `fetch_sub` subtracts, and `fetch_max` keeps the larger number. `Workshop` counts with
// them.

use paintdry_course::{DRYING, gather, say, sleep};
use smol::lock::Semaphore;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};

const CANVASES: usize = 100;
const RACKS: usize = 4;

async fn dry_all(workshop: Arc<Workshop>) {
    let racks = Arc::new(Semaphore::new(RACKS)); // Changed: a semaphore with a permit for each rack. All tasks share it.
    let tasks = (0..CANVASES).map(|_| {
        let workshop = Arc::clone(&workshop);
        let racks = Arc::clone(&racks);
        async move {
            // Changed: waits for a permit, and returns it when `_rack` is dropped. `let _ =` would drop it at once.
            let _rack = racks.acquire().await;
            workshop.dry_one().await;
        }
    });
    gather(tasks).await;
}

/// Counts the canvases. You need not change it.
#[derive(Default)]
struct Workshop {
    on_racks: AtomicUsize,
    most_on_racks: AtomicUsize,
    dry: AtomicUsize,
}

impl Workshop {
    async fn dry_one(&self) {
        let on_racks = self.on_racks.fetch_add(1, SeqCst) + 1;
        self.most_on_racks.fetch_max(on_racks, SeqCst);
        if on_racks == RACKS + 1 {
            say("no rack is free");
        }
        sleep(DRYING).await;
        self.on_racks.fetch_sub(1, SeqCst);
        self.dry.fetch_add(1, SeqCst);
    }
}

fn main() {
    let workshop = Arc::<Workshop>::default();
    let seen = paintdry_course::watch("backpressure1", dry_all(Arc::clone(&workshop)));
    println!("At most {:?} canvases at the same time, {:?}\n{}", workshop.most_on_racks, seen.took(), seen.log());
}

#[cfg(test)]
mod tests {
    use super::*;
    use paintdry_course::{seconds, watch};

    #[test]
    fn no_more_canvases_than_racks() {
        let workshop = Arc::<Workshop>::default();
        let seen = watch("backpressure1", dry_all(Arc::clone(&workshop)));
        seen.assert_ended();
        let most = workshop.most_on_racks.load(SeqCst);
        let sentence = format!(
            "there are {RACKS} racks, and {most} canvases dry at the same time: what does a task wait for before it dries one?"
        );
        seen.assert(most <= RACKS, &sentence);
        let dry = workshop.dry.load(SeqCst);
        seen.assert(dry == CANVASES, &format!("{CANVASES} canvases should be dry, and {dry} are"));
        seen.assert_took(seconds(50), "100 canvases of 2 s each, on 4 racks that are never empty while a canvas waits");
    }
}
