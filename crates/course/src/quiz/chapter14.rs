//! Chapter 14, Send, 'static and scopes.

use super::{Answer, time};
use crate::chapters::send::forgotten::dropped;
use crate::chapters::send::three_ways::joined;
use crate::{TwoThreads, watch, watch_on};
use futures::future::join_all;
use paintdry_smol::smol;
use std::cell::RefCell;

pub(super) fn answers() -> Vec<Answer> {
    vec![
        Answer { name: "chapter14::joined_on_two_threads", text: joined_on_two_threads },
        Answer { name: "chapter14::scope_dropped", text: scope_dropped },
        Answer { name: "chapter14::tasks_that_borrow", text: tasks_that_borrow },
    ]
}

fn joined_on_two_threads() -> String {
    time(watch_on::<TwoThreads, _>("joined on two threads", joined()).took())
}

fn scope_dropped() -> String {
    watch("a scope, dropped", dropped()).said().join("\n")
}

/// Two tasks that borrow a palette, and a list that two threads could not share. They take turns, although no thread blocks.
fn tasks_that_borrow() -> String {
    let (palette, turns) = (String::from("blue"), RefCell::new(Vec::new()));
    let executor = smol::LocalExecutor::new();
    let tasks = ["sky", "sea"].map(|name| {
        let (palette, turns) = (&palette, &turns);
        executor.spawn(async move {
            for _ in 0..2 {
                turns.borrow_mut().push(format!("{name}: {palette}"));
                smol::future::yield_now().await;
            }
        })
    });
    smol::block_on(executor.run(join_all(tasks)));
    let turns = turns.take();
    match &turns[..] {
        [first, second, ..] if first != second => "Parallelism".to_owned(),
        _ => format!("{turns:?}"),
    }
}

/// Only the second one is `Send`:
/// ```compile_fail
/// fn is_send(_task: impl Send) {}
/// is_send(async {
///     let paint = std::rc::Rc::new("blue");
///     println!("{paint}");
///     drop(paint);
///     std::future::ready(()).await;
/// });
/// ```
/// ```
/// fn is_send(_task: impl Send) {}
/// is_send(async {
///     let strokes = std::cell::Cell::new(0);
///     std::future::ready(()).await;
///     strokes.set(1);
/// });
/// ```
/// ```compile_fail
/// fn is_send(_task: impl Send) {}
/// async fn paint(strokes: &std::cell::Cell<u32>) {
///     std::future::ready(()).await;
///     strokes.set(1);
/// }
/// is_send(async {
///     let strokes = std::cell::Cell::new(0);
///     paint(&strokes).await;
/// });
/// ```
/// ```compile_fail
/// fn is_send(_task: impl Send) {}
/// let paint = std::rc::Rc::new("blue");
/// is_send(async move { println!("{paint}") });
/// ```
#[cfg(doctest)]
struct WhichTaskIsSend;

/// Only the last one compiles:
/// ```compile_fail,E0382
/// fn spawn(_task: impl Future + Send + 'static) {}
/// let text = String::from("blue");
/// spawn(async move { println!("{text}") });
/// spawn(async move { println!("{text}") });
/// ```
/// ```compile_fail,E0373
/// fn spawn<T: Future + Send + 'static>(task: T) -> T { task }
/// async fn parent() {
///     let text = String::from("blue");
///     let (one, other) = (spawn(async { println!("{text}") }), spawn(async { println!("{text}") }));
///     futures::future::join(one, other).await;
/// }
/// ```
/// ```compile_fail
/// fn spawn(_task: impl Future + Send + 'static) {}
/// let text = std::rc::Rc::new(String::from("blue"));
/// let ours = text.clone();
/// spawn(async move { println!("{ours}") });
/// spawn(async move { println!("{text}") });
/// ```
/// ```
/// fn spawn(_task: impl Future + Send + 'static) {}
/// let text = std::sync::Arc::new(String::from("blue"));
/// let ours = text.clone();
/// spawn(async move { println!("{ours}") });
/// spawn(async move { println!("{text}") });
/// ```
#[cfg(doctest)]
struct TheSameText;
