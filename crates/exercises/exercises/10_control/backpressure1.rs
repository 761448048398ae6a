// A hundred canvases have to dry, and the workshop has four racks. A task is cheap, so all hundred are spawned at once;
// but what a task uses may be scarce, and nobody here waits until a rack is free.
//
// Let at most four dry at a time. A semaphore with four permits does that (`smol::lock::Semaphore` works on any runtime);
// a bounded channel, or `for_each_concurrent` of futures' streams, would do as well.

use paintdry_course::{DRYING, gather, say, seconds, sleep};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};

const CANVASES: usize = 100;
const RACKS: usize = 4;

async fn dry_all(workshop: Arc<Workshop>) {
    let tasks = (0..CANVASES).map(|_| {
        let workshop = Arc::clone(&workshop);
        async move {
            // TODO: wait here until a rack is free.
            workshop.dry_one().await;
        }
    });
    gather(tasks).await;
}

/// Leave it as it is: it counts the canvases.
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
    println!("{:?} canvases on the racks at most, {:?}\n{}", workshop.most_on_racks, seen.took(), seen.log());
}

#[cfg(test)]
mod tests {
    use super::*;
    use paintdry_course::watch;

    #[test]
    fn no_more_canvases_than_racks() {
        let workshop = Arc::<Workshop>::default();
        let seen = watch("backpressure1", dry_all(Arc::clone(&workshop)));
        seen.assert_ended();
        let most = workshop.most_on_racks.load(SeqCst);
        seen.assert(most <= RACKS, &format!("there are {RACKS} racks, and {most} canvases were on them at a time"));
        let dry = workshop.dry.load(SeqCst);
        seen.assert(dry == CANVASES, &format!("{CANVASES} canvases should be dry, and {dry} are"));
        seen.assert_took(seconds(50), "100 canvases of 2 s each on 4 racks, of which none should be idle");
    }
}
