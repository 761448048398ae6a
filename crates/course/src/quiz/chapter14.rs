//! Chapter 14, Send, 'static and scopes.
//!
//! Its question which task is `Send`: a captured `Rc` counts even if the task never awaits. An `Rc` that the task makes itself
//! counts only across an await:
//! ```compile_fail
//! fn is_send(_task: impl Send) {}
//! let paint = std::rc::Rc::new("blue");
//! is_send(async move { println!("{paint}") });
//! ```
//! ```
//! fn is_send(_task: impl Send) {}
//! is_send(async {
//!     let paint = std::rc::Rc::new("blue");
//!     println!("{paint}");
//! });
//! ```
//!
//! Its question how two tasks get the same text has four answers. Only the last one compiles:
//! ```compile_fail,E0382
//! fn spawn(_task: impl Future + Send + 'static) {}
//! let text = String::from("blue");
//! spawn(async move { println!("{text}") });
//! spawn(async move { println!("{text}") });
//! ```
//! ```compile_fail,E0373
//! fn spawn<T: Future + Send + 'static>(task: T) -> T { task }
//! async fn parent() {
//!     let text = String::from("blue");
//!     let (one, other) = (spawn(async { println!("{text}") }), spawn(async { println!("{text}") }));
//!     futures::future::join(one, other).await;
//! }
//! ```
//! ```compile_fail
//! fn spawn(_task: impl Future + Send + 'static) {}
//! let text = std::rc::Rc::new(String::from("blue"));
//! let ours = text.clone();
//! spawn(async move { println!("{ours}") });
//! spawn(async move { println!("{text}") });
//! ```
//! ```
//! fn spawn(_task: impl Future + Send + 'static) {}
//! let text = std::sync::Arc::new(String::from("blue"));
//! let ours = text.clone();
//! spawn(async move { println!("{ours}") });
//! spawn(async move { println!("{text}") });
//! ```

use super::{Answer, time};
use crate::chapters::send::forgotten::dropped;
use crate::chapters::send::three_ways::joined;
use crate::{TwoThreads, watch, watch_on};

pub(super) fn answers() -> Vec<Answer> {
    vec![
        Answer { name: "chapter14::joined_on_two_threads", text: joined_on_two_threads },
        Answer { name: "chapter14::scope_dropped", text: scope_dropped },
    ]
}

fn joined_on_two_threads() -> String {
    time(watch_on::<TwoThreads, _>("joined on two threads", joined()).took())
}

fn scope_dropped() -> String {
    watch("a scope, dropped", dropped()).said().join("\n")
}
