// Three painters are spawned and awaited, and the first failure is returned at once by the `?`. But dropping the handles
// detaches the tasks that are left: they paint on, and nobody waits for them or hears of their failures. They are orphans.
//
// Write `paint_three` so that no task that it spawns outlives it, whatever happens.

use paintdry_course::{Canvas, spawn};

async fn paint_three(torn: Option<&'static str>) -> Result<(), String> {
    let tasks = ["sky", "sea", "sun"].map(|name| spawn(name, paint_one(name, torn)));
    // TODO: at the first failure this leaves the other tasks alone.
    for task in tasks {
        task.await.expect("a painter does not panic")?;
    }
    Ok(())
}

/// Leave it as it is.
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
    println!("{}\ntasks that are still alive: {}", seen.log(), seen.left_alive());
}

#[cfg(test)]
mod tests {
    use super::*;
    use paintdry_course::{seconds, watch};

    #[test]
    fn a_failure_leaves_no_task_behind() {
        for torn in ["sky", "sea", "sun"] {
            let seen = watch(&format!("scope1 {torn}"), paint_three(Some(torn)));
            seen.assert_ended();
            let alive = seen.left_alive();
            seen.assert(alive == 0, &format!("{torn} is torn. At the end 0 tasks should be alive, and {alive} are"));
            let took = seen.took();
            seen.assert(took <= seconds(5), &format!("it took {took:?}: longer than to paint three and let them dry"));
            seen.assert_result(Err(format!("{torn} is torn")), "the failure should be returned");
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
