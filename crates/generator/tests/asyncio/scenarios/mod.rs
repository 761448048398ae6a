//! The scenarios of benches/python/meaning.py, under the same names and with the same events, on the loop.

mod around;
mod cancelling;
mod groups;
mod turns;

use crate::Log;
use paintdry_generator::{EventLoop, LoopFuture, Promise, yield_now};

pub(crate) type Scenario = (&'static str, fn(&Scene));

/// Every scenario, in the order of the Python program.
pub(crate) fn all() -> Vec<Scenario> {
    [turns::ALL, cancelling::ALL, around::ALL, groups::ALL].concat()
}

/// The events of a scenario.
pub(crate) fn events(scenario: fn(&Scene)) -> Vec<String> {
    let scene = Scene { event_loop: EventLoop::new(), log: Log::default() };
    scenario(&scene);
    let events = scene.log.take();
    scene.event_loop.close().unwrap();
    events
}

/// The loop on which a scenario runs, and its log. A clone is the same scene, so that tasks can hold one.
#[derive(Clone)]
pub(crate) struct Scene {
    event_loop: EventLoop,
    log: Log,
}

impl Scene {
    fn note(&self, event: impl Into<String>) {
        self.log.note(event);
    }

    /// A callback that notes the event.
    fn noting(&self, event: &'static str) -> impl FnOnce() + use<> {
        let log = self.log.clone();
        move || log.note(event)
    }

    fn run<F: Future>(&self, main: F) -> F::Output {
        crate::run(&self.event_loop, main)
    }

    fn task<F: Future<Output: 'static> + 'static>(&self, future: F) -> LoopFuture<F::Output> {
        self.event_loop.create_task(future).unwrap()
    }

    /// Notes the event after this many turns, and returns it.
    fn after(&self, turns: u32, event: &'static str) -> impl Future<Output = &'static str> + use<> {
        let log = self.log.clone();
        async move {
            for _ in 0..turns {
                yield_now().await;
            }
            log.note(event);
            event
        }
    }

    /// Sets the promise after this many turns, and before that makes a task, which so comes before the one that awaits the future.
    fn sets(&self, turns: u32, promise: Promise<()>) -> impl Future<Output = ()> + use<> {
        let scene = self.clone();
        async move {
            scene.after(turns, "sets it").await;
            let made = scene.task(scene.after(0, "made before"));
            promise.set_result(()).unwrap();
            made.await.unwrap();
        }
    }

    /// Notes the event when the coroutine has ended, for any reason.
    fn noting_the_end<F: Future>(&self, coroutine: F, event: &'static str) -> impl Future<Output = F::Output> + use<F> {
        let log = self.log.clone();
        async move {
            let _end = log.on_drop(event);
            coroutine.await
        }
    }
}

async fn turns(number: u32) {
    for _ in 0..number {
        yield_now().await;
    }
}
