//! Chapter 10: a semaphore lets a task begin only when there is a rack for it.

use crate::{DRYING, gather, say, sleep};
use paintdry_smol::smol::lock::Semaphore;
use std::sync::Arc;

/// Dries that many canvases, at most `racks` at the same time.
pub async fn dry_on_racks(canvases: usize, racks: usize) {
    let racks = Arc::new(Semaphore::new(racks)); // a permit for each rack
    let dryings = (0..canvases).map(|_| {
        let racks = Arc::clone(&racks);
        async move {
            let _rack = racks.acquire().await; // waits for a permit; dropping it gives it back
            sleep(DRYING).await;
        }
    });
    gather(dryings).await;
    say("all are dry");
}

#[cfg(test)]
mod tests {
    use super::super::select::timeout;
    use super::*;
    use crate::{seconds, watch};

    #[test]
    fn four_racks_dry_ten_canvases_in_three_rounds() {
        watch("four racks", dry_on_racks(10, 4)).assert_took(seconds(6), "4 canvases, then 4, then 2");
        watch("ten racks", dry_on_racks(10, 10)).assert_took(seconds(2), "all at the same time");
    }

    #[test]
    fn a_cancelled_task_gives_its_permit_back() {
        let racks = Semaphore::new(1);
        let seen = watch("given back", async {
            let drying = async {
                let _rack = racks.acquire().await;
                sleep(DRYING).await;
            };
            timeout(seconds(1), drying).await;
            racks.try_acquire().is_some()
        });
        assert!(seen.result());
    }
}
