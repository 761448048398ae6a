//! A lost wake-up: a painter checks whether the canvas is dry, and then waits for the bell. It may have rung in between.

use super::bell::Bell;
use crate::{Shared, name_task};
use paintdry_core::{Runtime, gather};
use std::pin::Pin;

/// Fails under some schedules: the bell rings after the check and before the painter listens.
pub async fn lost_wakeup<R: Runtime>() {
    let (is_dry, bell) = (Shared::new("dry", false), Bell::default());
    let painter = {
        let (is_dry, bell) = (is_dry.clone(), bell.clone());
        async move {
            name_task("ada");
            if !is_dry.get() {
                R::yield_now().await; // puts the brush away
                bell.listen().await;
            }
        }
    };
    gather::<R, _>([boxed(painter), boxed(dries::<R>(is_dry, bell))]).await;
}

/// Repaired: a painter that listens before the check cannot miss a ring after it.
pub async fn repaired<R: Runtime>() {
    let (is_dry, bell) = (Shared::new("dry", false), Bell::default());
    let painter = {
        let (is_dry, bell) = (is_dry.clone(), bell.clone());
        async move {
            name_task("ada");
            let rung = bell.listen();
            if !is_dry.get() {
                R::yield_now().await; // puts the brush away
                rung.await;
            }
        }
    };
    gather::<R, _>([boxed(painter), boxed(dries::<R>(is_dry, bell))]).await;
}

/// The canvas dries for three turns, and then the bell rings.
async fn dries<R: Runtime>(is_dry: Shared<bool>, bell: Bell) {
    name_task("canvas");
    for _ in 0..3 {
        R::yield_now().await;
    }
    is_dry.set(true);
    bell.ring();
}

/// Two tasks of different types in one list.
fn boxed(task: impl Future<Output = ()> + Send + 'static) -> Pin<Box<dyn Future<Output = ()> + Send>> {
    Box::pin(task)
}
