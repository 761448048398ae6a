//! Chapter 10: tasks that outlive their reason, and three ways in which they do not.

use crate::replays::Replay;
use crate::{milliseconds, say, seconds, sleep, spawn, watch, watch_on, work};
use futures::StreamExt;
use futures::future::{AbortHandle, abortable, try_join_all};
use futures::stream::FuturesUnordered;
use paintdry_core::Runtime;
use paintdry_smol::Local;
use paintdry_studio::{Studio, name_task};

async fn deliver(name: &'static str) -> Result<(), String> {
    if name == "sea" {
        sleep(seconds(1)).await;
        return Err("the sea fell off the cart".to_owned());
    }
    sleep(seconds(3)).await;
    say(format!("{name}: delivered"));
    Ok(())
}

const NAMES: [&str; 3] = ["sea", "sky", "sun"];

/// Three tasks; gives up at the first failure that it hears of, and leaves the other tasks alone.
pub async fn with_orphans(names: [&'static str; 3]) -> Result<(), String> {
    let tasks = names.map(|name| spawn(name, deliver(name)));
    for task in tasks {
        task.await.expect("it does not panic")?;
    }
    Ok(())
}

/// Three coroutines owned by this one: when it ends, they are dropped.
pub async fn as_values() -> Result<(), String> {
    try_join_all(NAMES.map(deliver)).await?;
    Ok(())
}

/// Three tasks whose handles cancel them when dropped, as smol's do.
pub async fn with_owned_tasks() -> Result<(), String> {
    let tasks = NAMES.map(|name| {
        Studio::<Local>::spawn(async move {
            name_task(name);
            deliver(name).await
        })
    });
    for task in tasks {
        task.await.expect("it does not panic")?;
    }
    Ok(())
}

/// A cart, which takes 0.3 s to put away.
struct Cart;

impl Drop for Cart {
    fn drop(&mut self) {
        work(milliseconds(300));
        say("cart put away");
    }
}

/// Three tasks that this scope owns: after the first failure it cancels the others, and it ends after all of them.
pub async fn scope() -> Result<(), String> {
    let (mut tasks, mut handles) = (FuturesUnordered::new(), Vec::new());
    for name in NAMES {
        let (job, handle) = abortable(async move {
            let _cart = Cart;
            deliver(name).await
        });
        tasks.push(spawn(name, job));
        handles.push(handle);
    }
    let mut result = Ok(());
    while let Some(ended) = tasks.next().await {
        if let Ok(Err(failure)) = ended.expect("it does not panic")
            && result.is_ok()
        {
            result = Err(failure);
            handles.iter().for_each(AbortHandle::abort);
        }
    }
    result
}

/// Runs `deliveries`, and then continues for five seconds, as a program does.
pub async fn and_a_while(deliveries: impl Future<Output = Result<(), String>>) -> Result<(), String> {
    let ended = deliveries.await;
    say(match &ended {
        Ok(()) => "all delivered".to_owned(),
        Err(error) => format!("gives up, because {error}"),
    });
    sleep(seconds(5)).await;
    ended
}

/// The replay page: who is left after a failure?
pub(super) fn replay() -> Replay {
    Replay {
        name: "10-scope",
        title: "One of three fails",
        file: file!(),
        text: include_str!("scope.rs"),
        runs: || {
            vec![
                watch("", and_a_while(with_orphans(NAMES))).recorded("orphans", "spawned, and left alone"),
                watch("", and_a_while(as_values())).recorded("values", "coroutines that belong to their parent"),
                watch_on::<Local, _>("", and_a_while(with_owned_tasks()))
                    .recorded("owned tasks", "dropping a handle cancels its task"),
                watch("", and_a_while(scope())).recorded("scope", "it cancels its tasks, and waits for them"),
            ]
        },
    }
}

#[cfg(test)]
mod tests {
    use super::super::assert_log;
    use super::*;

    #[test]
    fn orphans_continue() {
        let seen = watch("orphans", and_a_while(with_orphans(NAMES)));
        let log = "
  1.0 s  main: gives up, because the sea fell off the cart
  3.0 s  sky: delivered
  3.0 s  sun: delivered
";
        assert_log(&seen, log);
    }

    #[test]
    fn the_failure_of_the_second_task_is_heard_when_the_first_has_ended() {
        let seen = watch("orphans", and_a_while(with_orphans(["sky", "sea", "sun"])));
        let log = "
  3.0 s  sky: delivered
  3.0 s  sun: delivered
  3.0 s  main: gives up, because the sea fell off the cart
";
        assert_log(&seen, log);
    }

    #[test]
    fn values_end_with_their_parent() {
        let seen = watch("values", and_a_while(as_values()));
        seen.assert_said(&["main: gives up, because the sea fell off the cart"], "the others are dropped");
    }

    #[test]
    fn owned_tasks_are_cancelled_with_their_handles() {
        let seen = watch_on::<Local, _>("owned tasks", and_a_while(with_owned_tasks()));
        seen.assert_said(&["main: gives up, because the sea fell off the cart"], "nothing else is delivered");
        let log = seen.log();
        for dropped in ["sky: dropped before its end", "sun: dropped before its end"] {
            assert!(log.contains(dropped), "{log}");
        }
    }

    #[test]
    fn a_scope_cancels_the_others_and_ends_after_them() {
        let log = "
  1.3 s  sea: cart put away
  1.6 s  sky: cart put away
  1.9 s  sun: cart put away
  1.9 s  main: gives up, because the sea fell off the cart
";
        assert_log(&watch("scope", and_a_while(scope())), log);
    }
}
