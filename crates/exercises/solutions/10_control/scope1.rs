// Chapter 10, about 15 minutes: when one part of a job fails, cancel the rest.
// docs/10-cancellation-and-structure.md
//
// This function spawns three painters and awaits them. If a canvas is torn, the `?` returns the failure. But dropping
// the handles of the other tasks detaches them: they continue, and no task waits for them or learns of their
// failures. They are orphans.
//
// Write `paint_three` so that all three canvases dry at the same time, and that the first failure ends everything: no task
// is left, and the function does not wait for canvases that are not wanted any more. (`left_alive` counts the tasks that are left.)

use futures::future::try_join_all;
use paintdry_course::Canvas;

async fn paint_three(torn: Option<&'static str>) -> Result<(), String> {
    // Changed: no tasks. The three futures are parts of this one, and their waiting overlaps. At the first failure `try_join_all`
    // drops the others, and to drop a future is to cancel it.
    try_join_all(["sky", "sea", "sun"].map(|name| paint_one(name, torn))).await?;
    Ok(())
}

/// Fails if the canvas is torn. You need not change it.
async fn paint_one(name: &'static str, torn: Option<&str>) -> Result<(), String> {
    let mut canvas = Canvas::new(name);
    canvas.paint();
    if torn == Some(name) {
        return Err(format!("{name} is torn"));
    }
    canvas.dry().await;
    Ok(())
}

fn main() {
    let seen = paintdry_course::watch("scope1 sky", paint_three(Some("sky")));
    println!("{}\ntasks that have not ended: {}", seen.log(), seen.left_alive());
}

#[cfg(test)]
mod tests {
    use super::*;
    use paintdry_course::{seconds, watch};

    #[test]
    fn a_failure_cancels_the_rest() {
        for torn in ["sky", "sea", "sun"] {
            let seen = watch(&format!("scope1 {torn}"), paint_three(Some(torn)));
            seen.assert_ended();
            let alive = seen.left_alive();
            let sentence = format!("the {torn} is torn, and {alive} tasks have not ended when `paint_three` returns");
            seen.assert(alive == 0, &sentence);
            let took = seen.took();
            let sentence = format!(
                "the {torn} is torn, which is known after 3 s at the latest, but it took {took:?}. The other canvases are not \
                 wanted any more: cancel them instead of waiting for them"
            );
            seen.assert(took <= seconds(3), &sentence);
            seen.assert_result(Err(format!("{torn} is torn")), "`paint_three` should return the failure");
        }
    }

    #[test]
    fn without_a_failure_all_are_dry_after_five_seconds() {
        let seen = watch("scope1", paint_three(None));
        seen.assert_took(seconds(5), "each canvas dries while the others are painted");
        let dry = seen.said().iter().filter(|said| said.ends_with("dry")).count();
        seen.assert(dry == 3, &format!("3 canvases should be dry, and {dry} are"));
    }
}
