//! Chapter 16, async in traits and closures.
//!
//! Its question about a painter with an `Rc`: `hire` compiles without it, and the `impl` of that painter does not:
//! ```
//! fn spawn(_task: impl Future + Send + 'static) {}
//! trait Painter { fn paint(&self) -> impl Future<Output = ()> + Send; }
//! fn hire(painter: impl Painter + Send + Sync + 'static) {
//!     spawn(async move { painter.paint().await });
//! }
//! ```
//! ```compile_fail
//! trait Painter { fn paint(&self) -> impl Future<Output = ()> + Send; }
//! impl Painter for () {
//!     async fn paint(&self) {
//!         let paint = std::rc::Rc::new("blue");
//!         std::future::ready(()).await;
//!         println!("{paint}");
//!     }
//! }
//! ```
//! Without the `Rc` that `impl` compiles:
//! ```
//! trait Painter { fn paint(&self) -> impl Future<Output = ()> + Send; }
//! impl Painter for () {
//!     async fn paint(&self) {
//!         std::future::ready(()).await;
//!     }
//! }
//! ```
//!
//! Its question which function makes its trait usable as `dyn Painter` has four answers. Only the last one compiles:
//! ```compile_fail,E0038
//! trait Painter { async fn paint(&self); }
//! fn hire(_painter: &dyn Painter) {}
//! ```
//! ```compile_fail,E0038
//! trait Painter { fn paint(&self) -> impl Future<Output = ()> + Send; }
//! fn hire(_painter: &dyn Painter) {}
//! ```
//! ```compile_fail,E0038
//! trait Painter { fn paint(&self, job: impl AsyncFn()); }
//! fn hire(_painter: &dyn Painter) {}
//! ```
//! ```
//! use std::pin::Pin;
//! trait Painter { fn paint(&self) -> Pin<Box<dyn Future<Output = ()> + Send + '_>>; }
//! fn hire(_painter: &dyn Painter) {}
//! ```

use super::{Answer, time, times};
use crate::chapters::traits::closures::buys_paint;
use crate::chapters::traits::painters::{Hasty, Patient, listed};
use crate::watch;

pub(super) fn answers() -> Vec<Answer> {
    vec![
        Answer { name: "chapter16::paint_at_the_fourth_time", text: paint_at_the_fourth_time },
        Answer { name: "chapter16::patient_and_hasty", text: patient_and_hasty },
    ]
}

fn paint_at_the_fourth_time() -> String {
    time(watch("the fourth time", buys_paint(4)).took())
}

fn patient_and_hasty() -> String {
    times(&watch("patient and hasty", listed(vec![Box::new(Patient), Box::new(Hasty)])).result())
}
