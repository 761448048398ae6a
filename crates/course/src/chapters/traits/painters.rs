//! Chapter 16: a trait with an async function, called through a type parameter, through `dyn`, and through an enum.

use crate::replays::Replay;
use crate::{Canvas, TwoThreads, now, seconds, sleep, watch, watch_on};
use futures::future::join_all;
use paintdry_core::Runtime;
use paintdry_generator::EventLoop;
use paintdry_studio::{Studio, name_task};
use std::pin::Pin;
use std::time::Duration;

/// A painter. The future is `Send`, so a task may await it.
pub trait Painter {
    /// Paints a canvas, and returns the time at which it is dry.
    fn paint(&self, name: &'static str) -> impl Future<Output = Duration> + Send;
}

/// Waits until the canvas is dry.
#[derive(Debug)]
pub struct Patient;

impl Painter for Patient {
    async fn paint(&self, name: &'static str) -> Duration {
        let mut canvas = Canvas::new(name);
        canvas.paint();
        canvas.dry().await;
        now()
    }
}

/// Has a fan, under which a canvas is dry after a second.
#[derive(Debug)]
pub struct Hasty;

impl Painter for Hasty {
    async fn paint(&self, name: &'static str) -> Duration {
        let mut canvas = Canvas::new(name);
        canvas.paint();
        sleep(seconds(1)).await;
        now()
    }
}

/// 1. A type parameter: the painter's future is part of the task, and nothing is boxed.
pub async fn hired<R: Runtime>(painter: impl Painter + Send + Sync + 'static) -> Duration {
    let task = Studio::<R>::spawn(async move {
        name_task("painter");
        painter.paint("sky").await
    });
    task.await.expect("painting does not fail")
}

/// The same trait for `dyn`: its function returns a box.
pub trait AnyPainter {
    /// Calls [`Painter::paint`].
    fn paint_boxed<'a>(&'a self, name: &'static str) -> Pin<Box<dyn Future<Output = Duration> + Send + 'a>>;
}

impl<P: Painter> AnyPainter for P {
    fn paint_boxed<'a>(&'a self, name: &'static str) -> Pin<Box<dyn Future<Output = Duration> + Send + 'a>> {
        Box::pin(self.paint(name))
    }
}

/// 2. `dyn`: a list of painters of any type, and a box for each call.
pub async fn listed(painters: Vec<Box<dyn AnyPainter>>) -> Vec<Duration> {
    join_all(painters.iter().zip(["sky", "sea"]).map(|(painter, name)| painter.paint_boxed(name))).await
}

/// 3. An enum: a list of the painters that it names, and no box.
#[derive(Debug)]
pub enum OneOfTwo {
    /// A patient one.
    Patient(Patient),
    /// A hasty one.
    Hasty(Hasty),
}

impl Painter for OneOfTwo {
    async fn paint(&self, name: &'static str) -> Duration {
        match self {
            Self::Patient(painter) => painter.paint(name).await,
            Self::Hasty(painter) => painter.paint(name).await,
        }
    }
}

/// Both painters of the list paint.
pub async fn chosen(painters: [OneOfTwo; 2]) -> Vec<Duration> {
    join_all(painters.iter().zip(["sky", "sea"]).map(|(painter, name)| painter.paint(name))).await
}

/// The replay page: all three.
pub(super) fn replay() -> Replay {
    Replay {
        name: "16-painters",
        title: "Painters through a type parameter, dyn and an enum",
        file: file!(),
        text: include_str!("painters.rs"),
        runs: || {
            vec![
                watch("", hired::<EventLoop>(Patient)).recorded("type parameter", "a patient painter in a task"),
                watch_on::<TwoThreads, _>("", hired::<TwoThreads>(Hasty))
                    .recorded("on two threads", "a hasty painter in a task: its future is Send"),
                watch("", listed(vec![Box::new(Patient), Box::new(Hasty)]))
                    .recorded("dyn", "both, from a list of boxes"),
                watch("", chosen([OneOfTwo::Patient(Patient), OneOfTwo::Hasty(Hasty)]))
                    .recorded("enum", "both, from an array"),
            ]
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_runtime_takes_a_painter_in_a_task() {
        fn check<R: Runtime>() {
            let patient = watch_on::<R, _>(R::NAME, hired::<R>(Patient));
            assert_eq!(patient.result(), seconds(3), "{}", R::NAME);
            let hasty = watch_on::<R, _>(R::NAME, hired::<R>(Hasty));
            assert_eq!(hasty.result(), seconds(2), "{}", R::NAME);
        }
        check::<EventLoop>();
        check::<paintdry_tokio::CurrentThread>();
        check::<paintdry_tokio::MultiThread>();
        check::<paintdry_async_std::Global>();
        check::<paintdry_smol::Local>();
        check::<paintdry_smol::Global>();
    }

    #[test]
    fn dyn_and_an_enum_paint_alike() {
        let boxed = watch("dyn", listed(vec![Box::new(Patient), Box::new(Hasty)]));
        let by_enum = watch("enum", chosen([OneOfTwo::Patient(Patient), OneOfTwo::Hasty(Hasty)]));
        assert_eq!(boxed.log(), by_enum.log());
        assert_eq!(boxed.result(), [seconds(3), seconds(3)]); // the hasty one begins at 1 s
        assert_eq!(by_enum.result(), [seconds(3), seconds(3)]);
    }

    /// What `dyn` costs at each call: the future is in a box, and what the caller holds is the box.
    #[test]
    fn a_boxed_future_is_two_words_and_the_rest_is_on_the_heap() {
        assert_eq!(size_of_val(&Patient.paint_boxed("sky")), 2 * size_of::<usize>());
        assert!(size_of_val(&Patient.paint("sky")) > 2 * size_of::<usize>());
    }
}
