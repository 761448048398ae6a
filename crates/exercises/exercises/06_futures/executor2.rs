// Chapter 6, about 20 minutes: put a task into the ready queue once, even if it is woken twice.
// docs/06-futures-and-wakers.md
//
// An executor has a queue of the tasks that are ready, and a loop that polls them. A waker puts its task into the queue.
//
// A gallery opens when sky, sea and sun are painted. The painters of sky and sea finish in the same round, and both wake the
// gallery's task. So that task is in the queue twice, and its second poll is for nothing.
//
// A task should be in the queue once, even if it is woken several times before it is polled. But a task that is woken during
// its poll, as the sun's is, has to be polled again.
//
// `oneshot::channel` makes a promise and its future; a `send` wakes the task that awaits the future. `join3` awaits three futures
// at once. `boxed`, of the trait `FutureExt`, moves a future into a pinned box, so that futures of different types have the same
// type, `BoxFuture`. The `yield_now` of `smol` wakes its own task.

use futures::channel::oneshot::{Sender, channel};
use futures::future::{BoxFuture, FutureExt, join3};
use paintdry_course::{say, watch_blocking};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::task::{Context, Wake, Waker};

type Queue = Mutex<VecDeque<Arc<Task>>>;

// TODO: a task has to know whether it is in the queue.
struct Task {
    name: &'static str,
    future: Mutex<Option<BoxFuture<'static, ()>>>, // `None` when it is complete
    queue: Arc<Queue>,
}

impl Wake for Task {
    fn wake(self: Arc<Self>) {
        let queue = Arc::clone(&self.queue);
        queue.lock().unwrap().push_back(self);
    }
}

fn run(tasks: [(&'static str, BoxFuture<'static, ()>); 4]) {
    let queue = Arc::<Queue>::default();
    for (name, future) in tasks {
        Arc::new(Task { name, future: Mutex::new(Some(future)), queue: Arc::clone(&queue) }).wake();
    }
    loop {
        let Some(task) = queue.lock().unwrap().pop_front() else { return };
        let mut slot = task.future.lock().unwrap();
        if let Some(future) = &mut *slot {
            say(format!("{}: polled", task.name));
            let waker = Waker::from(Arc::clone(&task));
            if future.as_mut().poll(&mut Context::from_waker(&waker)).is_ready() {
                *slot = None;
            }
        }
    }
}

fn exhibition() {
    let ((sky, sky_painted), (sea, sea_painted), (sun, sun_painted)) = (channel(), channel(), channel());
    let gallery = async {
        let _ = join3(sky_painted, sea_painted, sun_painted).await;
        say("gallery: opens");
    };
    let painter = |painted: Sender<()>, pauses: usize| async move {
        for _ in 0..pauses {
            smol::future::yield_now().await; // wakes the task and is pending once
        }
        let _ = painted.send(()); // wakes the gallery
    };
    run([
        ("gallery", gallery.boxed()),
        ("sky", painter(sky, 0).boxed()),
        ("sea", painter(sea, 0).boxed()),
        ("sun", painter(sun, 1).boxed()),
    ]);
}

fn main() {
    println!("{}", watch_blocking("executor2", exhibition).log());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_task_that_is_woken_twice_before_its_poll_is_polled_once() {
        let seen = watch_blocking("executor2", exhibition);
        seen.assert_ended();
        let said = seen.said();
        let times = |text: &str| said.iter().filter(|said| *said == text).count();
        let sun = times("sun: polled");
        let sentence = format!("the sun's task wakes itself in its first poll, so it needs 2 polls, and it got {sun}");
        seen.assert(sun == 2, &sentence);
        seen.assert(times("gallery: opens") == 1, "all three are painted, so the gallery should open");
        let gallery = times("gallery: polled");
        let sentence = format!(
            "the gallery needs 3 polls and got {gallery}: at the start, when sky and sea are painted, and when the sun is. \
             Two wakes before a poll need one poll"
        );
        seen.assert(gallery == 3, &sentence);
    }
}
